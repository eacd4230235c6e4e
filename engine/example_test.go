package engine_test

import (
	"fmt"
	"log"
	"os"

	"example.com/spillway/engine"
)

// What a host brings: its policies, and a request that it was sent.
var (
	policies   = os.DirFS("../testdata/policies")
	request, _ = os.ReadFile("../testdata/requests/card.json")
)

func Example() {
	policy, err := engine.Load(policies, "card_act.yaml") // policies is any fs.FS: os.DirFS("policies")
	if err != nil {
		log.Fatal(err) // every mistake in the policy, each with its line underlined
	}
	account, payment, err := policy.ReadRequest("card.json", request) // or make the two structs
	if err != nil {
		log.Fatal(err) // *engine.InputError: the field at fault
	}
	receipt, err := policy.Apply(account, payment)
	if err != nil {
		log.Fatal(err) // *engine.Refusal, *engine.InputError or *engine.RuleError: nothing was applied
	}
	for _, line := range receipt.Lines {
		fmt.Println(line.Bucket, policy.Currency().Format(line.Amount), line.Tier)
	}
	// Output:
	// purchases 31.25 minimum
	// purchases 40.00 minimum
	// cash_advances 13.75 minimum
	// cash_advances 286.25 highest rate
	// purchases 128.75 highest rate
}

// An account and a payment made in Go, without a document.
func ExamplePolicy_Apply() {
	policy, err := engine.Load(policies, "loanpro_loan.yaml")
	if err != nil {
		log.Fatal(err)
	}
	due, _ := engine.ParseDate("2024-02-01")
	receipt, err := policy.Apply(
		engine.Account{ID: "loan-515", Balances: []engine.Balance{
			{Component: "interest", Owed: 60_50},
			{Component: "principal", Owed: 5000_00, Due: engine.Some[engine.Amount](120_00)},
		}},
		engine.Payment{Amount: 200_00, Date: due, Type: "regular"},
	)
	if err != nil {
		log.Fatal(err)
	}
	for _, delta := range receipt.Deltas {
		fmt.Println(delta.Component, policy.Currency().Format(delta.Owed))
	}
	// Output:
	// interest -60.50
	// principal -139.50
}
