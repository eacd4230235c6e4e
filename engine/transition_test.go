package engine_test

import (
	"errors"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// faultyPolicy refuses some transitions, and does not count pending payments.
var faultyPolicy = mustLoad(`
policy: faulty
currency: USD
statuses: {counted: [active, settled]}
payment_types: [{name: regular, waterfall: w}]
waterfalls: [{name: w, leftover: credit, tiers: [{tier: all, order: [{component: [interest, principal]}]}]}]
guardrails:
  - {name: late_return, actions: [return], from: 2024-03-01, forbid: account.owed > 50, message: "{{account.owed}} of {{payment.amount}} {{payment.status}}"}
  - {name: careful, actions: [charge_back], severity: warning, forbid: "true", message: careful}
  - {name: sees_lines, actions: [reverse], stage: result, severity: notice, forbid: 'paid("interest") > 0', message: "{{paid()}}"}
`)

func TestTransitionFaults(t *testing.T) {
	account := engine.Account{Balances: []engine.Balance{{Component: "principal", Owed: 90_00}, {Component: "interest", Owed: 8_00}}}
	receipt := func(status engine.Status, amount engine.Amount) engine.Receipt {
		r, err := faultyPolicy.Apply(account, engine.Payment{ID: "a", Amount: amount, Date: 738_000, Status: status})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	after := engine.Account{Balances: []engine.Balance{{Component: "principal", Owed: 68_00}, {Component: "interest"}}}
	settled, overpaid, pending := receipt(engine.Settled, 30_00), receipt(engine.Active, 100_00), receipt(engine.Pending, 30_00)
	altered := settled
	altered.Lines = append([]engine.Line(nil), settled.Lines...)
	altered.Lines[0].Amount++
	shifted := settled
	shifted.Deltas = settled.Deltas[1:]
	march, _ := rules.ParseDate("2024-03-01")
	for _, test := range []struct {
		name    string
		receipt engine.Receipt
		ask     engine.Transition
		want    string
	}{
		{"a status that it has", settled, engine.Transition{Status: engine.Settled}, "twice"},
		{"from settled to voided", settled, engine.Transition{Status: engine.Voided}, "illegal"},
		{"part of a settlement", pending, engine.Transition{Status: engine.Voided, Amount: engine.Some[engine.Amount](1)}, "illegal"},
		{"more than it was", settled, engine.Transition{Status: engine.Reversed, Amount: engine.Some[engine.Amount](30_01)}, "too_much"},
		{"from one that does not count to one that does", pending, engine.Transition{Status: engine.Settled}, "uncounted"},
		{"an altered line", altered, engine.Transition{Status: engine.Reversed}, "altered"},
		{"a delta that is missing", shifted, engine.Transition{Status: engine.Reversed}, "altered"},
		{"a guardrail", settled, engine.Transition{Status: engine.Returned, Date: march}, "prevented"},
		{"a warning", settled, engine.Transition{Status: engine.ChargedBack}, "prevented"},
		{"credit that is gone", overpaid, engine.Transition{Status: engine.Reversed}, "credit_used"},
		{"a guardrail that is not in force yet", settled, engine.Transition{Status: engine.Returned}, ""},
		{"a warning that is ignored", settled, engine.Transition{Status: engine.ChargedBack, IgnoreGuardrails: true}, ""},
		{"a notice that sees the lines", settled, engine.Transition{Status: engine.Reversed}, ""},
		{"uncounted to uncounted", pending, engine.Transition{Status: engine.Voided}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.ask.Date == 0 {
				test.ask.Date = 738_001
			}
			_, err := faultyPolicy.Transition(after, test.receipt, test.ask)
			var refused *engine.TransitionError
			got := ""
			if errors.As(err, &refused) {
				got = refused.Fault.String()
				if refused.Refusal.Type != engine.TransitionRefusal {
					t.Errorf("the refusal is of type %q", refused.Refusal.Type)
				}
			} else if err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("Transition = %v, want fault %q", err, test.want)
			}
		})
	}
}

