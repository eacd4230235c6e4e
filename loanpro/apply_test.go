package loanpro

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

const policyText = `
policy: loans
version: "1"
currency: USD
facts: {payment: {custom_38: string, custom_39: number, processor_key: {type: string, default: ""}}}
payment_types:
  - {name: regular, id: 1, waterfall: regular}
waterfalls:
  - name: regular
    tiers:
      - {tier: due, take: due, order: [{component: [fees, interest, principal]}]}
      - {tier: principal, where: balance.component == "principal"}
fees:
  - {name: convenience_fee, type: waive, terms: payment}
guardrails:
  - name: warns
    forbid: payment.amount > 1000
    severity: warning
    message: "<p>CARD Act Warning: This is a configurable warning message.</p>"
  - name: prevents
    forbid: payment.amount > 2000
    message: "CARD Act Compliance: This is a configurable error message."
`

func TestApplySeeds(t *testing.T) {
	policy := loaded(t, policyText)
	tests := []struct{ file, account, lines, fee, charged, move string }{
		{"line_process.json", "account_line_35.json", "35 interest 1.89, 35 principal 0.50", "0.00", "2.39", "2.39"},
		{"line_log.json", "account_line_17.json", "17 fees 25.00, 17 interest 13.38, 17 principal 60.00, 17 principal 100.00", "0.00", "198.38", ""},
		{"loan_process.json", "account_loan_515.json", "515 interest 3.20, 515 principal 4.00, 515 principal 2.80", "0.50", "10.50", "10.50"},
		{"first_log.json", "account_loan_9.json", "9 principal 40.00", "0.00", "40.00", ""},
		{"first_process.json", "account_loan_9.json", "9 principal 40.00", "0.00", "40.00", "40.00"},
	}
	for _, test := range tests {
		requests, err := Read(file(t, test.file), policy.Currency())
		if err != nil {
			t.Fatal(err)
		}
		receipt, err := requests[0].Apply(policy, account(t, test.account))
		if err != nil {
			t.Errorf("%s: %v", test.file, err)
			continue
		}
		var lines []string
		for _, l := range receipt.Lines {
			lines = append(lines, l.Account+" "+l.Component+" "+usd().Format(l.Amount))
		}
		fee, move := "", ""
		if f, ok := receipt.Fee.Get(); ok {
			fee = usd().Format(f.Amount)
		}
		if m, ok := receipt.Move.Get(); ok {
			move = usd().Format(m.Amount)
		}
		got := []string{strings.Join(lines, ", "), fee, usd().Format(receipt.Charged), move}
		if diff := cmp.Diff([]string{test.lines, test.fee, test.charged, test.move}, got); diff != "" {
			t.Errorf("%s: %s", test.file, diff)
		}
	}
}

// An account without an id is the one that the request names; one with another
// id is not, unless an account below it is.
func TestApplyFindsTheAccount(t *testing.T) {
	policy := loaded(t, policyText)
	request := `{"entityType": "Entity.LineOfCredit", "entityId": 35, "amount": 10, "applyDate": "2024-07-15",
		"status": "lineOfCredit.transactionStatus.active"}`
	requests, err := Read([]byte(request), usd())
	if err != nil {
		t.Fatal(err)
	}
	owing := []engine.Balance{{Component: "principal", Owed: 100_00}}
	tests := []struct {
		account engine.Account
		paid    string
	}{
		{engine.Account{Balances: owing}, "35"},
		{engine.Account{ID: "35", Balances: owing}, "35"},
		{engine.Account{ID: "1", Children: []engine.Account{{ID: "35", Balances: owing}}}, "35"},
		{engine.Account{Children: []engine.Account{{ID: "35", Balances: owing}}}, "35"},
		{engine.Account{ID: "loc-17", Balances: owing}, ""},
	}
	for _, test := range tests {
		receipt, err := requests[0].Apply(policy, test.account)
		if test.paid == "" {
			if got := fault(t, request, err); got.Field != "entityId" || got.Why != `is 35, but the account given is "loc-17"` {
				t.Errorf("fails with %v", err)
			}
			continue
		}
		if err != nil || len(receipt.Lines) != 1 || receipt.Lines[0].Account != test.paid {
			t.Errorf("Apply(%+v) = %+v, %v, want a line of %s", test.account, receipt.Lines, err, test.paid)
		}
	}
}

