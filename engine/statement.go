package engine

import "slices"

// Statement is the running statement of the history: for each event that took
// effect, the accounts that it changed with what they owe after it, in tree
// order. An event that changed none is listed with the root.
func (h *History) Statement() []StatementLine {
	f := h.fold()
	var lines []StatementLine
	var before, after []footing
	for f.next < len(h.Entries) {
		e := &h.Entries[f.next]
		if e.Err != nil {
			f.next++
			continue
		}
		before = f.tree.footings(before, e.Date)
		f.step()
		after = f.tree.footings(after, e.Date)
		if slices.Equal(before, after) {
			lines = append(lines, after[0].line(f.tree.id(0), e, 0))
			continue
		}
		for i := range after {
			if before[i] != after[i] {
				lines = append(lines, after[i].line(f.tree.id(i), e, after[i].owed-before[i].owed))
			}
		}
	}
	return lines
}

// Opening is how the accounts stand on a day before the first event, in tree
// order.
func (h *History) Opening(day Date) []StatementLine {
	account := h.Start.clone()
	t := treeOf(&account)
	var lines []StatementLine
	for i, s := range t.footings(nil, day) {
		line := s.line(t.id(i), &Entry{Event: -1, Date: day}, 0)
		lines = append(lines, line)
	}
	return lines
}

// A StatementLine is what an account owes after an event.
type StatementLine struct {
	Event                          int // index in Events; -1 for none
	Date                           Date
	Account                        string
	Change                         Amount // of what is owed, by the event
	Owed, Due, PastDue, MinimumDue Amount
	AvailableCredit                Opt[Amount] // absent without a credit limit
}

// Before is the account as it was before an entry of the history took effect.
func (h *History) Before(e *Entry) Account {
	f := h.fold()
	for &h.Entries[f.next] != e {
		f.step()
	}
	return *f.tree.nodes[0].account
}

// A folding runs an account through a history once more, without deciding
// anything.
type folding struct {
	*History
	tree *tree
	next int                 // the entry to come
	now  map[string]*Receipt // of each payment by its id
}

// fold begins at the start of the history.
func (h *History) fold() *folding {
	account := h.Start.clone()
	return &folding{History: h, tree: treeOf(&account), now: map[string]*Receipt{}}
}

// step lets the next entry take effect.
func (f *folding) step() {
	e := &f.Entries[f.next]
	event := &f.Events[e.Event]
	f.next++
	switch {
	case event.Adjust != nil:
		for i := range event.Adjust {
			_ = f.tree.adjust(&event.Adjust[i], e.Date) // it could be made in the replay
		}
	case e.Receipt != nil:
		f.tree.postReceipt(e.Receipt)
		f.now[e.Receipt.Payment.ID] = e.Receipt
	case e.Change != nil:
		f.tree.postChange(f.now[e.Change.ID], e.Change)
		f.now[e.Change.ID] = &e.Change.Receipt
	}
}

// A footing is what an account owes, as its totals say.
type footing struct {
	owed, due, pastDue, minimum Amount
	available                   Opt[Amount]
}

// line is the line of a statement for an account that stands so.
func (s *footing) line(account string, e *Entry, change Amount) StatementLine {
	return StatementLine{
		Event: e.Event, Date: e.Date, Account: account, Change: change,
		Owed: s.owed, Due: s.due, PastDue: s.pastDue, MinimumDue: s.minimum, AvailableCredit: s.available,
	}
}

// footings adds up what each account owes on a day.
func (t *tree) footings(dst []footing, today Date) []footing {
	dst = dst[:0]
	for range t.nodes {
		dst = append(dst, footing{})
	}
	for i := range t.nodes {
		a := t.nodes[i].account
		for j := range a.Balances {
			b := &a.Balances[j]
			due, pastDue := b.dues(today)
			dst[i].minimum += due
			t.roll(i, b.Component, func(i int) {
				dst[i].owed += b.Owed
				dst[i].due += due
				dst[i].pastDue += pastDue
			})
		}
	}
	for i := range t.nodes {
		a := t.nodes[i].account
		dst[i].minimum = a.MinimumDue.Or(dst[i].minimum)
		if limit, ok := a.CreditLimit.Get(); ok {
			dst[i].available = Some(limit - dst[i].owed - a.CreditHeld)
		}
	}
	return dst
}
