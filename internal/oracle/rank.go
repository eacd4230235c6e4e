package oracle

import "sort"

// shareRank shares an amount among those of one rank.
func shareRank(rank []candidate, left num, how string) []part {
	given := make([]num, len(rank))
	for i := range given {
		given[i] = whole(0)
	}
	if how == "" || how == "in_turn" {
		for i, c := range rank {
			given[i] = least(c.take, left)
			left = sub(left, given[i])
		}
	} else {
		proportional(rank, given, left)
	}
	var parts []part
	for i, c := range rank {
		if given[i].Sign() > 0 {
			parts = append(parts, part{c.at, given[i]})
		}
	}
	return parts
}

// proportional shares by weight: those who would get all that they may take are
// filled, all at once, until there are none; the rest goes by largest remainder.
func proportional(rank []candidate, given []num, left num) {
	var open []int
	for i, c := range rank {
		if c.weight.Sign() > 0 && c.take.Sign() > 0 {
			open = append(open, i)
		}
	}
	for len(open) > 0 {
		total := whole(0)
		for _, i := range open {
			total = add(total, rank[i].weight)
		}
		var still []int
		rest := left
		for _, i := range open {
			if floor(quo(mul(left, rank[i].weight), total)).Cmp(rank[i].take) >= 0 {
				given[i] = rank[i].take
				rest = sub(rest, given[i])
			} else {
				still = append(still, i)
			}
		}
		if len(still) == len(open) {
			share := func(i int) num { return quo(mul(left, rank[i].weight), total) }
			remainders(given, open, left, share)
			return
		}
		open, left = still, rest
	}
}

// remainders gives each its share rounded down, and what that leaves over one
// by one to the largest remainders, ties in the order of the document.
func remainders(given []num, open []int, left num, share func(int) num) {
	over := left
	fraction := map[int]num{}
	for _, i := range open {
		given[i] = floor(share(i))
		fraction[i] = sub(share(i), given[i])
		over = sub(over, given[i])
	}
	sort.SliceStable(open, func(a, b int) bool { return fraction[open[a]].Cmp(fraction[open[b]]) > 0 })
	for _, i := range open {
		if over.Sign() == 0 {
			return
		}
		given[i] = add(given[i], whole(1))
		over = sub(over, whole(1))
	}
}
