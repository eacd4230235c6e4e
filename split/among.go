// Package split shares an amount among linked accounts.
//
// A split is a waterfall whose targets are accounts: a caller evaluates a tier's
// expressions when the tier begins, and [Sharer.Among] says what every account
// of the tree gets and what it keeps. [Sharer.ByPercent] and [Sharer.ByHand] do
// the same for fixed percentages and for amounts that somebody entered.
package split

import (
	"fmt"

	"example.com/spillway/money"
	"example.com/spillway/waterfall"
)

// Among shares amount among the children of the account that is paid, with
// Family also that account itself, and returns shares with what each tier handed
// out appended, and the rest of amount that is left over.
//
// What a child with children of its own gets is shared again among them by the
// same tiers, and so on down. To know what fits a branch, its tiers are rehearsed
// first, from the bottom up, with money for everyone: in tier t, a branch has
// room for what tiers 0 to t place below it, and with ToParent for what it owes
// itself.
//
// Shares come level by level: first those at the paid account, tier by tier, each
// tier's in the order of ranks; then, child by child in the order of the document,
// those at its level and below. What stays with a parent is no share. With Family,
// the paid account's own part is one; the parents below it have their shares
// already. [Sharer.Kept] says what each account keeps.
//
// For any tiers and any amount:
//
//   - what the accounts keep, plus the rest, is amount; of an amount above 0 none
//     of these is below 0, and with ToParent the rest is 0;
//   - without ToParent no account keeps more than it owes;
//   - what an account is handed by its parent is what it keeps plus what it hands
//     on to its children, and without ToParent what is left over there;
//   - where tiers do not depend on Applying and none is whole, only the account
//     that is paid leaves anything over, or with ToParent keeps more than it
//     owes, and then more money would give no other account more;
//   - at one level and for one tier that is not in turn, another order of
//     siblings gives nobody more than one minor unit more or less.
//
// An error is that of tiers, as it is, or says that tiers or plan is not as it
// must be. Then shares are as they were, and nobody keeps anything.
//
// Among changes nothing of plan, and does not allocate once shares and the
// sharer have grown to the size of their work.
func (s *Sharer) Among(shares []Share, amount money.Amount, plan *Plan, tiers Evaluator) ([]Share, money.Amount, error) {
	s.begin(plan)
	if amount <= 0 {
		return shares, s.leave(plan, amount), nil
	}
	before := len(shares)
	s.tiers, s.amount, s.shares, s.rest = tiers, amount, shares, 0
	err := s.link()
	if err == nil {
		err = s.rehearseBelow(plan.Paid)
	}
	if err == nil {
		err = s.pay(plan.Paid, amount)
	}
	shares, s.shares, s.tiers, s.plan = s.shares, nil, nil, nil
	if err != nil {
		s.kept = s.kept[:0]
		return shares[:before], 0, err
	}
	return shares, s.rest, nil
}

// A Plan is what a split says, without its expressions, and whom it is for.
type Plan struct {
	Accounts []Account // a parent comes before its children, siblings in the order of the document
	Paid     int       // the account that is paid; those that are not below it take no part
	Tiers    int       // how many there are
	Family   bool      // every parent shares too, with what it owes itself
	ToParent bool      // what a parent's children do not take stays with it; else it is left over
}

// An Account is one account of the tree. Its index in [Plan.Accounts] is what
// levels, targets and shares know it by.
type Account struct {
	Parent int          // below 0: none
	Owed   money.Amount // what its own balances can take in all; below 0 is 0
}

// A Share is what an account is handed, by its parent or, with Family and by
// hand, by itself.
type Share struct {
	Account int
	Tier    int          // [NoTier]: by percentages or by hand
	Amount  money.Amount // above 0
}

// NoTier is the tier of shares that no tier handed out.
const NoTier = -1

// An Evaluator tells what the expressions of a split's tiers give.
type Evaluator interface {
	// Tier evaluates a tier for those who share at a level, when the tier
	// begins there. ok is false if its condition does not hold.
	//
	// The tier comes empty, with no cap, and with the memory that it had.
	// Targets are accounts that share at the level, in the order of their
	// indexes; any of them may be left out. A take above the level's room is
	// cut to it; a weight is not, so weigh by min(take, room) what is to be
	// weighed by take.
	Tier(tier *waterfall.Tier, level Level) (ok bool, err error)
}

// A Level is where a tier begins: at a parent, whose children share. Accounts
// that do not share there have no meaning in Taken and Room; neither may be
// changed, nor kept for later.
type Level struct {
	Parent   int
	Tier     int
	Applying money.Amount   // what reaches the parent; in a rehearsal the whole amount
	Taken    []money.Amount // by account: what this level's earlier tiers handed it
	Room     []money.Amount // by account: what it can still take in this tier
}

