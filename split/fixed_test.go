package split_test

import (
	"math/big"
	"math/rand"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.com/spillway/money"
	"example.com/spillway/split"
)

// basis is a rate of so many hundredths of a percent.
func basis(points int64) money.Rate { return money.Rate(points * 1e8) }

// Rows of loanpro/splits.yaml, tricky/families.yaml, semantics/families.yaml and
// numscript/nested.yaml.
func TestByPercent(t *testing.T) {
	for _, test := range []struct {
		name     string
		toParent bool
		amount   money.Amount
		family   []relative
		percent  []money.Rate
		want     outcome
	}{
		{"100 on the parent, 75 % and 25 %", true, 100_00, level(750_00, 250_00), []money.Rate{0, basis(75_00), basis(25_00)},
			outcome{shares(split.NoTier, 1, 75_00, 2, 25_00), keep(0, 75_00, 25_00), 0}},
		{"33.33 on the parent, 75 % and 25 %", true, 33_33, level(750_00, 250_00), []money.Rate{0, basis(75_00), basis(25_00)},
			outcome{shares(split.NoTier, 1, 25_00, 2, 8_33), keep(0, 25_00, 8_33), 0}},
		{"a child without room leaves its part to the parent", true, 100_00, level(60_00, 250_00), []money.Rate{0, basis(75_00), basis(25_00)},
			outcome{shares(split.NoTier, 1, 60_00, 2, 25_00), keep(15_00, 60_00, 25_00), 0}},
		{"a cent by near thirds goes to the largest", true, 1, level(9_00, 9_00, 9_00), []money.Rate{0, basis(33_33), basis(33_33), basis(33_34)},
			outcome{shares(split.NoTier, 3, 1), keep(0, 0, 0, 1), 0}},
		{"percentages do not redistribute what a full child leaves", false, 100, level(1, 100), []money.Rate{0, basis(10_00), basis(90_00)},
			outcome{shares(split.NoTier, 1, 1, 2, 90), keep(0, 1, 90), 9}},
		{"the first level only", false, 100_00,
			[]relative{{Parent: -1}, {Owed: 500_00}, {Owed: 500_00}, {Parent: 2, Owed: 500_00}}, []money.Rate{0, basis(40_00), basis(60_00), 0},
			outcome{shares(split.NoTier, 1, 40_00, 2, 60_00), keep(0, 40_00, 60_00, 0), 0}},
		{"nothing to share", false, 0, level(1_00, 1_00), []money.Rate{0, basis(10_00), basis(90_00)},
			outcome{nil, keep(0, 0, 0), 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFamily(test.family)
			f.plan.ToParent = test.toParent
			var sharer split.Sharer
			var got outcome
			got.Shares, got.Rest = sharer.ByPercent(nil, test.amount, &f.plan, test.percent)
			got.Kept = sharer.Kept()
			if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("ByPercent differs from what is wanted (-want +got):\n%s", diff)
			}
		})
	}
}

// A sharer has memory of the call before, in which account 1 was a child: 4.00
// would be shared 1.33 to 2.67 if its percentage were still there.
func TestByPercentAgain(t *testing.T) {
	var sharer split.Sharer
	before := newFamily(level(9_00, 9_00))
	sharer.ByPercent(nil, 10_00, &before.plan, []money.Rate{0, basis(50_00), basis(50_00)})
	now := newFamily([]relative{{Parent: -1}, {Parent: 0, Owed: 9_00}, {Parent: 1, Owed: 9_00}})
	now.plan.Paid = 1
	var got outcome
	got.Shares, got.Rest = sharer.ByPercent(nil, 4_00, &now.plan, []money.Rate{0, 0, basis(100_00)})
	got.Kept = sharer.Kept()
	if diff := cmp.Diff(outcome{shares(split.NoTier, 2, 4_00), keep(0, 0, 4_00), 0}, got); diff != "" {
		t.Errorf("ByPercent differs from what is wanted (-want +got):\n%s", diff)
	}
}

