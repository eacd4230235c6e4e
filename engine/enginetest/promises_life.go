package enginetest

import (
	"errors"
	"fmt"
	"slices"

	"example.com/spillway/engine"
)

// A LifePromise is something that the engine says of every life of an account.
// Its sentence stands in a doc comment.
type LifePromise struct {
	Name  string
	Says  string
	Of    string // what the promise belongs to
	Holds func(*Past) error
}

// LifePromises are all of them.
func LifePromises() []LifePromise {
	return []LifePromise{
		{
			"negation", "what a transition takes back is the exact negation of what was counted, and never the same part twice",
			"engine.Policy.Transition", ofChanges(negates),
		},
		{
			"back to the start", "a payment that is taken back whole leaves an account that owes what it did, but for charges that stay",
			"engine.Policy.Transition", leadsBack,
		},
		{
			"once", "a payment that has a status does not get it a second time: the error is typed, and nothing changes",
			"engine.Policy.Transition", happensOnce,
		},
		{
			"allowed", "a payment becomes only what one of its status may become, and a disputed one what it was",
			"engine.Policy.Transition", ofChanges(becomesWhatItMay),
		},
		{
			"change totals", "an account's totals change by a transition's own deltas and what rolls up to it",
			"engine.Policy.Transition", ofChanges(changeRollsUp),
		},
		{
			"sound at the end", "no balance ends below zero, credit aside, and past due <= due <= owed",
			"engine.Policy.Replay", endsSound,
		},
		{
			"posted", "the end is the start with every delta of receipts and changes, and every adjustment, added",
			"engine.History", endIsPosted,
		},
		{
			"list order", "the same events in another list order, each with an Order of its own, give the same history",
			"engine.Policy.Replay", ignoresListOrder,
		},
		{
			"insert", "an event that is put in later gives the history that it would have been in from the start",
			"engine.Policy.Insert", insertsAsReplayed,
		},
		{
			"skipped for a reason", "an event is skipped with an error of the kinds that Apply and Transition have, and no other",
			"engine.Policy.Replay", entriesInKind,
		},
		{
			"skipped", "an event that is skipped leaves nothing behind",
			"engine.Policy.Replay", skippedLeavesNothing,
		},
		{
			"replay repeats", "the same account and events give the same history, byte for byte, and stay as they were",
			"engine.Policy.Replay", replayRepeats,
		},
		{
			"receipts", "a receipt that is printed in any state of its life and read again prints the same, and an altered one is not read",
			"engine.DecodeReceipt", receiptsReadBack,
		},
		{
			"event documents", "events that are printed and read again give the same history",
			"engine.DecodeEvents", eventsReadBack,
		},
	}
}

// ofChanges makes a promise about transitions that took place one about lives.
func ofChanges(holds func(p *Past, before *engine.Receipt, e *engine.Entry) error) func(*Past) error {
	return func(p *Past) error {
		if p.Err != nil {
			return nil
		}
		now := map[string]*engine.Receipt{}
		for i := range p.History.Entries {
			e := &p.History.Entries[i]
			switch {
			case e.Receipt != nil:
				now[e.Receipt.Payment.ID] = e.Receipt
			case e.Change != nil:
				if err := holds(p, now[e.Change.ID], e); err != nil {
					return fmt.Errorf("event %d: %w", e.Event, err)
				}
				now[e.Change.ID] = &e.Change.Receipt
			}
		}
		return nil
	}
}

// negates compares a change with what it takes back of the receipt before it.
func negates(p *Past, before *engine.Receipt, e *engine.Entry) error {
	c := e.Change
	want, sum := map[place]engine.Amount{}, engine.Amount(0)
	for i := range c.Receipt.Lines {
		l, was := &c.Receipt.Lines[i], &before.Lines[i]
		if l.Undone < was.Undone || l.Undone > l.Amount {
			return fmt.Errorf("of a line of %v, %v was undone, and then %v", l.Amount, was.Undone, l.Undone)
		}
		want[place{l.Account, l.Bucket, l.Component}] += l.Undone - was.Undone
		sum += l.Undone - was.Undone
	}
	if rest := c.Amount - c.Unapplied - sum; rest < 0 || rest > fee(before).Amount {
		return fmt.Errorf("%v is taken back, %v of it unapplied and %v from lines", c.Amount, c.Unapplied, sum)
	}
	for _, charge := range c.Charges {
		want[place{charge.Account, charge.Bucket, charge.Component}] += charge.Amount
	}
	if slices.ContainsFunc(before.Charges, func(c engine.Charge) bool { return c.Refund }) {
		return nil // what was paid of it becomes credit
	}
	for i := range c.Deltas {
		d := &c.Deltas[i]
		at := place{d.Account, d.Bucket, d.Component}
		if d.Owed != want[at] {
			return fmt.Errorf("%v changes by %v, what is taken back of it is %v", at, d.Owed, want[at])
		}
		delete(want, at)
	}
	for at, amount := range want {
		if amount != 0 {
			return fmt.Errorf("%v has no delta, what is taken back of it is %v", at, amount)
		}
	}
	return nil
}

