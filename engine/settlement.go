package engine

import (
	"cmp"
	"slices"
)

// A settlement gathers the deltas of a change.
type settlement struct {
	tree   *tree
	change *Change
	before *Receipt // in its state before the change
	parts  []part
}

// settle writes the deltas and totals that lie between what the receipt counted
// before and what it counts now, with what the change itself costs.
func (s *settlement) settle() error {
	for i := range s.before.Deltas {
		d := &s.before.Deltas[i]
		was, is := s.before.stillCounted(d), s.change.Receipt.stillCounted(d)
		if was == is {
			continue
		}
		at := s.tree.find(d.Account)
		if at < 0 {
			return notAllowed(TransitionAltered, "the receipt is of another account: there is no account %q", d.Account)
		}
		s.add(at, d.Bucket, d.Component, change{is.owed - was.owed, is.due - was.due, is.pastDue - was.pastDue})
	}
	for i := range s.change.Charges {
		c := &s.change.Charges[i]
		s.add(s.tree.find(c.Account), c.Bucket, c.Component, change{owed: c.Amount, due: c.Amount})
	}
	if err := s.hold(); err != nil {
		return err
	}
	s.total()
	return nil
}

// A part is what is added to one balance.
type part struct {
	account           int
	bucket, component string
	change            change
}

// add adds to a balance.
func (s *settlement) add(account int, bucket, component string, c change) {
	for i := range s.parts {
		if p := &s.parts[i]; p.account == account && p.bucket == bucket && p.component == component {
			p.change = change{p.change.owed + c.owed, p.change.due + c.due, p.change.pastDue + c.pastDue}
			return
		}
	}
	s.parts = append(s.parts, part{account, bucket, component, c})
}

// hold holds each part to what its balance can bear, and writes its delta. What
// would take a balance below zero becomes credit.
func (s *settlement) hold() error {
	for i := 0; i < len(s.parts); i++ {
		p := &s.parts[i]
		if p.isCredit() {
			continue
		}
		b := s.balance(p)
		if below := b.Owed + p.change.owed; below < 0 {
			p.change.owed -= below
			s.add(p.account, creditBucket, creditComponent, change{owed: below})
			p = &s.parts[i]
		}
		due, pastDue := b.dues(s.change.Date)
		newDue := min(max(0, due+p.change.due), b.Owed+p.change.owed)
		newPastDue := min(max(0, pastDue+p.change.pastDue), newDue)
		p.change.due, p.change.pastDue = newDue-due, newPastDue-pastDue
	}
	slices.SortStableFunc(s.parts, func(a, b part) int { return cmp.Compare(a.account, b.account) })
	for i := range s.parts {
		p := &s.parts[i]
		if b := s.balance(p); p.isCredit() && b.Owed+p.change.owed > 0 {
			return notAllowed(TransitionCreditUsed, "%s of the credit of account %q that would be taken back were used up since: "+
				"charge that to a balance first", s.change.currency.Format(b.Owed+p.change.owed), s.tree.id(p.account))
		}
		if p.change != (change{}) {
			s.change.Deltas = append(s.change.Deltas, Delta{s.tree.id(p.account), p.bucket, p.component,
				p.change.owed, p.change.due, p.change.pastDue})
		}
	}
	return nil
}

func (p *part) isCredit() bool { return p.bucket == creditBucket && p.component == creditComponent }

// balance is the balance of a part as it is; what is not there owes nothing.
func (s *settlement) balance(p *part) Balance {
	if b := s.tree.nodes[p.account].account.balance(p.bucket, p.component); b != nil {
		return *b
	}
	return Balance{Bucket: p.bucket, Component: p.component}
}

// total adds the parts up to totals, with the minimum due that comes back and
// the credit that becomes available.
func (s *settlement) total() {
	totals := make([]Total, len(s.tree.nodes))
	held := make([]Amount, len(s.tree.nodes)) // what is no longer held
	touched := make([]bool, len(s.tree.nodes))
	for i := range s.parts {
		p := &s.parts[i]
		if p.change == (change{}) {
			continue
		}
		s.touch(touched, p.account)
		s.tree.roll(p.account, p.component, func(i int) {
			totals[i].Owed += p.change.owed
			totals[i].Due += p.change.due
			totals[i].PastDue += p.change.pastDue
		})
	}
	s.release(held, touched)
	for i := range s.before.Totals {
		total := &s.before.Totals[i]
		if at := s.tree.find(total.Account); at >= 0 {
			back := s.change.Receipt.minimumCounted(total) - s.before.minimumCounted(total)
			totals[at].MinimumDue = back
			if back != 0 {
				s.touch(touched, at)
			}
		}
	}
	for i := range totals {
		_, limited := s.tree.nodes[i].account.CreditLimit.Get()
		if !touched[i] || len(s.parts) == 0 && !limited {
			continue
		}
		totals[i].Account = s.tree.id(i)
		if limited {
			totals[i].AvailableCredit = Some(held[i] - totals[i].Owed)
		}
		s.change.Totals = append(s.change.Totals, totals[i])
	}
}

// release adds up what of the credit that the lines held is held no longer.
func (s *settlement) release(held []Amount, touched []bool) {
	before := s.before
	if !before.State.Held {
		return
	}
	for i := range before.Lines {
		l, now := &before.Lines[i], &s.change.Receipt.Lines[i]
		freed := l.Amount - l.Undone
		if s.change.Receipt.State.Held {
			freed = now.Undone - l.Undone
		}
		at := s.tree.find(l.Account)
		if freed == 0 || at < 0 {
			continue
		}
		s.touch(touched, at)
		s.tree.roll(at, l.Component, func(i int) { held[i] += freed })
	}
}

// touch marks an account and all above it as changed.
func (s *settlement) touch(touched []bool, i int) {
	for ; i >= 0; i = s.tree.nodes[i].parent {
		touched[i] = true
	}
}
