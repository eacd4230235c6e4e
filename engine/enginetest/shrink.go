package enginetest

import (
	"encoding/json"
	"iter"
	"slices"

	"example.com/spillway/engine"
)

// Minimize makes a case smaller for as long as it still fails, and gives the
// smallest found. A policy that does not load is for fails to notice.
func Minimize(c Case, fails func(Case) bool) Case { return minimize(c, fails) }

// Shrink gives smaller cases, one after the other: a part of the account, the
// payment or the policy is taken away, made plain, or halved. Those that lose
// most come first. Some of the policies may not load.
func Shrink(c Case) iter.Seq[Case] { return shrink(c) }

// changes lists what makes a case smaller, or leaves it as it is.
func (c Case) changes() []func(*Case) {
	s := &shrinker{from: &c}
	s.account(func(c *Case) *engine.Account { return &c.Account })
	s.payment()
	s.policy()
	return s.changes
}

// A shrinker gathers changes that make a case smaller.
type shrinker struct {
	from    *Case
	changes []func(*Case)
}

// try adds a change.
func (s *shrinker) try(change func(*Case)) { s.changes = append(s.changes, change) }

// copied is a copy that shares nothing that shrinking changes.
func (c Case) copied() Case {
	return Case{c.Policy.clone(), cloneAccount(&c.Account), clonePayment(&c.Payment)}
}

func cloneAccount(a *engine.Account) engine.Account {
	out := *a
	out.Facts = slices.Clone(a.Facts)
	out.Balances = slices.Clone(a.Balances)
	for i := range out.Balances {
		out.Balances[i].Facts = slices.Clone(out.Balances[i].Facts)
	}
	out.Children = nil
	for i := range a.Children {
		out.Children = append(out.Children, cloneAccount(&a.Children[i]))
	}
	return out
}

func clonePayment(p *engine.Payment) engine.Payment {
	out := *p
	out.Facts = slices.Clone(p.Facts)
	out.Directed = slices.Clone(p.Directed)
	if split, ok := p.Split.Get(); ok {
		split.Amounts = slices.Clone(split.Amounts)
		out.Split = engine.Some(split)
	}
	return out
}

// clone copies the policy by way of JSON: all its fields are exported.
func (p *Policy) clone() *Policy {
	if p == nil {
		return nil
	}
	text, err := json.Marshal(p)
	out := &Policy{}
	if err == nil {
		err = json.Unmarshal(text, out)
	}
	if err != nil {
		panic(err) // it is made of texts, numbers and lists
	}
	return out
}

// account shrinks the account that at finds in a case, and what is below it.
func (s *shrinker) account(at func(*Case) *engine.Account) {
	a := at(s.from)
	s.try(func(c *Case) { at(c).Children = nil })
	for i := range a.Children {
		s.try(func(c *Case) { at(c).Children = slices.Delete(at(c).Children, i, i+1) })
	}
	for i := range a.Balances {
		s.try(func(c *Case) { at(c).Balances = slices.Delete(at(c).Balances, i, i+1) })
	}
	for i := range a.Children {
		s.account(func(c *Case) *engine.Account { return &at(c).Children[i] })
	}
	plain := engine.Account{ID: a.ID, Balances: a.Balances, Children: a.Children}
	s.try(func(c *Case) { plain := plain; copyOnto(at(c), &plain) })
	if a.Program != "" {
		s.try(func(c *Case) { at(c).Program = "" })
	}
	if a.Kind != "" {
		s.try(func(c *Case) { at(c).Kind = "" })
	}
	if a.RollsUp != engine.RollsUpAll {
		s.try(func(c *Case) { at(c).RollsUp = engine.RollsUpAll })
	}
	if a.DaysPastDue > 0 {
		s.try(func(c *Case) { at(c).DaysPastDue = 0 })
	}
	s.limits(at)
	for i := range a.Facts {
		s.try(func(c *Case) { at(c).Facts = slices.Delete(at(c).Facts, i, i+1) })
	}
	for i := range a.Balances {
		s.balance(func(c *Case) *engine.Balance { return &at(c).Balances[i] })
	}
}

