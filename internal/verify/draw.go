package verify

import (
	"math/rand"
	"slices"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// A drawer draws payments on accounts that a policy can meet. Unlike the cases
// of package enginetest, they are about what this policy names, and documents
// without faults.
type drawer struct {
	*rand.Rand
	policy *rules.Policy
	words  *words
	sample *engine.Account
	today  engine.Date
	split  *rules.Split // the one that the payment is shared by, nil: none
}

func newDrawer(p *rules.Policy, sample *engine.Account, src *rand.Rand) *drawer {
	return &drawer{Rand: src, policy: p, words: wordsOf(p), sample: sample}
}

// oneIn is true one time in n.
func (d *drawer) oneIn(n int) bool { return d.Intn(n) == 0 }

// pick draws one of a list, which may be empty.
func pick[T any](d *drawer, list ...T) (one T) {
	if len(list) > 0 {
		one = list[d.Intn(len(list))]
	}
	return one
}

// input draws an account and a payment on it.
func (d *drawer) input() (engine.Account, engine.Payment) {
	d.today = d.day()
	program := pick(d, d.words.programs...)
	if d.sample != nil {
		program = d.sample.Program
	}
	d.split = nil
	splits := d.served(program)
	if len(splits) > 0 && d.Intn(3) > 0 {
		d.split = pick(d, splits...)
	}
	var account engine.Account
	if d.sample != nil {
		account = d.vary(d.sample)
	} else {
		account = d.account("", program, 0)
	}
	return account, d.payment(&account)
}

// served are the splits of a program.
func (d *drawer) served(program string) (all []*rules.Split) {
	for i := range d.policy.Splits {
		if s := &d.policy.Splits[i]; s.Serves(program) {
			all = append(all, s)
		}
	}
	return all
}

// day draws the payment's day, near the days that the policy and the sample name.
func (d *drawer) day() engine.Date {
	days := append([]engine.Date{plainDay, plainDay + 40, plainDay + 61}, d.words.Dates...)
	if d.sample != nil {
		for i := range d.sample.Balances {
			if due := d.sample.Balances[i].DueDate; due != 0 {
				days = append(days, due, due, due)
			}
		}
	}
	return pick(d, days...) + engine.Date(d.Intn(31)-1)
}

// near draws a day before or after today, as far away as rules look.
func (d *drawer) near() engine.Date {
	days := engine.Date(pick(d, d.words.days...) + d.Intn(3) - 1)
	if d.oneIn(3) {
		days = engine.Date(d.Intn(60))
	}
	if d.oneIn(2) {
		days = -days
	}
	return max(1, d.today+days)
}

// amount draws an amount from the edges: one cent, cents that do not divide,
// what rules hold amounts against.
func (d *drawer) amount() engine.Amount {
	if len(d.words.amounts) > 0 && d.oneIn(4) {
		return max(0, pick(d, d.words.amounts...)+engine.Amount(d.Intn(3)-1))
	}
	switch d.Intn(8) {
	case 0:
		return engine.Amount(d.Intn(4))
	case 1:
		return 100_00
	case 2:
		return engine.Amount(33_33 + d.Intn(3))
	case 3:
		return engine.Amount(d.Intn(5000_00))
	}
	return engine.Amount(d.Intn(200_00))
}

// payment draws a payment on an account of the tree, mostly the root.
func (d *drawer) payment(account *engine.Account) engine.Payment {
	p := engine.Payment{
		Date: d.today, Status: d.status(), Mode: pick(d, engine.Log, engine.Log, engine.Process),
		Method: pick(d, append([]string{""}, d.words.Words["method"]...)...),
		Extra:  pick(d, append([]string{""}, d.words.Words["extra"]...)...),
		Facts:  d.facts(d.policy.Layout.Payment.Facts, nil),
		Payoff: d.oneIn(4), Recovery: d.oneIn(4), Early: d.oneIn(4), ResetPastDue: d.oneIn(8), IgnoreGuardrails: d.oneIn(10),
	}
	paid, program := account, account.Program
	if len(account.Children) > 0 && d.split == nil && d.oneIn(3) {
		paid = &account.Children[d.Intn(len(account.Children))]
		p.Account = paid.ID
		if paid.Program != "" {
			program = paid.Program
		}
	}
	p.Type = d.kind(program)
	p.Amount = max(1, d.paying(paid))
	switch {
	case d.split != nil && len(paid.Children) > 0:
		p.Split = engine.Some(engine.SplitTerms{Type: d.split.Name})
	case len(paid.Children) > 0 && d.oneIn(2):
		p.Split = engine.Some(engine.SplitTerms{Amounts: d.byHand(p.Amount, paid)})
	default:
		d.direct(&p, paid)
	}
	d.terms(&p)
	return p
}

// status is mostly active, else any that a payment may begin with.
func (d *drawer) status() engine.Status {
	if !d.oneIn(6) {
		return engine.Active
	}
	return pick(d, engine.Pending, engine.Settled, engine.Pending, engine.Failed, engine.Voided)
}

// kind is a payment type of a program, "" now and then.
func (d *drawer) kind(program string) string {
	names := []string{}
	for i := range d.policy.PaymentTypes {
		if t := &d.policy.PaymentTypes[i]; t.Serves(program) {
			names = append(names, t.Name)
		}
	}
	if d.oneIn(6) {
		return ""
	}
	return pick(d, names...)
}

// paying draws an amount, from what is owed as often as not.
func (d *drawer) paying(a *engine.Account) engine.Amount {
	owed, all := ownOwed(a), allOwed(a)
	switch d.Intn(9) {
	case 0:
		return owed
	case 1:
		return all
	case 2:
		return owed + d.amount()
	case 3:
		return all + d.amount()
	case 4:
		return owed / 2
	case 5:
		return a.MinimumDue.Or(d.amount()) + engine.Amount(d.Intn(3)-1)
	}
	return d.amount()
}

// direct lets a payment ask for balances, where its waterfalls take directions.
func (d *drawer) direct(p *engine.Payment, paid *engine.Account) {
	if !d.directs(p.Type) || !d.oneIn(3) {
		return
	}
	var sum engine.Amount
	for i := range paid.Balances {
		b := &paid.Balances[i]
		if b.Owed > 0 && d.oneIn(2) {
			amount := pick(d, b.Owed, b.Owed/2+1, 1)
			p.Directed = append(p.Directed, engine.Direction{Bucket: b.Bucket, Component: b.Component, Amount: amount})
			sum += amount
		}
	}
	if sum > 0 && d.oneIn(2) {
		p.Amount = sum
	}
}

// byHand shares an amount among the children, the last of which gets the rest.
func (d *drawer) byHand(amount engine.Amount, paid *engine.Account) (parts []engine.SplitAmount) {
	for i := range paid.Children {
		part := amount / engine.Amount(1+d.Intn(3))
		if i == len(paid.Children)-1 {
			part = amount
		}
		amount -= part
		parts = append(parts, engine.SplitAmount{Account: paid.Children[i].ID, Amount: part})
	}
	return parts
}

// directs says whether all waterfalls of a payment type take directions.
func (d *drawer) directs(kind string) bool {
	for i := range d.policy.PaymentTypes {
		t := &d.policy.PaymentTypes[i]
		if t.Name == kind {
			return !slices.ContainsFunc(t.Choices, func(c rules.Choice) bool {
				return d.policy.Waterfalls[c.Waterfall].Directed == rules.DirectedAbsent
			})
		}
	}
	return false
}

// terms lets a payment bring terms of a fee, where a schedule takes them.
func (d *drawer) terms(p *engine.Payment) {
	takes := slices.ContainsFunc(d.policy.Fees, func(f rules.Fee) bool { return f.PaymentTerms })
	if !takes || !d.oneIn(4) {
		return
	}
	p.Fee = engine.Some(engine.FeeTerms{
		Type: pick(d, engine.Flat, engine.Percentage, engine.Lesser, engine.Greater, engine.Sum),
		Flat: d.amount() / 10, Percentage: engine.Rate(1+d.Intn(5)) * 1e10,
	})
}
