package engine_test

import (
	"fmt"
	"math/rand"
	"reflect"
	"testing/fstest"

	"github.com/leanovate/gopter"

	"example.com/spillway/engine"
)

// A drawn case is one decision: a policy, an account and a payment.
type drawnCase struct {
	Type    string // of payment: which waterfall of the policy
	Account engine.Account
	Payment engine.Payment
}

// drawnPolicy has each way of taking, sharing, counting and leaving over once.
var drawnPolicy = mustLoad(drawnText)

const drawnText = `
policy: drawn
currency: USD
statuses: {counted: [active, pending, settled], frees_credit: [active, settled]}
facts: {balance: {weight: {type: number, default: 1}}}
payment_types:
  - {name: in_turn, waterfall: in_turn}
  - {name: shared, waterfall: shared}
  - {name: whole, waterfall: whole}
  - {name: directed, waterfall: directed}
  - {name: cure, waterfall: cure}
waterfalls:
  - {name: in_turn, tiers: [{tier: dues, take: due, order: [{component: [fees, interest, principal]}]}, {tier: rate, order: [balance.apr desc]}]}
  - name: shared
    leftover: credit
    tiers:
      - {tier: weighed, cap: account.minimum_due, share: pro_rata, by: balance.facts.weight}
      - {tier: equal, share: equal, counts: ahead}
  - {name: whole, tiers: [{tier: buckets, whole: bucket, order: [balance.due_date]}, {tier: ones, whole: true}, {tier: third, take: balance.owed / 3, counts: not}]}
  - {name: directed, directed: first, invalid_directions: trim, tiers: [{tier: all, share: pro_rata}]}
  - {name: cure, leftover: credit, tiers: [{tier: late, take: past_due}, {use: in_turn}]}
fees:
  - {name: on_top, when: payment.method == "card", type: greater, flat: 1.00, percentage: 2.5}
  - {name: inside, when: payment.method == "agent", type: percentage, percentage: 5, collect: from_payment}
  - {name: before, when: payment.method == "phone", type: flat, flat: 4.00, collect: charge_before}
  - {name: after, when: payment.method == "mail", type: flat, flat: 4.00, collect: charge_after}
splits:
  - {name: dues, tiers: [{tier: dues, take: due, share: pro_rata}, {tier: rest, order: [child.apr desc]}]}
  - {name: each, fee: each_same, leftover: unapplied, tiers: [{tier: equal, share: equal}]}
  - {name: family, among: family, tiers: [{tier: owed, share: pro_rata, by: owed}]}
guardrails:
  - {name: notice, severity: notice, forbid: payment.amount > 100, message: "{{payment.amount}}"}
`

func mustLoad(policy string) *engine.Policy {
	p, err := engine.Load(fstest.MapFS{"drawn.yaml": {Data: []byte(policy)}}, "drawn.yaml")
	if err != nil {
		panic(err)
	}
	return p
}

// drawCase is the generator of whole cases. They are small, and their amounts
// keep to the edges: cents that do not divide, nothing, equal, the largest.
func drawCase(p *gopter.GenParameters) *gopter.GenResult {
	r := p.Rng
	c := drawnCase{Account: drawAccount(r, "root", 0), Payment: engine.Payment{
		ID: "p", Amount: 1 + drawAmount(r), Date: drawDay(r),
		Type:         []string{"in_turn", "shared", "whole", "directed", "cure"}[r.Intn(5)],
		Status:       []engine.Status{engine.Active, engine.Active, engine.Pending, engine.Failed}[r.Intn(4)],
		Mode:         engine.Mode(r.Intn(2)),
		Method:       []string{"", "", "card", "agent", "phone", "mail"}[r.Intn(6)],
		ResetPastDue: r.Intn(5) == 0,
	}}
	switch {
	case len(c.Account.Children) > 0 && r.Intn(2) == 0:
		name := []string{"dues", "each", "family"}[r.Intn(3)]
		c.Payment.Split = engine.Some(engine.SplitTerms{Type: name})
	case c.Payment.Type == "directed" && len(c.Account.Balances) > 0:
		b := c.Account.Balances[r.Intn(len(c.Account.Balances))]
		c.Payment.Directed = []engine.Direction{{Bucket: b.Bucket, Component: b.Component, Amount: drawAmount(r)}}
	}
	result := gopter.NewGenResult(c, gopter.Shrinker(shrinkCase))
	return result
}

