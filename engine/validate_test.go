package engine

import (
	"errors"
	"fmt"
	"math"
	"testing"
	"testing/fstest"

	"example.com/spillway/money"
)

// sound gives an account and a payment without faults.
func sound() (Account, Payment) {
	account := Account{
		Balances: []Balance{
			{Component: "principal", Owed: 90_00, Due: Some[Amount](40_00), PastDue: Some[Amount](10_00)},
			{Component: "interest", Owed: 8_00, DueDate: 700_000},
			{Bucket: "credit", Component: "credit", Owed: -5_00},
		},
		Children: []Account{{ID: "k", Balances: []Balance{{Component: "principal", Owed: 50_00}}}},
	}
	return account, Payment{Amount: 10_00, Date: 738_000}
}

func TestValidate(t *testing.T) {
	tests := []struct {
		field string // "": no fault
		spoil func(a *Account, p *Payment)
	}{
		{"", func(a *Account, p *Payment) {}},
		{"payment.amount", func(a *Account, p *Payment) { p.Amount = 0 }},
		{"payment.amount", func(a *Account, p *Payment) { p.Amount = -1 }},
		{"payment.amount", func(a *Account, p *Payment) { p.Amount = money.Max + 1 }},
		{"payment.date", func(a *Account, p *Payment) { p.Date = 0 }},
		{"payment.date", func(a *Account, p *Payment) { p.Date = -1 }},
		{"payment.status", func(a *Account, p *Payment) { p.Status = Disputed }},
		{"payment.status", func(a *Account, p *Payment) { p.Status = 99 }},
		{"payment.mode", func(a *Account, p *Payment) { p.Mode = 2 }},
		{"payment.fee.type", func(a *Account, p *Payment) { p.Fee = Some(FeeTerms{Type: 6}) }},
		{"payment.fee.flat", func(a *Account, p *Payment) { p.Fee = Some(FeeTerms{Flat: -1}) }},
		{"payment.fee.percentage", func(a *Account, p *Payment) { p.Fee = Some(FeeTerms{Percentage: -1}) }},
		{"payment.split", func(a *Account, p *Payment) { p.Split = Some(SplitTerms{}) }},
		{"payment.split", func(a *Account, p *Payment) {
			p.Split = Some(SplitTerms{Type: "t", Amounts: []SplitAmount{{"k", 1}}})
		}},
		{"payment.split.amounts.k", func(a *Account, p *Payment) {
			p.Split = Some(SplitTerms{Amounts: []SplitAmount{{"k", -1}}})
		}},
		{"payment.split.amounts.k", func(a *Account, p *Payment) {
			p.Split = Some(SplitTerms{Amounts: []SplitAmount{{"k", 1}, {"k", 1}}})
		}},
		{"payment.directed", func(a *Account, p *Payment) {
			p.Split, p.Directed = Some(SplitTerms{Type: "t"}), []Direction{{Component: "c"}}
		}},
		{"payment.directed[1].component", func(a *Account, p *Payment) { p.Directed = []Direction{{Component: "c"}, {}} }},
		{"payment.directed[0].amount", func(a *Account, p *Payment) { p.Directed = []Direction{{Component: "c", Amount: -1}} }},
		{"payment.facts.f", func(a *Account, p *Payment) { p.Facts = Facts{{"f", Value{}}, {"f", Value{}}} }},
		{"payment.directed", func(a *Account, p *Payment) { p.Directed = make([]Direction, maxDirections+1) }},
		{"payment.facts", func(a *Account, p *Payment) { p.Facts = make(Facts, maxFacts+1) }},
		{"account.balances[2].due", func(a *Account, p *Payment) { a.Balances[2].Due = Some[Amount](1) }},
		{"account.balances[2].past_due", func(a *Account, p *Payment) { a.Balances[2].PastDue = Some[Amount](-1) }},
		{"account.facts.f", func(a *Account, p *Payment) { a.Facts = Facts{{"f", Value{}}, {"g", Value{}}, {"f", Value{}}} }},
		{"account.children[0].facts", func(a *Account, p *Payment) { a.Children[0].Facts = make(Facts, maxFacts+1) }},
		{"account.balances[1].facts.known", func(a *Account, p *Payment) {
			a.Balances[1].Facts = Facts{{"known", Value{}}, {"known", Value{}}}
		}},
		{"account.balances", func(a *Account, p *Payment) { a.Balances = make([]Balance, maxBalances+1) }},
		{"account.children", func(a *Account, p *Payment) { a.Children = make([]Account, maxAccounts) }},
		{"account.credit_limit", func(a *Account, p *Payment) { a.CreditLimit = Some[Amount](-1) }},
		{"account.credit_held", func(a *Account, p *Payment) { a.CreditHeld = -1 }},
		{"account.minimum_due", func(a *Account, p *Payment) { a.MinimumDue = Some[Amount](-1) }},
		{"account.days_past_due", func(a *Account, p *Payment) { a.DaysPastDue = -1 }},
		{"account.rolls_up", func(a *Account, p *Payment) { a.RollsUp = 3 }},
		{"account.facts.f", func(a *Account, p *Payment) { a.Facts = Facts{{"f", Value{}}, {"f", Value{}}} }},
		{"account.balances[1].component", func(a *Account, p *Payment) { a.Balances[1].Component = "" }},
		{"account.balances[0].owed", func(a *Account, p *Payment) { a.Balances[0].Owed = -1 }},
		{"account.balances[2].owed", func(a *Account, p *Payment) { a.Balances[2].Owed = 1 }},
		{"account.balances[2].due", func(a *Account, p *Payment) { a.Balances[2].Due = Some[Amount](1) }},
		{"account.balances[0].due", func(a *Account, p *Payment) { a.Balances[0].Due = Some[Amount](90_01) }},
		{"account.balances[0].past_due", func(a *Account, p *Payment) { a.Balances[0].PastDue = Some[Amount](40_01) }},
		{"account.balances[1].past_due", func(a *Account, p *Payment) { a.Balances[1].PastDue = Some[Amount](8_01) }},
		{"account.balances[1].past_due", func(a *Account, p *Payment) {
			a.Balances[1].DueDate, a.Balances[1].PastDue = p.Date+1, Some[Amount](1) // nothing is due yet
		}},
		{"account.balances[1].due_date", func(a *Account, p *Payment) { a.Balances[1].DueDate = -1 }},
		{"account.balances[1].apr", func(a *Account, p *Payment) { a.Balances[1].APR = Some(money.MaxRate + 1) }},
		{"account.balances[1]", func(a *Account, p *Payment) {
			a.Balances[1] = Balance{Bucket: "main", Component: "principal"}
		}},
		{"account.children[0].id", func(a *Account, p *Payment) { a.Children[0].ID = "" }},
		{"account.children[0].id", func(a *Account, p *Payment) { a.Children[0].ID = "account" }},
		{"account.children[0].children[1].id", func(a *Account, p *Payment) {
			a.Children[0].Children = []Account{{ID: "x"}, {ID: "k"}}
		}},
		{"account.children[2].children[0].id", func(a *Account, p *Payment) {
			a.Children = append(a.Children, Account{ID: "x", Children: []Account{{ID: "y"}}},
				Account{ID: "z", Children: []Account{{ID: "y"}}})
		}},
		{"", func(a *Account, p *Payment) { deepen(a, 8) }},
		{"account.children[0].children[0].children[0].children[0].children[0].children[0].children[0].children[0].children[0]",
			func(a *Account, p *Payment) { deepen(a, 9) }},
		{"account.balances[30]", func(a *Account, p *Payment) {
			a.Balances = many(40)
			a.Balances[30].Bucket = "b10"
		}},
		{"", func(a *Account, p *Payment) { a.Balances = many(40) }},
	}
	policy, err := Load(fstest.MapFS{"p.yaml": {Data: []byte(`
policy: all
currency: USD
facts: {balance: {known: string, other: string}}
payment_types: [{name: regular, waterfall: all}]
waterfalls: [{name: all, directed: ignore, tiers: [{tier: all}]}]
splits: [{name: t, tiers: [{tier: all}]}]
`)}}, "p.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for i, test := range tests {
		account, payment := sound()
		test.spoil(&account, &payment)
		var got string
		if err := validate(&account, &payment); err != nil {
			got = err.(*InputError).Field
		}
		if got != test.field {
			t.Errorf("case %d: validate finds fault with %q, want %q", i, got, test.field)
		}
		found := ""
		var fault *InputError
		if _, err := policy.Apply(account, payment); errors.As(err, &fault) {
			found = fault.Field
		} else if err != nil {
			found = err.Error()
		}
		if found != got {
			t.Errorf("case %d: Apply finds fault with %q, validate with %q", i, found, got)
		}
	}
}

