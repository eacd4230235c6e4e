package engine

import (
	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// A doubt is raised when reading the documents finds what may be a fault. Only
// then is the validator asked, which looks at everything in the order of the
// fields: whatever it would complain about raises one.
type doubt struct {
	raised  bool
	members int    // how many were there before the tree
	rows    int    // likewise
	most    int    // balances that the tree may have
	depth   int    // of the account that is enrolled
	total   uint64 // what is owed so far, credits counted as much
}

// doubtIDs says whether accounts may have the same id, or none.
func (r *run) doubtIDs() bool {
	for i := range r.members {
		if i > 0 && r.members[i].parent >= 0 && r.members[i].doc.ID == "" {
			r.doubt.raised = true
		}
	}
	if len(r.members) > 1 && r.valid.duplicate(len(r.members),
		func(i int) uint64 { return hash(r.id(i), "") }, func(i, j int) bool { return r.id(i) == r.id(j) }) >= 0 {
		r.doubt.raised = true
	}
	return r.doubt.raised
}

// doubtAccount looks at an account's own fields, and for balances that are there
// twice.
func (r *run) doubtAccount(a *Account) {
	limit, _ := a.CreditLimit.Get()
	minimum, _ := a.MinimumDue.Get()
	if !isAmount(limit) || !isAmount(minimum) || !isAmount(a.CreditHeld) ||
		uint(a.DaysPastDue) > rules.MaxDays || a.RollsUp > RollsUpNone || r.valid.sameBalance(a.Balances) >= 0 {
		r.doubt.raised = true
	}
}

// doubtBalance looks at a balance, of which that much is due and past due.
func (r *run) doubtBalance(b *Balance, due, pastDue Amount) {
	d := &r.doubt
	d.total += uint64(max(b.Owed, -b.Owed))
	apr, _ := b.APR.Get()
	plain := b.Component != "" && !b.isCredit() && 0 <= pastDue && pastDue <= due && due <= b.Owed && b.Owed <= money.Max &&
		(b.DueDate == 0 || isDate(b.DueDate)) && -money.MaxRate <= apr && apr <= money.MaxRate
	if !plain {
		r.valid.total = 0
		d.raised = d.raised || r.valid.balance(b, r.today) != nil
	}
	d.raised = d.raised || d.total > uint64(rules.MaxTotal)
}

func isAmount(a Amount) bool { return uint64(a) <= uint64(money.Max) }
