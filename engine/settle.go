package engine

import (
	"errors"

	"example.com/spillway/rules"
)

// resetPastDue makes nothing of the paid account's own balances past due.
func (r *run) resetPastDue() {
	for i, end := r.rowsOf(r.paid); i < end; i++ {
		if pastDue := r.rowWords(i)[rules.BalancePastDue]; pastDue > 0 {
			r.change(i, change{pastDue: -Amount(pastDue)})
		}
	}
}

// settle writes what changed into the receipt: deltas, totals, money to move.
func (r *run) settle() {
	out := r.receipt
	for m := range r.members {
		r.settleMember(m)
	}
	for m := range r.members {
		if r.members[m].touched {
			out.Totals = append(out.Totals, r.totalOf(m))
		}
	}
	out.State.Held = len(out.Lines) > 0 && !r.policy.rules.FreesCredit.Has(r.payment.Status)
	if r.payment.Mode == Process {
		out.Move = Some(Move{out.Charged, r.payment.Method})
	}
}

// settleMember writes the deltas of a member's balances, and marks it and those
// above it if there are any.
func (r *run) settleMember(m int) {
	changed := false
	for i, end := r.rowsOf(m); i < end; i++ {
		if !r.rows[i].touched {
			continue
		}
		changed = true
		now, was := r.rowWords(i), r.before[r.frame.Balance(i).W:]
		delta := next(&r.receipt.Deltas)
		delta.Account, delta.Bucket, delta.Component = r.id(m), r.bucket(i), r.component(i)
		delta.Owed = Amount(now[rules.BalanceOwed] - was[rules.BalanceOwed])
		delta.Due = Amount(now[rules.BalanceDue] - was[rules.BalanceDue])
		delta.PastDue = Amount(now[rules.BalancePastDue] - was[rules.BalancePastDue])
	}
	for ; changed && m >= 0; m = r.members[m].parent {
		r.members[m].touched = true
	}
}

// totalOf is how a member's totals changed.
func (r *run) totalOf(m int) Total {
	now, at := r.accountWords(m), r.frame.Account(m).W
	delta := func(word int) Amount { return Amount(now[word] - r.before[at+word]) }
	total := Total{
		Account: r.id(m), Owed: delta(rules.AccountOwed), Due: delta(rules.AccountDue),
		PastDue: delta(rules.AccountPastDue), MinimumDue: delta(rules.AccountMinimumDue),
	}
	if now[rules.AccountCreditLimit] != rules.Missing {
		total.AvailableCredit = Some(-delta(rules.AccountOwed) - delta(rules.AccountCreditHeld))
	}
	return total
}

// balanced holds the receipt to its promises before it leaves.
func (r *run) balanced() error {
	if !r.policy.rules.Counted.Has(r.payment.Status) {
		return nil
	}
	out := r.receipt
	sum := out.Unapplied
	for i := range out.Lines {
		sum += out.Lines[i].Amount
	}
	for i := range r.fees {
		if r.fees[i].collect == rules.FromPayment {
			sum += r.fees[i].amount
		}
	}
	if sum != r.payment.Amount {
		return errors.New("broken promise: the lines and what is unapplied are not the amount; nothing was applied, please report this")
	}
	if !r.addsUp() {
		return errors.New("broken promise: a balance or a total does not add up; nothing was applied, please report this")
	}
	return nil
}

// addsUp says whether no balance owes less than nothing, or has more due than it
// owes, and whether the totals are what the balances owe, added up anew from the
// bottom.
func (r *run) addsUp() bool {
	sums := r.sums[:0]
	for range r.members {
		sums = append(sums, rolled{})
	}
	r.sums = sums
	for m := len(r.members) - 1; m >= 0; m-- {
		for i, end := r.rowsOf(m); i < end; i++ {
			if !r.rowHolds(i) {
				return false
			}
			sums[m].add(Amount(r.rowWords(i)[rules.BalanceOwed]), r.rows[i].principal)
		}
		if sums[m].owed != Amount(r.accountWords(m)[rules.AccountOwed]) {
			return false
		}
		parent := r.members[m].parent
		switch {
		case parent < 0 || r.members[m].rollsUp == RollsUpNone:
		case r.members[m].rollsUp == RollsUpPrincipal:
			sums[parent].add(sums[m].principal, true)
		default:
			sums[parent].owed += sums[m].owed
			sums[parent].principal += sums[m].principal
		}
	}
	return true
}

func (r *run) rowHolds(i int) bool {
	w := r.rowWords(i)
	owed, due, pastDue := w[rules.BalanceOwed], w[rules.BalanceDue], w[rules.BalancePastDue]
	if r.rows[i].credit {
		return owed <= 0 && due == 0 && pastDue == 0
	}
	return 0 <= pastDue && pastDue <= due && due <= owed
}

// rolled is what an account owes in all, and what of it is principal.
type rolled struct{ owed, principal Amount }

func (s *rolled) add(owed Amount, principal bool) {
	s.owed += owed
	if principal {
		s.principal += owed
	}
}
