package main

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/spillway/engine"
)

// A curve is how the cost of one ApplyTo grows with something.
type curve struct {
	what string
	make func(n int) (*engine.Policy, engine.Account, engine.Payment, error)
	at   []int
}

// printCurves prints the table of all curves.
func printCurves() error {
	fmt.Println("| what grows | 10 | 100 | 1,000 | 10,000 | ten times as many cost, at most |")
	fmt.Println("| --- | --- | --- | --- | --- | --- |")
	for _, c := range curves() {
		if err := c.print(); err != nil {
			return fmt.Errorf("%s: %w", c.what, err)
		}
	}
	return nil
}

func (c *curve) print() error {
	cells, worst, before := make([]string, 4), 0.0, 0.0
	for i, n := range c.at {
		policy, account, payment, err := c.make(n)
		if err != nil {
			return err
		}
		var receipt engine.Receipt
		if err := policy.ApplyTo(&receipt, &account, &payment); err != nil {
			return err
		}
		one := contest{contenders: []contender{{run: func(times int) {
			for range times {
				must(policy.ApplyTo(&receipt, &account, &payment))
			}
		}}}}
		took := one.time()[0].perOp
		cells[i] = duration(took)
		if before > 0 {
			worst = max(worst, took/before)
		}
		before = took
	}
	fmt.Printf("| %s | %s | %s x |\n", c.what, strings.Join(cells, " | "), short(worst))
	return nil
}

// curves are what may grow. The accounts and policies are as bad as they get
// within the limits, unless they say otherwise.
func curves() []curve {
	all := []int{10, 100, 1000, 10_000}
	upTo1000 := []int{10, 100, 1000}
	children := []int{10, 100, 1000, 9_999}
	return []curve{
		{"balances, already in order", balanceCurve(`order: [balance.due_date]`, false), all},
		{"balances, in no order", balanceCurve(`order: [balance.apr desc, balance.due_date]`, true), all},
		{"balances, all tied, pro rata", balanceCurve(`share: pro_rata`, true), all},
		{"balances, whole installments", balanceCurve(`order: [balance.due_date], whole: bucket`, true), all},
		{"balances, ordered by text", balanceCurve(`order: [balance.bucket desc]`, true), all},
		{"balances, ordered by a quotient", balanceCurve(`order: [balance.owed / (balance.due + 1)]`, true), all},
		{"balances, a sum over all in a guardrail", listCurve(`sum(account.balances, .owed) < 0`), all},
		{"balances, each asked about all others in a guardrail", listCurve(`any(account.balances, any(account.balances, .owed < 0))`), []int{10, 100, 999}},
		{"tiers", tierCurve, upTo1000},
		{"guardrails", guardrailCurve, upTo1000},
		{"children, split by what is due", childCurve("by_due"), children},
		{"children, split by hand", handCurve, children},
		{"facts of the account, undeclared", factCurve, upTo1000},
		{"directions", directionCurve, upTo1000},
	}
}

const curveHead = "policy: curve\nversion: '1'\ncurrency: USD\npayment_types: [{name: regular, waterfall: main}]\n"

// manyBalances are n balances whose rates, dates and amounts are all mixed up,
// or rise one after another.
func manyBalances(n int, mixed bool) []engine.Balance {
	all := make([]engine.Balance, n)
	for i := range all {
		at := i
		if mixed {
			at = i * 7919 % n
		}
		all[i] = engine.Balance{Bucket: strconv.Itoa(at / 2), Component: []string{"principal", "interest"}[i%2],
			Owed: engine.Amount(100_00 + at*3), Due: engine.Some(engine.Amount(at)), DueDate: day("2020-01-01") + engine.Date(at), APR: engine.Some(percent(at%4000 + 1))}
	}
	for i := range all { // pairs are unique whatever the order
		all[i].Bucket += "/" + strconv.Itoa(i)
	}
	return all
}

func payHalf(n int) engine.Payment {
	return engine.Payment{ID: "p", Amount: engine.Amount(n) * 60_00, Date: day("2024-06-15")}
}

