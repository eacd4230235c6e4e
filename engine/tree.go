package engine

// A tree is an account and those below it, in tree order: parents before
// children. It points into the account and, unless it only looks, changes it.
type tree struct{ nodes []node }

// A node is one account of a tree.
type node struct {
	account *Account
	parent  int // -1: the root
}

// treeOf is the tree of an account.
func treeOf(root *Account) *tree {
	t := &tree{}
	t.add(root, -1)
	return t
}

func (t *tree) add(a *Account, parent int) {
	me := len(t.nodes)
	t.nodes = append(t.nodes, node{a, parent})
	for i := range a.Children {
		t.add(&a.Children[i], me)
	}
}

// id is the id of the i-th account.
func (t *tree) id(i int) string {
	if id := t.nodes[i].account.ID; id != "" {
		return id
	}
	return rootID
}

// find is the account with an id, the root for none; -1 if there is none.
func (t *tree) find(id string) int {
	if id == "" {
		return 0
	}
	for i := range t.nodes {
		if t.id(i) == id {
			return i
		}
	}
	return -1
}

// balance is a balance of an account, nil if there is none.
func (a *Account) balance(bucket, component string) *Balance {
	for i := range a.Balances {
		if b := &a.Balances[i]; b.Component == component && b.bucket() == bucket {
			return b
		}
	}
	return nil
}

// opened is a balance of an account, made last if it is not there.
func (a *Account) opened(bucket, component string) *Balance {
	if b := a.balance(bucket, component); b != nil {
		return b
	}
	a.Balances = append(a.Balances, Balance{Bucket: bucket, Component: component})
	return &a.Balances[len(a.Balances)-1]
}

// roll calls add for each account in whose totals a component of the i-th
// account counts, itself first.
func (t *tree) roll(i int, component string, add func(i int)) {
	for ; i >= 0; i = t.nodes[i].parent {
		add(i)
		rollsUp := t.nodes[i].account.RollsUp
		if rollsUp == RollsUpNone || rollsUp == RollsUpPrincipal && component != principalComponent {
			return
		}
	}
}

// clone is a copy of an account that shares nothing that a replay changes.
func (a *Account) clone() Account {
	c := *a
	c.Balances = append([]Balance(nil), a.Balances...)
	c.Children = nil
	for i := range a.Children {
		c.Children = append(c.Children, a.Children[i].clone())
	}
	return c
}

// post changes a balance as a delta says. What the balance does not say of its
// dues stays unsaid: it follows from the due date.
func (t *tree) post(d *Delta) {
	b := t.nodes[t.find(d.Account)].account.opened(d.Bucket, d.Component)
	b.Owed += d.Owed
	if due, ok := b.Due.Get(); ok {
		b.Due = Some(due + d.Due)
	}
	if pastDue, ok := b.PastDue.Get(); ok {
		b.PastDue = Some(pastDue + d.PastDue)
	}
}

// postReceipt changes the accounts as a receipt says.
func (t *tree) postReceipt(r *Receipt) {
	if r.Payment.ResetPastDue && len(r.Totals) > 0 {
		t.reset(t.find(r.Payment.Account), r.Payment.Date)
	}
	for i := range r.Deltas {
		t.post(&r.Deltas[i])
	}
	t.postMinimums(r.Totals)
	if r.State.Held {
		t.hold(r, 1)
	}
}

// reset makes the overdue part of an account's balances one that is given, so
// that what a receipt resets stays so.
func (t *tree) reset(i int, today Date) {
	a := t.nodes[i].account
	for j := range a.Balances {
		b := &a.Balances[j]
		if _, pastDue := b.dues(today); pastDue > 0 {
			b.PastDue = Some(pastDue)
		}
	}
}

// postMinimums changes what is still to be paid of the minimums, where it is
// given.
func (t *tree) postMinimums(totals []Total) {
	for i := range totals {
		if totals[i].MinimumDue == 0 {
			continue
		}
		a := t.nodes[t.find(totals[i].Account)].account
		if minimum, ok := a.MinimumDue.Get(); ok {
			a.MinimumDue = Some(minimum + totals[i].MinimumDue)
		}
	}
}

// hold adds what the lines of a receipt hold of available credit, times sign.
func (t *tree) hold(r *Receipt, sign Amount) {
	for i := range r.Lines {
		l := &r.Lines[i]
		t.roll(t.find(l.Account), l.Component, func(i int) {
			t.nodes[i].account.CreditHeld += sign * (l.Amount - l.Undone)
		})
	}
}

// postChange changes the accounts as a change of a receipt says; before is the
// receipt that it changed.
func (t *tree) postChange(before *Receipt, c *Change) {
	for i := range c.Deltas {
		t.post(&c.Deltas[i])
	}
	t.postMinimums(c.Totals)
	if before.State.Held {
		t.hold(before, -1)
	}
	if c.Receipt.State.Held {
		t.hold(&c.Receipt, 1)
	}
}
