package rules

import (
	"math/big"
	"testing"

	"example.com/spillway/money"
)

func usd() money.Currency {
	currency, _ := money.Lookup("USD")
	return currency
}

func big0() *big.Rat { return new(big.Rat) }

// account is a random account with balances and children, so many levels deep.
func (s *sampler) account(levels int) thing {
	a := newAccount()
	for _, name := range []string{"owed", "due", "past_due", "minimum_due"} {
		a[name] = s.money(true)
	}
	a["credit_held"] = s.money(false)
	a["days_past_due"] = big.NewRat([]int64{0, 1, 30, 31, 90, 91, 1_000_000_000}[s.Intn(7)], 1)
	a["id"], a["kind"] = s.one("main", "card"), s.maybe("card")
	a["rolls_up"] = rollsUpWords[s.Intn(3)]
	if s.Intn(2) == 0 {
		a["credit_limit"] = s.money(false)
	}
	a["facts"] = s.factsOf()
	for range 1 + s.Intn(4) {
		a["balances"] = append(a["balances"].([]thing), s.balance())
	}
	for i := 0; levels > 0 && i < 1+s.Intn(2); i++ {
		a["children"] = append(a["children"].([]thing), s.account(levels-1))
	}
	return a
}

func (s *sampler) balance() thing {
	b := newBalance()
	b["bucket"], b["component"] = s.one("main", "card", "cash"), s.one("fees", "interest", "principal")
	b["owed"], b["due"], b["past_due"] = s.money(true), s.money(false), s.money(false)
	if s.Intn(2) == 0 {
		b["apr"] = s.rate()
	}
	if s.Intn(2) == 0 {
		b["due_date"] = s.day()
	}
	b["facts"] = s.factsOf()
	return b
}

// factsOf are random facts: those without a default are there half of the time.
func (s *sampler) factsOf() thing {
	facts := noFacts()
	put := func(name string, v func() any) {
		if s.Intn(2) == 0 {
			facts[name] = v()
		}
		if s.Intn(2) == 0 {
			facts[name+"_d"] = v()
		}
	}
	put("flag", func() any { return s.Intn(2) == 0 })
	put("word", func() any { return s.one("", "card", "main", "due", "é") })
	put("number", func() any { return s.number() })
	put("cash", func() any { return s.money(true) })
	put("rate", func() any { return s.rate() })
	put("day", func() any { return s.day() })
	return facts
}

func (s *sampler) maybe(text string) any {
	if s.Intn(2) == 0 {
		return noText{}
	}
	return text
}

func (s *sampler) sign(negative bool) int64 {
	if negative && s.Intn(3) == 0 {
		return -1
	}
	return 1
}

func (s *sampler) cents(negative bool) int64 {
	edges := []int64{0, 1, 2, 3, 7, 49_999, 50_000, 50_001, 1999, 1_000, int64(money.Max), int64(money.Max) - 1, 123_456_789}
	return s.sign(negative) * edges[s.Intn(len(edges))]
}

func (s *sampler) money(negative bool) *big.Rat { return big.NewRat(s.cents(negative), 100) }

func (s *sampler) rate() *big.Rat {
	edges := []int64{0, 1, 159_900_000_000, 360_000_000_000, 359_999_999_999, 75_000_000_000, int64(money.MaxRate)}
	return big.NewRat(s.sign(true)*edges[s.Intn(len(edges))], 10_000_000_000)
}

func (s *sampler) number() *big.Rat {
	edges := []*big.Rat{new(big.Rat), big.NewRat(1, 1_000_000_000_000), big.NewRat(1, 1), big.NewRat(7, 2), big.NewRat(1_000_000_000_000_000, 1),
		big.NewRat(3, 1), big.NewRat(999_999_999_999, 1_000_000_000_000), big.NewRat(12, 1)}
	return new(big.Rat).Mul(edges[s.Intn(len(edges))], big.NewRat(s.sign(true), 1))
}

func (s *sampler) day() Date {
	return dayOf(s.one("0001-01-01", "9999-12-31", "2024-02-29", "2024-02-28", "2024-03-31", "2023-12-31", "1900-03-01", "2000-02-29", "2024-07-15"))
}

// A failure of the whole expression is told where it begins.
func TestExprBegins(t *testing.T) {
	l := newLayout(usd(), declared(), declared(), declared())
	for text, want := range map[string]string{
		"payment.payoff":                         "x:1:1",
		"payment.payoff and payment.early":       "x:1:1",
		"\t payment.payoff and payment.early":    "x:1:3",
		"\r\n\n payment.payoff or payment.early": "x:1:5",
	} {
		e, m := compileIn(l, text, ScopeRequest, WantBool)
		if e == nil {
			t.Fatalf("%q: %v", text, m.Err())
		}
		if got := e.at.String(); got != want {
			t.Errorf("%q begins at %s, want %s", text, got, want)
		}
	}
}