// Rows of semantics/families.yaml and tricky/families.yaml.
func TestByHand(t *testing.T) {
	for _, test := range []struct {
		name    string
		family  []relative
		amounts []money.Amount
		want    outcome
	}{
		{"the account itself too", []relative{{Parent: -1, Owed: 30_00}, {Owed: 50_00}}, keep(15_00, 25_00),
			outcome{Shares: shares(split.NoTier, 0, 15_00, 1, 25_00), Kept: keep(15_00, 25_00)}},
		{"not split further, whatever is owed", []relative{{Parent: -1}, {Owed: 50_00}, {Parent: 1, Owed: 50_00}}, keep(0, 60_00, 0),
			outcome{Shares: shares(split.NoTier, 1, 60_00), Kept: keep(0, 60_00, 0)}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var sharer split.Sharer
			got := outcome{Shares: sharer.ByHand(nil, &newFamily(test.family).plan, test.amounts)}
			got.Kept = sharer.Kept()
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("ByHand differs from what is wanted (-want +got):\n%s", diff)
			}
		})
	}
}

// percentages draws a rate for each account, those of the paid one's children
// together 100 %.
func (c sharedCase) percentages() []money.Rate {
	r := rand.New(rand.NewSource(c.Seed))
	rates := make([]money.Rate, len(c.Relatives))
	left := basis(100_00)
	last := -1
	for i, one := range c.Relatives {
		rates[i] = money.Rate(r.Int63n(int64(left) + 1))
		if i != c.Paid && one.Parent == c.Paid {
			left -= rates[i]
			last = i
		}
	}
	if last >= 0 {
		rates[last] += left
	}
	return rates
}

func TestByPercentPromises(t *testing.T) {
	byPercent := func(c sharedCase) outcome {
		f := c.family()
		var sharer split.Sharer
		var out outcome
		out.Shares, out.Rest = sharer.ByPercent(nil, c.Amount, &f.plan, c.percentages())
		out.Kept = sharer.Kept()
		return out
	}
	holds(t, "what is kept, plus the rest, is amount", func(c sharedCase) bool {
		out := byPercent(c)
		return sum(out.Kept)+out.Rest == c.Amount && (!c.ToParent || out.Rest == 0)
	})
	holds(t, "no child keeps more than it owes", func(c sharedCase) bool {
		for _, account := range c.over(byPercent(c)) {
			if account != c.Paid || !c.ToParent {
				return false
			}
		}
		return true
	})
	holds(t, "a child that is not full keeps its percentage within one minor unit", func(c sharedCase) bool {
		out, rates := byPercent(c), c.percentages()
		for i, one := range c.Relatives {
			if c.Amount > 0 && i != c.Paid && one.Parent == c.Paid && out.Kept[i] < one.Owed && !nearly(out.Kept[i], c.Amount, rates[i]) {
				return false
			}
		}
		return true
	})
	holds(t, "shares are what children keep", func(c sharedCase) bool {
		out := byPercent(c)
		for _, share := range out.Shares {
			if share.Amount <= 0 || share.Amount != out.Kept[share.Account] || c.Relatives[share.Account].Parent != c.Paid {
				return false
			}
			out.Kept[share.Account] = 0
		}
		out.Kept[c.Paid] = 0
		return sum(out.Kept) == 0
	})
}

// nearly says whether part is less than one minor unit from rate of amount.
func nearly(part, amount money.Amount, rate money.Rate) bool {
	whole := big.NewInt(int64(basis(100_00)))
	exact := new(big.Int).Mul(big.NewInt(int64(amount)), big.NewInt(int64(rate)))
	by := exact.Sub(exact, new(big.Int).Mul(big.NewInt(int64(part)), whole))
	return by.CmpAbs(whole) < 0
}

func TestByHandPromises(t *testing.T) {
	holds(t, "each account keeps its amount and hands nothing on", func(c sharedCase) bool {
		r := rand.New(rand.NewSource(c.Seed))
		amounts := make([]money.Amount, len(c.Relatives))
		want := make([]money.Amount, len(c.Relatives))
		for i, one := range c.Relatives {
			amounts[i] = money.Amount(r.Int63n(9) - 1)
			if i == c.Paid || one.Parent == c.Paid {
				want[i] = max(0, amounts[i])
			}
		}
		var sharer split.Sharer
		shares := sharer.ByHand(nil, &c.family().plan, amounts)
		same := cmp.Equal(want, sharer.Kept())
		for _, share := range shares {
			want[share.Account] -= share.Amount
		}
		return same && sum(want) == 0
	})
}
