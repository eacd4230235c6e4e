package main

import (
	"math"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// pour is the waterfall card_act, for payments without directions.
func (h *handPolicy) pour(out *engine.Receipt, c *handCard, p *handPayment) {
	if len(p.Directed) > 0 {
		panic("the function by hand follows no directions")
	}
	rest := p.Amount
	rest = h.minimum(out, c, p, rest)
	if rest > 0 {
		rest = h.expiring(out, c, p, rest)
	}
	if rest > 0 {
		rest = h.highestRate(out, c, p, rest)
	}
	if rest > 0 {
		rest = h.disputedAmounts(out, c, rest)
	}
	if rest > 0 {
		h.credit(out, c, rest)
	}
}

// line lets a balance take.
func (h *handPolicy) line(out *engine.Receipt, c *handCard, i int, amount engine.Amount, tier string, at rules.Pos) {
	row := &h.rows[i]
	due := row.due
	row.owed -= amount
	row.due = max(0, row.due-amount)
	row.pastDue = max(0, row.pastDue-amount)
	row.touched = true
	line := engine.Line{Account: c.ID, Bucket: "credit", Component: "credit", Amount: amount, Due: due - row.due,
		Waterfall: "card_act", Tier: tier, At: at}
	if i < len(c.balances) {
		line.Bucket, line.Component = c.balances[i].Bucket, c.balances[i].Component
	}
	out.Lines = append(out.Lines, line)
}

// minimum goes to what is due: fees, interest, principal; the lowest rate first.
func (h *handPolicy) minimum(out *engine.Receipt, c *handCard, p *handPayment, rest engine.Amount) engine.Amount {
	left, set := c.MinimumDue.Get()
	if !set {
		for i := range h.rows {
			left += h.rows[i].due
		}
	}
	left = min(left, rest)
	h.order = h.order[:0]
	for i := range c.balances {
		if h.rows[i].owed > 0 && !c.balances[i].disputed && minimumPlace(c.balances[i].Component) < 3 {
			h.order = append(h.order, i)
		}
	}
	sort(h.order, func(a, b int) bool {
		x, y := &c.balances[a], &c.balances[b]
		if px, py := minimumPlace(x.Component), minimumPlace(y.Component); px != py {
			return px < py
		}
		return x.APR.Or(math.MaxInt64) < y.APR.Or(math.MaxInt64)
	})
	for _, i := range h.order {
		if part := min(left, h.rows[i].due); part > 0 {
			h.line(out, c, i, part, "minimum", h.tiers[0])
			left -= part
			rest -= part
		}
	}
	return rest
}

func minimumPlace(component string) int {
	switch component {
	case "fees":
		return 0
	case "interest":
		return 1
	case "principal":
		return 2
	}
	return 3
}

// expiring goes to deferred interest that will be charged soon.
func (h *handPolicy) expiring(out *engine.Receipt, c *handCard, p *handPayment, rest engine.Amount) engine.Amount {
	h.order = h.order[:0]
	for i := range c.balances {
		b := &c.balances[i]
		if h.rows[i].owed <= 0 || !b.deferred || b.disputed || p.Date > b.expires {
			continue
		}
		if from, _ := b.lastCycle.AddMonths(-1); p.Date >= from {
			h.order = append(h.order, i)
		}
	}
	sort(h.order, func(a, b int) bool { return c.balances[a].expires < c.balances[b].expires })
	for _, i := range h.order {
		if part := min(rest, h.rows[i].owed); part > 0 {
			h.line(out, c, i, part, "expiring deferred interest", h.tiers[1])
			rest -= part
		}
	}
	return rest
}

// rate is a balance's rate as the law orders them.
func (b *handBalance) rate(today engine.Date) engine.Rate {
	if b.deferred && today <= b.expires {
		return 0
	}
	return b.APR.Or(0)
}

func excessPlace(component string) int {
	switch component {
	case "interest":
		return 0
	case "fees":
		return 1
	case "principal":
		return 2
	}
	return 3
}

// highestRate goes to the highest rate, then interest, fees, principal; equals
// share by what they owe.
func (h *handPolicy) highestRate(out *engine.Receipt, c *handCard, p *handPayment, rest engine.Amount) engine.Amount {
	h.order = h.order[:0]
	for i := range c.balances {
		if h.rows[i].owed > 0 && !c.balances[i].disputed && excessPlace(c.balances[i].Component) < 3 {
			h.order = append(h.order, i)
		}
	}
	compare := func(a, b int) int {
		x, y := &c.balances[a], &c.balances[b]
		if rx, ry := x.rate(p.Date), y.rate(p.Date); rx != ry {
			if rx > ry {
				return -1
			}
			return 1
		}
		return excessPlace(x.Component) - excessPlace(y.Component)
	}
	sort(h.order, func(a, b int) bool { return compare(a, b) < 0 })
	for start := 0; start < len(h.order) && rest > 0; {
		end := start + 1
		for end < len(h.order) && compare(h.order[start], h.order[end]) == 0 {
			end++
		}
		rest = h.rank(out, c, h.order[start:end], rest)
		start = end
	}
	return rest
}

// rank lets equals share by what they owe.
func (h *handPolicy) rank(out *engine.Receipt, c *handCard, rank []int, rest engine.Amount) engine.Amount {
	w := &h.weigh
	w.weights, w.parts = w.weights[:0], w.parts[:0]
	var sum engine.Amount
	for _, i := range rank {
		w.weights = append(w.weights, int64(h.rows[i].owed))
		w.parts = append(w.parts, h.rows[i].owed)
		sum += h.rows[i].owed
	}
	if rest < sum { // by what they owe: no part is above what its balance owes
		w.share(rest)
	}
	for n, i := range rank {
		if part := w.parts[n]; part > 0 {
			h.line(out, c, i, part, "highest rate", h.tiers[2])
			rest -= part
		}
	}
	return rest
}

// disputedAmounts goes to what is disputed, the highest rate first.
func (h *handPolicy) disputedAmounts(out *engine.Receipt, c *handCard, rest engine.Amount) engine.Amount {
	h.order = h.order[:0]
	for i := range c.balances {
		if h.rows[i].owed > 0 && c.balances[i].disputed {
			h.order = append(h.order, i)
		}
	}
	sort(h.order, func(a, b int) bool {
		return c.balances[a].APR.Or(math.MinInt64) > c.balances[b].APR.Or(math.MinInt64)
	})
	for _, i := range h.order {
		if part := min(rest, h.rows[i].owed); part > 0 {
			h.line(out, c, i, part, "disputed amounts", h.tiers[3])
			rest -= part
		}
	}
	return rest
}

// credit keeps what is left as money that the lender owes.
func (h *handPolicy) credit(out *engine.Receipt, c *handCard, rest engine.Amount) {
	h.rows = append(h.rows, handRow{})
	h.line(out, c, len(h.rows)-1, rest, "leftover", h.waterfall)
}

// sort sorts a few by insertion, which leaves equals as they are.
func sort(order []int, less func(a, b int) bool) {
	for i := 1; i < len(order); i++ {
		for at := i; at > 0 && less(order[at], order[at-1]); at-- {
			order[at], order[at-1] = order[at-1], order[at]
		}
	}
}
