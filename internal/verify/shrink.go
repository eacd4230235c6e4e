package verify

import (
	"bytes"
	"slices"

	"example.com/spillway/engine"
	"example.com/spillway/engine/enginetest"
)

// How many smaller cases are tried for one finding: so many times, so many.
const (
	shrinkRounds = 5
	maxShrinks   = 5_000
)

// shrink makes the case of a finding as small as it goes.
func (v *verifier) shrink(f *Finding) {
	if f.Trial == nil {
		return
	}
	tries := 0
	shows := func(c enginetest.Case) bool {
		tries++
		t := v.try(c.Account, c.Payment)
		return tries <= maxShrinks && f.again(&t) != nil
	}
	c := enginetest.Case{Account: f.Trial.Account, Payment: f.Trial.Payment}
	for range shrinkRounds {
		before := v.request(&c)
		for smaller := true; smaller; { // first what Minimize would do cent by cent
			c, smaller = v.plainer(c, shows)
		}
		tries = 0
		c = enginetest.Minimize(c, shows)
		tries = 0
		if bytes.Equal(before, v.request(&c)) {
			break
		}
	}
	t := v.try(c.Account, c.Payment)
	f.Trial = &t
	if again := f.again(&t); again != nil {
		f.Says, f.Broken = again.Says, again.Broken
	}
}

// request is a case as a document.
func (v *verifier) request(c *enginetest.Case) []byte {
	currency := v.policy.Currency()
	return c.Payment.AppendJSON(c.Account.AppendJSON(nil, currency), currency)
}

// plainDay is a day without meaning, of a leap year.
const plainDay engine.Date = 738_900 // 2024-01-15

// plainer makes something of the payment plain that [enginetest.Minimize] leaves
// as it is, and says whether it could.
func (v *verifier) plainer(c enginetest.Case, shows func(enginetest.Case) bool) (enginetest.Case, bool) {
	try := func(change func(*engine.Payment)) (enginetest.Case, bool) {
		less := c
		change(&less.Payment)
		return less, shows(less)
	}
	for i := range c.Payment.Facts {
		if less, ok := try(func(p *engine.Payment) { p.Facts = slices.Delete(slices.Clone(p.Facts), i, i+1) }); ok {
			return less, true
		}
	}
	if c.Payment.Date != plainDay {
		if less, ok := try(func(p *engine.Payment) { p.Date = plainDay }); ok {
			return less, true
		}
	}
	if less, ok := lessOfBoth(c, shows); ok {
		return less, true
	}
	t := v.try(c.Account, c.Payment)
	if left := reaches(&t); left < c.Payment.Amount { // a fee took something: less without it
		return try(func(p *engine.Payment) {
			p.Method, p.Facts, p.Fee, p.Amount = "", nil, engine.Opt[engine.FeeTerms]{}, left
		})
	}
	return c, false
}

// lessOfBoth lowers a balance, or takes it or a child away, and lowers the
// payment by as much.
func lessOfBoth(c enginetest.Case, shows func(enginetest.Case) bool) (enginetest.Case, bool) {
	for _, less := range withLess(&c.Account) {
		by := allOwed(&c.Account) - allOwed(&less)
		smaller := c
		smaller.Account = less
		fewer := countBalances(&less) < countBalances(&c.Account)
		if smaller.Payment.Amount -= by; smaller.Payment.Amount > 0 && (by > 0 || fewer) && shows(smaller) {
			return smaller, true
		}
	}
	return c, false
}

// withLess are trees in which less is owed: first those that lack something.
func withLess(root *engine.Account) (all []engine.Account) {
	change := func(n int, change func(*engine.Account)) {
		less := copied(*root)
		change(nthAccount(&less, n))
		all = append(all, less)
	}
	for n := range countAccounts(root) {
		a := nthAccount(root, n)
		for i := range a.Children {
			change(n, func(a *engine.Account) { a.Children = slices.Delete(a.Children, i, i+1) })
		}
		for i := range a.Balances {
			change(n, func(a *engine.Account) { a.Balances = slices.Delete(a.Balances, i, i+1) })
		}
	}
	for n := range countAccounts(root) {
		for i := range nthAccount(root, n).Balances {
			change(n, func(a *engine.Account) { lower(&a.Balances[i], 1) })
			change(n, func(a *engine.Account) { lower(&a.Balances[i], a.Balances[i].Owed/10) })
			change(n, func(a *engine.Account) { lower(&a.Balances[i], a.Balances[i].Owed/2) })
		}
	}
	return all
}

// smallerThan are amounts above 0 that are worth a try in place of owed.
func smallerThan(owed engine.Amount) []engine.Amount {
	return slices.DeleteFunc([]engine.Amount{1, owed / 10, owed / 2}, func(less engine.Amount) bool {
		return less <= 0 || less >= owed
	})
}

// lower makes a balance owe less, but something.
func lower(b *engine.Balance, owed engine.Amount) {
	if owed < 1 || b.Owed <= owed {
		return
	}
	b.Owed = owed
	b.Due, b.PastDue = atMost(b.Due, owed), atMost(b.PastDue, owed)
}

// atMost is an amount that may be absent, no larger than another.
func atMost(a engine.Opt[engine.Amount], most engine.Amount) engine.Opt[engine.Amount] {
	if amount, ok := a.Get(); ok {
		return engine.Some(min(amount, most))
	}
	return a
}