// What the engine finds wrong with a payment is named as in the request.
func TestApplyNamesTheFieldAtFault(t *testing.T) {
	policy := loaded(t, policyText)
	noTerms := loaded(t, strings.Replace(policyText, ", terms: payment", "", 1))
	tests := []struct {
		policy         *engine.Policy
		fields, at, in string
	}{
		{policy, `"paymentTypeId": 9`, "Payments.results[0].paymentTypeId", ""},
		{policy, customField(`"customFieldId": 39, "customFieldValue": "ten"`), "Payments.results[0].CustomFieldValues.results[0].customFieldValue", ""},
		{noTerms, `"cardFeeType": "loan.cardfee.types.1", "cardFeeAmount": 1`, "Payments.results[0].cardFeeType", ""},
		{policy, `"info": "x"`, "account.balances[0].owed", `{"balances": [{"component": "principal", "owed": -1}]}`},
	}
	for _, test := range tests {
		requests, err := Read([]byte(loanWith(test.fields)), usd())
		if err != nil {
			t.Fatal(err)
		}
		owing := account(t, "account_loan_9.json")
		if test.in != "" {
			owing = parsedAccount(t, []byte(test.in))
		}
		_, err = requests[0].Apply(test.policy, owing)
		if got := fault(t, test.fields, err); got.Field != test.at {
			t.Errorf("Apply(%s) fails with %v, want %s", test.fields, err, test.at)
		}
	}
}

func TestAppendAnswer(t *testing.T) {
	policy := loaded(t, policyText)
	const (
		warning = "<p>CARD Act Warning: This is a configurable warning message.</p>"
		warned  = `{"error":{"message":"","type":"GuardrailEvaluationException","code":409},"warnings":["` + warning + `"]}`
		both    = `{"error":{"message":"CARD Act Compliance: This is a configurable error message.","type":"GuardrailEvaluationException","code":409},"warnings":["` + warning + `"]}`
	)
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"warnings only", applied(t, policy, "1500"), warned},
		{"an error beside them", applied(t, policy, "2500"), both},
		{"an error", &engine.Refusal{Message: "CARD Act Compliance: This is a configurable error message.", Type: engine.GuardrailRefusal, Code: 409},
			`{"error":{"message":"CARD Act Compliance: This is a configurable error message.","type":"GuardrailEvaluationException","code":409}}`},
		{"another type", &engine.Refusal{Message: "a < b & \"c\"", Type: engine.LeftoverRefusal, Code: 409},
			`{"error":{"message":"a < b & \"c\"","type":"LeftoverRefused","code":409}}`},
		{"an input error", &engine.InputError{Field: "amount", Why: "missing"},
			`{"outcome":"invalid","id":"7","error":{"type":"InputError","path":"amount","message":"missing"}}`},
		{"a failed rule", &engine.RuleError{Rule: "x", At: rules.Pos{File: "p", Line: 1, Col: 2}, Why: "division by zero"},
			`{"outcome":"failed","id":"7","error":{"type":"RuleError","rule":"x","at":"p:1:2","message":"division by zero"}}`},
	}
	for _, test := range tests {
		if got := string(AppendAnswer([]byte("> "), "7", nil, test.err)); got != "> "+test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// ignoreGuardrailWarnings lets warnings and errors through, and the receipt
// lists both.
func TestIgnoreGuardrailWarnings(t *testing.T) {
	policy := loaded(t, policyText)
	requests, err := Read([]byte(lineReplacing("amount", `2500, "ignoreGuardrailWarnings": true`)), usd())
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := requests[0].Apply(policy, account(t, "account_line_35.json"))
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Outcome  string
		Warnings []struct {
			Guardrail string
			Ignored   bool
		}
	}
	if err := json.Unmarshal(AppendAnswer(nil, "", &receipt, nil), &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Warnings) != 2 || !answer.Warnings[0].Ignored || !answer.Warnings[1].Ignored || answer.Outcome != "applied" {
		t.Errorf("answer %+v, want applied with both ignored", answer)
	}
}

// applied is the error of a payment of an amount on line 35.
func applied(t *testing.T, policy *engine.Policy, amount string) error {
	t.Helper()
	requests, err := Read([]byte(lineReplacing("amount", amount)), usd())
	if err != nil {
		t.Fatal(err)
	}
	_, err = requests[0].Apply(policy, account(t, "account_line_35.json"))
	return err
}

func loaded(t *testing.T, text string) *engine.Policy {
	t.Helper()
	policy, err := engine.Load(fstest.MapFS{"p.yaml": {Data: []byte(text)}}, "p.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return policy
}

func account(t *testing.T, name string) engine.Account {
	t.Helper()
	return parsedAccount(t, file(t, name))
}

func parsedAccount(t *testing.T, src []byte) engine.Account {
	t.Helper()
	n, err := rules.ParseJSON("account", src)
	if err != nil {
		t.Fatal(err)
	}
	a, err := engine.DecodeAccount(n, "account", usd())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// decoded reads a payment's document.
func decoded(t *testing.T, document []byte) engine.Payment {
	t.Helper()
	n, err := rules.ParseJSON("payment", document)
	if err != nil {
		t.Fatalf("%s: %v", document, err)
	}
	payment, err := engine.DecodePayment(n, "payment", usd())
	if err != nil {
		t.Fatalf("%s: %v", document, err)
	}
	return payment
}
