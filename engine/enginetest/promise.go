package enginetest

import (
	"example.com/spillway/engine"
)

// A Promise is something that the engine says of every decision. Its sentence
// stands in a doc comment, or in the description of the policy language.
type Promise struct {
	Name  string
	Says  string
	Of    string // what the promise belongs to
	Holds func(*Decision) error
}

// A Decision is a question to a policy with its answer.
type Decision struct {
	Policy  *engine.Policy
	Drawn   *Policy // the policy as a structure, nil for a host's
	Account engine.Account
	Payment engine.Payment
	Receipt engine.Receipt // if Err is nil
	Err     error
}

// Decide asks a policy, whose structure is known or nil.
func Decide(policy *engine.Policy, c *Case) *Decision {
	d := &Decision{Policy: policy, Drawn: c.Policy, Account: c.Account, Payment: c.Payment}
	d.Receipt, d.Err = policy.Apply(c.Account, c.Payment)
	return d
}

// again asks the same policy something else.
func (d *Decision) again(account engine.Account, payment engine.Payment) *Decision {
	return Decide(d.Policy, &Case{d.Drawn, account, payment})
}

// text is an amount for people.
func (d *Decision) text(a engine.Amount) string { return d.Policy.Currency().Format(a) }

// Promises are all of them. Those on transitions and replays are not here: they
// are about histories.
func Promises() []Promise {
	return concat(receiptPromises, treePromises, againPromises, guardPromises, feePromises, tierPromises)
}

// ofReceipt makes a promise about receipts one about decisions: what is refused
// keeps it.
func ofReceipt(holds func(*Decision, *engine.Receipt) error) func(*Decision) error {
	return func(d *Decision) error {
		if d.Err != nil {
			return nil
		}
		return holds(d, &d.Receipt)
	}
}

// A place names a balance of a tree.
type place struct{ account, bucket, component string }

// isCredit says whether the place is of money that the lender owes back.
func (p place) isCredit() bool { return p.bucket == "credit" && p.component == "credit" }

// standing is what a balance owes, and what of it is due.
type standing struct{ owed, due, pastDue engine.Amount }

// nameOf is the id of an account, also of a root without one.
func nameOf(a *engine.Account) string {
	if a.ID == "" {
		return "account"
	}
	return a.ID
}

// bucketOf is the name of a bucket, also of one that is not named.
func bucketOf(bucket string) string {
	if bucket == "" {
		return "main"
	}
	return bucket
}

// accounts lists a tree in its order, by way of their parents.
func accounts(root *engine.Account) (all []*engine.Account) {
	all = append(all, root)
	for i := range root.Children {
		all = append(all, accounts(&root.Children[i])...)
	}
	return all
}

// standings are what all balances of a tree owe on a day.
func standings(root *engine.Account, today engine.Date) map[place]standing {
	found := map[place]standing{}
	for _, a := range accounts(root) {
		for i := range a.Balances {
			b := &a.Balances[i]
			found[place{nameOf(a), bucketOf(b.Bucket), b.Component}] = standingOf(b, today)
		}
	}
	return found
}

func standingOf(b *engine.Balance, today engine.Date) standing {
	s := standing{owed: b.Owed}
	if b.Owed < 0 {
		return s
	}
	due, given := b.Due.Get()
	if !given && b.DueDate <= today {
		due = b.Owed
	}
	pastDue, given := b.PastDue.Get()
	if !given && b.DueDate != 0 && b.DueDate < today {
		pastDue = due
	}
	return standing{b.Owed, due, pastDue}
}

// fee is the fee of a receipt, 0 where there is none.
func fee(r *engine.Receipt) engine.Fee { return r.Fee.Or(engine.Fee{}) }

// fromPayment is what of the fee was taken from the payment.
func fromPayment(r *engine.Receipt) engine.Amount {
	if f := fee(r); f.Collect.String() == "from_payment" {
		return f.Amount
	}
	return 0
}

// counted says whether anything was applied: of a payment whose status is not
// counted, no line and nothing unapplied tells of its amount.
func counted(r *engine.Receipt) bool {
	return len(r.Lines) > 0 || r.Unapplied > 0 || fromPayment(r) == r.Payment.Amount
}
