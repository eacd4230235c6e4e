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
// is a transition that is not allowed: what is skipped leaves nothing behind, and
// no balance ends below zero, credit aside. A due or past due that no document,
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

// A History is what became of an account. Its end is its start with every delta of
// receipts and changes, and every adjustment, added.
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
	h := &History{Start: account, Events: events, End: account.clone(), policies: s}
	if err := h.order(); err != nil {
		return nil, err
	}
	r := replayer{History: h, tree: treeOf(&h.End), store: receiptStore{expected: h.payments()}}
	defer r.release()
	for i := range h.Entries {
		e := &h.Entries[i]
		if err := r.enact(e); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// payments counts the payments among the events.
func (h *History) payments() (n int) {
	for i := range h.Events {
		if h.Events[i].Payment != nil {
			n++
		}
	}
	return n
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

// fault says what in the account and the list of events cannot be. It notes the
// events' payments by their ids.
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
	h.byID = make(map[string]int, h.payments())
	for i := range h.Events {
		e := &h.Events[i]
		fault := e.fault()
		if fault == nil && e.Payment != nil && e.Payment.ID != "" {
			if _, seen := h.byID[e.Payment.ID]; seen {
				fault = wrong("payment.id", "%q is the id of another payment too", e.Payment.ID)
			}
			h.byID[e.Payment.ID] = i
		}
		if fault != nil {
			return fault.underEvent(i)
		}
	}
	for i := range h.Events {
		if t := h.Events[i].Transition; t != nil {
			if _, seen := h.byID[t.ID]; !seen {
				return wrong("transition.id", "no payment of the events has the id %q", t.ID).underEvent(i)
			}
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
	store receiptStore
	run   *run // of the policy that decided last
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
	receipt := r.store.next()
	if e.Err = r.runOf(policy).decide(receipt, &r.End, payment); e.Err != nil {
		return
	}
	e.Receipt = r.store.keep(receipt)
	e.now = e.Receipt
	r.tree.postReceipt(e.Receipt)
}

// runOf is memory for a policy's decisions, the same as long as the policy is.
func (r *replayer) runOf(policy *Policy) *run {
	if r.run == nil || r.run.policy != policy {
		r.release()
		r.run = policy.runs.Get().(*run)
	}
	return r.run
}

// release gives the memory of decisions back.
func (r *replayer) release() {
	if r.run == nil {
		return
	}
	kept, texts := r.run, r.run.frame.Texts // of all decisions: one may have had more than the last
	kept.members, kept.hits, kept.frame.Texts = kept.members[:cap(kept.members)], kept.hits[:cap(kept.hits)], texts[:cap(texts)]
	kept.forget()
	kept.policy.runs.Put(kept)
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

// A receiptStore is room for receipts in few large pieces of memory.
type receiptStore struct {
	expected int // receipts, from here on
	receipts []Receipt
	lines    []Line
	deltas   []Delta
	totals   []Total
}

// next is a receipt to be written, whose lists have what room is left.
func (s *receiptStore) next() *Receipt {
	s.receipts = roomFor(s.receipts, 1, s.expected)
	s.lines, s.deltas = roomFor(s.lines, usual, 2*s.expected), roomFor(s.deltas, usual, 2*s.expected)
	s.totals = roomFor(s.totals, usual, s.expected)
	s.expected--
	r := &s.receipts[:len(s.receipts)+1][len(s.receipts)]
	r.Lines, r.Deltas, r.Totals = s.lines[len(s.lines):], s.deltas[len(s.deltas):], s.totals[len(s.totals):]
	return r
}

// keep takes the receipt that next gave as written: the next one gets other room.
func (s *receiptStore) keep(r *Receipt) *Receipt {
	s.receipts = s.receipts[:len(s.receipts)+1]
	r.Lines, s.lines = kept(s.lines, r.Lines)
	r.Deltas, s.deltas = kept(s.deltas, r.Deltas)
	r.Totals, s.totals = kept(s.totals, r.Totals)
	return r
}

// kept is a list that was written into the room behind memory, or that outgrew
// it, and memory with it.
func kept[T any](memory, list []T) (of, with []T) {
	if len(list) == 0 {
		return nil, memory
	}
	if room := memory[len(memory):cap(memory)]; len(room) >= len(list) && &room[0] == &list[0] {
		memory = memory[:len(memory)+len(list)]
	}
	return list[:len(list):len(list)], memory
}

// usual is how many lines, deltas or totals a receipt finds room for at least.
const usual = 8

// roomFor is memory with room for n more: the same, or the next piece, for as
// many as are expected.
func roomFor[T any](memory []T, n, expected int) []T {
	if cap(memory)-len(memory) >= n {
		return memory
	}
	return make([]T, 0, max(n, min(1024, expected)))
}