// A fact of its declared type is held to the bounds of the type.
func TestFactBounds(t *testing.T) {
	policy, err := Load(fstest.MapFS{"p.yaml": {Data: []byte(`
policy: bounds
currency: USD
facts: {payment: {cash: money, rate: rate, day: date, number: number}}
payment_types: [{name: regular, waterfall: all}]
waterfalls: [{name: all, tiers: [{tier: all}]}]
`)}}, "p.yaml")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		fact Fact
		ok   bool
	}{
		{Fact{"cash", MoneyValue(money.Max)}, true}, {Fact{"cash", MoneyValue(-money.Max)}, true},
		{Fact{"cash", MoneyValue(money.Max + 1)}, false}, {Fact{"cash", MoneyValue(math.MinInt64)}, false},
		{Fact{"rate", RateValue(money.MaxRate)}, true}, {Fact{"rate", RateValue(-money.MaxRate - 1)}, false},
		{Fact{"rate", RateValue(math.MinInt64)}, false}, {Fact{"day", DateValue(1)}, true}, {Fact{"day", DateValue(0)}, false},
		{Fact{"number", NumberValue("999999999999999")}, true}, {Fact{"number", NumberValue("1000000000000000.5")}, false},
		{Fact{"number", BoolValue(true)}, false}, {Fact{"cash", RateValue(5e10)}, true},
	}
	for _, test := range tests {
		_, payment := sound()
		payment.Facts = Facts{test.fact}
		var fault *InputError
		_, err := policy.Apply(Account{}, payment)
		if errors.As(err, &fault) == test.ok || err != nil && fault == nil {
			t.Errorf("fact %v: %v, want it taken: %v", test.fact, err, test.ok)
		}
	}
}

// deepen gives an account levels of children.
func deepen(a *Account, levels int) {
	a.Children = nil
	for i := range levels {
		a.Children = []Account{{ID: fmt.Sprint("level", i)}}
		a = &a.Children[0]
	}
}

func many(n int) (balances []Balance) {
	for i := range n {
		balances = append(balances, Balance{Bucket: fmt.Sprint("b", i), Component: "c"})
	}
	return balances
}

func TestValidatingAgainAllocatesNothing(t *testing.T) {
	account, payment := sound()
	account.Balances = many(40)
	var v validator
	allocs := testing.AllocsPerRun(100, func() {
		if err := v.validate(&account, &payment); err != nil {
			t.Fatal(err)
		}
	})
	if allocs != 0 {
		t.Errorf("validate allocates %v times, want none", allocs)
	}
}

func BenchmarkValidate(b *testing.B) {
	account, payment := sound()
	for i := range 1000 {
		account.Children = append(account.Children, Account{ID: fmt.Sprint("loan-", i), Balances: many(4)})
	}
	var v validator
	b.ReportAllocs()
	for b.Loop() {
		if err := v.validate(&account, &payment); err != nil {
			b.Fatal(err)
		}
	}
}