// copyOnto replaces an account's own fields by those of another.
func copyOnto(a, by *engine.Account) {
	a.Program, a.Kind, a.RollsUp, a.DaysPastDue, a.Facts = by.Program, by.Kind, by.RollsUp, by.DaysPastDue, by.Facts
	a.CreditLimit, a.CreditHeld, a.MinimumDue = by.CreditLimit, by.CreditHeld, by.MinimumDue
}

// limits shrinks an account's own amounts.
func (s *shrinker) limits(at func(*Case) *engine.Account) {
	a := at(s.from)
	for _, field := range []func(*engine.Account) *engine.Opt[engine.Amount]{
		func(a *engine.Account) *engine.Opt[engine.Amount] { return &a.CreditLimit },
		func(a *engine.Account) *engine.Opt[engine.Amount] { return &a.MinimumDue },
	} {
		s.opt(field(a), func(c *Case) *engine.Opt[engine.Amount] { return field(at(c)) })
	}
	if a.CreditHeld != 0 {
		for _, smaller := range halves(a.CreditHeld) {
			s.try(func(c *Case) { at(c).CreditHeld = smaller })
		}
	}
}

// opt shrinks an amount that may be absent.
func (s *shrinker) opt(now *engine.Opt[engine.Amount], at func(*Case) *engine.Opt[engine.Amount]) {
	amount, ok := now.Get()
	if !ok {
		return
	}
	s.try(func(c *Case) { *at(c) = engine.Opt[engine.Amount]{} })
	for _, smaller := range halves(amount) {
		s.try(func(c *Case) { *at(c) = engine.Some(smaller) })
	}
}

// halves are amounts nearer to nothing, the nearest first. The steps get shorter,
// so that a limit in between is found in few.
func halves(a engine.Amount) (smaller []engine.Amount) {
	for _, b := range []engine.Amount{0, 1, 100, 1_00_00, a / 10, a / 2, a - a/8, a - a/64, a - a/512, a - 1} {
		if max(b, -b) < max(a, -a) && (b >= 0) == (a >= 0) {
			smaller = append(smaller, b)
		}
	}
	return smaller
}

func (s *shrinker) balance(at func(*Case) *engine.Balance) {
	b := at(s.from)
	for _, smaller := range halves(b.Owed) {
		s.try(func(c *Case) { lower(at(c), smaller) })
		less := b.Owed - smaller
		if less <= 0 || less >= s.from.Payment.Amount {
			continue
		}
		s.try(func(c *Case) { // where the payment is to fill the balance
			lower(at(c), smaller)
			c.Payment.Amount -= less
		})
	}
	s.opt(&b.Due, func(c *Case) *engine.Opt[engine.Amount] { return &at(c).Due })
	s.opt(&b.PastDue, func(c *Case) *engine.Opt[engine.Amount] { return &at(c).PastDue })
	if b.DueDate != 0 {
		s.try(func(c *Case) { at(c).DueDate = 0 })
	}
	if _, ok := b.APR.Get(); ok {
		s.try(func(c *Case) { at(c).APR = engine.Opt[engine.Rate]{} })
	}
	if b.Bucket != "" && b.Bucket != "main" {
		s.try(func(c *Case) { at(c).Bucket = "main" })
	}
	if b.Component != "principal" {
		s.try(func(c *Case) { at(c).Component = "principal" })
	}
	for i := range b.Facts {
		s.try(func(c *Case) { at(c).Facts = slices.Delete(at(c).Facts, i, i+1) })
	}
}

// lower makes a balance owe less.
func lower(b *engine.Balance, owed engine.Amount) {
	b.Owed = owed
	b.Due, b.PastDue = held(b.Due, owed), held(b.PastDue, owed)
}

