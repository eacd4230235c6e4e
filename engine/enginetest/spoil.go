package enginetest

import "example.com/spillway/engine"

// spoil puts one fault into an account or a payment.
func (d drawInput) spoil(a *engine.Account, p *engine.Payment) {
	at := a
	if len(a.Children) > 0 && d.src.Intn(2) == 1 {
		at = &a.Children[d.src.Intn(len(a.Children))]
	}
	faults := []func(){
		func() { p.Amount = pick[engine.Amount](d.src, 0, -1, largest+1) },
		func() { p.Type = "nothing" },
		func() { p.Account = "nobody" },
		func() { p.Status = engine.Disputed },
		func() { at.CreditHeld = -1 },
		func() { at.MinimumDue = engine.Some[engine.Amount](-1) },
		func() { at.CreditLimit = engine.Some[engine.Amount](largest + 1) },
		func() { at.DaysPastDue = -1 },
		func() { p.Split = engine.Some(engine.SplitTerms{Type: "nothing"}) },
		func() {
			p.Split = engine.Some(engine.SplitTerms{Amounts: []engine.SplitAmount{{Account: "nobody", Amount: p.Amount}}})
		},
		func() {
			p.Split = engine.Some(engine.SplitTerms{Amounts: []engine.SplitAmount{{Account: "a", Amount: max(0, p.Amount-1)}}})
		},
		func() { p.Directed = []engine.Direction{{Component: "principal", Amount: -1}} },
		func() { p.Directed = []engine.Direction{{Component: "principal", Amount: 1}} },
	}
	if n := len(at.Children); n > 1 {
		faults = append(faults, func() { at.Children[n-1].ID = at.Children[0].ID })
	}
	if len(d.words.Facts) > 0 {
		faults = append(faults, func() { d.spoilFact(a, p) })
	}
	if len(at.Balances) > 0 {
		b := &at.Balances[d.src.Intn(len(at.Balances))]
		faults = append(faults,
			func() { b.Component = "" },
			func() { b.Owed = pick[engine.Amount](d.src, -1, largest+1) },
			func() { b.Due = engine.Some(b.Owed + 1) },
			func() { b.Due = engine.Some[engine.Amount](-1) },
			func() { b.PastDue = engine.Some(b.Owed + 1) },
			func() { at.Balances = append(at.Balances, *b) },
		)
	}
	faults[d.src.Intn(len(faults))]()
}

// spoilFact gives a declared fact a value that is not of its type.
func (d drawInput) spoilFact(a *engine.Account, p *engine.Payment) {
	f := pick(d.src, d.words.Facts...)
	wrong := engine.Facts{{Name: f.Name, Value: engine.TextValue("no such value")}}
	if f.Type == "string" {
		wrong[0].Value = engine.BoolValue(true)
	}
	switch {
	case f.Of == "payment":
		p.Facts = wrong
	case f.Of == "account":
		a.Facts = wrong
	case len(a.Balances) > 0:
		a.Balances[0].Facts = wrong
	}
}
