package waterfall_test

import (
	"math/rand"
	"testing"

	"example.com/spillway/money"
	"example.com/spillway/waterfall"
)

// TestCounts has the figures of the shared cases about tiers.
func TestCounts(t *testing.T) {
	tests := []struct {
		name                     string
		counts                   waterfall.Counts
		take, owed, due, pastDue money.Amount
		newDue, newPastDue       money.Amount
		ahead                    money.Amount
	}{
		{"due and past due each fall by what is taken", waterfall.CountsDue, 50, 100_00, 40_00, 15_00, 39_50, 14_50, 0},
		{"down to 0", waterfall.CountsDue, 50_00, 100_00, 40_00, 15_00, 0, 0, 0},
		{"principal only leaves the dues", waterfall.CountsNot, 50_00, 100_00, 40_00, 15_00, 40_00, 15_00, 0},
		{"though never above what is still owed", waterfall.CountsNot, 70_00, 100_00, 40_00, 35_00, 30_00, 30_00, 0},
		{"an instalment overdue is not paid ahead", waterfall.CountsAhead, 80_00, 80_00, 80_00, 80_00, 0, 0, 0},
		{"one to come is", waterfall.CountsAhead, 40_00, 80_00, 0, 0, 0, 0, 40_00},
		{"what exceeds the due is paid ahead", waterfall.CountsAhead, 200_00, 500_00, 80_00, 0, 0, 0, 120_00},
		{"nothing taken, nothing changed", waterfall.CountsAhead, 0, 80_00, 30_00, 10_00, 30_00, 10_00, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			due, pastDue, ahead := test.counts.Apply(test.take, test.owed, test.due, test.pastDue)
			if due != test.newDue || pastDue != test.newPastDue || ahead != test.ahead {
				t.Errorf("Apply(%d, %d, %d, %d) = %d, %d, %d, want %d, %d, %d", test.take, test.owed, test.due,
					test.pastDue, due, pastDue, ahead, test.newDue, test.newPastDue, test.ahead)
			}
		})
	}
}

// A countCase is one whole drawn call of Apply, as its doc comment asks for it.
type countCase struct {
	Counts                   waterfall.Counts
	Take, Owed, Due, PastDue money.Amount
}

func drawCount(r *rand.Rand) countCase {
	c := countCase{Counts: waterfall.Counts(r.Intn(3)), Owed: money.Amount(r.Intn(30))}
	if r.Intn(5) == 0 {
		c.Owed = most - c.Owed
	}
	upTo := func(limit money.Amount) money.Amount {
		if r.Intn(4) == 0 || limit == most {
			return limit
		}
		return money.Amount(r.Int63n(int64(limit) + 1))
	}
	c.Take, c.Due = upTo(c.Owed), upTo(c.Owed)
	c.PastDue = upTo(c.Due)
	return c
}

// shrinkCount halves what is taken, or all figures.
func shrinkCount(c countCase) []countCase {
	if c.Owed == 0 {
		return nil
	}
	less, half := c, c
	less.Take /= 2
	half.Take, half.Owed, half.Due, half.PastDue = c.Take/2, c.Owed/2, c.Due/2, c.PastDue/2
	if less == c {
		return []countCase{half}
	}
	return []countCase{half, less}
}

func TestCountsPromises(t *testing.T) {
	drawn := cases[countCase]{drawCount, shrinkCount}
	drawn.hold(t, "0 <= past due <= due <= owed, and none grows", func(c countCase) bool {
		due, pastDue, _ := c.Counts.Apply(c.Take, c.Owed, c.Due, c.PastDue)
		return 0 <= pastDue && pastDue <= due && due <= c.Owed-c.Take && due <= c.Due && pastDue <= c.PastDue
	})
	drawn.hold(t, "due and past due each fall by take, down to 0", func(c countCase) bool {
		due, pastDue, _ := c.Counts.Apply(c.Take, c.Owed, c.Due, c.PastDue)
		return c.Counts == waterfall.CountsNot ||
			c.Due-due == min(c.Take, c.Due) && c.PastDue-pastDue == min(c.Take, c.PastDue)
	})
	drawn.hold(t, "take is what the due fell by and what is paid ahead", func(c countCase) bool {
		due, _, ahead := c.Counts.Apply(c.Take, c.Owed, c.Due, c.PastDue)
		if c.Counts != waterfall.CountsAhead {
			return ahead == 0
		}
		return c.Due-due+ahead == c.Take && ahead >= 0
	})
}