func balanceCurve(tier string, mixed bool) func(n int) (*engine.Policy, engine.Account, engine.Payment, error) {
	return func(n int) (*engine.Policy, engine.Account, engine.Payment, error) {
		policy, _, err := loadText(curveHead + "waterfalls: [{name: main, tiers: [{tier: all, " + tier + "}]}]\n")
		return policy, engine.Account{Balances: manyBalances(n, mixed)}, payHalf(n), err
	}
}

func listCurve(condition string) func(n int) (*engine.Policy, engine.Account, engine.Payment, error) {
	return func(n int) (*engine.Policy, engine.Account, engine.Payment, error) {
		policy, _, err := loadText(curveHead + "waterfalls: [{name: main, tiers: [{tier: all}]}]\nguardrails: [{name: g, forbid: \"" + condition + "\"}]\n")
		return policy, engine.Account{Balances: manyBalances(n, true)}, payHalf(n), err
	}
}

// tierCurve has eight balances, and tiers that each take a little.
func tierCurve(n int) (*engine.Policy, engine.Account, engine.Payment, error) {
	text := curveHead + "waterfalls:\n  - name: main\n    tiers:\n" + strings.Repeat("      - {cap: 1.00, order: [balance.apr desc]}\n", n)
	policy, _, err := loadText(text)
	account := engine.Account{Balances: manyBalances(8, true)}
	for i := range account.Balances {
		account.Balances[i].Owed = 1_000_000_00
	}
	return policy, account, payHalf(n), err
}

func guardrailCurve(n int) (*engine.Policy, engine.Account, engine.Payment, error) {
	text := curveHead + "waterfalls: [{name: main, tiers: [{tier: all}]}]\nguardrails:\n"
	for i := range n {
		text += fmt.Sprintf("  - {name: g%d, when: payment.amount > %d, forbid: account.owed < payment.amount * 0.0%d}\n", i, i, i+1)
	}
	policy, _, err := loadText(text)
	return policy, engine.Account{Balances: manyBalances(8, true)}, payHalf(8), err
}

func childCurve(split string) func(n int) (*engine.Policy, engine.Account, engine.Payment, error) {
	return func(n int) (*engine.Policy, engine.Account, engine.Payment, error) {
		policy, _, err := loadText(familyPolicy)
		account, payment := family(n)
		for i := range account.Children {
			account.Children[i].Balances = account.Children[i].Balances[:1]
		}
		payment.Split = engine.Some(engine.SplitTerms{Type: split})
		return policy, account, payment, err
	}
}

func handCurve(n int) (*engine.Policy, engine.Account, engine.Payment, error) {
	policy, account, payment, err := childCurve("by_due")(n)
	terms := engine.SplitTerms{}
	for i := range account.Children {
		terms.Amounts = append(terms.Amounts, engine.SplitAmount{Account: account.Children[n-1-i].ID, Amount: payment.Amount / engine.Amount(n)})
	}
	payment.Split = engine.Some(terms)
	return policy, account, payment, err
}

func factCurve(n int) (*engine.Policy, engine.Account, engine.Payment, error) {
	policy, account, payment, err := balanceCurve("", true)(8)
	for i := range n {
		account.Facts = append(account.Facts, engine.Fact{Name: "fact_" + strconv.Itoa(i), Value: engine.NumberValue("1")})
	}
	return policy, account, payment, err
}

// directionCurve has 1,000 balances, and directs to the last of them.
func directionCurve(n int) (*engine.Policy, engine.Account, engine.Payment, error) {
	policy, _, err := loadText(curveHead + "waterfalls: [{name: main, directed: first, tiers: [{tier: all}]}]\n")
	account, payment := engine.Account{Balances: manyBalances(1000, true)}, payHalf(1000)
	for i := range n {
		b := &account.Balances[999-i]
		payment.Directed = append(payment.Directed, engine.Direction{Bucket: b.Bucket, Component: b.Component, Amount: 1})
	}
	return policy, account, payment, err
}
