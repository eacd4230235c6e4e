package engine_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/prop"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

const invariantPolicy = `policy: held
currency: USD
facts: {account: {word: string}}
payment_types: [{name: regular, waterfall: w}]
waterfalls: [{name: w, leftover: credit, tiers: [{tier: a, order: [{component: [escrow, interest]}]}]}]
invariants:
  - {name: escrow waits, check: paid("escrow") == 0 or account.unpaid("interest") == 0, cite: the note}
  - {name: words, check: account.facts.word == "x", programs: [words]}
`

func TestBroken(t *testing.T) {
	policy, err := engine.Load(fstest.MapFS{"p.yaml": {Data: []byte(invariantPolicy)}}, "p.yaml")
	if err != nil {
		t.Fatal(err)
	}
	account := engine.Account{Balances: []engine.Balance{{Component: "escrow", Owed: 30_00}, {Component: "interest", Owed: 10_00}}}
	payment := engine.Payment{Amount: 35_00, Date: 738_900}
	receipt, err := policy.Apply(account, payment)
	if err != nil {
		t.Fatal(err)
	}
	broken, err := policy.Broken(account, receipt)
	want := []engine.Invariant{{
		Name: "escrow waits", Check: `paid("escrow") == 0 or account.unpaid("interest") == 0`, Cite: "the note", At: rules.Pos{File: "p.yaml", Line: 7, Col: 5},
	}}
	if diff := cmp.Diff(want, broken); diff != "" || err != nil {
		t.Errorf("Broken: %v\n%s", err, diff)
	}
	if all := policy.Invariants(); len(all) != 2 || all[0] != want[0] {
		t.Errorf("Invariants() = %v", all)
	}

	account.Program = "words"
	var rule *engine.RuleError
	if _, err := policy.Broken(account, receipt); !errors.As(err, &rule) || rule.Rule != "words" {
		t.Errorf("of a word that is missing: %v, want a *RuleError of words", err)
	}
	var input *engine.InputError
	if _, err := policy.Broken(engine.Account{ID: "other"}, receipt); !errors.As(err, &input) {
		t.Errorf("of another account: %v, want an *InputError", err)
	}
}

// An account of as many balances as there may be has one more after a payment that
// leaves credit.
func TestBrokenOfTheLargestAccount(t *testing.T) {
	policy, err := engine.Load(fstest.MapFS{"p.yaml": {Data: []byte(`policy: full
currency: USD
payment_types: [{name: regular, waterfall: w}]
waterfalls: [{name: w, leftover: credit, tiers: [{tier: a}]}]
invariants:
  - {name: credits, check: 'any(account.balances, .owed < 0)'}
  - {name: none before, check: 'none(before.balances, .owed < 0)'}
`)}}, "p.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var account engine.Account
	for i := range 10_000 {
		account.Balances = append(account.Balances, engine.Balance{Bucket: fmt.Sprint(i), Component: "principal", Owed: 1})
	}
	receipt, err := policy.Apply(account, engine.Payment{Amount: 200_00, Date: 738_900})
	if err != nil {
		t.Fatal(err)
	}
	if broken, err := policy.Broken(account, receipt); len(broken) > 0 || err != nil {
		t.Errorf("Broken = %v, %v, want none", broken, err)
	}
}

// TestInvariantsSeeWhatTheReceiptSays holds what invariants see, before and
// after drawn payments, to the totals of the receipts.
func TestInvariantsSeeWhatTheReceiptSays(t *testing.T) {
	seen := 0
	holds := func(c drawnCase) bool {
		receipt, err := drawnPolicy.Apply(c.Account, c.Payment)
		if err != nil {
			return true
		}
		for _, total := range receipt.Totals {
			if total.Account == receipt.Payment.Account {
				seen++
				return len(brokenOf(c, receipt, changes(total))) == 0
			}
		}
		return len(brokenOf(c, receipt, changes(engine.Total{}))) == 0
	}
	properties := gopter.NewProperties(gopter.DefaultTestParameters())
	properties.Property("totals change as the receipt says", prop.ForAll(holds, drawCase))
	properties.TestingRun(t)
	if seen < 20 {
		t.Errorf("%d receipts changed anything", seen)
	}
}

// changes is the condition that totals changed so.
func changes(by engine.Total) string {
	usd := drawnPolicy.Currency()
	check := ""
	for _, of := range []struct {
		field string
		by    engine.Amount
	}{
		{"owed", by.Owed}, {"due", by.Due}, {"past_due", by.PastDue}, {"minimum_due", by.MinimumDue},
	} {
		check += fmt.Sprintf("account.%[1]s - before.%[1]s == %[2]s && ", of.field, usd.Format(of.by))
	}
	if credit, ok := by.AvailableCredit.Get(); ok {
		check += "account.available_credit - before.available_credit == " + usd.Format(credit) + " && "
	}
	return check + "account.unpaid() <= before.unpaid() + fee.amount"
}

// brokenOf asks one invariant of a receipt.
func brokenOf(c drawnCase, receipt engine.Receipt, check string) []engine.Invariant {
	policy := mustLoad(drawnText + "invariants: [{name: changes, check: \"" + check + "\"}]\n")
	broken, err := policy.Broken(c.Account, receipt)
	if err != nil {
		panic(err)
	}
	return broken
}
