package engine

import (
	"example.com/spillway/rules"
)

// Apply says where payment goes when it is applied to account, what it costs,
// and what it changes.
//
// The account given is the root of its tree, whichever account in it is paid.
// Apply changes neither argument; the receipt shares the payment's lists.
//
// For every receipt:
//
//   - payment.Amount is the sum of Lines, Unapplied and, where the fee is
//     collected from the payment, the fee;
//   - no delta takes a balance below zero, credit aside;
//   - an account's totals change by its own deltas and what rolls up to it;
//   - the same policy, account and payment give the same receipt.
//
// The error is an [*InputError] if account or payment cannot be, a [*Refusal]
// if the policy turns the payment away, or a [*RuleError] if an expression of
// the policy cannot be evaluated. The receipt is then the zero value.
func (p *Policy) Apply(account Account, payment Payment) (Receipt, error) {
	r := p.runs.Get().(*run)
	r.own.account, r.own.payment = account, payment
	err := r.decide(&r.own.receipt, &r.own.account, &r.own.payment)
	var receipt Receipt
	if err == nil {
		receipt = r.own.receipt.copied()
	}
	r.own.forget()
	r.forget()
	p.runs.Put(r)
	return receipt, err
}

// ApplyTo is [Policy.Apply] into a receipt that the caller reuses: its lists
// are written over, and nothing is allocated once they are large enough. After
// an error, the receipt means nothing.
func (p *Policy) ApplyTo(receipt *Receipt, account *Account, payment *Payment) error {
	r := p.runs.Get().(*run)
	err := r.decide(receipt, account, payment)
	r.forget()
	p.runs.Put(r)
	return err
}

// A question is what Apply is asked and answers, in memory that is used again:
// what leaves is a copy, each list in one piece.
type question struct {
	account Account
	payment Payment
	receipt Receipt
}

// forget drops everything that keeps a caller's memory alive, but for the room
// of the lists.
func (q *question) forget() {
	q.account, q.payment = Account{}, Payment{}
	out := &q.receipt
	out.Payment, out.Fee, out.Move = Payment{}, Opt[Fee]{}, Opt[Move]{}
	clear(out.Warnings)
	clear(out.Charges)
	clear(out.Lines)
	clear(out.Shares)
	clear(out.Deltas)
	clear(out.Totals)
}

// copied is the receipt with lists of its own.
func (out *Receipt) copied() Receipt {
	c := *out
	c.Warnings, c.Charges, c.Lines = inOnePiece(c.Warnings), inOnePiece(c.Charges), inOnePiece(c.Lines)
	c.Shares, c.Deltas, c.Totals = inOnePiece(c.Shares), inOnePiece(c.Deltas), inOnePiece(c.Totals)
	return c
}

// inOnePiece is a copy of a list, nil of an empty one.
func inOnePiece[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	c := make([]T, len(list))
	copy(c, list)
	return c
}

// decide is one decision, in the order in which answers take precedence: input
// errors, request guardrails, refusals of the calculation, result guardrails.
func (r *run) decide(receipt *Receipt, account *Account, payment *Payment) error {
	if err := r.read(receipt, account, payment); err != nil {
		return err
	}
	if err := r.assess(); err != nil {
		return err
	}
	if err := r.checkDirected(); err != nil {
		return err
	}
	if err := r.guard(false); err != nil {
		return err
	}
	if r.policy.rules.Counted.Has(payment.Status) {
		if err := r.apply(); err != nil {
			return err
		}
	} else if err := r.checkFee(); err != nil {
		return err
	}
	if err := r.guard(true); err != nil {
		return err
	}
	return r.balanced()
}

// apply moves the money: charges, directions, tiers, leftovers.
func (r *run) apply() error {
	if err := r.checkFee(); err != nil {
		return err
	}
	r.charge(rules.ChargeBefore)
	if err := r.pay(); err != nil {
		return err
	}
	r.charge(rules.ChargeAfter)
	if r.payment.ResetPastDue {
		r.resetPastDue()
	}
	r.settle()
	return nil
}
