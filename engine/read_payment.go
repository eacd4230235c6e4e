package engine

import "example.com/spillway/rules"

// readPayment looks up the payment's type and split, and lays it out.
func (r *run) readPayment() error {
	kind, err := r.paymentType(r.paid)
	if err != nil {
		return err
	}
	if err := r.layPayment(kind.Name); err != nil {
		return err
	}
	return r.readSplit()
}

// layPayment lays the payment out, which is of a type of that name.
func (r *run) layPayment(kind string) error {
	p := r.payment
	w, t := r.frame.Words, r.frame.Texts
	w[rules.PaymentAmount], w[rules.PaymentDate] = int64(p.Amount), int64(p.Date)
	w[rules.PaymentStatus], w[rules.PaymentMode] = int64(p.Status), int64(p.Mode)
	w[rules.PaymentPayoff], w[rules.PaymentRecovery] = asWord(p.Payoff), asWord(p.Recovery)
	w[rules.PaymentResetPastDue], w[rules.PaymentEarly] = asWord(p.ResetPastDue), asWord(p.Early)
	w[rules.PaymentIgnoreGuardrails] = asWord(p.IgnoreGuardrails)
	w[rules.PaymentApplying], w[rules.PaymentDirections] = int64(p.Amount), int64(len(p.Directed))
	w[rules.PaymentFeeType], w[rules.PaymentFeeFlat], w[rules.PaymentFeePercentage] = rules.Missing, rules.Missing, rules.Missing
	if fee, ok := p.Fee.Get(); ok {
		w[rules.PaymentFeeType] = int64(fee.Type)
		w[rules.PaymentFeeFlat], w[rules.PaymentFeePercentage] = int64(fee.Flat), int64(fee.Percentage)
	}
	t[rules.PaymentID], t[rules.PaymentMethod], t[rules.PaymentExtra] = p.ID, p.Method, p.Extra
	t[rules.PaymentTo] = r.id(r.paid)
	t[rules.PaymentTypeName] = kind
	for i := range p.Directed {
		at := r.frame.Direction(i)
		d := &p.Directed[i]
		r.frame.Words[at.W+rules.DirectionAmount] = int64(d.Amount)
		r.frame.Texts[at.T+rules.DirectionBucket], r.frame.Texts[at.T+rules.DirectionComponent] = d.bucket(), d.Component
	}
	if err := r.readFacts(r.frame.Payment(), &r.policy.rules.Layout.Payment, p.Facts); err != nil {
		return err.under("payment")
	}
	return nil
}

// clean makes the receipt one of this payment, with nothing in it yet.
func (r *run) clean() {
	out := r.receipt
	*out = Receipt{
		Policy: r.policy.ID(), Payment: *r.payment, Charged: r.payment.Amount, currency: r.policy.Currency(),
		Warnings: out.Warnings[:0], Charges: out.Charges[:0], Lines: out.Lines[:0], Shares: out.Shares[:0], Deltas: out.Deltas[:0], Totals: out.Totals[:0],
	}
	out.Payment.Type = r.frame.Texts[rules.PaymentTypeName]
	out.Payment.Account = r.id(r.paid)
}

// paymentType is the type of the payment on a member, by name, by id, or the
// first that serves the member's program.
func (r *run) paymentType(m int) (*rules.PaymentType, error) {
	types, program := r.policy.rules.PaymentTypes, r.members[m].program
	name := r.payment.Type
	id, numeric := numericID(name)
	var byID *rules.PaymentType
	for i := range types {
		t := &types[i]
		if !t.Serves(program) {
			continue
		}
		if name == "" || t.Name == name {
			return t, nil
		}
		if numeric && t.HasID && t.ID == id {
			byID = t
		}
	}
	switch {
	case byID != nil:
		return byID, nil
	case name == "":
		return nil, wrong("payment.type", "no payment type serves program %q", program)
	}
	return nil, wrong("payment.type", "program %q has no payment type %q", program, name)
}

// numericID is the number that text is, if it is one of up to 18 digits.
func numericID(text string) (id int64, ok bool) {
	if text == "" || len(text) > 18 {
		return 0, false
	}
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return 0, false
		}
		id = id*10 + int64(c-'0')
	}
	return id, true
}

// readFacts lays the declared facts of a record out.
func (r *run) readFacts(at rules.Ref, record *rules.Record, facts Facts) *InputError {
	record.Default(&r.frame, at)
	next := 0
	for i := range facts {
		fact := &facts[i]
		slot, declared := record.Find(fact.Name, next)
		if !declared {
			continue
		}
		next = slot + 1
		if fact.Value.kind == nullValue {
			continue
		}
		value, err := fact.Value.as(record.Facts[slot].Type, r.policy.Currency())
		if err != nil {
			return wrong("facts."+fact.Name, "%v", err)
		}
		record.Facts[slot].Set(&r.frame, at, value)
	}
	return nil
}

// underAccount is a fault of a member with the path to it.
func (r *run) underAccount(m int, err *InputError) error {
	return err.under(nthPath(r.account, m))
}
