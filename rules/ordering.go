package rules

import (
	"fmt"
	"slices"
	"strings"
)

// orderings numbers the orders that several tiers of a waterfall have in common,
// from 1, of tiers that take in turn and orders that no payment changes: what
// comes first in one of the tiers comes first in the others. A tier whose where
// may fail keeps an order of its own, since that is asked of every balance.
func (p *Policy) orderings() {
	for i := range p.Waterfalls {
		first := map[string]*Tier{}
		for j := range p.Waterfalls[i].Tiers {
			t := &p.Waterfalls[i].Tiers[j]
			if t.Sure = t.sure(); !t.Sure || !t.fixed() || t.Share != InTurn {
				continue
			}
			order := t.orderText()
			other := first[order]
			if other == nil {
				first[order] = t
				continue
			}
			if other.Ordering == 0 {
				p.Orderings++
				other.Ordering = p.Orderings
			}
			t.Ordering = other.Ordering
		}
	}
}

// sure says that nothing can fail that a tier asks of a balance for which it is:
// its take, its order, its weight.
func (t *Tier) sure() bool {
	for i := range t.Order {
		if t.Order[i].List == ListNone && (t.Order[i].Expr == nil || t.Order[i].Expr.word == nil) {
			return false
		}
	}
	return t.Take != MeasureExpr && (t.Share != ProRata || t.By != MeasureExpr)
}

// fixed says that a tier's order, which is sure, is by what no payment changes,
// and that it does not matter of which balances its where is asked.
func (t *Tier) fixed() bool {
	changes := func(k OrderKey) bool {
		return k.List == ListState || k.List == ListNone && (k.Expr.word.reg != regBalance || k.Expr.word.at < BalanceDueDate)
	}
	return len(t.Order) > 0 && (t.Where == nil || t.Where.truth.safe) && !slices.ContainsFunc(t.Order, changes)
}

// orderText tells orders apart.
func (t *Tier) orderText() string {
	var text strings.Builder
	for i := range t.Order {
		k := &t.Order[i]
		fmt.Fprintf(&text, "%v %v %v", k.List, k.Positions, k.Desc)
		if k.Expr != nil && k.Expr.word != nil {
			fmt.Fprint(&text, *k.Expr.word)
		}
		text.WriteByte('\n')
	}
	return text.String()
}
