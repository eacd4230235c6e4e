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
	out.Policy, out.currency = r.policy.ID(), r.policy.Currency()
	out.Payment, out.Charged, out.Unapplied = *r.payment, r.payment.Amount, 0
	out.Fee, out.Move, out.State = Opt[Fee]{}, Opt[Move]{}, State{}
	out.Warnings, out.Charges, out.Lines = out.Warnings[:0], out.Charges[:0], out.Lines[:0]
	out.Shares, out.Deltas, out.Totals = out.Shares[:0], out.Deltas[:0], out.Totals[:0]
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
	if len(facts) == 0 {
		return nil
	}
	slots, words := record.Facts, r.frame.Words[at.W:at.W+record.Words]
	next, inOrder := 0, len(facts) <= maxFacts
	for i := range facts {
		name, value := facts[i].Name, &facts[i].Value
		found := next
		if next >= len(slots) || slots[next].Name != name {
			if found = record.Find(name, next); found < next {
				inOrder = false
			}
			if found < 0 {
				continue
			}
		}
		next = found + 1
		slot := &slots[found]
		switch {
		case value.isWord(slot.Type):
			if words[slot.Word] = value.num; value.whole {
				words[slot.Word+1] = 0
			}
		case value.kind == textValue && slot.Type == rules.FactString:
			slot.SetText(&r.frame, at, value.text)
		case value.kind != nullValue:
			if err := r.convertFact(slot, at, value); err != nil {
				return err
			}
		}
	}
	if !inOrder && !facts.apart() { // in order, none can be there twice
		r.doubt.raised = true
	}
	return nil
}

// convertFact lays out a fact that does not come in its declared type.
func (r *run) convertFact(slot *rules.FactSlot, at rules.Ref, value *Value) *InputError {
	converted, err := value.as(slot.Type, r.policy.Currency())
	if err != nil {
		return wrong("facts."+slot.Name, "%v", err)
	}
	slot.Set(&r.frame, at, converted)
	return nil
}

// underAccount is a fault of a member with the path to it.
func (r *run) underAccount(m int, err *InputError) error {
	return err.under(nthPath(r.account, m))
}
