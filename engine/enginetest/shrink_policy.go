package enginetest

import "slices"

// policy shrinks the policy, if the case has one of its own.
func (s *shrinker) policy() {
	p := s.from.Policy
	if p == nil {
		return
	}
	less(s, p.Guardrails, func(p *Policy) *[]Guardrail { return &p.Guardrails })
	less(s, p.Fees, func(p *Policy) *[]Fee { return &p.Fees })
	less(s, p.Splits, func(p *Policy) *[]Split { return &p.Splits })
	less(s, p.PaymentTypes, func(p *Policy) *[]PaymentType { return &p.PaymentTypes })
	less(s, p.Waterfalls, func(p *Policy) *[]Waterfall { return &p.Waterfalls })
	less(s, p.Facts, func(p *Policy) *[]FactDecl { return &p.Facts })
	less(s, p.Counted, func(p *Policy) *[]string { return &p.Counted })
	less(s, p.FreesCredit, func(p *Policy) *[]string { return &p.FreesCredit })
	if p.Code != "USD" || p.OwnDecimals {
		s.edit(func(p *Policy) { p.Code, p.Decimals, p.OwnDecimals = "USD", 2, false })
	}
	s.word(p.Override, func(p *Policy) *string { return &p.Override })
	s.word(p.Version, func(p *Policy) *string { return &p.Version })
	for i := range p.PaymentTypes {
		s.paymentType(i)
	}
	for i := range p.Waterfalls {
		s.waterfall(i)
	}
	for i := range p.Splits {
		s.split(i)
	}
	for i := range p.Fees {
		s.fee(i)
	}
	for i := range p.Guardrails {
		s.guardrail(i)
	}
}

// edit tries a change of the policy.
func (s *shrinker) edit(change func(*Policy)) { s.try(func(c *Case) { change(c.Policy) }) }

// less tries a list without each of its members.
func less[T any](s *shrinker, now []T, at func(*Policy) *[]T) {
	if len(now) > 1 {
		s.edit(func(p *Policy) { *at(p) = nil })
	}
	for i := range now {
		s.edit(func(p *Policy) { *at(p) = slices.Delete(*at(p), i, i+1) })
	}
}

// word tries to leave a word out, so that its default holds.
func (s *shrinker) word(now string, at func(*Policy) *string) {
	if now != "" {
		s.edit(func(p *Policy) { *at(p) = "" })
	}
}

// expr tries to leave an expression out, or one of its parts in its place.
func (s *shrinker) expr(now *Expr, at func(*Policy) **Expr) {
	if now == nil {
		return
	}
	s.edit(func(p *Policy) { *at(p) = nil })
	for i, arg := range now.Args {
		if arg.Kind == now.Kind {
			s.edit(func(p *Policy) { *at(p) = (*at(p)).Args[i] })
		}
	}
	if now.Kind == Bool && now.Op != Literal {
		s.edit(func(p *Policy) { *at(p) = literal(Bool, "true") })
		s.edit(func(p *Policy) { *at(p) = literal(Bool, "false") })
	}
	if now.Kind == Money && now.Op != Literal {
		s.edit(func(p *Policy) { *at(p) = literal(Money, "1") })
	}
	for i := range now.Args {
		s.inner(now.Args[i], func(p *Policy) *Expr { return (*at(p)).Args[i] })
	}
}

// inner tries to put a part of an expression in its place, inside a larger one.
func (s *shrinker) inner(now *Expr, at func(*Policy) *Expr) {
	for i, arg := range now.Args {
		if arg.Kind == now.Kind {
			s.edit(func(p *Policy) { e := at(p); *e = *e.Args[i] })
		}
		s.inner(arg, func(p *Policy) *Expr { return at(p).Args[i] })
	}
	if now.Op == Literal || now.Op == Element || now.Op == Field {
		return
	}
	switch now.Kind {
	case Money, Number:
		s.edit(func(p *Policy) { *at(p) = *literal(now.Kind, "1") })
	case Bool:
		s.edit(func(p *Policy) { *at(p) = *literal(Bool, "true") })
	}
}

func (s *shrinker) paymentType(i int) {
	t := &s.from.Policy.PaymentTypes[i]
	less(s, t.Programs, func(p *Policy) *[]string { return &p.PaymentTypes[i].Programs })
	less(s, t.Choices, func(p *Policy) *[]Choice { return &p.PaymentTypes[i].Choices })
	for j := range t.Choices {
		s.edit(func(p *Policy) {
			t := &p.PaymentTypes[i]
			t.Waterfall, t.Choices = t.Choices[j].Use, nil
		})
		s.expr(t.Choices[j].When, func(p *Policy) **Expr { return &p.PaymentTypes[i].Choices[j].When })
	}
	if t.ID != 0 {
		s.edit(func(p *Policy) { p.PaymentTypes[i].ID = 0 })
	}
}

