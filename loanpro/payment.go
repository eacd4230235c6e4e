package loanpro

import (
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// decodePayment reads the payment of a shape that stands at path.
func decodePayment(n *rules.Node, path string, s shape, currency money.Currency) (Request, error) {
	r := reader{currency: currency, path: path, shape: &s}
	for i, key := range n.Keys {
		r.name = key.Text
		field, err := s.find(key.Text)
		if err != nil {
			return Request{}, wrong(path+key.Text, "%v", err)
		}
		if absent(n.Items[i]) {
			continue
		}
		r.to = field.to
		r.note(r.to)
		field.read(&r, n.Items[i])
		if r.fault != nil {
			return Request{}, r.fault
		}
	}
	for _, name := range s.required {
		if v := n.Get(name); v == nil || absent(v) {
			return Request{}, wrong(path+name, "missing")
		}
	}
	r.finish()
	if r.fault != nil {
		return Request{}, r.fault
	}
	return Request{Payment: r.payment, places: r.places}, nil
}

// absent says whether a field is as good as left out.
func absent(n *rules.Node) bool {
	return n.Kind == rules.Null || n.Kind == rules.Text && n.Text == ""
}

// A reader reads one payment, field by field. It keeps the first mistake.
type reader struct {
	currency money.Currency
	shape    *shape
	path     string // to the payment, with the dot after it
	name     string // of the field at hand, from there
	to       string // where the field at hand goes
	payment  engine.Payment
	places   []place
	fault    *engine.InputError

	// What only all fields together decide.
	log           said[bool]
	moves         bool // a field says with what money is moved
	isSplit       bool
	splitType     string
	displayID, id string
	fee           struct {
		kind       said[engine.FeeType]
		flat       said[engine.Amount]
		percentage said[engine.Rate]
	}
}

// A said value is one that a field may have given; by is empty if none has.
type said[T comparable] struct {
	value T
	by    string
}

// say keeps the value that the field at hand gives, unless another has given
// a different one.
func say[T comparable](r *reader, s *said[T], value T) {
	if s.by != "" && s.value != value {
		r.fail("differs from %s, which means the same", s.by)
		return
	}
	*s = said[T]{value, r.name}
}

// note keeps where in the request a part of the payment was.
func (r *reader) note(to string) {
	if strings.HasPrefix(to, "payment.") {
		r.places = append(r.places, place{to, r.path + r.name})
	}
}

// finish decides what no field decides alone.
func (r *reader) finish() {
	if r.log.by != "" && !r.log.value || r.log.by == "" && r.moves {
		r.payment.Mode = engine.Process
	}
	r.finishID()
	r.finishSplit()
	r.finishFee()
}

// finishID lets a payment go by the id that people see.
func (r *reader) finishID() {
	r.payment.ID = r.displayID
	switch {
	case r.displayID == "":
		r.payment.ID = r.id
	case r.id != "":
		r.fact("id", engine.NumberValue(r.id))
	}
}

func (r *reader) finishSplit() {
	switch {
	case r.isSplit && r.splitType == "":
		r.failAt("paymentSplitTypeId", "missing: isSplit is 1")
	case !r.isSplit && r.splitType != "":
		r.failAt("paymentSplitTypeId", "given, but the payment is not split: send isSplit 1, or leave it out")
	case r.isSplit:
		r.payment.Split = engine.Some(engine.SplitTerms{Type: r.splitType})
	}
}

func (r *reader) finishFee() {
	kind, flat, percentage := &r.fee.kind, &r.fee.flat, &r.fee.percentage
	if kind.by == "" {
		for _, part := range []struct {
			set bool
			by  string
		}{{flat.value != 0, flat.by}, {percentage.value != 0, percentage.by}} {
			if part.set {
				r.failAt(part.by, "needs a chargeFeeType")
			}
		}
		return
	}
	if kind.value != engine.Waive && kind.value != engine.Percentage && flat.by == "" {
		r.failAt("chargeFeeAmount", "missing: the %s needs it", kind.by)
	}
	if kind.value != engine.Waive && kind.value != engine.Flat && percentage.by == "" {
		r.failAt("chargeFeePercentage", "missing: the %s needs it", kind.by)
	}
	r.payment.Fee = engine.Some(engine.FeeTerms{Type: kind.value, Flat: flat.value, Percentage: percentage.value})
}

func (r *reader) paid(n *rules.Node) {
	if r.payment.Amount = r.amount(n); r.payment.Amount == 0 {
		r.fail("must be above 0")
	}
}

func (r *reader) entityType(n *rules.Node) { word(r, n, lineEntities()) }

// status reads the status that a payment begins with.
func (r *reader) status(n *rules.Node) {
	r.payment.Status = word(r, n, r.shape.statuses)
	if r.payment.Status == engine.Reversed || r.payment.Status == engine.Disputed {
		r.fail("no payment begins as %v: a transition makes it so", r.payment.Status)
	}
}

func (r *reader) feeType(n *rules.Node)       { say(r, &r.fee.kind, word(r, n, r.shape.feeTypes)) }
func (r *reader) feeFlat(n *rules.Node)       { say(r, &r.fee.flat, r.amount(n)) }
func (r *reader) feePercentage(n *rules.Node) { say(r, &r.fee.percentage, r.rate(n)) }

func (r *reader) extra(n *rules.Node) { r.payment.Extra = word(r, n, extras()) }

func (r *reader) logOnly(n *rules.Node) { say(r, &r.log, r.flag(n)) }

func (r *reader) ignore(n *rules.Node) { r.payment.IgnoreGuardrails = r.flag(n) }

// payoff reads one of the two flags that make a payment pay off. Requests send
// the one that they do not mean as 0.
func (r *reader) payoff(n *rules.Node) {
	if r.flag(n) {
		r.payment.Payoff = true
	}
}

// active refuses a payment that is no more than a record.
func (r *reader) active(n *rules.Node) {
	if !r.flag(n) {
		r.fail("must be 1: an inactive payment is not applied")
	}
}

func (r *reader) echeckAuth(n *rules.Node) { r.carryAs(engine.TextValue(word(r, n, echeckAuths()))) }

// mover carries the id of what moves money: 0 is none.
func (r *reader) mover(n *rules.Node) {
	id := r.whole(n)
	r.carryAs(engine.NumberValue(id))
	r.moves = r.moves || id != "0"
}

// lineProcessor carries the id of a line's processor: 0 is the default one.
func (r *reader) lineProcessor(n *rules.Node) {
	r.carryAs(engine.NumberValue(r.whole(n)))
	r.moves = true
}
