package engine

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/spillway/money"
	"example.com/spillway/rules"
)

func TestAppendAnswer(t *testing.T) {
	currency, _ := money.Lookup("USD")
	at := rules.Pos{File: "card.yaml", Line: 20, Col: 9}
	hit := Hit{"x", rules.SeverityWarning, "Fee <above>", "C.R.S.", at, true}
	receipt := Receipt{
		Policy:   PolicyID{"consumer_card", "2024-07", "sha256:00"},
		Payment:  Payment{ID: "1", Amount: 100_00, Date: 738_000, Type: "regular", Account: "loc-35", Mode: Process, Method: "card"},
		Warnings: []Hit{hit},
		Fee: Some(Fee{Schedule: "card_fee", Type: Lesser, Amount: 5_00,
			Each: []AccountFee{{"loc-36", 5_00}}}),
		Charged: 105_00,
		Lines: []Line{{Account: "loc-35", Bucket: "purchases", Component: "interest", Amount: 21_00, Due: 21_00,
			Waterfall: "card_act", Tier: "minimum", At: at}},
		Shares:    []SharePart{{"loc-36", 75_00, "by_due", "dues"}},
		Unapplied: 4_00,
		Deltas:    []Delta{{"loc-35", "purchases", "interest", -21_00, -21_00, 0}},
		Totals:    []Total{{"loc-35", -21_00, -21_00, 0, -21_00, Some[Amount](21_00)}},
		Move:      Some(Move{105_00, "card"}),
		currency:  currency,
	}
	const applied = `{"outcome":"applied","id":"1","policy":{"name":"consumer_card","version":"2024-07","digest":"sha256:00"},` +
		`"payment":{"id":"1","amount":"100.00","date":"2021-07-29","type":"regular","account":"loc-35","status":"active","mode":"process","method":"card"},` +
		`"warnings":[{"guardrail":"x","severity":"warning","message":"Fee <above>","cite":"C.R.S.","at":"card.yaml:20:9","ignored":true}],` +
		`"fee":{"schedule":"card_fee","type":"lesser","amount":"5.00","collect":"on_top","each":[{"account":"loc-36","amount":"5.00"}]},` +
		`"charged":"105.00",` +
		`"lines":[{"account":"loc-35","bucket":"purchases","component":"interest","amount":"21.00","due":"21.00","ahead":"0.00","waterfall":"card_act","tier":"minimum","at":"card.yaml:20:9"}],` +
		`"shares":[{"account":"loc-36","amount":"75.00","split":"by_due","tier":"dues"}],` +
		`"unapplied":"4.00",` +
		`"deltas":[{"account":"loc-35","bucket":"purchases","component":"interest","owed":"-21.00","due":"-21.00","past_due":"0.00"}],` +
		`"totals":[{"account":"loc-35","owed":"-21.00","due":"-21.00","past_due":"0.00","minimum_due":"-21.00","available_credit":"21.00"}],` +
		`"move":{"amount":"105.00","method":"card"},` +
		`"digest":"sha256:3a805f277f515375c95d10cc8ef7c21cf1bb7f52bfea6254fdaa903d18e5f200"}`
	tests := []struct {
		name, id string
		receipt  *Receipt
		err      error
		want     string
	}{
		{"applied", "1", &receipt, nil, applied},
		{"refused", "1", nil,
			&Refusal{Type: GuardrailRefusal, Code: 409, Hits: []Hit{hit}, Warnings: []string{"a \"b\"", "c"}},
			`{"outcome":"refused","id":"1","error":{"message":"","type":"GuardrailEvaluationException","code":409},` +
				`"hits":[{"guardrail":"x","severity":"warning","message":"Fee <above>","cite":"C.R.S.","at":"card.yaml:20:9","ignored":true}],` +
				`"warnings":["a \"b\"","c"]}`},
		{"invalid", "", nil, &InputError{"account.balances[0].owed", "missing"},
			`{"outcome":"invalid","error":{"type":"InputError","path":"account.balances[0].owed","message":"missing"}}`},
		{"failed", "1", nil, &RuleError{"pay_to_pay", at, "division by zero"},
			`{"outcome":"failed","id":"1","error":{"type":"RuleError","rule":"pay_to_pay","at":"card.yaml:20:9","message":"division by zero"}}`},
		{"a fault of ours", "", nil, errors.New("does not balance"),
			`{"outcome":"failed","error":{"type":"InternalError","message":"does not balance"}}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := AppendAnswer([]byte("before "), test.id, test.receipt, test.err)
			if diff := cmp.Diff("before "+test.want, string(got)); diff != "" {
				t.Error(diff)
			}
			if !json.Valid(got[len("before "):]) {
				t.Error("not JSON")
			}
		})
	}
}

func TestAppendingAReceiptAllocatesNothing(t *testing.T) {
	currency, _ := money.Lookup("USD")
	account, payment := sound()
	receipt := Receipt{Payment: payment, currency: currency}
	buf := make([]byte, 0, 4096)
	allocs := testing.AllocsPerRun(100, func() {
		buf = receipt.AppendJSON(buf[:0])
		buf = account.AppendJSON(buf[:0], currency)
	})
	if allocs != 0 {
		t.Errorf("AppendJSON allocates %v times, want none", allocs)
	}
}

func TestLogValue(t *testing.T) {
	currency, _ := money.Lookup("USD")
	var out bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{ReplaceAttr: withoutTime}))
	logger.Info("paid", "receipt", &Receipt{
		Policy:   PolicyID{Name: "card", Version: "1"},
		Payment:  Payment{ID: "p-1", Account: "a", Amount: 10_00},
		Charged:  10_50,
		currency: currency,
	})
	logger.Info("turned away", "refusal", &Refusal{Type: LeftoverRefusal, Code: 409, Message: "no"})
	const want = "level=INFO msg=paid receipt.id=p-1 receipt.policy=card receipt.version=1 receipt.account=a " +
		"receipt.amount=10.00 receipt.charged=10.50 receipt.unapplied=0.00 receipt.lines=0 receipt.warnings=0\n" +
		"level=INFO msg=\"turned away\" refusal.type=LeftoverRefused refusal.code=409 refusal.message=no refusal.hits=0\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func withoutTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}
