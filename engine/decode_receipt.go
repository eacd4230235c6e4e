package engine

import (
	"slices"
	"strconv"
	"strings"

	"example.com/spillway/money"
	"example.com/spillway/rules"
)

var (
	receiptKeys = []string{"outcome", "id", "policy", "payment", "warnings", "fee", "charged", "charges", "lines", "shares",
		"unapplied", "deltas", "totals", "move", "held", "was", "undone", "changes", "digest"}
	receiptNeeds   = []string{"policy", "payment", "charged", "lines", "unapplied", "deltas", "totals", "digest"}
	policyIDKeys   = []string{"name", "version", "digest"}
	hitKeys        = []string{"guardrail", "severity", "message", "cite", "at", "ignored"}
	feeReportKeys  = []string{"schedule", "type", "amount", "collect", "each"}
	chargeKeys     = []string{"account", "bucket", "component", "amount", "refund"}
	accountFeeKeys = []string{"account", "amount"}
	lineKeys       = []string{"account", "bucket", "component", "amount", "due", "ahead", "waterfall", "tier", "at", "counts", "undone"}
	shareKeys      = []string{"account", "amount", "split", "tier"}
	deltaKeys      = []string{"account", "bucket", "component", "owed", "due", "past_due"}
	totalKeys      = []string{"account", "owed", "due", "past_due", "minimum_due", "available_credit"}
	moveKeys       = []string{"amount", "method"}
)

// DecodeReceipt reads the document of a receipt that stands at path in a
// greater one, amounts in currency. What it gives encodes to the same document,
// however that one is set out.
//
// The error is an [*InputError] if it is no receipt, and a [*TransitionError]
// if its content is not what its digest says.
func DecodeReceipt(n *rules.Node, path string, currency money.Currency) (Receipt, error) {
	d := decoder{currency: currency, path: []byte(path)}
	receipt, digest := d.receipt(n)
	if d.err != nil {
		return Receipt{}, d.err
	}
	w := jsonWriter{currency: currency}
	w.receipt(&receipt)
	if made := digestOf(w.buf); string(made[:]) != digest {
		return Receipt{}, notAllowed(TransitionAltered, "the receipt was altered: its digest is %s, its content's %s", digest, made)
	}
	return receipt, nil
}

func (d *decoder) receipt(n *rules.Node) (r Receipt, digest string) {
	r.currency = d.currency
	id := ""
	d.fields(n, receiptKeys, func(key string, v *rules.Node) {
		switch key {
		case "outcome":
			d.word(v, []string{"applied"})
		case "id":
			id = d.text(v)
		case "policy":
			r.Policy = d.policyID(v)
		case "payment":
			r.Payment = d.payment(v)
		case "fee":
			r.Fee = Some(d.fee(v))
		case "charged":
			r.Charged = d.sum(v)
		case "unapplied":
			r.Unapplied = d.amount(v)
		case "move":
			r.Move = Some(d.move(v))
		case "digest":
			digest = d.text(v)
		default:
			if !d.state(&r.State, key, v) {
				d.receiptList(&r, key, v)
			}
		}
	})
	d.require(n, receiptNeeds...)
	d.at("id", func() {
		if id != r.Payment.ID {
			d.fail("%q is not the payment's, %q", id, r.Payment.ID)
		}
	})
	return r, digest
}

// state reads a key of what became of the payment, if it is one.
func (d *decoder) state(s *State, key string, v *rules.Node) bool {
	switch key {
	case "held":
		s.Held = d.flag(v)
	case "was":
		s.Was = Some(Status(d.word(v, rules.StatusWords())))
	case "undone":
		s.Undone = d.amount(v)
	case "changes":
		s.Changes = d.count(v)
	default:
		return false
	}
	return true
}

func (d *decoder) receiptList(r *Receipt, key string, v *rules.Node) {
	d.list(v, func(v *rules.Node) {
		switch key {
		case "warnings":
			r.Warnings = append(r.Warnings, d.hit(v))
		case "charges":
			r.Charges = append(r.Charges, d.charge(v))
		case "lines":
			r.Lines = append(r.Lines, d.line(v))
		case "shares":
			r.Shares = append(r.Shares, d.share(v))
		case "deltas":
			r.Deltas = append(r.Deltas, d.delta(v))
		case "totals":
			r.Totals = append(r.Totals, d.total(v))
		}
	})
}

func (d *decoder) policyID(n *rules.Node) (p PolicyID) {
	d.fields(n, policyIDKeys, func(key string, v *rules.Node) {
		switch key {
		case "name":
			p.Name = d.text(v)
		case "version":
			p.Version = d.text(v)
		case "digest":
			p.Digest = d.text(v)
		}
	})
	return p
}

func (d *decoder) hit(n *rules.Node) (h Hit) {
	d.fields(n, hitKeys, func(key string, v *rules.Node) {
		switch key {
		case "guardrail":
			h.Guardrail = d.text(v)
		case "severity":
			h.Severity = rules.Severity(d.word(v, wordsOf(rules.SeverityError, rules.SeverityNotice)))
		case "message":
			h.Message = d.text(v)
		case "cite":
			h.Cite = d.text(v)
		case "at":
			h.At = d.place(v)
		case "ignored":
			h.Ignored = d.flag(v)
		}
	})
	return h
}