// held is an amount that may be absent, no larger than what is owed.
func held(a engine.Opt[engine.Amount], owed engine.Amount) engine.Opt[engine.Amount] {
	if amount, ok := a.Get(); ok {
		return engine.Some(min(amount, max(owed, 0)))
	}
	return a
}

func (s *shrinker) payment() {
	p := &s.from.Payment
	plain := engine.Payment{Amount: p.Amount, Date: p.Date, Type: p.Type, Split: p.Split, Directed: p.Directed, Account: p.Account, Status: p.Status}
	s.try(func(c *Case) {
		split, directed := c.Payment.Split, c.Payment.Directed
		c.Payment = plain
		c.Payment.Split, c.Payment.Directed = split, directed
	})
	for _, change := range []struct {
		is   bool
		make func(*engine.Payment)
	}{
		{p.Status != engine.Active, func(p *engine.Payment) { p.Status = engine.Active }},
		{p.Mode != engine.Log, func(p *engine.Payment) { p.Mode = engine.Log }},
		{p.Type != "", func(p *engine.Payment) { p.Type = "" }},
		{p.Account != "", func(p *engine.Payment) { p.Account = "" }},
		{p.ID != "", func(p *engine.Payment) { p.ID = "" }},
		{p.Method != "", func(p *engine.Payment) { p.Method = "" }},
		{p.Extra != "", func(p *engine.Payment) { p.Extra = "" }},
		{p.Fee != engine.Opt[engine.FeeTerms]{}, func(p *engine.Payment) { p.Fee = engine.Opt[engine.FeeTerms]{} }},
		{len(p.Directed) > 0, func(p *engine.Payment) { p.Directed = nil }},
		{len(p.Directed) > 1, func(p *engine.Payment) { p.Directed = p.Directed[1:] }},
		{len(p.Directed) > 1, func(p *engine.Payment) { p.Directed = p.Directed[:len(p.Directed)-1] }},
		{p.ResetPastDue, func(p *engine.Payment) { p.ResetPastDue = false }},
		{p.IgnoreGuardrails, func(p *engine.Payment) { p.IgnoreGuardrails = false }},
		{p.Payoff, func(p *engine.Payment) { p.Payoff = false }},
		{p.Recovery, func(p *engine.Payment) { p.Recovery = false }},
		{p.Early, func(p *engine.Payment) { p.Early = false }},
		{len(p.Facts) > 0, func(p *engine.Payment) { p.Facts = nil }},
	} {
		if change.is {
			s.try(func(c *Case) { change.make(&c.Payment) })
		}
	}
	s.byHand()
	for _, smaller := range halves(p.Amount) {
		s.try(func(c *Case) { c.Payment.Amount = smaller })
	}
	for i := range p.Directed {
		for _, smaller := range halves(p.Directed[i].Amount) {
			s.try(func(c *Case) { c.Payment.Directed[i].Amount = smaller })
		}
	}
}

// byHand shrinks how a payment is shared: of one that is shared by hand, the
// amount falls with a part.
func (s *shrinker) byHand() {
	split, ok := s.from.Payment.Split.Get()
	if !ok {
		return
	}
	s.try(func(c *Case) { c.Payment.Split = engine.Opt[engine.SplitTerms]{} })
	for i := range split.Amounts {
		for _, smaller := range halves(split.Amounts[i].Amount) {
			s.try(func(c *Case) {
				split, _ := c.Payment.Split.Get()
				part := &split.Amounts[i]
				c.Payment.Amount -= part.Amount - smaller
				part.Amount = smaller
			})
		}
		s.try(func(c *Case) {
			split, _ := c.Payment.Split.Get()
			c.Payment.Amount -= split.Amounts[i].Amount
			split.Amounts = slices.Delete(split.Amounts, i, i+1)
			c.Payment.Split = engine.Some(split)
		})
	}
}