// A Sharer is memory that splits share. Its zero value is ready.
//
// A sharer must not be used by two goroutines at once.
type Sharer struct {
	pool    waterfall.Pool
	tier    waterfall.Tier
	parts   []waterfall.Part
	weights []int64
	first   []int          // by account: its first child; 0: none
	next    []int          // by account: its next sibling; 0: none
	fits    []money.Amount // by branch and tier: what fits it up to that tier
	kept    []money.Amount // by account, as taken and room
	taken   []money.Amount // at the level at hand, and of those above it what is still to be handed on
	room    []money.Amount

	plan   *Plan // of the call under way, as all below
	tiers  Evaluator
	amount money.Amount
	shares []Share
	rest   money.Amount
}

// Kept returns, by account, what each keeps of the amount last shared: what it
// was handed less what it hands on. It is valid until the sharer's next call.
func (s *Sharer) Kept() []money.Amount { return s.kept }

// begin makes room for what accounts keep, nothing so far.
func (s *Sharer) begin(plan *Plan) {
	s.plan = plan
	s.kept = resize(s.kept, len(plan.Accounts))
	clear(s.kept)
}

// leave does with what the paid account's children do not take as plan says,
// and returns the rest.
func (s *Sharer) leave(plan *Plan, left money.Amount) (rest money.Amount) {
	s.plan = nil
	if !plan.ToParent {
		return left
	}
	s.kept[plan.Paid] += left
	return 0
}

// link finds everyone's children.
func (s *Sharer) link() error {
	n := len(s.plan.Accounts)
	s.first, s.next = resize(s.first, n), resize(s.next, n)
	s.taken, s.room = resize(s.taken, n), resize(s.room, n)
	s.fits = resize(s.fits, n*s.plan.Tiers)
	clear(s.first)
	for i := n - 1; i >= 0; i-- {
		parent := s.plan.Accounts[i].Parent
		if parent >= i {
			return fmt.Errorf("split: account %d comes before its parent %d", i, parent)
		}
		if parent >= 0 {
			s.next[i] = s.first[parent]
			s.first[parent] = i
		}
	}
	return nil
}

// pay shares what reaches parent, then what its children got among theirs.
func (s *Sharer) pay(parent int, amount money.Amount) error {
	s.enter(parent)
	left := amount
	for t := 0; t < s.plan.Tiers && left > 0; t++ {
		var err error
		if left, err = s.fill(Level{Parent: parent, Tier: t, Applying: amount}, left); err != nil {
			return err
		}
		for _, part := range s.parts {
			if part.ID != parent || parent == s.plan.Paid {
				s.shares = append(s.shares, Share{part.ID, t, part.Amount})
			}
		}
	}
	s.kept[parent] = s.taken[parent]
	if s.plan.ToParent {
		s.kept[parent] += left
	} else {
		s.rest += left
	}
	for child := s.first[parent]; child != 0; child = s.next[child] {
		given := s.taken[child]
		if s.first[child] == 0 {
			s.kept[child] = given
		} else if given > 0 {
			if err := s.pay(child, given); err != nil {
				return err
			}
		}
	}
	return nil
}

// enter starts a level at which nobody has taken anything.
func (s *Sharer) enter(parent int) {
	s.taken[parent] = 0
	for child := s.first[parent]; child != 0; child = s.next[child] {
		s.taken[child] = 0
	}
}

// fill lets one tier take from left, and sets parts to who took what.
func (s *Sharer) fill(level Level, left money.Amount) (money.Amount, error) {
	s.measure(level.Parent, level.Tier)
	level.Taken, level.Room = s.taken, s.room
	s.parts = s.parts[:0]
	s.tier = waterfall.Tier{Cap: waterfall.NoCap, Targets: s.tier.Targets[:0], Keys: s.tier.Keys[:0]}
	ok, err := s.tiers.Tier(&s.tier, level)
	if err != nil || !ok {
		return left, err
	}
	if err := s.limit(level); err != nil {
		return left, err
	}
	s.parts, left = s.pool.Fill(s.parts, left, &s.tier)
	for _, part := range s.parts {
		s.taken[part.ID] += part.Amount
	}
	return left, nil
}

// resize returns a slice of length n in the memory of old, if it has enough.
func resize[E any](old []E, n int) []E {
	if cap(old) < n {
		return make([]E, n)
	}
	return old[:n]
}
