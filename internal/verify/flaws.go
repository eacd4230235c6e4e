package verify

import (
	"errors"
	"fmt"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// fees finds a fee of the policy's own terms that is more than the payment.
func (v *verifier) fees(t *Trial) []Finding {
	if _, given := t.Payment.Fee.Get(); given || t.Payment.IgnoreGuardrails {
		return nil
	}
	var refusal *engine.Refusal
	if errors.As(t.Err, &refusal) && refusal.Type == engine.FeeRefusal {
		f := Finding{Kind: Flaw, Name: "a fee exceeds the payment", Says: refusal.Message + ": the payment is refused"}
		if only := v.onlyFromPayment(); only != nil {
			f.Name, f.At = feeName(only.Name), only.At
		}
		return []Finding{f}
	}
	fee, ok := t.Receipt.Fee.Get()
	if !t.applied(v.rules) || !ok || fee.Schedule == "" || fee.Amount <= t.Payment.Amount {
		return nil
	}
	return []Finding{{
		Kind: Flaw, Name: feeName(fee.Schedule), At: fee.At,
		Says: fmt.Sprintf("the fee is %s, the payment only %s, and no guardrail stops it", v.money(fee.Amount), v.money(t.Payment.Amount)),
	}}
}

func feeName(schedule string) string { return fmt.Sprintf("fee %q exceeds the payment", schedule) }

// onlyFromPayment is the one schedule that is collected from payments, nil if
// there are several.
func (v *verifier) onlyFromPayment() (only *rules.Fee) {
	for i := range v.rules.Fees {
		f := &v.rules.Fees[i]
		if f.Collect == rules.FromPayment && only != nil {
			return nil
		}
		if f.Collect == rules.FromPayment {
			only = f
		}
	}
	return only
}

// starved finds a child that gets nothing of a split although there is enough
// for all. Where the host's own facts keep it out, it is meant to be.
func (v *verifier) starved(t *Trial) []Finding {
	terms, ok := t.Payment.Split.Get()
	if !ok || terms.Type == "" || !t.applied(v.rules) {
		return nil
	}
	paid := find(&t.Account, t.Payment.Account)
	child := v.hungry(t, paid)
	if child == nil {
		return nil
	}
	s := v.split(terms.Type, t)
	bare := withoutFacts(child)
	again := v.try(replaced(t.Account, bare), t.Payment)
	if again.Err != nil || v.gets(&again, bare.ID) > 0 {
		return nil
	}
	return []Finding{{
		Kind: Flaw, Name: fmt.Sprintf("split %q starves a child", s.Name), At: s.At,
		Says: fmt.Sprintf("%s owes %s and gets nothing, with %s to share and %s owed by all children",
			child.ID, v.money(allOwed(child)), v.money(reaches(t)), v.money(allOwed(paid)-ownOwed(paid))),
	}}
}

// hungry is a child of the paid account that owes and gets nothing, while
// another gets some and there is enough for all; nil if there is none.
func (v *verifier) hungry(t *Trial, paid *engine.Account) (child *engine.Account) {
	owes := allOwed
	if terms, _ := t.Payment.Split.Get(); len(v.split(terms.Type, t).Percentages) > 0 {
		owes = ownOwed // a child takes what its own balances owe
	}
	if reaches(t) < allOwed(paid) {
		return nil
	}
	fed := false
	for i := range paid.Children {
		c := &paid.Children[i]
		got := v.gets(t, c.ID)
		fed = fed || got > 0
		if got == 0 && owes(c) > 0 && child == nil {
			child = c
		}
	}
	if !fed {
		return nil
	}
	return child
}

// gets is what an account, and all below it, is handed.
func (v *verifier) gets(t *Trial, id string) (sum engine.Amount) {
	child := find(&t.Account, id)
	for i := range t.Receipt.Shares {
		if share := &t.Receipt.Shares[i]; find(child, share.Account) != nil {
			sum += share.Amount
		}
	}
	return sum
}

// split is the one that a payment was shared by.
func (v *verifier) split(name string, t *Trial) *rules.Split {
	for i := range t.Receipt.Shares {
		name = t.Receipt.Shares[i].Split
	}
	for i := range v.rules.Splits {
		if s := &v.rules.Splits[i]; s.Name == name {
			return s
		}
	}
	return &rules.Split{Entry: rules.Entry{Name: name}}
}

// withoutFacts is an account as if the host had no fields of its own.
func withoutFacts(a *engine.Account) engine.Account {
	bare := *a
	bare.Facts = nil
	bare.Balances = append([]engine.Balance(nil), a.Balances...)
	for i := range bare.Balances {
		bare.Balances[i].Facts = nil
	}
	bare.Children = nil
	for i := range a.Children {
		bare.Children = append(bare.Children, withoutFacts(&a.Children[i]))
	}
	return bare
}

// replaced is a tree with another account in place of the one of its id.
func replaced(root, by engine.Account) engine.Account {
	if root.ID == by.ID {
		return by
	}
	children := root.Children
	root.Children = nil
	for i := range children {
		root.Children = append(root.Children, replaced(children[i], by))
	}
	return root
}
