package engine

import "example.com/spillway/rules"

// rule asks the policy about a transition: what it costs, and whether a
// guardrail prevents it. The answer is as much of a receipt: its fee, its
// charges, its warnings.
func (p *Policy) rule(account *Account, receipt *Receipt, t *Transition) (Receipt, error) {
	action, ruled := actionOf(t.Status)
	won := receipt.Payment.Status == Disputed && t.Status == receipt.State.Was.Or(Disputed)
	if !ruled || won || !p.rulesOn(action) {
		return Receipt{}, nil
	}
	r := p.runs.Get().(*run)
	ruling, err := r.rule(account, receipt, t, action)
	r.forget()
	p.runs.Put(r)
	if refusal, ok := err.(*Refusal); ok {
		refusal.Type = TransitionRefusal
		return Receipt{}, &TransitionError{Fault: TransitionPrevented, Refusal: refusal}
	}
	return ruling, err
}

// actionOf is what policies call a change to a status. Some have no name.
func actionOf(to Status) (rules.Action, bool) {
	switch to {
	case Settled:
		return rules.ActionSettle, true
	case Voided:
		return rules.ActionVoid, true
	case Failed:
		return rules.ActionFail, true
	case Reversed:
		return rules.ActionReverse, true
	case Returned:
		return rules.ActionReturn, true
	case ChargedBack:
		return rules.ActionChargeBack, true
	}
	return 0, false
}

// rulesOn says whether any guardrail or fee is for an action.
func (p *Policy) rulesOn(action rules.Action) bool {
	for i := range p.rules.Guardrails {
		if p.rules.Guardrails[i].Actions.Has(action) {
			return true
		}
	}
	for i := range p.rules.Fees {
		if p.rules.Fees[i].Actions.Has(action) {
			return true
		}
	}
	return false
}

// rule lays the account out as it is on the day, with the payment and its
// receipt, assesses the fee, and asks both stages of guardrails.
func (r *run) rule(account *Account, receipt *Receipt, t *Transition, action rules.Action) (Receipt, error) {
	ruling, payment := *receipt, receipt.Payment
	ruling.Warnings, ruling.Fee, ruling.Charges = nil, Opt[Fee]{}, nil
	payment.IgnoreGuardrails = t.IgnoreGuardrails
	r.account, r.payment, r.receipt = account, &payment, &ruling
	r.today, r.action = t.Date, action
	r.split.on, r.split.rules = false, nil
	if err := r.layOut(); err != nil {
		return Receipt{}, err
	}
	if err := r.layPayment(payment.Type); err != nil {
		return Receipt{}, err
	}
	split, _ := payment.Split.Get()
	r.frame.Texts[rules.PaymentSplit] = split.Type
	payment.Fee = Opt[FeeTerms]{} // those of the payment; rules see them all the same
	if err := r.assessTransition(); err != nil {
		return Receipt{}, err
	}
	r.before = append(r.before[:0], r.frame.Words...)
	for _, result := range [...]bool{false, true} {
		if err := r.guard(result); err != nil {
			return Receipt{}, err
		}
	}
	return ruling, nil
}

// assessTransition decides what the transition costs the account that was paid.
func (r *run) assessTransition() error {
	schedule, err := r.schedule(r.paid)
	if err != nil {
		return err
	}
	if err := r.addFee(r.paid, schedule, r.payment.Amount); err != nil {
		return err
	}
	r.reportFee()
	if len(r.fees) > 0 && r.fees[0].amount > 0 {
		r.receipt.Charges = []Charge{{r.id(r.paid), schedule.ChargeBucket, schedule.ChargeComponent, r.fees[0].amount, false}}
	}
	return nil
}
