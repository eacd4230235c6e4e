package engine

import (
	"cmp"
	"slices"

	"example.com/spillway/rules"
)

// counts says whether the receipt's payment counted when it was applied: where
// its amount went is then in the receipt.
func (r *Receipt) counts() bool {
	fee, _ := r.Fee.Get()
	return r.Unapplied != 0 || len(r.Lines) > 0 || fee.Collect == rules.FromPayment && fee.Amount == r.Payment.Amount
}

// lined is what the lines took.
func (r *Receipt) lined() (sum Amount) {
	for i := range r.Lines {
		sum += r.Lines[i].Amount
	}
	return sum
}

// paidFee is the part of the fee that was collected from the payment.
func (r *Receipt) paidFee() Amount { return r.Payment.Amount - r.Unapplied - r.lined() }

// takeBack takes part or all of a counted payment back: what was unapplied
// first, then the lines, the fee that was collected from it last.
func (p *Policy) takeBack(c *Change, before *Receipt, asked *Transition) {
	now := &c.Receipt
	left := before.Payment.Amount - before.State.Undone
	c.Amount = asked.Amount.Or(left)
	now.State.Undone += c.Amount
	now.Lines = slices.Clone(before.Lines)
	rest := c.Amount
	c.Unapplied = min(rest, before.unappliedLeft())
	rest -= c.Unapplied
	for _, i := range p.undoOrder(now.Lines) {
		l := &now.Lines[i]
		part := min(rest, l.Amount-l.Undone)
		l.Undone += part
		rest -= part
	}
}

// unappliedLeft is what of the unapplied money was not taken back yet: it goes
// first.
func (r *Receipt) unappliedLeft() Amount {
	undone := r.State.Undone
	for i := range r.Lines {
		undone -= r.Lines[i].Undone
	}
	return max(0, r.Unapplied-undone)
}

// undoOrder is the order in which lines are taken back: account by account, the
// last paid first, and of each the last line first, or as the waterfall's undo
// names their components.
func (p *Policy) undoOrder(lines []Line) []int {
	type place struct{ index, account, component int }
	places := make([]place, len(lines))
	account := 0
	for i := range lines {
		if i > 0 && lines[i].Account != lines[i-1].Account {
			account++
		}
		places[i] = place{i, account, p.undoPosition(&lines[i])}
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(b.account-a.account, a.component-b.component, b.index-a.index)
	})
	order := make([]int, len(lines))
	for i := range places {
		order[i] = places[i].index
	}
	return order
}

// undoPosition is the position of a line's component in its waterfall's undo;
// what is not in it follows.
func (p *Policy) undoPosition(l *Line) int {
	for i := range p.rules.Waterfalls {
		if w := &p.rules.Waterfalls[i]; w.Name == l.Waterfall {
			if at := slices.Index(w.Undo, l.Component); at >= 0 {
				return at
			}
			return len(w.Undo)
		}
	}
	return 0
}

// stillCounted is what a receipt counts on the balance of one of its deltas, as
// if the payment had been smaller by what was undone.
func (r *Receipt) stillCounted(d *Delta) change {
	if r.State.Undone == r.Payment.Amount {
		kept := r.charged(d, false)
		return change{owed: kept, due: kept}
	}
	c := change{d.Owed, d.Due, d.PastDue}
	pastDue := -d.PastDue // what the lines can have lowered it by, at most
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.Account != d.Account || l.Bucket != d.Bucket || l.Component != d.Component {
			continue
		}
		c.owed += l.Undone
		c.due += l.givenBack(l.Due)
		if !r.Payment.ResetPastDue {
			fell := min(pastDue, l.Amount)
			pastDue -= fell
			c.pastDue += l.givenBack(fell)
		}
	}
	return c
}

// givenBack is how much of a fall of the dues is undone with the line's part
// that is: they fell by the line down to 0, or, when it keeps dues, only as far
// as what is owed forced them.
func (l *Line) givenBack(fell Amount) Amount {
	if l.KeepsDue {
		return min(fell, l.Undone)
	}
	return fell - min(fell, l.Amount-l.Undone)
}

// charged is what of the fee was added to a delta's balance, and stays or goes
// when the payment is undone.
func (r *Receipt) charged(d *Delta, refund bool) (sum Amount) {
	for i := range r.Charges {
		c := &r.Charges[i]
		if c.Refund == refund && c.Account == d.Account && c.Bucket == d.Bucket && c.Component == d.Component {
			sum += c.Amount
		}
	}
	return sum
}

// minimumCounted is how much an account's minimum due is still lowered.
func (r *Receipt) minimumCounted(total *Total) Amount {
	if r.State.Undone == r.Payment.Amount {
		return 0
	}
	var paid Amount
	for i := range r.Lines {
		if l := &r.Lines[i]; l.Account == total.Account && !l.KeepsDue {
			paid += l.Amount - l.Undone
		}
	}
	return -min(-total.MinimumDue, paid)
}

// whole says whether the receipt adds up, as every receipt does that the engine
// made.
func (r *Receipt) whole() error {
	altered := func(what string) error {
		return notAllowed(TransitionAltered, "the receipt was altered: %s", what)
	}
	fee, _ := r.Fee.Get()
	undone := r.State.Undone
	for i := range r.Lines {
		l := &r.Lines[i]
		undone -= l.Undone
		if l.Undone < 0 || l.Amount < l.Undone {
			return altered("more of a line was undone than it took")
		}
	}
	_, was := r.State.Was.Get()
	switch {
	case r.counts() && (r.paidFee() < 0 || r.paidFee() > fee.Amount):
		return altered("its lines and what is unapplied are not its amount")
	case undone < 0 || r.State.Undone > r.Payment.Amount:
		return altered("more was undone than was paid")
	case was != (r.Payment.Status == Disputed):
		return altered("only a disputed payment has a status that it was before")
	}
	sums := map[[3]string]Amount{}
	for i := range r.Lines {
		l := &r.Lines[i]
		sums[[3]string{l.Account, l.Bucket, l.Component}] += l.Amount
	}
	for i := range r.Charges {
		c := &r.Charges[i]
		sums[[3]string{c.Account, c.Bucket, c.Component}] -= c.Amount
	}
	for i := range r.Deltas {
		d := &r.Deltas[i]
		key := [3]string{d.Account, d.Bucket, d.Component}
		if sums[key] != -d.Owed {
			return altered("its deltas are not its lines")
		}
		delete(sums, key)
	}
	for _, sum := range sums {
		if sum != 0 {
			return altered("its deltas are not its lines")
		}
	}
	return nil
}