// TestAChangeSaysWhatItDid asks for one whole change.
func TestAChangeSaysWhatItDid(t *testing.T) {
	account := engine.Account{CreditLimit: engine.Some[engine.Amount](100_00), Balances: []engine.Balance{
		{Bucket: "main", Component: "principal", Owed: 90_00}, {Bucket: "main", Component: "interest", Owed: 8_00}}}
	receipt, err := faultyPolicy.Apply(account, engine.Payment{ID: "a", Amount: 30_00, Date: 738_000})
	if err != nil {
		t.Fatal(err)
	}
	account.Balances[0].Owed, account.Balances[1].Owed = 68_00, 0
	change, err := faultyPolicy.Transition(account, receipt, engine.Transition{
		Status: engine.Reversed, Amount: engine.Some[engine.Amount](24_00), Reason: "nsf", Date: 738_002})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"outcome":"changed","id":"a","nth":1,"phase":"reversed","reason":"nsf","date":"2021-07-31","amount":"24.00","unapplied":"0.00",` +
		`"warnings":[{"guardrail":"sees_lines","severity":"notice","message":"30.00","cite":"","at":"drawn.yaml:10:5","ignored":false}],` +
		`"deltas":[{"account":"account","bucket":"main","component":"principal","owed":"22.00","due":"22.00","past_due":"0.00"},` +
		`{"account":"account","bucket":"main","component":"interest","owed":"2.00","due":"2.00","past_due":"0.00"}],` +
		`"totals":[{"account":"account","owed":"24.00","due":"24.00","past_due":"0.00","minimum_due":"24.00","available_credit":"-24.00"}],"receipt":`
	got := string(change.AppendJSON(nil))
	if diff := cmp.Diff(want, got[:min(len(want), len(got))]); diff != "" {
		t.Error(diff)
	}
	if now := change.Receipt; now.Payment.Status != engine.Active || now.State.Undone != 24_00 || receipt.State.Undone != 0 {
		t.Errorf("the receipt is %v with %v undone, the one before has %v", now.Payment.Status, now.State.Undone, receipt.State.Undone)
	}
}

func TestLoadSet(t *testing.T) {
	const policy = "policy: p\nversion: \"1\"\ncurrency: USD\npayment_types: [{name: a, waterfall: w}]\nwaterfalls: [{name: w, tiers: [{tier: t}]}]\n"
	files := fstest.MapFS{
		"old.yaml":   {Data: []byte(policy)},
		"new.yaml":   {Data: []byte(policy + "override: warnings\n")},
		"yen.yaml":   {Data: []byte("policy: p\ncurrency: JPY\npayment_types: [{name: a, waterfall: w}]\nwaterfalls: [{name: w, tiers: [{tier: t}]}]\n")},
		"set.yaml":   {Data: []byte("policies:\n  - {use: old.yaml}\n  - {from: 2024-07-01, use: new.yaml}\n")},
		"wrong.yaml": {Data: []byte("policies:\n  - {from: 2024-07-01, use: old.yaml}\n  - {from: 2024-07-01, uses: new.yaml}\n  - {from: 2025-01-01, use: yen.yaml}\n  - {from: 2026-01-01, use: none.yaml}\n")},
	}
	set, err := engine.LoadSet(files, "set.yaml")
	if err != nil {
		t.Fatal(err)
	}
	june, _ := rules.ParseDate("2024-06-30")
	if set.On(june).ID() == set.On(june+1).ID() {
		t.Error("one policy is in force before and from 2024-07-01")
	}
	_, err = engine.LoadSet(files, "wrong.yaml")
	var mistakes rules.Errors
	if !errors.As(err, &mistakes) || len(mistakes) != 5 {
		t.Errorf("LoadSet = %v, want 5 mistakes", err)
	}
	if alone, err := engine.LoadSet(files, "old.yaml"); err != nil || alone.On(1) == nil {
		t.Errorf("a policy is no set of one: %v", err)
	}
}
