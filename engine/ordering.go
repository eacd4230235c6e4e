package engine

import (
	"math"

	"example.com/spillway/rules"
	"example.com/spillway/waterfall"
)

// An ordering is a member's balances in an order that several tiers share and no
// payment changes: their keys are read and sorted once, and not for each tier.
type ordering struct {
	made bool
	rows []int
}

// forgetOrders begins the payment of another account.
func (r *run) forgetOrders() {
	for i := range r.tiers.orders {
		r.tiers.orders[i].made = false
	}
}

// offerInOrder offers a member's balances to a tier that takes in turn, in the
// order of the tier: its targets need no keys.
func (r *run) offerInOrder(t *rules.Tier, m int) {
	o := &r.tiers.orders[t.Ordering-1]
	if !o.made {
		r.order(t, m, o)
	}
	tier := &r.tiers.tier
	tier.NKeys = 0
	asks, take := t.Where != nil || t.Whole != rules.WholeNot, measured[t.Take]
	for _, row := range o.rows {
		w := r.rowWords(row)
		switch {
		case w[rules.BalanceOwed] <= 0:
		case asks:
			r.offer(t, balances{r}, row)
		case w[take] > 0:
			tier.Targets = append(tier.Targets, waterfall.Target{ID: row, Take: Amount(w[take])})
		}
	}
}

// measured is where a balance has what a tier takes.
var measured = [...]int{
	rules.MeasureOwed: rules.BalanceOwed, rules.MeasureDue: rules.BalanceDue, rules.MeasurePastDue: rules.BalancePastDue,
}

// order makes the ordering of a tier, over all balances of a member: filling a
// tier for which each may take 1 gives them in their order.
func (r *run) order(t *rules.Tier, m int, o *ordering) {
	all := &r.tiers.tier
	for i, end := r.rowsOf(m); i < end; i++ {
		r.frame.AtBalance(r.frame.Balance(i))
		if r.keys(t, balances{r}, i) {
			all.Targets = append(all.Targets, waterfall.Target{ID: i, Take: 1})
		}
	}
	inTurn := waterfall.Tier{Cap: waterfall.NoCap, Targets: all.Targets, Keys: all.Keys, NKeys: all.NKeys}
	r.tiers.parts, _ = r.tiers.pool.Fill(r.tiers.parts[:0], math.MaxInt64, &inTurn)
	o.made, o.rows = true, o.rows[:0]
	for _, part := range r.tiers.parts {
		o.rows = append(o.rows, part.ID)
	}
	all.Targets, all.Keys = all.Targets[:0], all.Keys[:0]
}
