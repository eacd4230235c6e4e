package oracle

// receipt writes down what came of the payment.
func (d *decision) receipt() Outcome {
	out := Outcome{
		Kind: "applied", Hits: d.hits, PaymentType: d.kind.Name, Account: d.paid.ID,
		Charged: d.text(d.charged()), Unapplied: d.text(d.rest), Fee: d.fee(),
	}
	if !d.counted() {
		return out
	}
	for _, l := range d.lines {
		out.Lines = append(out.Lines, Line{
			l.Account, l.Bucket, l.Component, d.text(l.amount), d.text(l.due), d.text(l.ahead), l.Waterfall, l.Tier,
		})
	}
	if d.shared != nil {
		for _, s := range d.shared.shares {
			out.Shares = append(out.Shares, Share{s.to.ID, d.text(s.amount), s.split, s.tier})
		}
	}
	for _, a := range d.root.all() {
		out.Deltas = append(out.Deltas, d.deltas(a)...)
	}
	for _, a := range d.root.all() {
		if a.changed {
			out.Totals = append(out.Totals, d.totals(a))
		}
	}
	if d.payment.Mode == "process" {
		out.Move = out.Charged
	}
	return out
}

// text is an amount as documents have it.
func (d *decision) text(a num) string { return d.major(a).FloatString(d.policy.Decimals) }

// fee is the fee of the receipt.
func (d *decision) fee() *Fee {
	if len(d.fees) == 0 {
		return nil
	}
	first := d.fees[0]
	out := &Fee{Type: first.kind, Collect: first.collect}
	if first.schedule != nil {
		out.Schedule = first.schedule.Name
	}
	sum := whole(0)
	for _, f := range d.fees {
		sum = add(sum, f.amount)
		if d.split != nil && (d.split.Fee == "each_same" || d.split.Fee == "each_own") {
			out.Each = append(out.Each, Part{f.of.ID, d.text(f.amount)})
		}
	}
	out.Amount = d.text(sum)
	return out
}

// deltas are how the account's balances changed. It marks the account, and all
// above it, if any did.
func (d *decision) deltas(a *account) (list []Delta) {
	was := d.before.find(a.ID)
	for _, b := range a.Balances {
		if !b.changed {
			continue
		}
		old := was.open(b.Bucket, b.Component)
		list = append(list, Delta{
			a.ID, b.Bucket, b.Component, d.text(sub(b.owed, old.owed)), d.text(sub(b.due, old.due)), d.text(sub(b.pastDue, old.pastDue)),
		})
		for above := a; above != nil; above = above.parent {
			above.changed = true
		}
	}
	return list
}

// totals are how the account's totals changed.
func (d *decision) totals(a *account) Total {
	was := d.before.find(a.ID)
	change := func(of func(*balance) num) num { return sub(a.total(of, false), was.total(of, false)) }
	t := Total{
		Account: a.ID, Owed: d.text(change(owedOf)), Due: d.text(change(dueOf)), PastDue: d.text(change(pastDueOf)),
		MinimumDue: d.text(sub(a.minimum, was.minimum)),
	}
	if a.limit != nil {
		t.AvailableCredit = d.text(sub(sub(was.held, a.held), change(owedOf)))
	}
	return t
}

// hold keeps the credit of a line that the payment's status does not free: what
// it takes of an account and, as far as it rolls up, of those above.
func (d *decision) hold(l *line) {
	if contains(d.policy.FreesCredit, d.payment.Status, d.payment.Status) {
		return
	}
	for at := l.of; at != nil; at = at.parent {
		at.held = add(at.held, l.amount)
		if at.RollsUp == "none" || at.RollsUp == "principal" && l.Component != "principal" {
			return
		}
	}
}
