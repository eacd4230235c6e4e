package oracle

import "example.com/spillway/engine/enginetest"

// A line is what a tier took for a balance.
type line struct {
	Account, Bucket, Component, Waterfall, Tier string
	amount, due, ahead                          num
	of                                          *account
}

// pour lets the waterfall of an account run over an amount.
func (d *decision) pour(a *account, amount num, directed []direction) {
	w := d.waterfall(a, amount)
	directed = d.honoured(a, w, amount, directed)
	run := &pouring{w.Name, a, amount, amount}
	if w.DirectedAfter == "" {
		d.follow(run, directed)
	}
	if w.Directed != "only" || len(directed) == 0 {
		d.pourTiers(run, w, directed)
	}
	d.leave(a, w, run.left)
}

// pourTiers lets tier after tier take, for as long as there is money.
func (d *decision) pourTiers(run *pouring, w *enginetest.Waterfall, directed []direction) {
	for _, t := range d.tiers(w) {
		if run.left.Sign() == 0 {
			return
		}
		d.pourTier(run, &t)
		if t.Name == w.DirectedAfter {
			d.follow(run, directed)
		}
	}
}

// leave does with what no tier took as the waterfall says.
func (d *decision) leave(a *account, w *enginetest.Waterfall, left num) {
	switch {
	case left.Sign() == 0:
	case w.Leftover == "refuse":
		d.refuses("LeftoverRefused", "")
	case w.Leftover == "credit":
		d.take(line{of: a, Waterfall: w.Name, Tier: "leftover", amount: left}, a.open("credit", "credit"), "due")
	default:
		d.rest = add(d.rest, left)
	}
}

// waterfall is the one that the account's payment type chooses.
func (d *decision) waterfall(a *account, amount num) *enginetest.Waterfall {
	kind := d.paymentType(a)
	if kind.Waterfall != "" {
		return d.named(kind.Waterfall)
	}
	d.rule = kind.Name
	for _, c := range kind.Choices {
		if d.see(a, amount).holds(c.When) {
			return d.named(c.Use)
		}
	}
	d.fails()
	return nil
}

func (d *decision) named(waterfall string) *enginetest.Waterfall {
	for i := range d.policy.Waterfalls {
		if d.policy.Waterfalls[i].Name == waterfall {
			return &d.policy.Waterfalls[i]
		}
	}
	return nil
}

// tiers are the tiers of a waterfall, those that it uses in their places.
func (d *decision) tiers(w *enginetest.Waterfall) (all []enginetest.Tier) {
	for _, t := range w.Tiers {
		if t.Use != "" {
			all = append(all, d.tiers(d.named(t.Use))...)
			continue
		}
		all = append(all, t)
	}
	return all
}

// checkDirected says that a payment is directed whose waterfall does not know
// about directions.
func (d *decision) checkDirected() {
	if len(d.payment.Directed) == 0 {
		return
	}
	reaches := positive(sub(d.payment.amount, d.fromPayment(d.paid)))
	if d.waterfall(d.paid, reaches).Directed == "" {
		invalid("payment.directed")
	}
}

// honoured are the directions that are followed, held against what reaches the
// waterfall and what is owed before it runs.
func (d *decision) honoured(a *account, w *enginetest.Waterfall, amount num, directed []direction) []direction {
	if len(directed) == 0 || w.Directed == "ignore" {
		return nil
	}
	if w.Directed == "" { // a charge before it made another waterfall of it
		invalid("payment.directed")
	}
	sum := whole(0)
	asked := map[*balance]num{}
	wrong := false
	for _, to := range directed {
		sum = add(sum, to.amount)
		b := a.balance(to.Bucket, to.Component)
		if b == nil || to.amount.Sign() == 0 {
			wrong = true
			continue
		}
		if asked[b] == nil {
			asked[b] = whole(0)
		}
		asked[b] = add(asked[b], to.amount)
		wrong = wrong || asked[b].Cmp(b.owed) > 0
	}
	wrong = wrong || sum.Cmp(amount) > 0 || w.Directed == "only" && sum.Cmp(amount) != 0
	if wrong && (w.InvalidDirections == "" || w.InvalidDirections == "refuse") {
		d.refuses("DirectionsRefused", "")
	}
	if wrong && w.InvalidDirections == "ignore" {
		return nil
	}
	return directed
}

// follow honours directions as far as what is left, and what is owed, goes.
func (d *decision) follow(run *pouring, directed []direction) {
	parts := map[*balance]num{} // directions to one balance make one line
	var first []*balance
	for _, to := range directed {
		b := run.of.balance(to.Bucket, to.Component)
		if b == nil {
			continue
		}
		if parts[b] == nil {
			parts[b] = whole(0)
		}
		part := least(to.amount, least(run.left, positive(sub(b.owed, parts[b]))))
		if part.Sign() > 0 && parts[b].Sign() == 0 {
			first = append(first, b)
		}
		parts[b] = add(parts[b], part)
		run.left = sub(run.left, part)
	}
	for _, b := range first {
		d.take(line{of: run.of, Waterfall: run.waterfall, Tier: "directed", amount: parts[b]}, b, "due")
	}
}

// A pouring is one run of a waterfall.
type pouring struct {
	waterfall string
	of        *account
	applying  num // what reached the waterfall
	left      num
}

// pourTier lets one tier take from what is left.
func (d *decision) pourTier(run *pouring, t *enginetest.Tier) {
	d.rule = t.Name
	a := run.of
	see := d.see(a, run.applying)
	f := filler{decision: d, tier: t, left: run.left}
	if !f.begin(see) {
		return
	}
	for i, b := range a.Balances {
		if b.owed.Sign() <= 0 {
			continue
		}
		f.offer(see.with("balance", d.balanceRecord(b)), candidate{
			at: i, bucket: b.Bucket, words: map[string]string{"component": b.Component, "bucket": b.Bucket, "state": b.state()},
			owed: b.owed, due: b.due, pastDue: b.pastDue,
		})
	}
	for _, p := range f.fill() {
		d.take(line{of: a, Waterfall: run.waterfall, Tier: t.Name, amount: p.amount}, a.Balances[p.at], t.Counts)
		run.left = sub(run.left, p.amount)
	}
}

// take lowers a balance, and completes its line.
func (d *decision) take(l line, b *balance, counts string) {
	a, amount, was := l.of, l.amount, b.due
	b.owed = sub(b.owed, amount)
	if counts == "not" {
		b.due = least(b.due, positive(b.owed))
		b.pastDue = least(b.pastDue, b.due)
	} else {
		b.due, b.pastDue = lowered(b.due, amount), lowered(b.pastDue, amount)
		a.minimum = lowered(a.minimum, amount)
	}
	l.Account, l.Bucket, l.Component = a.ID, b.Bucket, b.Component
	l.due, l.ahead = sub(was, b.due), whole(0)
	if counts == "ahead" {
		l.ahead = sub(amount, l.due)
	}
	d.hold(&l)
	b.taken, a.taken, b.changed = add(b.taken, amount), add(a.taken, amount), true
	d.lines = append(d.lines, l)
}
