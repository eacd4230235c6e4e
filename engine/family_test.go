package engine_test

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"example.com/spillway/engine"
)

// familyPolicy shares a payment equally, or by what is due.
const familyPolicy = `
policy: family
currency: USD
payment_types: [{name: regular, waterfall: standard}]
waterfalls: [{name: standard, tiers: [{tier: all, order: [{component: [interest, principal]}]}]}]
splits:
  - {name: equal, leftover: refuse, tiers: [{tier: equal, share: equal}]}
  - {name: by_due, leftover: refuse, tiers: [{tier: dues, take: due, share: pro_rata}]}
`

const (
	branches = 10
	leaves   = 1000 / branches // of each branch
)

// dues are what the leaves owe today, one after the other: three kinds of equals.
var dues = [...]engine.Amount{7_01, 13_37, 29_99}

// bigFamily is a root, its branches and 1,000 leaves below those. Every second
// branch has its leaves begin with another of the dues.
func bigFamily() engine.Account {
	root := engine.Account{ID: "root"}
	for b := range branches {
		branch := engine.Account{ID: fmt.Sprintf("branch-%d", b)}
		for l := range leaves {
			due := dues[(b%2+l)%len(dues)]
			branch.Children = append(branch.Children, engine.Account{
				ID: fmt.Sprintf("leaf-%d-%d", b, l),
				Balances: []engine.Balance{
					{Component: "interest", Owed: 1_50},
					{Component: "principal", Owed: 500_00, Due: engine.Some(due - 1_50)},
				},
			})
		}
		root.Children = append(root.Children, branch)
	}
	return root
}

// shuffled is the same document with the children of every account in another
// order.
func shuffled(a engine.Account, r *rand.Rand) engine.Account {
	a.Children = slices.Clone(a.Children)
	for i := range a.Children {
		a.Children[i] = shuffled(a.Children[i], r)
	}
	r.Shuffle(len(a.Children), func(i, j int) { a.Children[i], a.Children[j] = a.Children[j], a.Children[i] })
	return a
}

func TestSplitOfAThousandLeaves(t *testing.T) {
	family := bigFamily()
	for _, split := range []string{"equal", "by_due"} {
		for _, amount := range []engine.Amount{1, 9_99, 1234_57, 7919_03} { // none divides by 1,000
			t.Run(fmt.Sprintf("%s/%d", split, amount), func(t *testing.T) {
				receipt := paySplit(t, &family, split, amount)
				checkSums(t, &family, receipt, amount)
				want := amountsOfEquals(&family, receipt, split)
				r := rand.New(rand.NewSource(1))
				for range 3 {
					other := shuffled(family, r)
					receipt := paySplit(t, &other, split, amount)
					checkSums(t, &other, receipt, amount)
					if diff := cmp.Diff(want, amountsOfEquals(&family, receipt, split)); diff != "" {
						t.Errorf("shuffled, other amounts than (-want +got):\n%s", diff)
					}
				}
			})
		}
	}
}

func paySplit(t *testing.T, family *engine.Account, split string, amount engine.Amount) engine.Receipt {
	t.Helper()
	policy, err := engine.Load(fstest.MapFS{"family.yaml": {Data: []byte(familyPolicy)}}, "family.yaml")
	if err != nil {
		t.Fatal(err)
	}
	day, _ := engine.ParseDate("2024-03-05")
	receipt, err := policy.Apply(*family, engine.Payment{
		Amount: amount, Date: day, Split: engine.Some(engine.SplitTerms{Type: split}),
	})
	if err != nil {
		t.Fatalf("Apply = %v", err)
	}
	return receipt
}

// checkSums holds each account's total to its own lines and its children's
// totals, its share to what those below it are paid, and all lines to the
// payment.
func checkSums(t *testing.T, family *engine.Account, receipt engine.Receipt, amount engine.Amount) {
	t.Helper()
	paid, shares := paidBy(receipt), sharesBy(receipt)
	totals := map[string]engine.Amount{}
	for _, total := range receipt.Totals {
		totals[total.Account] = -total.Owed
	}
	var sum func(a *engine.Account) engine.Amount
	sum = func(a *engine.Account) engine.Amount {
		all := paid[a.ID]
		for i := range a.Children {
			all += sum(&a.Children[i])
		}
		if totals[a.ID] != all {
			t.Errorf("%s falls by %d, its lines and its children's by %d", a.ID, totals[a.ID], all)
		}
		if a.ID != family.ID && shares[a.ID] != all {
			t.Errorf("%s is handed %d, it and its children are paid %d", a.ID, shares[a.ID], all)
		}
		return all
	}
	if got := sum(family); got != amount {
		t.Errorf("the leaves are paid %d in all, want %d", got, amount)
	}
	if receipt.Unapplied != 0 {
		t.Errorf("%d are unapplied, want 0", receipt.Unapplied)
	}
}

func paidBy(receipt engine.Receipt) map[string]engine.Amount {
	paid := map[string]engine.Amount{}
	for _, line := range receipt.Lines {
		paid[line.Account] += line.Amount
	}
	return paid
}

func sharesBy(receipt engine.Receipt) map[string]engine.Amount {
	shares := map[string]engine.Amount{}
	for _, share := range receipt.Shares {
		shares[share.Account] += share.Amount
	}
	return shares
}

// amountsOfEquals lists what accounts are handed that differ in nothing but
// their place: to the split by dues branches of one kind, and leaves with one
// due below them; to the equal split all branches, and all leaves.
func amountsOfEquals(family *engine.Account, receipt engine.Receipt, split string) map[string][]engine.Amount {
	shares := sharesBy(receipt)
	equals := map[string][]engine.Amount{}
	add := func(level, kind string, a *engine.Account) {
		if split == "equal" {
			kind = ""
		}
		equals[level+kind] = append(equals[level+kind], shares[a.ID])
	}
	for b := range family.Children {
		branch := &family.Children[b]
		add("branch", fmt.Sprintf(" of kind %d", b%2), branch)
		for l := range branch.Children {
			leaf := &branch.Children[l]
			add("leaf", fmt.Sprintf(" of kind %d with %d due", b%2, dues[(b%2+l)%len(dues)]), leaf)
		}
	}
	for _, amounts := range equals {
		slices.Sort(amounts)
	}
	return equals
}

// Equals of one parent are never more than a cent apart.
func TestEqualsAreACentApart(t *testing.T) {
	family := bigFamily()
	for _, split := range []string{"equal", "by_due"} {
		shares := sharesBy(paySplit(t, &family, split, 1234_57))
		for b := range family.Children {
			for kind := range dues {
				least, most := engine.Amount(1<<62), engine.Amount(0)
				for l := kind; l < leaves; l += len(dues) {
					amount := shares[family.Children[b].Children[l].ID]
					least, most = min(least, amount), max(most, amount)
				}
				if most-least > 1 {
					t.Errorf("%s: leaves of branch %d with one due get %d to %d", split, b, least, most)
				}
			}
		}
	}
}
