package enginetest

import (
	"fmt"

	"example.com/spillway/engine"
)

var receiptPromises = []Promise{
	{
		"conservation", "the amount is the sum of the lines and of what is unapplied, and of the fee where that is collected from the payment",
		"engine.Policy.Apply", ofReceipt(conserves),
	},
	{
		"nothing below zero", "no delta takes a balance, or what of it is due, below zero, credit aside; past due <= due <= owed",
		"engine.Policy.Apply", ofReceipt(staysAboveZero),
	},
	{
		"room", "no balance gives more than it owed, with what was charged to it before",
		"waterfall.Pool.Fill", ofReceipt(staysInRoom),
	},
	{
		"lines", "every line is above 0, and what its balance's due fell by and what was paid ahead are parts of it",
		"waterfall.Counts.Apply", ofReceipt(linesHold),
	},
	{
		"deltas", "a balance owes less by its lines and more by what was charged to it, and no other changes",
		"engine.Receipt", ofReceipt(deltasHold),
	},
	{
		"uncounted", "a payment whose status is not counted changes nothing",
		"docs/policy.md, statuses", ofReceipt(uncountedMovesNothing),
	},
	{
		"charged", "the payer pays the amount, and on top what is collected so; that is what is moved",
		"engine.Receipt", ofReceipt(chargesHold),
	},
}

func conserves(d *Decision, r *engine.Receipt) error {
	if !counted(r) {
		return nil
	}
	sum := r.Unapplied
	for i := range r.Lines {
		sum += r.Lines[i].Amount
	}
	// With a split, fees may be collected in more than one way.
	if f := fee(r); len(f.Each) > 0 {
		if sum > d.Payment.Amount || sum+f.Amount < d.Payment.Amount {
			return fmt.Errorf("%s is accounted for, and %s of fees, of %s", d.text(sum), d.text(f.Amount), d.text(d.Payment.Amount))
		}
		return nil
	}
	if sum += fromPayment(r); sum != d.Payment.Amount {
		return fmt.Errorf("%s of %s is accounted for", d.text(sum), d.text(d.Payment.Amount))
	}
	return nil
}

func staysAboveZero(d *Decision, r *engine.Receipt) error {
	stands := standings(&d.Account, d.Payment.Date)
	for i := range r.Deltas {
		delta := &r.Deltas[i]
		at := place{delta.Account, delta.Bucket, delta.Component}
		s := stands[at]
		s = standing{s.owed + delta.Owed, s.due + delta.Due, s.pastDue + delta.PastDue}
		if s.owed < 0 && !at.isCredit() || s.due < 0 || s.pastDue < 0 || s.due > max(0, s.owed) || s.pastDue > s.due {
			return fmt.Errorf("%v then owes %s, %s of it due and %s past due", at, d.text(s.owed), d.text(s.due), d.text(s.pastDue))
		}
	}
	return nil
}

func staysInRoom(d *Decision, r *engine.Receipt) error {
	given := map[place]engine.Amount{}
	for i := range r.Lines {
		l := &r.Lines[i]
		given[place{l.Account, l.Bucket, l.Component}] += l.Amount
	}
	stands := standings(&d.Account, d.Payment.Date)
	room := map[place]engine.Amount{}
	for at, s := range stands {
		room[at] = max(0, s.owed)
	}
	for _, c := range r.Charges {
		room[place{c.Account, c.Bucket, c.Component}] += c.Amount
	}
	for at, amount := range given {
		if !at.isCredit() && amount > room[at] {
			return fmt.Errorf("%v gives %s, and owed %s", at, d.text(amount), d.text(room[at]))
		}
	}
	return nil
}

func linesHold(d *Decision, r *engine.Receipt) error {
	seen := map[[5]string]bool{}
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.Amount <= 0 || l.Due < 0 || l.Ahead < 0 || l.Due+l.Ahead > l.Amount {
			return fmt.Errorf("line %d: %s, of which %s was due and %s is ahead", i, d.text(l.Amount), d.text(l.Due), d.text(l.Ahead))
		}
		key := [5]string{l.Account, l.Bucket, l.Component, l.Tier, l.At.String()}
		if seen[key] {
			return fmt.Errorf("line %d: tier %q took from %s.%s twice", i, l.Tier, l.Bucket, l.Component)
		}
		seen[key] = true
	}
	return nil
}

func deltasHold(d *Decision, r *engine.Receipt) error {
	want := map[place]engine.Amount{}
	for i := range r.Lines {
		l := &r.Lines[i]
		want[place{l.Account, l.Bucket, l.Component}] -= l.Amount
	}
	for _, c := range r.Charges {
		want[place{c.Account, c.Bucket, c.Component}] += c.Amount
	}
	for i := range r.Deltas {
		delta := &r.Deltas[i]
		at := place{delta.Account, delta.Bucket, delta.Component}
		if delta.Owed != want[at] {
			return fmt.Errorf("%v changes by %s, its lines and charges are %s", at, d.text(delta.Owed), d.text(want[at]))
		}
		delete(want, at)
	}
	for at, amount := range want {
		return fmt.Errorf("%v has no delta, its lines and charges are %s", at, d.text(amount))
	}
	return nil
}

func uncountedMovesNothing(d *Decision, r *engine.Receipt) error {
	if d.Policy.Counted(d.Payment.Status) {
		return nil
	}
	_, moves := r.Move.Get()
	if n := len(r.Lines) + len(r.Shares) + len(r.Deltas) + len(r.Totals) + len(r.Charges); n > 0 || r.Unapplied != 0 || moves {
		return fmt.Errorf("a payment that %s has %d lines, shares, deltas and totals", d.Payment.Status, n)
	}
	return nil
}

func chargesHold(d *Decision, r *engine.Receipt) error {
	f := fee(r)
	low, high := d.Payment.Amount, d.Payment.Amount
	if f.Collect.String() == "on_top" {
		low, high = low+f.Amount, high+f.Amount
	}
	if len(f.Each) > 0 {
		low, high = d.Payment.Amount, d.Payment.Amount+f.Amount
	}
	if r.Charged < low || r.Charged > high {
		return fmt.Errorf("%s is charged for %s with a fee of %s", d.text(r.Charged), d.text(d.Payment.Amount), d.text(f.Amount))
	}
	if move, ok := r.Move.Get(); ok && move.Amount != r.Charged {
		return fmt.Errorf("%s is moved, %s is charged", d.text(move.Amount), d.text(r.Charged))
	}
	return nil
}
