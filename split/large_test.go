package split_test

import (
	"math/rand"
	"testing"

	"example.com/spillway/money"
	"example.com/spillway/split"
	"example.com/spillway/waterfall"
)

// thousand is a family of three levels below its head, ten children each, of
// which the 1,000 lowest owe owed(i), the i-th of them.
func thousand(owed func(i int) money.Amount, rules ...rule) *family {
	relatives := []relative{{Parent: -1}}
	leaves := 0
	for parent := 0; len(relatives) < 1+10+100+1000; parent++ {
		for range 10 {
			one := relative{Parent: parent}
			if parent > 10 {
				one.Owed = owed(leaves)
				one.Due = one.Owed / 7
				leaves++
			}
			relatives = append(relatives, one)
		}
	}
	return newFamily(relatives, rules...)
}

// Cents that do not divide: $1,234.57 among 1,000 equals by tens is no whole
// number of cents for any branch, and each level's shares are exact.
func TestThousandLeaves(t *testing.T) {
	const amount = 1234_57
	f := thousand(func(int) money.Amount { return 500_00 }, rule{Share: waterfall.ProRata})
	var sharer split.Sharer
	handed, rest, err := sharer.Among(nil, amount, &f.plan, f)
	if err != nil || rest != 0 {
		t.Fatalf("Among = %d, %v, want nothing left over", rest, err)
	}
	got := make([]money.Amount, len(f.relatives))
	got[0] = amount
	below := make([]money.Amount, len(f.relatives))
	for _, share := range handed {
		got[share.Account] += share.Amount
		below[f.relatives[share.Account].Parent] += share.Amount
	}
	for i := range f.relatives {
		exact := [...]money.Amount{amount, amount / 10, amount / 100, amount / 1000}[depth(f.relatives, i)]
		if i > 0 && (got[i] < exact || got[i] > exact+1) {
			t.Errorf("account %d gets %d, want %d or one more", i, got[i], exact)
		}
		if i <= 110 && below[i] != got[i] {
			t.Errorf("account %d hands on %d of %d", i, below[i], got[i])
		}
	}
	if sum(sharer.Kept()[111:]) != amount {
		t.Errorf("the leaves keep %d, want %d", sum(sharer.Kept()[111:]), amount)
	}
}

// The same family with its leaves shuffled within their branches: only equals
// swap odd cents.
func TestThousandLeavesShuffled(t *testing.T) {
	const amount = 98765_43
	owed := func(i int) money.Amount { return money.Amount(100_00 + i%7*33_33) }
	order := make([]int, 1000)
	for branch := range 100 {
		for to, from := range rand.New(rand.NewSource(int64(branch))).Perm(10) {
			order[branch*10+to] = branch*10 + from
		}
	}
	var sharer, other split.Sharer
	rules := []rule{{Due: true, Share: waterfall.ProRata}, {Share: waterfall.Equal}}
	f := thousand(owed, rules...)
	g := thousand(func(i int) money.Amount { return owed(order[i]) }, rules...)
	_, rest, err := sharer.Among(nil, amount, &f.plan, f)
	_, otherRest, otherErr := other.Among(nil, amount, &g.plan, g)
	if err != nil || otherErr != nil || rest != otherRest {
		t.Fatalf("Among = %d, %v and shuffled %d, %v", rest, err, otherRest, otherErr)
	}
	for to, from := range order {
		by := other.Kept()[111+to] - sharer.Kept()[111+from]
		if by < -1 || by > 1 {
			t.Errorf("leaf %d keeps %d, shuffled %d more", from, sharer.Kept()[111+from], by)
		}
	}
}

func depth(relatives []relative, i int) (levels int) {
	for ; relatives[i].Parent >= 0; i = relatives[i].Parent {
		levels++
	}
	return levels
}

func TestAmongDoesNotAllocate(t *testing.T) {
	f := thousand(func(i int) money.Amount { return money.Amount(100_00 + i) },
		rule{Due: true, Share: waterfall.ProRata}, rule{ByRate: true})
	var sharer split.Sharer
	var handed []split.Share
	percents := make([]money.Rate, len(f.relatives))
	hand := make([]money.Amount, len(f.relatives))
	percents[1], hand[1] = basis(100_00), 7_00
	allocations := testing.AllocsPerRun(20, func() {
		handed, _, _ = sharer.Among(handed[:0], 98765_43, &f.plan, f)
		handed, _ = sharer.ByPercent(handed, 5_00, &f.plan, percents)
		handed = sharer.ByHand(handed, &f.plan, hand)
	})
	if allocations != 0 {
		t.Errorf("%v allocations, want none", allocations)
	}
}
