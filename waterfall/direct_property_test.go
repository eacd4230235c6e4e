package waterfall_test

import (
	"maps"
	"math/rand"
	"slices"
	"testing"

	"example.com/spillway/money"
	"example.com/spillway/waterfall"
)

// A directCase is one whole drawn call of Direct.
type directCase struct {
	Amount     money.Amount
	Directions waterfall.Directions
}

// direct runs the case.
func (c directCase) direct() ([]waterfall.Part, waterfall.Verdict) {
	var pool waterfall.Pool
	return pool.Direct(nil, c.Amount, &c.Directions)
}

// owed returns what a balance owes. Drawn directions agree about it.
func (c directCase) owed(target int) money.Amount {
	for _, direction := range c.Directions.List {
		if direction.Target == target {
			return direction.Owed
		}
	}
	return 0
}

// drawDirect draws few directions to few balances, half of the time such that
// they add up.
func drawDirect(r *rand.Rand) directCase {
	c := directCase{
		Amount:     money.Amount(r.Intn(60) - 2),
		Directions: waterfall.Directions{Only: r.Intn(2) == 0, Invalid: waterfall.Invalid(r.Intn(3))},
	}
	owed := []money.Amount{money.Amount(r.Intn(40) - 5), money.Amount(r.Intn(40)), most}
	var sum money.Amount
	for range r.Intn(6) {
		direction := waterfall.Direction{Target: r.Intn(8) % 3, Amount: money.Amount(r.Intn(20)) + 1}
		direction.Owed = owed[direction.Target]
		switch r.Intn(24) {
		case 0:
			direction.Target = -1
		case 1:
			direction.Amount = -money.Amount(r.Intn(2))
		case 2:
			direction.Amount = most
		}
		sum += min(direction.Amount, 20)
		c.Directions.List = append(c.Directions.List, direction)
	}
	if r.Intn(2) == 0 {
		c.Amount = sum
	}
	return c
}

// shrinkDirect offers the cases that are one step simpler.
func shrinkDirect(c directCase) (simpler []directCase) {
	for i, direction := range c.Directions.List {
		shorter, smaller := c, c
		shorter.Directions.List = slices.Delete(slices.Clone(c.Directions.List), i, i+1)
		simpler = append(simpler, shorter)
		if direction.Amount > 0 { // with Only, the amount must go with it
			shorter.Amount -= direction.Amount
			simpler = append(simpler, shorter)
		}
		if direction.Amount > 1 {
			smaller.Directions.List = slices.Clone(c.Directions.List)
			smaller.Directions.List[i].Amount /= 2
			simpler = append(simpler, smaller)
		}
	}
	if c.Amount > 0 {
		simpler = append(simpler, directCase{c.Amount / 2, c.Directions}, directCase{c.Amount - 1, c.Directions})
	}
	for target := range 3 {
		poorer := c
		poorer.Directions.List = slices.Clone(c.Directions.List)
		if halve(poorer.Directions.List, target) {
			simpler = append(simpler, poorer)
		}
	}
	if c.Directions.Only {
		c.Directions.Only = false
		simpler = append(simpler, c)
	}
	return simpler
}

// halve lets a balance owe half as much, in all directions to it.
func halve(list []waterfall.Direction, target int) (changed bool) {
	for i := range list {
		if list[i].Target == target && list[i].Owed > 1 {
			list[i].Owed /= 2
			changed = true
		}
	}
	return changed
}

func TestDirectPromises(t *testing.T) {
	drawn := cases[directCase]{drawDirect, shrinkDirect}
	drawn.hold(t, "the parts, plus the rest, are amount", func(c directCase) bool {
		parts, verdict := c.direct()
		return addsUp(parts, verdict.Rest, c.Amount)
	})
	drawn.hold(t, "every balance has at most one part, above 0 and at most what it owes", func(c directCase) bool {
		parts, _ := c.direct()
		seen := map[int]bool{}
		for _, part := range parts {
			if seen[part.ID] || part.ID < 0 || part.Amount <= 0 || part.Amount > c.owed(part.ID) {
				return false
			}
			seen[part.ID] = true
		}
		return true
	})
	drawn.hold(t, "nothing is paid unless directions are followed", func(c directCase) bool {
		parts, verdict := c.direct()
		return verdict.Outcome == waterfall.Followed || len(parts) == 0
	})
	drawn.hold(t, "nothing is refused where invalid directions are ignored or trimmed", func(c directCase) bool {
		_, verdict := c.direct()
		return c.Directions.Invalid == waterfall.RefuseInvalid || verdict.Outcome != waterfall.Refused
	})
	drawn.hold(t, "there is a reason just where directions cannot be followed", func(c directCase) bool {
		_, verdict := c.direct()
		return (verdict.Why != "") == (verdict.Outcome != waterfall.Followed && len(c.Directions.List) > 0)
	})
	drawn.hold(t, "both directs agree", func(c directCase) bool {
		parts, verdict := c.direct()
		want, outcome := directPlainly(c)
		got := map[int]money.Amount{}
		for _, part := range parts {
			got[part.ID] = part.Amount
		}
		return verdict.Outcome == outcome && maps.Equal(got, want)
	})
}

// directPlainly is a second Direct, written as the contract reads: directions
// are added up and judged together, and trimmed only where that is asked for.
// It does not say in which order balances are paid.
func directPlainly(c directCase) (map[int]money.Amount, waterfall.Outcome) {
	if len(c.Directions.List) == 0 {
		return nil, waterfall.Ignored
	}
	asked, good := askedFor(c)
	switch {
	case good:
		return asked, waterfall.Followed
	case c.Directions.Invalid == waterfall.RefuseInvalid:
		return nil, waterfall.Refused
	case c.Directions.Invalid == waterfall.IgnoreInvalid:
		return nil, waterfall.Ignored
	}
	paid := map[int]money.Amount{}
	left := c.Amount
	for _, direction := range c.Directions.List {
		owed := direction.Owed - paid[direction.Target]
		part := min(direction.Amount, owed, left)
		if direction.Target >= 0 && part > 0 {
			paid[direction.Target] += part
			left -= part
		}
	}
	return paid, waterfall.Followed
}

// askedFor adds up the directions to each balance, and says whether all of them
// can be followed.
func askedFor(c directCase) (asked map[int]money.Amount, good bool) {
	asked, good = map[int]money.Amount{}, true
	var sum money.Amount
	for _, direction := range c.Directions.List {
		possible := direction.Target >= 0 && direction.Amount > 0 && direction.Amount < most
		if !possible {
			return nil, false
		}
		asked[direction.Target] += direction.Amount
		sum += direction.Amount
	}
	for target, amount := range asked {
		good = good && amount <= c.owed(target)
	}
	return asked, good && sum <= c.Amount && (!c.Directions.Only || sum == c.Amount)
}
