package engine

import "example.com/spillway/money"

// Transition says what changes when a payment that was applied gets another
// status: it settles, fails, is voided, disputed, reversed, returned or charged
// back. Receipt is the one that Apply gave, or the one of the last Change;
// account is the root of its tree as it now is. Neither is changed.
//
// A payment whose new status does not count is taken back: the deltas are the
// exact negation of what the receipt counted, never worked out anew, and never
// the same part twice. What was charged stays unless the fee says refund. A
// payment that settles frees the credit that it held. All other changes of
// status change no balance. A fee whose actions name the change is charged. A
// payment becomes only what one of its status may become, and nothing twice.
//
// For every change:
//
//   - no delta takes a balance below zero, credit aside: what was paid of a
//     refunded charge becomes credit;
//   - a balance's due stays between 0 and what is owed, its past due between 0
//     and what is due: there what is negated is held to that;
//   - an account's totals change by its own deltas and what rolls up to it.
//
// The error is a [*TransitionError] if the change is not allowed, which a
// [*Refusal] can be had from, an [*InputError] if account or t cannot be, or a
// [*RuleError] if a guardrail cannot be evaluated.
func (p *Policy) Transition(account Account, receipt Receipt, t Transition) (Change, error) {
	return p.transit(&account, &receipt, &t)
}

// A Transition asks for another status of a payment.
type Transition struct {
	ID               string // of the payment; in a replay it says which
	Status           Status
	Amount           Opt[Amount] // what is taken back; default: all that is left
	Reason           string      // as the host has it: "nsf", "nacha R01"
	Date             Date        // the day on which it happens
	IgnoreGuardrails bool
}

// A Change is what a transition does. ID and Nth name it: no two changes of a
// payment have the same Nth, so a host can post each once.
type Change struct {
	ID        string
	Nth       int    // 1 for a payment's first change
	Phase     Status // that was asked for; the payment has it once nothing is left of it
	Reason    string
	Date      Date
	Amount    Amount // what was taken back of the payment's amount
	Unapplied Amount // the part of it that was not on any balance
	Warnings  []Hit  // notices, and what ignore_guardrails bypassed
	Fee       Opt[Fee]
	Charges   []Charge // what of the fee was added to balances: all of it
	Deltas    []Delta
	Totals    []Total
	Receipt   Receipt // in its new state
	currency  money.Currency
}

func (p *Policy) transit(account *Account, receipt *Receipt, t *Transition) (Change, error) {
	if err := t.fault(receipt); err != nil {
		return Change{}, err
	}
	var v validator
	if err := v.tree(account, t.Date); err != nil {
		return Change{}, err
	}
	accounts := treeOf(account)
	if accounts.find(receipt.Payment.Account) < 0 {
		return Change{}, wrong("receipt.payment.account", "no account of the tree has the id %q", receipt.Payment.Account)
	}
	if err := receipt.whole(); err != nil {
		return Change{}, err
	}
	if err := p.allows(receipt, t); err != nil {
		return Change{}, err
	}
	ruling, err := p.rule(account, receipt, t)
	if err != nil {
		return Change{}, err
	}
	change := Change{
		ID: receipt.Payment.ID, Nth: receipt.State.Changes + 1, Phase: t.Status, Reason: t.Reason, Date: t.Date,
		Warnings: ruling.Warnings, Fee: ruling.Fee, Charges: ruling.Charges, Receipt: *receipt, currency: p.Currency(),
	}
	if err := p.enact(&change, accounts, t); err != nil {
		return Change{}, err
	}
	return change, nil
}

// fault says why the transition cannot be.
func (t *Transition) fault(receipt *Receipt) error {
	switch amount, given := t.Amount.Get(); {
	case t.ID != "" && t.ID != receipt.Payment.ID:
		return wrong("transition.id", "%q is not the payment of the receipt, which is %q", t.ID, receipt.Payment.ID)
	case t.Status > ChargedBack:
		return wrong("transition.status", "unknown status %d", t.Status)
	case given && amount <= 0:
		return wrong("transition.amount", "must be above 0")
	case t.Date == 0:
		return wrong("transition.date", "missing")
	case !isDate(t.Date):
		return wrong("transition.date", "is no date")
	}
	return nil
}

// allows says why the receipt's payment cannot get the status.
func (p *Policy) allows(receipt *Receipt, t *Transition) error {
	from, to := receipt.Payment.Status, t.Status
	if to == from {
		return notAllowed(TransitionTwice, "the payment is %v already", from)
	}
	if !receipt.mayBecome(to) {
		return notAllowed(TransitionIllegal, "a payment that is %v cannot become %v", receipt.statusNow(), to)
	}
	counted := p.rules.Counted.Has(to) || to == Disputed
	if counted && !receipt.counts() && to != Disputed {
		return notAllowed(TransitionUncounted, "%v payments are not counted and %v ones are: apply the payment anew", from, to)
	}
	amount, partial := t.Amount.Get()
	if !partial {
		return nil
	}
	left := receipt.Payment.Amount - receipt.State.Undone
	switch {
	case to != Reversed && to != Returned && to != ChargedBack:
		return notAllowed(TransitionIllegal, "only a reversal, a return or a charge-back may be for a part of the payment")
	case counted || !receipt.counts():
		return notAllowed(TransitionIllegal, "nothing of the payment can be taken back: it is not counted, or %v payments are", to)
	case amount > left:
		return notAllowed(TransitionTooMuch, "%s is more than the %s that are left of the payment",
			p.Currency().Format(amount), p.Currency().Format(left))
	}
	return nil
}

// mayBecome says whether a payment with the receipt's status can get another.
func (r *Receipt) mayBecome(to Status) bool {
	takenBack := to == Reversed || to == Returned || to == ChargedBack
	switch r.Payment.Status {
	case Pending:
		return to == Settled || to == Active || to == Failed || to == Voided
	case Active, Settled:
		return takenBack || to == Disputed
	case Disputed:
		was, _ := r.State.Was.Get()
		return takenBack || to == was
	}
	return false
}

// statusNow is the status, of a disputed payment with what it was before.
func (r *Receipt) statusNow() string {
	if was, ok := r.State.Was.Get(); ok {
		return r.Payment.Status.String() + " (was " + was.String() + ")"
	}
	return r.Payment.Status.String()
}

// enact works the change out: what it takes back, frees and charges, and the
// new state of the receipt.
func (p *Policy) enact(c *Change, t *tree, asked *Transition) error {
	before := c.Receipt
	s := settlement{tree: t, change: c, before: &before}
	state := &c.Receipt.State
	state.Changes++
	back := !p.Counted(asked.Status) && asked.Status != Disputed && before.counts()
	if back {
		p.takeBack(c, &before, asked)
	}
	if !back || state.Undone == before.Payment.Amount {
		c.Receipt.Payment.Status = asked.Status
		state.Was = Opt[Status]{}
		if asked.Status == Disputed {
			state.Was = Some(before.Payment.Status)
		}
		free := asked.Status != Disputed && p.rules.FreesCredit.Has(asked.Status)
		state.Held = state.Held && !back && !free
	}
	return s.settle()
}

// Counted says whether payments of a status change balances.
func (p *Policy) Counted(s Status) bool { return p.rules.Counted.Has(s) }
