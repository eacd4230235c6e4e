package spec

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/spillway/engine"
	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// TestDifferences holds a result by hand against expectations: those of one
// case are all as the result is, and each of the others differs in one figure.
func TestDifferences(t *testing.T) {
	warning := engine.Hit{Guardrail: "soft", Severity: rules.SeverityWarning, Message: "slow down", Ignored: true}
	applied := result{
		account: engine.Account{
			Balances: []engine.Balance{{Bucket: "high small.p", Component: "fees", Owed: 9_00}},
			Children: []engine.Account{{ID: "a/b", Balances: []engine.Balance{{Bucket: "main", Component: "p", Owed: 50_00}}}},
		},
		receipt: engine.Receipt{
			Warnings: []engine.Hit{warning},
			Fee:      engine.Some(engine.Fee{Amount: 50}),
			Charged:  20_50,
			Lines: []engine.Line{
				{Account: "account", Bucket: "high small.p", Component: "fees", Amount: 4_00},
				{Account: "a/b", Bucket: "main", Component: "p", Amount: 5_00, Ahead: 1_00},
				{Account: "a/b", Bucket: "main", Component: "p", Amount: 6_00, Ahead: 2_00},
			},
			Shares:    []engine.SharePart{{Account: "a/b", Amount: 11_00}},
			Unapplied: 5_00,
			Deltas: []engine.Delta{
				{Account: "account", Bucket: "high small.p", Component: "fees", Owed: -4_00},
				{Account: "account", Bucket: "credit", Component: "credit", Owed: -3_00},
				{Account: "a/b", Bucket: "main", Component: "p", Owed: -11_00, Due: -8_00, PastDue: -1},
			},
			Totals: []engine.Total{
				{Account: "account", Owed: -15_00, Due: -8_00, AvailableCredit: engine.Some[engine.Amount](15_00)},
			},
			Move: engine.Some(engine.Move{Amount: 20_50}),
		},
	}
	tests := []struct {
		result result
		expect string
		want   []string
	}{
		{applied, `{
			lines: {a/b/main.p: 11, high small.p.fees: 4.0}, shares: {a/b: 11, account: 0}, unapplied: 5, fee: 0.5,
			charged: 20.50, ahead: 3, move: {amount: 20.5}, warnings: [soft], messages: {soft: slow down},
			deltas: {
				high small.p.fees: {owed: -4, due: 0, past_due: 0}, credit.credit: {owed: -3, due: 0, past_due: 0},
				a/b/main.p: {owed: -11, due: -8, past_due: -0.01}},
			totals: {account: {owed: -15, due: -8, past_due: 0, minimum_due: 0, available_credit: 15}},
			balances: {high small.p.fees: 5, a/b/main.p: 39, credit.credit: -3}}`, nil},
		{applied, `{lines: {a/b/main.p: 10.99, main.q: 1}}`, []string{
			"lines: a/b/main.p: expected 10.99, got 11.00",
			"lines: main.q: expected 1.00, got nothing",
			"lines: high small.p.fees: expected nothing, got 4.00"}},
		{applied, `{shares: {}}`, []string{"shares: a/b: expected nothing, got 11.00"}},
		{applied, `{shares: {a/b: 11, c: 1}}`, []string{"shares: c: expected 1.00, got nothing"}},
		{applied, `{fee: 0}`, []string{"fee: expected 0.00, got 0.50"}},
		{applied, `{move: {}}`, []string{"move: amount: expected nothing, got 20.50"}},
		{applied, `{warnings: []}`, []string{"warnings: expected [], got [soft]"}},
		{applied, `{totals: {account: {owed: -15, due: -8, past_due: 0, minimum_due: 0}}}`,
			[]string{"totals: account: available_credit: expected nothing, got 15.00"}},
		{applied, `{refused: soft}`, []string{"outcome: expected refused, got applied"}},
		{result{err: refusal("hard", "soft")}, `{refused: [hard, soft], messages: {hard: no, soft: no}}`, nil},
		{result{err: refusal("hard")}, `{refused: GuardrailEvaluationException}`, nil},
		{result{err: refusal("hard", "soft")}, `{refused: hard}`, []string{"refused: expected [hard], got [hard, soft]"}},
		{result{err: &engine.Refusal{Type: engine.LeftoverRefusal}}, `{refused: [LeftoverRefused]}`, nil},
		{result{err: &engine.Refusal{Type: engine.LeftoverRefusal}}, `{refused: hard}`,
			[]string{"refused: expected [hard], got [LeftoverRefused]"}},
		{result{err: &engine.InputError{Field: "payment.type", Why: "unknown"}}, `{input_error: payment.type}`, nil},
		{result{err: &engine.InputError{Field: "payment.type", Why: "unknown"}}, `{input_error: payment.fee}`,
			[]string{"input_error: expected payment.fee, got payment.type"}},
		{result{err: &engine.RuleError{Rule: "by priority"}}, `{failed: by priority}`, nil},
		{result{err: &engine.InputError{Field: "payment.type", Why: "unknown"}}, `{unapplied: 0}`,
			[]string{"outcome: expected applied, got invalid (payment.type: unknown)"}},
	}
	for _, test := range tests {
		test.result.currency, _ = money.Lookup("USD")
		n, err := rules.ParseYAML("expect", []byte(test.expect))
		if err != nil {
			t.Fatal(err)
		}
		var l loader
		expect := l.expectations(n, test.result.currency)
		if err := l.mistakes.Err(); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range test.result.differences(expect) {
			got = append(got, d.String())
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.expect, diff)
		}
	}
}

func refusal(names ...string) *engine.Refusal {
	r := &engine.Refusal{Type: engine.GuardrailRefusal, Message: "no"}
	for _, name := range names {
		r.Hits = append(r.Hits, engine.Hit{Guardrail: name, Message: "no"})
	}
	return r
}
