package engine

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/spillway/money"
	"example.com/spillway/rules"
)

func TestDecodeRequest(t *testing.T) {
	currency, _ := money.Lookup("USD")
	const document = `
account:
  id: loc-35
  credit_limit: 5000.00
  facts: {state: CO, since: 2020-01-31, none: null}
  balances:
    - {component: principal, owed: 2000, due: "50.00", apr: 15.99}
    - {bucket: "3", component: principal, owed: 100, due_date: 2024-08-15, past_due: null}
  children: [{id: loc-36, rolls_up: none, balances: []}]
payment:
  amount: "198.38"
  date: 2025-03-06
  type: 1
  fee: {type: lesser, flat: 10, percentage: "5"}
  directed: [{component: interest, amount: 5}]
  payoff: true`
	date := func(text string) Date {
		d, err := rules.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	rate, _ := money.ParseRate("15.99")
	five, _ := money.ParseRate("5")
	account := Account{
		ID:          "loc-35",
		CreditLimit: Some[Amount](5000_00),
		Facts:       Facts{{"state", TextValue("CO")}, {"since", TextValue("2020-01-31")}, {"none", Value{}}},
		Balances: []Balance{
			{Bucket: "main", Component: "principal", Owed: 2000_00, Due: Some[Amount](50_00), APR: Some(rate)},
			{Bucket: "3", Component: "principal", Owed: 100_00, DueDate: date("2024-08-15")},
		},
		Children: []Account{{ID: "loc-36", RollsUp: RollsUpNone}},
	}
	payment := Payment{
		Amount:   198_38,
		Date:     date("2025-03-06"),
		Type:     "1",
		Fee:      Some(FeeTerms{Type: Lesser, Flat: 10_00, Percentage: five}),
		Directed: []Direction{{Bucket: "main", Component: "interest", Amount: 5_00}},
		Payoff:   true,
	}
	gotAccount, gotPayment, err := decodeText([]byte(document), currency)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(account, gotAccount, exactly); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(payment, gotPayment, exactly); diff != "" {
		t.Error(diff)
	}
}

func TestDecodeRequestNamesTheFieldAtFault(t *testing.T) {
	const payment, account = `payment: {amount: 5, date: 2025-05-05}`, `account: {}`
	tests := []struct{ document, field, why string }{
		{"[]", "", "must be a mapping, not a list"},
		{account, "payment", "missing"},
		{account + "\npayment: null", "payment", "missing"},
		{payment, "account", "missing"},
		{account + "\npayement: {}", "payement", `unknown key, did you mean "payment"?`},
		{account + "\npayment: 5", "payment", "must be a mapping, not the number 5"},
		{account + "\npayment: {date: 2025-05-05}", "payment.amount", "missing"},
		{account + "\npayment: {amount: 5.001}", "payment.amount", "3 decimals"},
		{account + "\npayment: {amount: [5]}", "payment.amount", "must be an amount, not a list"},
		{account + "\npayment: {ammount: 5}", "payment.ammount", `did you mean "amount"?`},
		{account + "\npayment: {date: 5}", "payment.date", "must be a date"},
		{account + "\npayment: {date: 2025-02-30}", "payment.date", "no day of the calendar"},
		{account + "\npayment: {id: 102937}", "payment.id", `put it in quotes, "102937"`},
		{account + "\npayment: {type: 1.5}", "payment.type", "a name or a whole number"},
		{account + "\npayment: {mode: simulate}", "payment.mode", `must be one of log, process, not "simulate"`},
		{account + "\npayment: {payoff: 1}", "payment.payoff", "must be true or false"},
		{account + "\npayment: {fee: {flat: 1}}", "payment.fee.type", "missing"},
		{account + "\npayment: {fee: {type: flat}}", "payment.fee.flat", "missing"},
		{account + "\npayment: {fee: {type: lesser, flat: 1}}", "payment.fee.percentage", "missing"},
		{account + "\npayment: {fee: {type: percentage, percentage: high}}", "payment.fee.percentage", `"high"`},
		{account + "\npayment: {split: {amounts: {k: x}}}", "payment.split.amounts.k", `"x"`},
		{account + "\npayment: {split: {amounts: [1]}}", "payment.split.amounts", "must be a mapping"},
		{account + "\npayment: {directed: [{amount: 5}]}", "payment.directed[0].component", "missing"},
		{account + "\npayment: {facts: {a: {b: 1}}}", "payment.facts.a", "not a mapping"},
		{payment + "\naccount: {rolls_up: interest}", "account.rolls_up", "all, principal, none"},
		{payment + "\naccount: {days_past_due: 1.5}", "account.days_past_due", "whole number"},
		{payment + "\naccount: {balances: {}}", "account.balances", "must be a list, not a mapping"},
		{payment + "\naccount: {balances: [{}, {}]}", "account.balances[0].component", "missing"},
		{payment + "\naccount: {balances: [{component: p}]}", "account.balances[0].owed", "missing"},
		{payment + "\naccount: {children: [{}, {balances: [{owned: 1}]}]}", "account.children[1].balances[0].owned", `"owed"`},
	}
	currency, _ := money.Lookup("USD")
	for _, test := range tests {
		_, _, err := decodeText([]byte(test.document), currency)
		fault, ok := err.(*InputError)
		if !ok || fault.Field != test.field || !strings.Contains(fault.Why, test.why) {
			t.Errorf("DecodeRequest(%s) fails with %v, want %s: %s", test.document, err, test.field, test.why)
		}
	}
}

// Whatever decodes, encodes to a document that decodes and encodes to itself.
func FuzzDecodeRequest(f *testing.F) {
	currency, _ := money.Lookup("USD")
	f.Add([]byte(`{"account": {"balances": [{"component": "p", "owed": 10}]}, "payment": {"amount": "5", "date": "2025-05-05"}}`))
	f.Add([]byte("account: {facts: {a: 010, b: .5, c: 1e3, d: ~}}\npayment: {amount: 5, date: 2025-05-05, split: {amounts: {k: 1}}}"))
	f.Fuzz(func(t *testing.T, src []byte) {
		account, payment, err := decodeText(src, currency)
		if err != nil {
			return
		}
		_ = validate(&account, &payment) // must not panic either
		first := encodeRequest(&account, &payment, currency)
		account, payment, err = decodeText(first, currency)
		if err != nil {
			t.Fatalf("%s does not decode: %v", first, err)
		}
		if second := encodeRequest(&account, &payment, currency); !bytes.Equal(first, second) {
			t.Errorf("%s encodes to %s", first, second)
		}
	})
}
