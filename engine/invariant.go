package engine

import "example.com/spillway/rules"

// An Invariant is what a policy's author says holds after every payment that
// counts. Apply does not ask it.
type Invariant struct {
	Name  string
	Check string // the condition, as written
	Cite  string
	At    rules.Pos
}

// Invariants are those of the policy, in its order.
func (p *Policy) Invariants() []Invariant {
	var all []Invariant
	for i := range p.rules.Invariants {
		all = append(all, invariant(&p.rules.Invariants[i]))
	}
	return all
}

func invariant(i *rules.Invariant) Invariant {
	return Invariant{Name: i.Name, Check: i.Check.String(), Cite: i.Cite, At: i.At}
}

// Broken gives the policy's invariants that do not hold of a receipt: one that
// Apply gave for the account, which is the root of its tree as it was before.
// Those of the paid account's program are asked, and of a payment whose status
// is not counted none.
//
// The error is an [*InputError] if the receipt is not of the account, or a
// [*RuleError] if an invariant cannot be evaluated.
func (p *Policy) Broken(account Account, receipt Receipt) ([]Invariant, error) {
	if len(p.rules.Invariants) == 0 || !p.Counted(receipt.Payment.Status) {
		return nil, nil
	}
	after, err := account.after(&receipt)
	if err != nil {
		return nil, err
	}
	r := p.runs.Get().(*run)
	broken, err := r.broken(&account, &after, &receipt)
	r.forget()
	p.runs.Put(r)
	return broken, err
}

// broken lays both trees out in one frame, what was before first, and asks the
// invariants.
func (r *run) broken(before, after *Account, receipt *Receipt) ([]Invariant, error) {
	r.receipt, r.account, r.payment = receipt, before, &receipt.Payment
	if err := r.valid.validate(before, r.payment); err != nil {
		return nil, err
	}
	r.today = r.payment.Date
	size, err := r.layTrees(before, after)
	if err != nil {
		return nil, err
	}
	if err := r.layPayment(r.payment.Type); err != nil {
		return nil, err
	}
	if err := r.readSplit(); err != nil {
		return nil, err
	}
	r.showReceipt()
	r.frame.AtBefore(r.frame.Account(r.paid))
	r.frame.AtAccount(r.frame.Account(size + r.paid))
	return r.askInvariants()
}

// layTrees lays out two trees of the same accounts, and gives how many members
// the first has.
func (r *run) layTrees(before, after *Account) (size int, err error) {
	r.members, r.rows, r.fees, r.hits = r.members[:0], r.rows[:0], r.fees[:0], r.hits[:0]
	r.enrollTree(before, maxBalances)
	size = len(r.members)
	r.enrollTree(after, maxBalances+size*spareRows) // a payment may open two of each account
	r.room(len(r.members))
	if r.paid = r.find(r.payment.Account); r.paid < 0 {
		return 0, wrong("receipt.payment.account", "no account of the tree has the id %q", r.payment.Account)
	}
	for i := range r.members {
		if err := r.readAccount(i); err != nil {
			return 0, err
		}
	}
	r.link()
	r.minimums()
	return size, nil
}

// askInvariants gives those that do not hold.
func (r *run) askInvariants() (broken []Invariant, err error) {
	for i := range r.policy.rules.Invariants {
		invariantOf := &r.policy.rules.Invariants[i]
		if !invariantOf.Serves(r.members[r.paid].program) {
			continue
		}
		holds := invariantOf.Check.Bool(&r.frame)
		if err := r.ruleError(invariantOf.Name, invariantOf.At); err != nil {
			return nil, err
		}
		if !holds {
			broken = append(broken, invariant(invariantOf))
		}
	}
	return broken, nil
}

// after is the account as a receipt leaves it, with all dues written out.
func (a *Account) after(receipt *Receipt) (Account, error) {
	after := a.clone()
	t := treeOf(&after)
	for i := range receipt.Totals {
		if t.find(receipt.Totals[i].Account) < 0 {
			return Account{}, wrong("receipt", "is of another account: there is no account %q", receipt.Totals[i].Account)
		}
	}
	for i := range receipt.Deltas {
		if t.find(receipt.Deltas[i].Account) < 0 {
			return Account{}, wrong("receipt", "is of another account: there is no account %q", receipt.Deltas[i].Account)
		}
	}
	t.writeDues(receipt.Payment.Date)
	t.postReceipt(receipt)
	return after, nil
}

// writeDues writes out what follows from due dates, so that what a receipt adds
// is added to it.
func (t *tree) writeDues(today Date) {
	for i := range t.nodes {
		a := t.nodes[i].account
		var sum Amount
		for j := range a.Balances {
			b := &a.Balances[j]
			if b.isCredit() {
				continue
			}
			due, pastDue := b.dues(today)
			b.Due, b.PastDue = Some(due), Some(pastDue)
			sum += due
		}
		a.MinimumDue = Some(a.MinimumDue.Or(sum))
	}
}