func (d *decoder) fee(n *rules.Node) (f Fee) {
	d.fields(n, feeReportKeys, func(key string, v *rules.Node) {
		switch key {
		case "schedule":
			f.Schedule = d.text(v)
		case "type":
			f.Type = FeeType(d.word(v, rules.FeeTypeWords()))
		case "amount":
			f.Amount = d.sum(v)
		case "collect":
			f.Collect = rules.Collect(d.word(v, wordsOf(rules.OnTop, rules.ChargeBefore)))
		case "each":
			d.list(v, func(v *rules.Node) { f.Each = append(f.Each, d.accountFee(v)) })
		}
	})
	return f
}

func (d *decoder) accountFee(n *rules.Node) (f AccountFee) {
	d.fields(n, accountFeeKeys, func(key string, v *rules.Node) {
		if key == "account" {
			f.Account = d.text(v)
		} else {
			f.Amount = d.sum(v)
		}
	})
	return f
}

func (d *decoder) charge(n *rules.Node) (c Charge) {
	d.fields(n, chargeKeys, func(key string, v *rules.Node) {
		switch key {
		case "amount":
			c.Amount = d.sum(v)
		case "refund":
			c.Refund = d.flag(v)
		default:
			d.balanceName(key, v, [3]*string{&c.Account, &c.Bucket, &c.Component})
		}
	})
	return c
}

func (d *decoder) line(n *rules.Node) (l Line) {
	d.fields(n, lineKeys, func(key string, v *rules.Node) {
		switch key {
		case "amount":
			l.Amount = d.amount(v)
		case "due":
			l.Due = d.amount(v)
		case "ahead":
			l.Ahead = d.amount(v)
		case "waterfall":
			l.Waterfall = d.text(v)
		case "tier":
			l.Tier = d.text(v)
		case "at":
			l.At = d.place(v)
		case "counts":
			d.word(v, []string{rules.CountsNot.String()})
			l.KeepsDue = true
		case "undone":
			l.Undone = d.amount(v)
		default:
			d.balanceName(key, v, [3]*string{&l.Account, &l.Bucket, &l.Component})
		}
	})
	return l
}

func (d *decoder) share(n *rules.Node) (s SharePart) {
	d.fields(n, shareKeys, func(key string, v *rules.Node) {
		switch key {
		case "account":
			s.Account = d.text(v)
		case "amount":
			s.Amount = d.amount(v)
		case "split":
			s.Split = d.text(v)
		case "tier":
			s.Tier = d.text(v)
		}
	})
	return s
}

func (d *decoder) delta(n *rules.Node) (c Delta) {
	d.fields(n, deltaKeys, func(key string, v *rules.Node) {
		switch key {
		case "owed":
			c.Owed = d.sum(v)
		case "due":
			c.Due = d.sum(v)
		case "past_due":
			c.PastDue = d.sum(v)
		default:
			d.balanceName(key, v, [3]*string{&c.Account, &c.Bucket, &c.Component})
		}
	})
	return c
}

// balanceName reads a key of the name of a balance: its account, its bucket or
// its component.
func (d *decoder) balanceName(key string, v *rules.Node, name [3]*string) {
	*name[slices.Index(deltaKeys[:3], key)] = d.text(v)
}

func (d *decoder) total(n *rules.Node) (t Total) {
	d.fields(n, totalKeys, func(key string, v *rules.Node) {
		switch key {
		case "account":
			t.Account = d.text(v)
		case "owed":
			t.Owed = d.sum(v)
		case "due":
			t.Due = d.sum(v)
		case "past_due":
			t.PastDue = d.sum(v)
		case "minimum_due":
			t.MinimumDue = d.sum(v)
		case "available_credit":
			t.AvailableCredit = Some(d.sum(v))
		}
	})
	return t
}

func (d *decoder) move(n *rules.Node) (m Move) {
	d.fields(n, moveKeys, func(key string, v *rules.Node) {
		if key == "amount" {
			m.Amount = d.sum(v)
		} else {
			m.Method = d.text(v)
		}
	})
	return m
}

// place reads file:line:col, or "" for no place.
func (d *decoder) place(n *rules.Node) (at rules.Pos) {
	text := d.text(n)
	if text == "" {
		return at
	}
	rest, col, _ := cutLast(text)
	file, line, ok := cutLast(rest)
	var errLine, errCol error
	at.File = file
	at.Line, errLine = strconv.Atoi(line)
	at.Col, errCol = strconv.Atoi(col)
	if !ok || errLine != nil || errCol != nil {
		d.fail("must be a place as card.yaml:12:5, not %s", described(n))
	}
	return at
}

// cutLast cuts text at its last colon.
func cutLast(text string) (before, after string, found bool) {
	i := strings.LastIndexByte(text, ':')
	if i < 0 {
		return "", text, false
	}
	return text[:i], text[i+1:], true
}

// wordsOf lists the words of the values from first to last.
func wordsOf[T interface {
	~uint8
	String() string
}](first, last T) (words []string) {
	for v := first; v <= last; v++ {
		words = append(words, v.String())
	}
	return words
}
