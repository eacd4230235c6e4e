package verify

import (
	"slices"
	"strconv"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// account draws an account with a few balances and, where payments are split,
// children.
func (d *drawer) account(id, program string, depth int) engine.Account {
	a := engine.Account{
		ID: id, Program: program, Kind: pick(d, append([]string{""}, d.words.Words["kind"]...)...),
		Facts: d.facts(d.policy.Layout.Account.Facts, nil),
	}
	if depth > 0 && d.oneIn(4) {
		a.RollsUp = pick(d, engine.RollsUpPrincipal, engine.RollsUpNone)
	}
	if d.oneIn(3) {
		a.DaysPastDue = max(0, pick(d, d.words.days...)+d.Intn(3)-1)
	}
	for range d.Intn(5) {
		d.addBalance(&a)
	}
	if d.oneIn(2) {
		a.CreditLimit = engine.Some(d.amount() * 10)
		if d.oneIn(4) {
			a.CreditHeld = d.amount()
		}
	}
	if d.oneIn(2) {
		a.MinimumDue = engine.Some(min(d.amount(), ownOwed(&a)))
	}
	d.addChildren(&a, depth)
	return a
}

// addChildren adds the children that a payment is to be shared among, or a few.
func (d *drawer) addChildren(a *engine.Account, depth int) {
	shared := depth == 0 && d.split != nil
	if !shared && !d.oneIn(8+8*depth) || depth > 2 {
		return
	}
	ids := d.words.children[:1+d.Intn(len(d.words.children))]
	if depth > 0 {
		ids = []string{a.ID + "1", a.ID + "2"}[:1+d.Intn(2)]
	}
	if shared && len(d.split.Percentages) > 0 {
		ids = nil
		for _, p := range d.split.Percentages {
			ids = append(ids, p.Child)
		}
	}
	for _, id := range ids {
		a.Children = append(a.Children, d.account(id, d.childProgram(), depth+1))
	}
}

// childProgram is mostly its parent's.
func (d *drawer) childProgram() string {
	if d.oneIn(3) {
		return pick(d, d.words.programs...)
	}
	return ""
}

// unnamed is a component that no policy names.
const unnamed = "unnamed"

// addBalance adds a balance, unless the account has such a one.
func (d *drawer) addBalance(a *engine.Account) {
	b := engine.Balance{Bucket: pick(d, d.words.buckets...), Component: pick(d, d.words.components...), Owed: d.amount()}
	if d.oneIn(20) {
		b = engine.Balance{Bucket: "credit", Component: "credit", Owed: -b.Owed}
	}
	if slices.ContainsFunc(a.Balances, func(o engine.Balance) bool { return o.Bucket == b.Bucket && o.Component == b.Component }) {
		return
	}
	if d.oneIn(2) {
		b.DueDate = d.near()
	}
	d.dues(&b)
	if !d.oneIn(6) {
		b.APR = engine.Some(engine.Rate(pick(d, 20, 20, 10, 0, 27)) * 1e10)
	}
	b.Facts = d.facts(d.policy.Layout.Balance.Facts, nil)
	a.Balances = append(a.Balances, b)
}

// dues draws what of a balance is due and overdue, or leaves it to its date.
func (d *drawer) dues(b *engine.Balance) {
	b.Due, b.PastDue = engine.Opt[engine.Amount]{}, engine.Opt[engine.Amount]{}
	if owed := max(b.Owed, 0); d.oneIn(2) {
		due := pick(d, owed, owed/2, 0, owed/3)
		b.Due, b.PastDue = engine.Some(due), engine.Some(pick(d, 0, due, due/2))
	}
}

// vary is an account like a sample: a few amounts, dues and facts are others,
// a few balances and children missing.
func (d *drawer) vary(sample *engine.Account) engine.Account {
	a := *sample
	a.Facts = d.facts(d.policy.Layout.Account.Facts, sample.Facts)
	a.Balances = nil
	for i := range sample.Balances {
		b := sample.Balances[i]
		if d.oneIn(8) {
			continue
		}
		if credit := b.Bucket == "credit" && b.Component == "credit"; !credit && d.oneIn(2) {
			b.Owed = pick(d, 0, d.amount(), max(b.Owed/2, 0))
			d.dues(&b)
		}
		b.Facts = d.facts(d.policy.Layout.Balance.Facts, b.Facts)
		a.Balances = append(a.Balances, b)
	}
	if d.oneIn(3) {
		a.MinimumDue = engine.Some(min(d.amount(), ownOwed(&a)))
	}
	if d.oneIn(4) {
		a.DaysPastDue = max(0, pick(d, d.words.days...)+d.Intn(3)-1)
	}
	a.Children = nil
	for i := range sample.Children {
		if d.split != nil && len(d.split.Percentages) > 0 || !d.oneIn(8) {
			a.Children = append(a.Children, d.vary(&sample.Children[i]))
		}
	}
	return a
}

// facts draws what a policy declares of a record. Of a sample's facts most stay
// as they are, and those that the policy does not declare all do.
func (d *drawer) facts(slots []rules.FactSlot, of engine.Facts) engine.Facts {
	facts := slices.Clone(of)
	for i := range slots {
		s := &slots[i]
		at := slices.IndexFunc(facts, func(f engine.Fact) bool { return f.Name == s.Name })
		switch {
		case at >= 0 && d.oneIn(6):
			facts[at].Value = d.fact(s)
		case at < 0 && (s.Decl.HasDefault && d.oneIn(2) || !s.Decl.HasDefault && !d.oneIn(20)):
			facts = append(facts, engine.Fact{Name: s.Name, Value: d.fact(s)})
		}
	}
	return facts
}

// fact draws a value of a declared fact, from what rules hold it against.
func (d *drawer) fact(s *rules.FactSlot) engine.Value {
	figures := d.words.Figures["facts."+s.Name]
	switch s.Type {
	case rules.FactBool:
		return engine.BoolValue(d.oneIn(2))
	case rules.FactMoney:
		return engine.MoneyValue(d.amount())
	case rules.FactRate:
		return engine.NumberValue(pick(d, append([]string{"0", "5", "36", "36.01"}, figures...)...))
	case rules.FactDate:
		return engine.DateValue(d.near())
	case rules.FactNumber:
		text := pick(d, append([]string{"0", "1", "2", "0.5", "12"}, figures...)...)
		if n := whole(text); n >= 0 {
			text = strconv.Itoa(max(0, n+d.Intn(3)-1))
		}
		return engine.NumberValue(text)
	}
	words := d.words.Words["facts."+s.Name]
	return engine.TextValue(pick(d, append([]string{"other", s.Decl.Default.Text}, words...)...))
}
