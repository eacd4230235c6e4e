package enginetest

import (
	"fmt"

	"example.com/spillway/engine"
)

var treePromises = []Promise{
	{
		"roll-up", "an account's totals change by its own deltas and what rolls up to it",
		"engine.Policy.Apply", ofReceipt(rollsUp),
	},
	{
		"splits sum", "what an account is handed is what it is paid and what it hands on, at every level",
		"split.Sharer.Among", ofReceipt(splitsSum),
	},
	{
		"shares fit", "a split hands nobody more than it and all below it owe",
		"split.Sharer.Among", ofReceipt(sharesFit),
	},
	{
		"available credit", "with a status that frees credit, it grows by what is owed less",
		"docs/policy.md, statuses", ofReceipt(creditIsFreed),
	},
	{
		"minimum due", "an account's minimum due falls by its own lines, those that count: not aside, down to 0",
		"docs/policy.md, what counts as due", ofReceipt(minimumFalls),
	},
	{
		"tree order", "deltas and totals come in the order of the tree, each account's ancestors among them",
		"engine.Receipt", ofReceipt(inTreeOrder),
	},
}

func rollsUp(d *Decision, r *engine.Receipt) error {
	return rollUp{r.Deltas, r.Totals}.of(&d.Account)
}

// A rollUp holds totals to the deltas that they come of.
type rollUp struct {
	deltas []engine.Delta
	totals []engine.Total
}

// of compares a whole tree.
func (u rollUp) of(root *engine.Account) error {
	got := map[string]standing{}
	for i := range u.totals {
		t := &u.totals[i]
		got[t.Account] = standing{t.Owed, t.Due, t.PastDue}
	}
	_, _, err := u.rolled(root, got)
	return err
}

// plus adds a delta.
func (s standing) plus(o standing) standing {
	return standing{s.owed + o.owed, s.due + o.due, s.pastDue + o.pastDue}
}

// rolled adds up how an account changed, in all and in principal, and compares
// it and those below with what the receipt says.
func (u rollUp) rolled(a *engine.Account, got map[string]standing) (all, principal standing, err error) {
	for i := range u.deltas {
		delta := &u.deltas[i]
		if delta.Account != nameOf(a) {
			continue
		}
		change := standing{delta.Owed, delta.Due, delta.PastDue}
		all = all.plus(change)
		if delta.Component == "principal" {
			principal = principal.plus(change)
		}
	}
	for i := range a.Children {
		child := &a.Children[i]
		below, principalBelow, err := u.rolled(child, got)
		if err != nil {
			return all, principal, err
		}
		switch child.RollsUp {
		case engine.RollsUpAll:
			all, principal = all.plus(below), principal.plus(principalBelow)
		case engine.RollsUpPrincipal:
			all, principal = all.plus(principalBelow), principal.plus(principalBelow)
		}
	}
	if got[nameOf(a)] != all {
		err = fmt.Errorf("the totals of %s change by %v, what rolls up to it by %v", nameOf(a), got[nameOf(a)], all)
	}
	return all, principal, err
}

// splitsSum compares what a split hands to accounts with what comes of it. By
// hand, and of percentages, nothing is handed on.
func splitsSum(d *Decision, r *engine.Receipt) error {
	if len(r.Shares) == 0 || r.Unapplied > 0 {
		return nil
	}
	handed := map[string]engine.Amount{}
	for i := range r.Shares {
		if r.Shares[i].Amount <= 0 {
			return fmt.Errorf("share %d is %s", i, d.text(r.Shares[i].Amount))
		}
		handed[r.Shares[i].Account] += r.Shares[i].Amount
	}
	used := map[string]engine.Amount{}
	for i := range r.Lines {
		used[r.Lines[i].Account] += r.Lines[i].Amount
	}
	for _, e := range fee(r).Each {
		if fromPayment(r) > 0 {
			used[e.Account] += e.Amount
		}
	}
	paid := r.Payment.Account
	for _, a := range accounts(&d.Account) {
		sum := engine.Amount(0)
		for _, below := range accounts(a) {
			sum += used[nameOf(below)]
		}
		if nameOf(a) == paid || handed[nameOf(a)] == 0 || mixed(r) {
			continue
		}
		if sum != handed[nameOf(a)] {
			return fmt.Errorf("%s is handed %s, and %s of it is used", nameOf(a), d.text(handed[nameOf(a)]), d.text(sum))
		}
	}
	return nil
}

