package waterfall_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/spillway/money"
	"example.com/spillway/waterfall"
)

func TestFillPromises(t *testing.T) {
	tiers := cases[tierCase]{drawTier, shrinkTier}
	tiers.hold(t, "the parts, plus the rest, are amount", func(c tierCase) bool {
		parts, rest := c.fill()
		return addsUp(parts, rest, c.Amount)
	})
	tiers.hold(t, "a target has at most one part, above 0 and at most its take", func(c tierCase) bool {
		parts, _ := c.fill()
		seen := map[int]bool{}
		for _, part := range parts {
			if seen[part.ID] || part.Amount <= 0 || part.Amount > c.Tier.Targets[part.ID].Take {
				return false
			}
			seen[part.ID] = true
		}
		return true
	})
	tiers.hold(t, "the parts together are at most the cap", func(c tierCase) bool {
		_, rest := c.fill()
		return c.Amount-rest <= max(0, c.Tier.Cap)
	})
	tiers.hold(t, "parts come in the order of ranks, then of the document", func(c tierCase) bool {
		parts, _ := c.fill()
		return slices.IsSortedFunc(parts, func(a, b waterfall.Part) int {
			if by := compareKeys(&c.Tier, a.ID, b.ID); by != 0 {
				return by
			}
			return a.ID - b.ID
		})
	})
	tiers.hold(t, "a rank waits until those before it are full", waitsForFull)
	tiers.hold(t, "a target that weighs 0 or less takes nothing", weightlessTakesNothing)
}

func TestFillWholePromises(t *testing.T) {
	tiers := cases[tierCase]{drawTier, shrinkTier}
	tiers.hold(t, "a whole target has its take or nothing", func(c tierCase) bool {
		c.Tier.Share, c.Tier.Whole = waterfall.InTurn, waterfall.WholeTarget
		for i, took := range c.took() {
			if took != 0 && took != c.Tier.Targets[i].Take {
				return false
			}
		}
		return true
	})
	tiers.hold(t, "a whole group has all its takes or nothing", func(c tierCase) bool {
		c.Tier.Share, c.Tier.Whole = waterfall.InTurn, waterfall.WholeGroup
		took := c.took()
		for i, one := range c.Tier.Targets {
			for j, other := range c.Tier.Targets {
				together := one.Group == other.Group && one.Take > 0 && other.Take > 0
				if together && (took[i] == one.Take) != (took[j] == other.Take) || took[i] != 0 && took[i] != one.Take {
					return false
				}
			}
		}
		return true
	})
}

func TestFillLeavesItsArguments(t *testing.T) {
	var pool waterfall.Pool // one for all: what a fill leaves in it must not show
	cases[tierCase]{drawTier, shrinkTier}.hold(t, "nothing but the pool changes", func(c tierCase) bool {
		before := tierCase{c.Amount, c.Tier}
		before.Tier.Targets, before.Tier.Keys = slices.Clone(c.Tier.Targets), slices.Clone(c.Tier.Keys)
		earlier := waterfall.Part{ID: -7, Amount: 1_00}
		again, rest := pool.Fill([]waterfall.Part{earlier}, c.Amount, &c.Tier)
		parts, wantRest := c.fill()
		return before.String() == c.String() && rest == wantRest && again[0] == earlier && slices.Equal(again[1:], parts)
	})
}

func TestFillAgreesWithPlainly(t *testing.T) {
	cases[tierCase]{drawTier, shrinkTier}.hold(t, "both fills agree", func(c tierCase) bool {
		return difference(c) == ""
	})
}

// addsUp says whether parts and rest make amount, and rest is not owed to anyone.
func addsUp(parts []waterfall.Part, rest, amount money.Amount) bool {
	sum := rest
	for _, part := range parts {
		sum += part.Amount
	}
	return sum == amount && rest >= min(0, amount)
}

// difference says how Fill differs from fillPlainly.
func difference(c tierCase) string {
	type filled struct {
		Parts []waterfall.Part
		Rest  money.Amount
	}
	var got, want filled
	got.Parts, got.Rest = c.fill()
	want.Parts, want.Rest = fillPlainly(c.Amount, &c.Tier)
	return cmp.Diff(want, got)
}

// waitsForFull says that no rank of the case takes anything while a target that
// weighs something in a rank before it has less than its take.
func waitsForFull(c tierCase) bool {
	if c.Tier.Whole != waterfall.NotWhole {
		return true
	}
	took := c.took()
	waiting := false
	for _, rank := range ranksOf(&c.Tier) {
		for _, i := range rank {
			if waiting && took[i] > 0 {
				return false
			}
		}
		for _, i := range rank {
			waiting = waiting || weightOf(&c.Tier, i).Sign() > 0 && took[i] < c.Tier.Targets[i].Take
		}
	}
	return true
}

func weightlessTakesNothing(c tierCase) bool {
	if c.Tier.Share != waterfall.ProRata {
		return true
	}
	for i, took := range c.took() {
		if weightOf(&c.Tier, i).Sign() <= 0 && took != 0 {
			return false
		}
	}
	return true
}