// leadsBack takes the first payment back before anything else happens.
func leadsBack(p *Past) error {
	first := slices.IndexFunc(p.Life.Events, func(e engine.Event) bool { return e.Payment != nil })
	if first < 0 {
		return nil
	}
	paid := clonePayment(p.Life.Events[first].Payment)
	paid.ResetPastDue = false
	back := engine.Transition{ID: paid.ID, Status: engine.Reversed, Date: paid.Date, IgnoreGuardrails: true}
	if paid.Status == engine.Pending {
		back.Status = engine.Voided
	}
	if p.Policy.Counted(back.Status) || !p.Policy.Counted(paid.Status) {
		return nil
	}
	h, err := p.Policy.Replay(p.Life.Account, []engine.Event{{Payment: &paid}, {Transition: &back}})
	if err != nil || h.Entries[0].Err != nil || h.Entries[1].Err != nil {
		return nil
	}
	want, charged := standings(&p.Life.Account, paid.Date), map[place]bool{}
	for _, c := range append(slices.Clone(h.Entries[0].Receipt.Charges), h.Entries[1].Change.Charges...) {
		at := place{c.Account, c.Bucket, c.Component}
		charged[at] = true
		if !c.Refund {
			want[at] = want[at].plus(standing{owed: c.Amount})
		}
	}
	for at, s := range standings(&h.End, paid.Date) {
		if s.owed != want[at].owed || s != want[at] && !charged[at] { // what is due of a charge may go by the balance's date
			return fmt.Errorf("%v owes %v after a payment that was taken back, not %v", at, s, want[at])
		}
	}
	return nil
}

// happensOnce asks for the last change of each payment once more.
func happensOnce(p *Past) error {
	if p.Err != nil {
		return nil
	}
	h, n := p.History, len(p.History.Entries)
	for i := range h.Entries {
		c := h.Entries[i].Change
		if c == nil || c.Receipt.Payment.Status != c.Phase {
			continue // something of the payment is left
		}
		t := engine.Transition{ID: c.ID, Status: c.Phase, Date: c.Date, IgnoreGuardrails: true}
		_, err := p.Policy.Transition(h.End, c.Receipt, t)
		if input := (*engine.InputError)(nil); errors.As(err, &input) {
			continue // what it owes was too much for a document by then
		}
		if refused := (*engine.TransitionError)(nil); !errors.As(err, &refused) || refused.Fault != engine.TransitionTwice {
			return fmt.Errorf("of %d events, a payment that is %v becomes so again: %v", n, c.Phase, err)
		}
	}
	return nil
}

func becomesWhatItMay(_ *Past, before *engine.Receipt, e *engine.Entry) error {
	was, is := before.Payment.Status, e.Change.Phase
	if slices.Contains(later[was], is) && (was != engine.Disputed || takesBack(is) || before.State.Was.Or(is) == is) {
		return nil
	}
	return fmt.Errorf("a payment that is %v becomes %v", was, is)
}

func changeRollsUp(p *Past, _ *engine.Receipt, e *engine.Entry) error {
	return rollUp{e.Change.Deltas, e.Change.Totals}.of(&p.History.End)
}

func endsSound(p *Past) error {
	if p.Err != nil {
		return nil
	}
	last := engine.Date(1)
	for i := range p.History.Entries {
		last = p.History.Entries[i].Date
	}
	for at, s := range standings(&p.History.End, last) {
		if s.owed < 0 && !at.isCredit() || s.due < 0 || s.pastDue < 0 || s.due > max(0, s.owed) || s.pastDue > s.due {
			return fmt.Errorf("%v ends with %v", at, s)
		}
	}
	return nil
}

func endIsPosted(p *Past) error {
	if p.Err != nil {
		return nil
	}
	want := map[place]engine.Amount{}
	for at, s := range standings(&p.Life.Account, 1) {
		want[at] = s.owed
	}
	for i := range p.History.Entries {
		var deltas []engine.Delta
		e := &p.History.Entries[i]
		switch {
		case e.Receipt != nil:
			deltas = e.Receipt.Deltas
		case e.Change != nil:
			deltas = e.Change.Deltas
		}
		for _, d := range deltas {
			want[place{d.Account, d.Bucket, d.Component}] += d.Owed
		}
		for _, a := range p.Life.Events[e.Event].Adjust {
			account := a.Account
			if account == "" {
				account = nameOf(&p.Life.Account)
			}
			want[place{account, bucketOf(a.Bucket), a.Component}] += a.Owed.Or(0)
		}
	}
	for at, s := range standings(&p.History.End, 1) {
		if s.owed != want[at] {
			return fmt.Errorf("%v ends with %v, what was posted makes it %v", at, s.owed, want[at])
		}
	}
	return nil
}