// sharesFit looks at shares by the policy: amounts that a payment brings may be
// anything.
func sharesFit(d *Decision, r *engine.Receipt) error {
	handed := map[string]engine.Amount{}
	for i := range r.Shares {
		if r.Shares[i].Split != "" {
			handed[r.Shares[i].Account] += r.Shares[i].Amount
		}
	}
	room := map[string]engine.Amount{}
	for at, s := range standings(&d.Account, d.Payment.Date) {
		room[at.account] += max(0, s.owed)
	}
	for _, c := range r.Charges {
		room[c.Account] += c.Amount
	}
	for _, a := range accounts(&d.Account) {
		sum := engine.Amount(0)
		for _, below := range accounts(a) {
			sum += room[nameOf(below)]
		}
		if handed[nameOf(a)] > sum {
			return fmt.Errorf("%s is handed %s, and it owes %s with all below it", nameOf(a), d.text(handed[nameOf(a)]), d.text(sum))
		}
	}
	return nil
}

func creditIsFreed(d *Decision, r *engine.Receipt) error {
	if !d.Policy.Rules().FreesCredit.Has(d.Payment.Status) {
		return nil
	}
	for i := range r.Totals {
		t := &r.Totals[i]
		if available, ok := t.AvailableCredit.Get(); ok && available != -t.Owed {
			return fmt.Errorf("%s owes %s more, and its available credit changes by %s", t.Account, d.text(t.Owed), d.text(available))
		}
	}
	return nil
}

// mixed says whether accounts may pay their fees in different ways.
func mixed(r *engine.Receipt) bool { return len(fee(r).Each) > 1 }

func minimumFalls(d *Decision, r *engine.Receipt) error {
	lines := map[string]engine.Amount{}
	for i := range r.Lines {
		if !r.Lines[i].KeepsDue {
			lines[r.Lines[i].Account] += r.Lines[i].Amount
		}
	}
	stands := standings(&d.Account, d.Payment.Date)
	for _, a := range accounts(&d.Account) {
		minimum, given := a.MinimumDue.Get()
		for at, s := range stands {
			if !given && at.account == nameOf(a) {
				minimum += s.due
			}
		}
		for i := range r.Totals {
			t := &r.Totals[i]
			if want := -min(minimum, lines[nameOf(a)]); t.Account == nameOf(a) && t.MinimumDue != want {
				return fmt.Errorf("the minimum due of %s, %s, changes by %s, not %s", t.Account, d.text(minimum), d.text(t.MinimumDue), d.text(want))
			}
		}
	}
	return nil
}

func inTreeOrder(d *Decision, r *engine.Receipt) error {
	position := map[string]int{}
	parent := map[string]string{}
	for i, a := range accounts(&d.Account) {
		position[nameOf(a)] = i
		for j := range a.Children {
			parent[a.Children[j].ID] = nameOf(a)
		}
	}
	changed := map[string]bool{}
	for i := range r.Totals {
		changed[r.Totals[i].Account] = true
		if i > 0 && position[r.Totals[i].Account] <= position[r.Totals[i-1].Account] {
			return fmt.Errorf("the totals of %s come after those of %s", r.Totals[i].Account, r.Totals[i-1].Account)
		}
	}
	for i := range r.Deltas {
		if i > 0 && position[r.Deltas[i].Account] < position[r.Deltas[i-1].Account] {
			return fmt.Errorf("the deltas of %s come after those of %s", r.Deltas[i].Account, r.Deltas[i-1].Account)
		}
		for at := r.Deltas[i].Account; at != ""; at = parent[at] {
			if !changed[at] {
				return fmt.Errorf("%s changes, and there are no totals of %s", r.Deltas[i].Account, at)
			}
		}
	}
	return nil
}
