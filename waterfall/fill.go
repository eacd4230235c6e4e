// Package waterfall fills one tier after another with the money of a payment.
//
// A caller evaluates a tier's expressions when the tier begins and hands their
// values over as a [Tier]; [Pool.Fill] says who takes what. [Pool.Direct] does
// the same for the amounts that a payment directs to balances by itself, and
// [Counts.Apply] says what a part does to the amount due. What takes may be a
// balance or a linked account: the package does not ask.
package waterfall

import (
	"math"
	"math/big"

	"example.com/spillway/money"
)

// Fill lets the targets of tier take from amount, and returns parts with what
// each took appended, and the rest of amount.
//
// Targets equal on all keys form a rank. Ranks take one after another, the
// lowest keys first; within a rank the order is that of the document. Parts
// come in that order, one for each target that took something. An amount or a
// cap of 0 or less fills nothing.
//
// For any tier and any amount:
//
//   - the parts appended, plus the rest, are amount, and the rest of an amount
//     above 0 is never below 0;
//   - every part is above 0 and at most its target's Take, and the parts
//     together are at most the tier's Cap;
//   - unless Whole says otherwise, a rank takes something only if every rank
//     before it is full: each target has its Take, but for those that weigh
//     nothing;
//   - of ProRata, a target that weighs 0 or less takes nothing, even when there
//     is enough for all;
//   - with WholeTarget, every part is its target's Take; with WholeGroup, a
//     group's targets have all of their Takes or nothing.
//
// Fill changes neither the tier nor the parts that were there. Without Wide it
// does not allocate once parts and the pool have grown to the size of their work.
func (p *Pool) Fill(parts []Part, amount money.Amount, tier *Tier) ([]Part, money.Amount) {
	most := min(amount, tier.Cap)
	if most <= 0 || len(tier.Targets) == 0 {
		return parts, amount
	}
	p.rank(tier)
	var left money.Amount
	switch {
	case tier.Whole == WholeTarget:
		parts, left = p.fillTargets(parts, most, tier)
	case tier.Whole == WholeGroup:
		parts, left = p.fillGroups(parts, most, tier)
	case tier.Share == InTurn:
		parts, left = p.fillInTurn(parts, most, tier)
	default:
		parts, left = p.fillRanks(parts, most, tier)
	}
	return parts, amount - (most - left)
}

// NoCap is the cap of a tier that has none.
const NoCap money.Amount = math.MaxInt64

// A Tier is one step of a waterfall, with what its expressions gave. Its zero
// value has a cap of 0: set [NoCap] where there is none.
type Tier struct {
	Cap     money.Amount // the most that all targets may take together; below 0 is 0
	Share   Share
	Whole   Whole      // with InTurn only; it goes before another Share
	Targets []Target   // in the order of the document
	Keys    []int64    // NKeys for each target, the most significant first; lower comes first
	NKeys   int        // 0: all targets are one rank
	Wide    []*big.Int // when set, the weights of ProRata, one for each target in place of its Weight
}

// A Target is what one balance, or one linked account, offers a tier.
type Target struct {
	ID     int          // the caller's; its part carries it
	Take   money.Amount // the most it may take; 0 or less takes nothing
	Weight int64        // of ProRata
	Group  int          // of WholeGroup: targets of the same number stand and fall together
}

// A Part is what one target took.
type Part struct {
	ID     int // the target's
	Amount money.Amount
}

// Share says how a rank shares when there is not enough for all of it.
type Share uint8

// The ways of sharing.
const (
	InTurn  Share = iota // one after another, in the order of the document
	ProRata              // by weight, whole minor units by largest remainder
	Equal                // the same for all that have something to take
)

// Whole says what takes all of its Take or nothing. What does not fit is passed
// over, and what comes later is tried.
type Whole uint8

// The kinds of whole. A group is decided when the first of its targets that has
// something to take comes up: if all of it fits into what then is left, that
// much is set aside, and each of its targets takes in its own place.
const (
	NotWhole Whole = iota
	WholeTarget
	WholeGroup
)

// A Pool is memory that fills and directions share. Its zero value is ready.
//
// A pool must not be used by two goroutines at once.
type Pool struct {
	places  []place
	weights []int64
	wide    []*big.Int
	rooms   []money.Amount
	taken   []money.Amount
	totals  map[int]uint64 // of WholeGroup: what a group still has to be granted
	mine    map[int]int    // of Direct: where in parts a balance has its part
}

// fillInTurn fills one target after another. Ranks need no attention: their
// order is that of places.
func (p *Pool) fillInTurn(parts []Part, left money.Amount, tier *Tier) ([]Part, money.Amount) {
	for _, place := range p.places {
		target := &tier.Targets[place.target]
		part := min(left, target.Take)
		if part <= 0 {
			continue
		}
		parts = append(parts, Part{target.ID, part})
		left -= part
		if left == 0 {
			break
		}
	}
	return parts, left
}

// fillTargets gives each target all of its take or nothing.
func (p *Pool) fillTargets(parts []Part, left money.Amount, tier *Tier) ([]Part, money.Amount) {
	for _, place := range p.places {
		target := &tier.Targets[place.target]
		if target.Take <= 0 || target.Take > left {
			continue
		}
		parts = append(parts, Part{target.ID, target.Take})
		left -= target.Take
	}
	return parts, left
}

// fillGroups gives all targets of a group their takes, or none of them.
//
// A group's total becomes 0 when it is granted, so that its later targets find
// it paid for. One that did not fit never will: left only falls.
func (p *Pool) fillGroups(parts []Part, left money.Amount, tier *Tier) ([]Part, money.Amount) {
	p.total(tier.Targets)
	for _, place := range p.places {
		target := &tier.Targets[place.target]
		total := p.totals[target.Group]
		if target.Take <= 0 || total > uint64(left) {
			continue
		}
		parts = append(parts, Part{target.ID, target.Take})
		left -= money.Amount(total)
		p.totals[target.Group] = 0
	}
	return parts, left
}

// total adds up the takes of each group. It stops at 2^63, more than there can
// be money for.
func (p *Pool) total(targets []Target) {
	if p.totals == nil {
		p.totals = make(map[int]uint64)
	}
	clear(p.totals)
	for i := range targets {
		if take := targets[i].Take; take > 0 {
			group := targets[i].Group
			p.totals[group] = min(p.totals[group]+uint64(take), 1<<63)
		}
	}
}
