package engine

import (
	"cmp"
	"slices"
	"strconv"
)

// Replay runs an account through events: each payment is decided on the account
// as it then is, each transition takes place, each adjustment is made.
//
// A payment that is refused, cannot be or fails is reported and skipped, and so
// is a transition that is not allowed. A due or past due that no document,
// adjustment or reset gave follows the balance's due date from day to day; so
// does a minimum due that nobody gave.
//
// Replay changes neither argument. The same account and events, in any list
// order that keeps those of one day and Order, give the same history.
//
// The error is an [*InputError] if the account or an event cannot be: two
// payments with one id, an adjustment that takes a balance below zero.
func (p *Policy) Replay(account Account, events []Event) (*History, error) {
	return SetOf(p).Replay(account, events)
}

// A History is what became of an account.
type History struct {
	Start    Account // as given
	Events   []Event // as given
	Entries  []Entry // one per event, in the order in which they took effect
	End      Account
	policies *Set
	byID     map[string]int // index of the entry of the payment with an id
}

// name is the id of the entry's payment, or what stands for it.
func (h *History) name(e *Entry) string {
	if id := h.Events[e.Event].Payment.ID; id != "" {
		return id
	}
	return "#" + strconv.Itoa(e.Event+1)
}

// An Entry is what became of one event.
type Entry struct {
	Event   int // index in Events
	Date    Date
	Receipt *Receipt // of a payment that was applied, as it was decided
	Change  *Change  // of a transition that took place
	Err     error    // why a payment or a transition was skipped
	now     *Receipt // of a payment, with all changes since
}

// Now is the receipt of a payment in its last state, nil if it was not applied.
func (e *Entry) Now() *Receipt { return e.now }

// Payment gives the entry of the payment with an id, nil if there is none. The
// id of a payment without one is #n, if it is the n-th event.
func (h *History) Payment(id string) *Entry {
	if i, ok := h.byID[id]; ok {
		return &h.Entries[i]
	}
	return nil
}

// Replay is [Policy.Replay] with each event decided by the policy in force on
// its date.
func (s *Set) Replay(account Account, events []Event) (*History, error) {
	h := &History{Start: account, Events: events, End: account.clone(), policies: s, byID: map[string]int{}}
	if err := h.order(); err != nil {
		return nil, err
	}
	r := replayer{History: h, tree: treeOf(&h.End)}
	for i := range h.Entries {
		e := &h.Entries[i]
		if err := r.enact(e); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// order makes an entry for each event, in order of effect.
func (h *History) order() error {
	if fault := h.fault(); fault != nil {
		return fault
	}
	h.Entries = make([]Entry, len(h.Events))
	for i := range h.Events {
		h.Entries[i] = Entry{Event: i, Date: h.Events[i].date()}
	}
	slices.SortStableFunc(h.Entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(h.Events[a.Event].Order, h.Events[b.Event].Order))
	})
	for i := range h.Entries {
		if e := &h.Entries[i]; h.Events[e.Event].Payment != nil {
			h.byID[h.name(e)] = i
		}
	}
	return nil
}

// fault says what in the account and the list of events cannot be.
func (h *History) fault() error {
	first := Date(1)
	for i := range h.Events {
		if date := h.Events[i].date(); isDate(date) && (i == 0 || date < first) {
			first = date
		}
	}
	var v validator
	if err := v.tree(&h.Start, first); err != nil {
		return err
	}
	seen := map[string]bool{}
	for i := range h.Events {
		e := &h.Events[i]
		fault := e.fault()
		if fault == nil && e.Payment != nil && e.Payment.ID != "" {
			if seen[e.Payment.ID] {
				fault = wrong("payment.id", "%q is the id of another payment too", e.Payment.ID)
			}
			seen[e.Payment.ID] = true
		}
		if fault != nil {
			return fault.underEvent(i)
		}
	}
	for i := range h.Events {
		if t := h.Events[i].Transition; t != nil && !seen[t.ID] {
			return wrong("transition.id", "no payment of the events has the id %q", t.ID).underEvent(i)
		}
	}
	return nil
}

// underEvent is a fault of an event with the path to it.
func (e *InputError) underEvent(i int) *InputError {
	path := "events[" + strconv.Itoa(i) + "]"
	if e.Field == "" {
		e.Field = path
		return e
	}
	return e.under(path)
}

// A replayer is a history that is being made.
type replayer struct {
	*History
	tree  *tree
	room  Receipt // that payments are decided in
	store receiptStore
}

// enact lets one event take effect.
func (r *replayer) enact(e *Entry) error {
	event := &r.Events[e.Event]
	policy := r.policies.On(e.Date)
	switch {
	case event.Adjust != nil:
		for i := range event.Adjust {
			if fault := r.tree.adjust(&event.Adjust[i], e.Date); fault != nil {
				return fault.under(indexed("adjust", i)).underEvent(e.Event)
			}
		}
	case policy == nil:
		e.Err = wrong("date", "no policy is in force on %v", e.Date).underEvent(e.Event)
	case event.Payment != nil:
		r.pay(policy, event.Payment, e)
	default:
		r.transit(policy, event.Transition, e)
	}
	return nil
}

// pay applies a payment to the account as it is.
func (r *replayer) pay(policy *Policy, payment *Payment, e *Entry) {
	if e.Err = policy.ApplyTo(&r.room, &r.End, payment); e.Err != nil {
		return
	}
	e.Receipt = r.store.keep(&r.room)
	e.now = e.Receipt
	r.tree.postReceipt(e.Receipt)
}

// transit lets a transition change a payment that was applied.
func (r *replayer) transit(policy *Policy, t *Transition, e *Entry) {
	paid := r.Payment(t.ID)
	if paid.now == nil {
		e.Err = notAllowed(TransitionUnapplied, "payment %q was not applied by then", t.ID)
		return
	}
	change, err := policy.transit(&r.End, paid.now, t)
	if err != nil {
		e.Err = err
		return
	}
	r.tree.postChange(paid.now, &change)
	e.Change = &change
	paid.now = &change.Receipt
}

// A receiptStore keeps receipts in few large pieces of memory.
type receiptStore struct {
	receipts []Receipt
	lines    []Line
	deltas   []Delta
	totals   []Total
}

// keep copies a receipt whose lists will be written over.
func (s *receiptStore) keep(r *Receipt) *Receipt {
	s.receipts = roomFor(s.receipts, 1)
	s.receipts = append(s.receipts, *r)
	kept := &s.receipts[len(s.receipts)-1]
	kept.Lines, s.lines = stored(s.lines, r.Lines)
	kept.Deltas, s.deltas = stored(s.deltas, r.Deltas)
	kept.Totals, s.totals = stored(s.totals, r.Totals)
	kept.Warnings = slices.Clone(r.Warnings)
	kept.Charges = slices.Clone(r.Charges)
	kept.Shares = slices.Clone(r.Shares)
	return kept
}

// stored copies a list to the end of memory.
func stored[T any](memory, list []T) (kept, rest []T) {
	if len(list) == 0 {
		return nil, memory
	}
	memory = roomFor(memory, len(list))
	from := len(memory)
	memory = append(memory, list...)
	return memory[from:len(memory):len(memory)], memory
}

// roomFor is memory with room for n more: the same, or the next piece.
func roomFor[T any](memory []T, n int) []T {
	if cap(memory)-len(memory) >= n {
		return memory
	}
	return make([]T, 0, max(n, min(1024, 2*cap(memory)+4)))
}
