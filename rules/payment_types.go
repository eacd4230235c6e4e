package rules

var paymentTypeKeys = []string{"name", "id", "programs", "waterfall"}

// paymentTypes reads all payment types.
func (p *policyParser) paymentTypes(entries []*Node) {
	names := names{p: p, kind: "payment type"}
	for _, n := range entries {
		o, ok := p.object(n, "a payment type", paymentTypeKeys)
		if !ok {
			continue
		}
		t := PaymentType{Entry: names.entry(o)}
		t.ID, t.HasID = names.id(o)
		o.need("waterfall", "")
		t.Choices = p.choices(o)
		p.policy.PaymentTypes = append(p.policy.PaymentTypes, t)
	}
}

// choices reads the name of a waterfall, or a list of them with conditions.
func (p *policyParser) choices(o object) []Choice {
	n := o.get("waterfall")
	if n == nil {
		return nil
	}
	if n.Kind != List {
		if _, ok := p.scalar(n, "waterfall"); !ok {
			return nil
		}
		index, _ := p.find(n)
		return []Choice{{Waterfall: index, At: n.Pos}}
	}
	if len(n.Items) == 0 {
		p.mistake(n, "", "a payment type needs a waterfall")
	}
	var choices []Choice
	closed := false
	for _, item := range n.Items {
		if closed {
			p.mistake(item, "give the one before a when, or put this one first", "never used: the one before it has no when")
		}
		choice, always := p.choice(item)
		choices, closed = append(choices, choice), closed || always
	}
	return choices
}

// choice reads one entry of the list; always says that it has no when.
func (p *policyParser) choice(n *Node) (c Choice, always bool) {
	c.At = n.Pos
	o, ok := p.object(n, "a choice of a waterfall", []string{"when", "use"})
	if !ok {
		return c, false
	}
	c.When = p.expr(o.get("when"), ScopeChoice, WantBool)
	o.need("use", "")
	if use := o.get("use"); use != nil && o.text("use") != "" {
		c.Waterfall, _ = p.find(use)
		c.At = use.Pos
	}
	return c, !o.has("when")
}