func (s *shrinker) waterfall(i int) {
	w := &s.from.Policy.Waterfalls[i]
	less(s, w.Tiers, func(p *Policy) *[]Tier { return &p.Waterfalls[i].Tiers })
	less(s, w.Undo, func(p *Policy) *[]string { return &p.Waterfalls[i].Undo })
	s.word(w.Leftover, func(p *Policy) *string { return &p.Waterfalls[i].Leftover })
	s.word(w.DirectedAfter, func(p *Policy) *string { return &p.Waterfalls[i].DirectedAfter })
	s.word(w.InvalidDirections, func(p *Policy) *string { return &p.Waterfalls[i].InvalidDirections })
	s.word(w.Directed, func(p *Policy) *string { return &p.Waterfalls[i].Directed })
	for j := range w.Tiers {
		s.tier(&w.Tiers[j], func(p *Policy) *Tier { return &p.Waterfalls[i].Tiers[j] })
	}
}

func (s *shrinker) tier(t *Tier, at func(*Policy) *Tier) {
	for j := range t.Order {
		s.edit(func(p *Policy) { at(p).Order = slices.Delete(at(p).Order, j, j+1) })
		s.expr(t.Order[j].Expr, func(p *Policy) **Expr { return &at(p).Order[j].Expr })
		less(s, t.Order[j].Words, func(p *Policy) *[][]string { return &at(p).Order[j].Words })
	}
	s.word(t.Take, func(p *Policy) *string { return &at(p).Take })
	s.word(t.Share, func(p *Policy) *string { return &at(p).Share })
	s.word(t.By, func(p *Policy) *string { return &at(p).By })
	s.word(t.Whole, func(p *Policy) *string { return &at(p).Whole })
	s.word(t.Counts, func(p *Policy) *string { return &at(p).Counts })
	for _, field := range []func(*Tier) **Expr{
		func(t *Tier) **Expr { return &t.When },
		func(t *Tier) **Expr { return &t.Where },
		func(t *Tier) **Expr { return &t.Cap },
		func(t *Tier) **Expr { return &t.TakeExpr },
		func(t *Tier) **Expr { return &t.ByExpr },
	} {
		s.expr(*field(t), func(p *Policy) **Expr { return field(at(p)) })
	}
}

func (s *shrinker) split(i int) {
	split := &s.from.Policy.Splits[i]
	less(s, split.Tiers, func(p *Policy) *[]Tier { return &p.Splits[i].Tiers })
	less(s, split.Programs, func(p *Policy) *[]string { return &p.Splits[i].Programs })
	s.word(split.Among, func(p *Policy) *string { return &p.Splits[i].Among })
	s.word(split.Fee, func(p *Policy) *string { return &p.Splits[i].Fee })
	s.word(split.Leftover, func(p *Policy) *string { return &p.Splits[i].Leftover })
	for j := range split.Tiers {
		s.tier(&split.Tiers[j], func(p *Policy) *Tier { return &p.Splits[i].Tiers[j] })
	}
}

func (s *shrinker) fee(i int) {
	f := &s.from.Policy.Fees[i]
	s.expr(f.When, func(p *Policy) **Expr { return &p.Fees[i].When })
	less(s, f.Programs, func(p *Policy) *[]string { return &p.Fees[i].Programs })
	less(s, f.Actions, func(p *Policy) *[]string { return &p.Fees[i].Actions })
	for _, field := range []func(*Fee) *string{
		func(f *Fee) *string { return &f.Minimum },
		func(f *Fee) *string { return &f.Maximum },
		func(f *Fee) *string { return &f.Round },
		func(f *Fee) *string { return &f.Terms },
		func(f *Fee) *string { return &f.Collect },
		func(f *Fee) *string { return &f.ChargeBucket },
	} {
		s.word(*field(f), func(p *Policy) *string { return field(&p.Fees[i]) })
	}
	if f.Type != "flat" && f.Flat != "" {
		s.edit(func(p *Policy) { p.Fees[i].Type, p.Fees[i].Percentage = "flat", "" })
	}
}

func (s *shrinker) guardrail(i int) {
	g := &s.from.Policy.Guardrails[i]
	s.expr(g.When, func(p *Policy) **Expr { return &p.Guardrails[i].When })
	s.expr(g.Forbid, func(p *Policy) **Expr { return &p.Guardrails[i].Forbid })
	s.expr(g.Require, func(p *Policy) **Expr { return &p.Guardrails[i].Require })
	less(s, g.Programs, func(p *Policy) *[]string { return &p.Guardrails[i].Programs })
	less(s, g.Actions, func(p *Policy) *[]string { return &p.Guardrails[i].Actions })
	for j := range g.Message {
		s.expr(g.Message[j].Expr, func(p *Policy) **Expr { return &p.Guardrails[i].Message[j].Expr })
	}
	for _, field := range []func(*Guardrail) *string{
		func(g *Guardrail) *string { return &g.From },
		func(g *Guardrail) *string { return &g.Until },
		func(g *Guardrail) *string { return &g.Stage },
		func(g *Guardrail) *string { return &g.Severity },
		func(g *Guardrail) *string { return &g.Cite },
	} {
		s.word(*field(g), func(p *Policy) *string { return field(&p.Guardrails[i]) })
	}
}
