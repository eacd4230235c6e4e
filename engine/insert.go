package engine

import (
	"cmp"
	"slices"
)

// Insert gives the history with one event more: a backdated payment, a charge
// found later. It takes effect on its own date, after all of that date and
// Order, and what comes after it is decided anew.
//
// For every event, the history is the one that Replay gives for the events with
// this one at their end.
func (p *Policy) Insert(h *History, event Event) (*Revision, error) { return SetOf(p).Insert(h, event) }

// Remove gives the history without one of its events, by its index, and without
// the transitions of a payment that is removed.
func (p *Policy) Remove(h *History, event int) (*Revision, error) { return SetOf(p).Remove(h, event) }

// Insert is [Policy.Insert] with each event decided by the policy in force on
// its date.
func (s *Set) Insert(h *History, event Event) (*Revision, error) {
	return s.revise(h, append(slices.Clip(h.Events), event))
}

// Remove is [Policy.Remove] with each event decided by the policy in force on
// its date.
func (s *Set) Remove(h *History, event int) (*Revision, error) {
	removed := &h.Events[event]
	var events []Event
	for i := range h.Events {
		e := &h.Events[i]
		of := removed.Payment != nil && e.Transition != nil && e.Transition.ID == removed.Payment.ID
		if i != event && !of {
			events = append(events, *e)
		}
	}
	return s.revise(h, events)
}

func (s *Set) revise(old *History, events []Event) (*Revision, error) {
	h, err := s.Replay(old.Start, events)
	if err != nil {
		return nil, err
	}
	return old.Compare(h), nil
}

// A Revision is a history that takes the place of another, and what a host that
// posted the other has to correct.
type Revision struct {
	History *History
	// Receipts are those of payments that came out otherwise, or are in one
	// history only, in order of effect.
	Receipts []Revised
	// Deltas and Totals lead from the old end to the new. Dues are those of the
	// last day of both histories.
	Deltas []Delta
	Totals []Total
}

// A Revised is a payment whose receipt is another.
type Revised struct {
	ID       string
	Old, New *Entry // nil: the history does not have the payment
}

// Compare says what it takes to get from h to another history of the account.
func (h *History) Compare(other *History) *Revision {
	r := &Revision{History: other}
	for i := range other.Entries {
		e := &other.Entries[i]
		if other.Events[e.Event].Payment == nil {
			continue
		}
		name := other.name(e)
		if old := h.Payment(name); old == nil || !old.same(e) {
			r.Receipts = append(r.Receipts, Revised{name, old, e})
		}
	}
	for i := range h.Entries {
		e := &h.Entries[i]
		if h.Events[e.Event].Payment != nil && other.Payment(h.name(e)) == nil {
			r.Receipts = append(r.Receipts, Revised{h.name(e), e, nil})
		}
	}
	slices.SortStableFunc(r.Receipts, func(a, b Revised) int { return cmp.Compare(a.date(), b.date()) })
	r.correct(h, other)
	return r
}

func (r *Revised) date() Date {
	if r.New != nil {
		return r.New.Date
	}
	return r.Old.Date
}

// same says whether two entries of a payment decide it alike: not by which
// line of which policy, but with the same figures.
func (e *Entry) same(other *Entry) bool {
	if e.Err != nil || other.Err != nil {
		return e.Err != nil && other.Err != nil && e.Err.Error() == other.Err.Error()
	}
	a, b := e.now, other.now
	feeA, _ := a.Fee.Get()
	feeB, _ := b.Fee.Get()
	return a.Payment.Status == b.Payment.Status && a.Unapplied == b.Unapplied && a.Charged == b.Charged &&
		feeA.Amount == feeB.Amount && a.State == b.State &&
		slices.EqualFunc(a.Lines, b.Lines, sameLine) && slices.Equal(a.Deltas, b.Deltas) && slices.Equal(a.Totals, b.Totals)
}

func sameLine(a, b Line) bool {
	return a.Account == b.Account && a.Bucket == b.Bucket && a.Component == b.Component &&
		a.Amount == b.Amount && a.Due == b.Due && a.Ahead == b.Ahead
}

// correct works out the deltas and totals between two ends.
func (r *Revision) correct(h, other *History) {
	today := max(h.last(), other.last())
	was, is := treeOf(&h.End), treeOf(&other.End)
	seen := map[[3]string]bool{}
	for i := range is.nodes {
		for j := range is.nodes[i].account.Balances {
			b := &is.nodes[i].account.Balances[j]
			seen[[3]string{is.id(i), b.bucket(), b.Component}] = true
			r.add(is.id(i), was.lookUp(is.id(i), b), b, today)
		}
	}
	for i := range was.nodes {
		for j := range was.nodes[i].account.Balances {
			b := &was.nodes[i].account.Balances[j]
			if !seen[[3]string{was.id(i), b.bucket(), b.Component}] {
				r.add(was.id(i), b, &Balance{Bucket: b.Bucket, Component: b.Component}, today)
			}
		}
	}
	old, now := was.footings(nil, today), is.footings(nil, today)
	for i := range now {
		at := was.find(is.id(i))
		if at < 0 || old[at] == now[i] {
			continue
		}
		r.Totals = append(r.Totals, now[i].since(&old[at], is.id(i)))
	}
}

// last is the day of the last event.
func (h *History) last() Date {
	if len(h.Entries) == 0 {
		return 0
	}
	return h.Entries[len(h.Entries)-1].Date
}

// lookUp is the balance of an account that is called as b is; one that is not
// there owes nothing.
func (t *tree) lookUp(account string, b *Balance) *Balance {
	if at := t.find(account); at >= 0 {
		if found := t.nodes[at].account.balance(b.bucket(), b.Component); found != nil {
			return found
		}
	}
	return &Balance{}
}

// add adds the delta between two states of a balance, if there is any.
func (r *Revision) add(account string, was, is *Balance, today Date) {
	wasDue, wasPastDue := was.dues(today)
	isDue, isPastDue := is.dues(today)
	d := Delta{account, is.bucket(), is.Component, is.Owed - was.Owed, isDue - wasDue, isPastDue - wasPastDue}
	if d.Owed != 0 || d.Due != 0 || d.PastDue != 0 {
		r.Deltas = append(r.Deltas, d)
	}
}

// since is how an account's totals differ from what they were.
func (s *footing) since(was *footing, account string) Total {
	t := Total{
		Account: account, Owed: s.owed - was.owed, Due: s.due - was.due,
		PastDue: s.pastDue - was.pastDue, MinimumDue: s.minimum - was.minimum,
	}
	if available, ok := s.available.Get(); ok {
		t.AvailableCredit = Some(available - was.available.Or(0))
	}
	return t
}