func drawAccount(r *rand.Rand, id string, depth int) engine.Account {
	a := engine.Account{ID: id, DaysPastDue: r.Intn(100), RollsUp: engine.RollsUp(r.Intn(3))}
	if r.Intn(2) == 0 {
		a.CreditLimit = engine.Some(drawAmount(r))
	}
	if r.Intn(2) == 0 {
		a.MinimumDue = engine.Some(drawAmount(r))
	}
	for i := range r.Intn(5) {
		a.Balances = append(a.Balances, drawBalance(r, i))
	}
	for i := range r.Intn(max(1, 4-2*depth)) {
		a.Children = append(a.Children, drawAccount(r, fmt.Sprint(id, ".", i), depth+1))
	}
	return a
}

func drawBalance(r *rand.Rand, i int) engine.Balance {
	b := engine.Balance{
		Bucket: fmt.Sprint("b", i%2), Component: []string{"fees", "interest", "principal", "other", "more"}[i],
		Owed:  drawAmount(r),
		Facts: engine.Facts{{Name: "weight", Value: engine.NumberValue([]string{"0", "1", "3", "0.001", "-2", "999999999999999"}[r.Intn(6)])}},
	}
	if r.Intn(2) == 0 {
		b.DueDate = drawDay(r)
	}
	if r.Intn(2) == 0 {
		b.Due = engine.Some(b.Owed / 2)
	}
	if r.Intn(3) > 0 {
		b.APR = engine.Some(engine.Rate(r.Intn(3)) * 10_000_000_000)
	}
	return b
}

func drawDay(r *rand.Rand) engine.Date { return engine.Date(738_000 + r.Intn(60)) }

func drawAmount(r *rand.Rand) engine.Amount {
	switch r.Intn(6) {
	case 0:
		return 0
	case 1:
		return engine.Amount(r.Intn(4))
	case 2:
		return 100_00
	case 3:
		return 100_000_000_000_000 + engine.Amount(r.Intn(3))
	}
	return engine.Amount(r.Intn(200_00))
}

// shrinkCase offers smaller cases: one balance or child less, and smaller
// amounts, one at a time.
func shrinkCase(v any) gopter.Shrink {
	c := v.(drawnCase)
	var smaller []drawnCase
	add := func(change func(*drawnCase)) {
		next := c
		next.Account = copyAccount(&c.Account)
		change(&next)
		if len(next.Account.Children) == 0 { // or the case is no longer one that could be decided
			next.Payment.Split = engine.Opt[engine.SplitTerms]{}
		}
		if !reflect.DeepEqual(next, c) {
			smaller = append(smaller, next)
		}
	}
	for at, a := range accountsOf(&c.Account) {
		for i := range a.Children {
			add(func(n *drawnCase) {
				a := accountsOf(&n.Account)[at]
				a.Children = append(a.Children[:i], a.Children[i+1:]...)
			})
		}
	}
	for at := range accountsOf(&c.Account) {
		for i := range accountsOf(&c.Account)[at].Balances {
			add(func(n *drawnCase) {
				a := accountsOf(&n.Account)[at]
				a.Balances = append(a.Balances[:i], a.Balances[i+1:]...)
			})
			add(func(n *drawnCase) {
				b := &accountsOf(&n.Account)[at].Balances[i]
				b.Owed /= 2
				b.Due = engine.Opt[engine.Amount]{}
			})
		}
	}
	add(func(n *drawnCase) { n.Payment.Amount = max(1, n.Payment.Amount/2) })
	add(func(n *drawnCase) { n.Payment.Split = engine.Opt[engine.SplitTerms]{} })
	i := 0
	return func() (any, bool) {
		if i == len(smaller) {
			return nil, false
		}
		i++
		return smaller[i-1], true
	}
}

// accountsOf lists an account and those below it.
func accountsOf(a *engine.Account) []*engine.Account {
	all := []*engine.Account{a}
	for i := range a.Children {
		all = append(all, accountsOf(&a.Children[i])...)
	}
	return all
}

func copyAccount(a *engine.Account) engine.Account {
	out := *a
	out.Balances = append([]engine.Balance(nil), a.Balances...)
	out.Children = nil
	for i := range a.Children {
		out.Children = append(out.Children, copyAccount(&a.Children[i]))
	}
	return out
}
