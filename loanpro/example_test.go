package loanpro_test

import (
	"fmt"

	"example.com/spillway/loanpro"
	"example.com/spillway/money"
)

func ExampleRead() {
	request := []byte(`{"Payments": {"results": [{"amount": "10", "date": "2017-05-26", "paymentTypeId": 1,
		"extra": "payment.extra.tx.classic", "__logOnly": true}]}}`)
	usd, _ := money.Lookup("USD")
	payments, err := loanpro.Read(request, usd)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range payments {
		fmt.Printf("%s\n", p.Payment.AppendJSON(nil, usd))
	}
	// Output:
	// {"amount":"10.00","date":"2017-05-26","type":"1","status":"active","mode":"log","extra":"tx.classic"}
}

func ExampleRead_unknownWord() {
	request := []byte(`{"Payments": {"results": [{"amount": "10", "date": "2017-05-26", "extra": "payment.extra.tx.clasic"}]}}`)
	usd, _ := money.Lookup("USD")
	_, err := loanpro.Read(request, usd)
	fmt.Println(err)
	// Output:
	// Payments.results[0].extra: unknown word "payment.extra.tx.clasic", did you mean "payment.extra.tx.classic"? known: payment.extra.periods.next, payment.extra.periods.principalonly, payment.extra.tx.principal, payment.extra.tx.principalonly, payment.extra.tx.classic
}
