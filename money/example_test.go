package money_test

import (
	"fmt"

	"example.com/spillway/money"
)

// $100.00 among three balances by what they are owed; the second has room for
// $20.00 only.
func ExampleApportion() {
	owed := []int64{50_00, 50_00, 25_00}
	rooms := []money.Amount{50_00, 20_00, 25_00}
	parts := make([]money.Amount, 3)
	rest := money.Apportion(parts, 100_00, owed, rooms)
	fmt.Println(parts, rest)
	rest = money.Apportion(parts, 80_00, owed, rooms)
	fmt.Println(parts, rest)
	// Output:
	// [5000 2000 2500] 500
	// [4000 2000 2000] 0
}

func ExampleCurrency_Parse() {
	usd, _ := money.Lookup("USD")
	amount, err := usd.Parse("7.5")
	fmt.Println(amount, err)
	_, err = usd.Parse("25.000")
	fmt.Println(err)
	_, err = usd.Parse("1e9")
	fmt.Println(err)
	// Output:
	// 750 <nil>
	// "25.000" has 3 decimals, USD has 2
	// "1e9" exponents are not allowed, write it out
}

func ExampleCurrency_Format() {
	usd, _ := money.Lookup("USD")
	yen, _ := money.Lookup("JPY")
	fmt.Println(usd.Format(25_00), usd.Format(-5), yen.Format(25))
	// Output: 25.00 -0.05 25
}

func ExampleCustom() {
	mils, err := money.Custom("USD", 4)
	fmt.Println(mils.Format(25_0001), err)
	// Output: 25.0001 <nil>
}

func ExampleRate_Of() {
	apr, _ := money.ParseRate("15.99")
	interest, _ := apr.Of(1_000_00, money.HalfUp)
	fmt.Println(apr, interest)
	// Output: 15.99 15990
}

func ExampleRounding_MulDiv() {
	for _, word := range money.RoundingWords() {
		mode, _ := money.ParseRounding(word)
		q, _ := mode.MulDiv(-5, 1, 2)
		fmt.Println(mode, q)
	}
	// Output:
	// half_up -3
	// half_even -2
	// down -2
	// up -3
}

func ExampleAmount_Add() {
	sum, ok := money.Amount(25_00).Add(7_50)
	fmt.Println(sum, ok)
	_, ok = money.Amount(1 << 62).Add(1 << 62)
	fmt.Println(ok)
	// Output:
	// 3250 true
	// false
}
