package enginetest_test

import (
	"math/rand"
	"slices"
	"testing"

	"example.com/spillway/engine"
	"example.com/spillway/engine/enginetest"
)

// edges are what drawn cases must come to, each in so many of 2,000.
var edges = []struct {
	name  string
	least int
	is    func(*enginetest.Decision) bool
}{
	{"nothing is owed", 100, func(d *enginetest.Decision) bool { return balances(&d.Account) == 0 }},
	{"more balances than are sorted by insertion", 50, func(d *enginetest.Decision) bool { return len(d.Account.Balances) > 12 }},
	{"the deepest tree", 20, func(d *enginetest.Decision) bool { return levels(&d.Account) == 8 }},
	{"a payment on an account below a child", 20, func(d *enginetest.Decision) bool { return depth(&d.Account, d.Payment.Account) > 1 }},
	{"equal rates", 200, equalRates},
	{"exactly what is owed", 50, func(d *enginetest.Decision) bool { return owed(d) > 0 && d.Payment.Amount == owed(d) }},
	{"a minor unit more", 20, func(d *enginetest.Decision) bool { return owed(d) > 0 && d.Payment.Amount == owed(d)+1 }},
	{"a minor unit less", 20, func(d *enginetest.Decision) bool { return d.Payment.Amount > 0 && d.Payment.Amount == owed(d)-1 }},
	{"the largest amounts", 30, func(d *enginetest.Decision) bool { return d.Payment.Amount > 999_999_999_999_990 }},
	{"a cent or two", 100, func(d *enginetest.Decision) bool { return 0 < d.Payment.Amount && d.Payment.Amount < 3 }},
	{"a bucket that is not named", 100, func(d *enginetest.Decision) bool {
		return slices.ContainsFunc(d.Account.Balances, func(b engine.Balance) bool { return b.Bucket == "" })
	}},
	{"credit that the lender owes", 100, func(d *enginetest.Decision) bool {
		return slices.ContainsFunc(d.Account.Balances, func(b engine.Balance) bool { return b.Owed < 0 })
	}},
	{"directions", 100, func(d *enginetest.Decision) bool { return len(d.Payment.Directed) > 0 }},
	{"a line by a direction", 10, byTier("directed")},
	{"a line by what is left over", 50, byTier("leftover")},
	{"shares on two levels", 10, func(d *enginetest.Decision) bool {
		return slices.ContainsFunc(d.Receipt.Shares, func(s engine.SharePart) bool { return depth(&d.Account, s.Account) > 1 })
	}},
	{"a fee that is charged to a balance", 30, func(d *enginetest.Decision) bool { return len(d.Receipt.Charges) > 0 }},
	{"a fee for each account", 10, func(d *enginetest.Decision) bool {
		fee, _ := d.Receipt.Fee.Get()
		return len(fee.Each) > 0
	}},
	{"refused by a guardrail", 100, refusedAs(engine.GuardrailRefusal)},
	{"refused by directions", 10, refusedAs(engine.DirectionsRefusal)},
	{"refused by what is left over", 50, refusedAs(engine.LeftoverRefusal)},
	{"refused by a fee", 5, refusedAs(engine.FeeRefusal)},
}

func TestDrawsReachTheEdges(t *testing.T) {
	reached := make([]int, len(edges))
	for seed := range int64(2000) {
		c := enginetest.Draw(rand.New(rand.NewSource(seed)))
		policy, err := c.Load()
		if err != nil {
			t.Fatal(err)
		}
		d := enginetest.Decide(policy, &c)
		for i, edge := range edges {
			if edge.is(d) {
				reached[i]++
			}
		}
	}
	for i, edge := range edges {
		t.Logf("%5d %s", reached[i], edge.name)
		if reached[i] < edge.least {
			t.Errorf("%s: in %d of 2,000 cases, want %d at least", edge.name, reached[i], edge.least)
		}
	}
}

// paid is the account that a payment is on, and how deep it is.
func paid(root *engine.Account, id string) (a *engine.Account, depth int) {
	if id == "" || root.ID == id {
		return root, 0
	}
	for i := range root.Children {
		if a, below := paid(&root.Children[i], id); a != nil {
			return a, below + 1
		}
	}
	return nil, 0
}

func depth(root *engine.Account, id string) int {
	_, depth := paid(root, id)
	return depth
}

// owed is what the paid account owes on its own balances.
func owed(d *enginetest.Decision) (sum engine.Amount) {
	a, _ := paid(&d.Account, d.Payment.Account)
	for i := 0; a != nil && i < len(a.Balances); i++ {
		sum += max(0, a.Balances[i].Owed)
	}
	return sum
}

func levels(a *engine.Account) (deepest int) {
	for i := range a.Children {
		deepest = max(deepest, 1+levels(&a.Children[i]))
	}
	return deepest
}

func equalRates(d *enginetest.Decision) bool {
	seen := map[engine.Rate]bool{}
	for i := range d.Account.Balances {
		if apr, ok := d.Account.Balances[i].APR.Get(); ok {
			if seen[apr] {
				return true
			}
			seen[apr] = true
		}
	}
	return false
}

func byTier(name string) func(*enginetest.Decision) bool {
	return func(d *enginetest.Decision) bool {
		return slices.ContainsFunc(d.Receipt.Lines, func(l engine.Line) bool { return l.Tier == name })
	}
}

func refusedAs(kind string) func(*enginetest.Decision) bool {
	return func(d *enginetest.Decision) bool {
		refusal, ok := d.Err.(*engine.Refusal)
		return ok && refusal.Type == kind
	}
}
