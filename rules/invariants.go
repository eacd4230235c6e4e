package rules

// An Invariant is what its author says holds after every payment that counts. It
// decides nothing: hosts and `spillway verify` ask it of receipts.
type Invariant struct {
	Entry
	Check   *Expr
	CheckAt Pos
	Cite    string
}

var invariantKeys = []string{"name", "programs", "check", "cite"}

// invariants reads all invariants.
func (p *policyParser) invariants(entries []*Node) {
	names := names{p: p, kind: "invariant"}
	for _, n := range entries {
		o, ok := p.object(n, "an invariant", invariantKeys)
		if !ok {
			continue
		}
		i := Invariant{Entry: names.entry(o), Cite: o.text("cite")}
		o.need("check", "write what holds after every payment")
		if check := o.get("check"); check != nil {
			i.Check, i.CheckAt = p.expr(check, ScopeInvariant, WantBool), check.Pos
		}
		p.policy.Invariants = append(p.policy.Invariants, i)
	}
}
