package spec

import (
	"example.com/spillway/engine"
	"example.com/spillway/money"
)

// figures are values by name, in order. They are text, written in one way
// only, so that comparing them is comparing text.
type figures struct {
	names  []string
	values map[string]string
}

func (f *figures) set(name, value string) {
	if f.values == nil {
		f.values = map[string]string{}
	}
	if _, ok := f.values[name]; !ok {
		f.names = append(f.names, name)
	}
	f.values[name] = value
}

// inRecord names a field of a record.
func inRecord(record, field string) string { return record + ": " + field }

// sums are amounts by name, in the order in which the names came up.
type sums struct {
	names   []string
	amounts map[string]engine.Amount
}

func (s *sums) add(name string, a engine.Amount) {
	if s.amounts == nil {
		s.amounts = map[string]engine.Amount{}
	}
	if _, ok := s.amounts[name]; !ok {
		s.names = append(s.names, name)
	}
	s.amounts[name] += a
}

func (s *sums) figures(currency money.Currency) (f figures) {
	for _, name := range s.names {
		f.set(name, currency.Format(s.amounts[name]))
	}
	return f
}

// balanceKey is how specs call a balance: a child's have its id before them.
func (r *result) balanceKey(account, bucket, component string) string {
	key := bucket + "." + component
	if account != r.root() {
		key = account + "/" + key
	}
	return key
}

// root is the id of the root account.
func (r *result) root() string { return idOf(&r.account) }

func idOf(a *engine.Account) string {
	if a.ID == "" {
		return "account"
	}
	return a.ID
}

func (r *result) lines() figures {
	var s sums
	for _, l := range r.receipt.Lines {
		s.add(r.balanceKey(l.Account, l.Bucket, l.Component), l.Amount)
	}
	return s.figures(r.currency)
}

func (r *result) shares() figures {
	var s sums
	for _, share := range r.receipt.Shares {
		s.add(share.Account, share.Amount)
	}
	return s.figures(r.currency)
}

// ahead is what was paid ahead of its due date in all.
func (r *result) ahead() (total engine.Amount) {
	for _, l := range r.receipt.Lines {
		total += l.Ahead
	}
	return total
}

func (r *result) deltas() (f figures) {
	for _, d := range r.receipt.Deltas {
		name := r.balanceKey(d.Account, d.Bucket, d.Component)
		f.set(inRecord(name, "owed"), r.currency.Format(d.Owed))
		f.set(inRecord(name, "due"), r.currency.Format(d.Due))
		f.set(inRecord(name, "past_due"), r.currency.Format(d.PastDue))
	}
	return f
}

func (r *result) totals() (f figures) {
	for _, t := range r.receipt.Totals {
		f.set(inRecord(t.Account, "owed"), r.currency.Format(t.Owed))
		f.set(inRecord(t.Account, "due"), r.currency.Format(t.Due))
		f.set(inRecord(t.Account, "past_due"), r.currency.Format(t.PastDue))
		f.set(inRecord(t.Account, "minimum_due"), r.currency.Format(t.MinimumDue))
		if credit, ok := t.AvailableCredit.Get(); ok {
			f.set(inRecord(t.Account, "available_credit"), r.currency.Format(credit))
		}
	}
	return f
}

// balances is what every balance of the tree owes after the payment.
func (r *result) balances() figures {
	var s sums
	r.owed(&s, &r.account)
	for _, d := range r.receipt.Deltas {
		s.add(r.balanceKey(d.Account, d.Bucket, d.Component), d.Owed)
	}
	return s.figures(r.currency)
}

func (r *result) owed(s *sums, a *engine.Account) {
	for _, b := range a.Balances {
		s.add(r.balanceKey(idOf(a), b.Bucket, b.Component), b.Owed)
	}
	for i := range a.Children {
		r.owed(s, &a.Children[i])
	}
}

func (r *result) move() (f figures) {
	move, ok := r.receipt.Move.Get()
	if !ok {
		return f
	}
	f.set("amount", r.currency.Format(move.Amount))
	if move.Method != "" {
		f.set("method", move.Method)
	}
	return f
}
