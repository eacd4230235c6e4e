package waterfall_test

import (
	"cmp"
	"math/big"
	"slices"

	"example.com/spillway/money"
	"example.com/spillway/waterfall"
)

// fillPlainly is a second Fill, written as the contract reads: ranks of targets,
// each rank by its own rule, in numbers that cannot overflow. It is slow.
func fillPlainly(amount money.Amount, tier *waterfall.Tier) ([]waterfall.Part, money.Amount) {
	took := make([]money.Amount, len(tier.Targets))
	ranks := ranksOf(tier)
	left := max(0, min(amount, tier.Cap))
	start := left
	decided := map[int]bool{}
	for _, rank := range ranks {
		if tier.Whole == waterfall.NotWhole && tier.Share != waterfall.InTurn {
			left = shareRank(took, left, tier, rank)
			continue
		}
		for _, i := range rank {
			want := max(0, tier.Targets[i].Take)
			switch {
			case want == 0:
			case tier.Whole == waterfall.NotWhole:
				took[i] = min(want, left)
				left -= took[i]
			case tier.Whole == waterfall.WholeTarget:
				left = takeWhole(took, []int{i}, left, tier)
			case !decided[tier.Targets[i].Group]:
				decided[tier.Targets[i].Group] = true
				left = takeWhole(took, membersOf(tier, tier.Targets[i].Group), left, tier)
			}
		}
	}
	var parts []waterfall.Part
	for _, i := range slices.Concat(ranks...) {
		if took[i] > 0 {
			parts = append(parts, waterfall.Part{ID: tier.Targets[i].ID, Amount: took[i]})
		}
	}
	return parts, amount - (start - left)
}

// ranksOf lists the targets of each rank, the ranks in order.
func ranksOf(tier *waterfall.Tier) [][]int {
	order := make([]int, len(tier.Targets))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return compareKeys(tier, a, b) })
	var ranks [][]int
	for n, i := range order {
		if n == 0 || compareKeys(tier, order[n-1], i) != 0 {
			ranks = append(ranks, nil)
		}
		ranks[len(ranks)-1] = append(ranks[len(ranks)-1], i)
	}
	return ranks
}

func compareKeys(tier *waterfall.Tier, a, b int) int {
	for k := range tier.NKeys {
		if by := cmp.Compare(tier.Keys[a*tier.NKeys+k], tier.Keys[b*tier.NKeys+k]); by != 0 {
			return by
		}
	}
	return 0
}

// membersOf lists the targets of one group that have something to take.
func membersOf(tier *waterfall.Tier, group int) (members []int) {
	for i, target := range tier.Targets {
		if target.Group == group && target.Take > 0 {
			members = append(members, i)
		}
	}
	return members
}

// takeWhole gives all of members their takes if left is enough for them.
func takeWhole(took []money.Amount, members []int, left money.Amount, tier *waterfall.Tier) money.Amount {
	total := new(big.Int)
	for _, i := range members {
		total.Add(total, big.NewInt(int64(tier.Targets[i].Take)))
	}
	if total.Cmp(big.NewInt(int64(left))) > 0 {
		return left
	}
	for _, i := range members {
		took[i] = tier.Targets[i].Take
	}
	return left - money.Amount(total.Int64())
}

// weightOf returns what a target of a tier that shares weighs.
func weightOf(tier *waterfall.Tier, i int) *big.Int {
	switch {
	case tier.Share != waterfall.ProRata:
		return big.NewInt(1)
	case tier.Wide != nil:
		return tier.Wide[i]
	}
	return big.NewInt(tier.Targets[i].Weight)
}

// shareRank fills a rank progressively, then by largest remainder.
func shareRank(took []money.Amount, left money.Amount, tier *waterfall.Tier, rank []int) money.Amount {
	var open []int
	for _, i := range rank {
		if weightOf(tier, i).Sign() > 0 && tier.Targets[i].Take > 0 {
			open = append(open, i)
		}
	}
	for {
		full, still := splitByRoom(left, tier, open)
		if len(full) == 0 {
			return handOut(took, left, tier, open)
		}
		for _, i := range full {
			took[i] = tier.Targets[i].Take
			left -= took[i]
		}
		open = still
	}
}

// splitByRoom says which of open have no more room than their share of left.
func splitByRoom(left money.Amount, tier *waterfall.Tier, open []int) (full, still []int) {
	for _, i := range open {
		floor, _ := exactShare(left, tier, open, i)
		if floor >= tier.Targets[i].Take {
			full = append(full, i)
		} else {
			still = append(still, i)
		}
	}
	return full, still
}

// handOut gives each of open the whole part of its share of left, and one more
// to those with the largest remainders.
func handOut(took []money.Amount, left money.Amount, tier *waterfall.Tier, open []int) money.Amount {
	if len(open) == 0 {
		return left
	}
	remainders := map[int]*big.Int{}
	rest := left
	for _, i := range open {
		took[i], remainders[i] = exactShare(left, tier, open, i)
		rest -= took[i]
	}
	byRemainder := slices.Clone(open)
	slices.SortStableFunc(byRemainder, func(a, b int) int { return remainders[b].Cmp(remainders[a]) })
	for _, i := range byRemainder[:rest] {
		took[i]++
	}
	return 0
}

// exactShare returns the whole part and the remainder of left * weight / weights.
func exactShare(left money.Amount, tier *waterfall.Tier, open []int, i int) (money.Amount, *big.Int) {
	weights := new(big.Int)
	for _, o := range open {
		weights.Add(weights, weightOf(tier, o))
	}
	product := new(big.Int).Mul(big.NewInt(int64(left)), weightOf(tier, i))
	floor, remainder := product.QuoRem(product, weights, new(big.Int))
	return money.Amount(floor.Int64()), remainder
}
