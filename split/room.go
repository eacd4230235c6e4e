package split

import (
	"fmt"

	"example.com/spillway/money"
	"example.com/spillway/waterfall"
)

// rehearseBelow finds what fits each branch below parent, from the bottom up.
func (s *Sharer) rehearseBelow(parent int) error {
	for child := s.first[parent]; child != 0; child = s.next[child] {
		if s.first[child] == 0 {
			continue
		}
		if err := s.rehearseBelow(child); err != nil {
			return err
		}
		if err := s.rehearse(child); err != nil {
			return err
		}
	}
	return nil
}

// rehearse runs the tiers at a branch with money for everyone, and notes what
// fits the branch after each of them.
//
// With ToParent a branch may keep all that it owes, whether or not a tier hands
// it some of that.
func (s *Sharer) rehearse(branch int) error {
	s.enter(branch)
	left := waterfall.NoCap
	for t := range s.plan.Tiers {
		var err error
		if left, err = s.fill(Level{Parent: branch, Tier: t, Applying: s.amount}, left); err != nil {
			return err
		}
		fits := waterfall.NoCap - left
		if s.plan.ToParent {
			fits = plus(fits-s.taken[branch], s.owed(branch))
		}
		s.fits[branch*s.plan.Tiers+t] = fits
	}
	return nil
}

// measure sets room to what each who shares at parent can still take in tier t.
func (s *Sharer) measure(parent, t int) {
	s.room[parent] = 0
	if s.plan.Family {
		s.room[parent] = s.owed(parent) - s.taken[parent]
	}
	for child := s.first[parent]; child != 0; child = s.next[child] {
		fits := s.owed(child)
		if s.first[child] != 0 {
			fits = s.fits[child*s.plan.Tiers+t]
		}
		s.room[child] = fits - s.taken[child]
	}
}

// limit cuts the takes of the tier to the room that there is.
func (s *Sharer) limit(level Level) error {
	last := -1
	for i := range s.tier.Targets {
		target := &s.tier.Targets[i]
		if target.ID <= last || !s.sharesAt(level.Parent, target.ID) {
			return fmt.Errorf("split: target %d of tier %d, account %d, is out of place at account %d",
				i, level.Tier, target.ID, level.Parent)
		}
		target.Take = min(target.Take, s.room[target.ID])
		last = target.ID
	}
	return nil
}

// sharesAt says whether an account is among those who share at parent.
func (s *Sharer) sharesAt(parent, account int) bool {
	if account >= len(s.plan.Accounts) {
		return false
	}
	return s.plan.Accounts[account].Parent == parent || s.plan.Family && account == parent
}

// owed is what an account's own balances can take.
func (s *Sharer) owed(account int) money.Amount { return max(0, s.plan.Accounts[account].Owed) }

// plus adds amounts that are not below 0. It stops at the largest there is,
// more than there can be money for.
func plus(a, b money.Amount) money.Amount {
	if sum, ok := a.Add(b); ok {
		return sum
	}
	return waterfall.NoCap
}
