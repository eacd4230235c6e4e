package rules

var guardrailKeys = []string{"name", "actions", "programs", "when", "forbid", "require", "severity", "message",
	"cite", "stage", "from", "until", "overridable"}

// guardrails reads all guardrails.
func (p *policyParser) guardrails(entries []*Node) {
	names := names{p: p, kind: "guardrail"}
	for _, n := range entries {
		if o, ok := p.object(n, "a guardrail", guardrailKeys); ok {
			g := Guardrail{Entry: names.entry(o)}
			p.guardrail(o, &g)
			p.policy.Guardrails = append(p.policy.Guardrails, g)
		}
	}
}

func (p *policyParser) guardrail(o object, g *Guardrail) {
	scope := ScopeRequest
	if g.Result = o.word("stage", []string{"request", "result"}, 0) == 1; g.Result {
		scope = ScopeResult
	}
	g.Actions = p.actions(o)
	g.When = p.expr(o.get("when"), scope, WantBool)
	g.Severity = Severity(o.word("severity", severityWords, int(SeverityError)))
	g.Cite = o.text("cite")
	g.Overridable = o.bool("overridable", true)
	if n := o.get("message"); n != nil {
		g.Message = p.message(n, scope)
	} else {
		g.Message = Message{Texts: []string{""}}
	}
	g.From, g.Until = o.date("from"), o.date("until")
	if g.From != 0 && g.Until != 0 && g.Until <= g.From {
		p.mistake(o.get("until"), "until is the first day on which it is no longer in force", "never in force: until is not after from")
	}
	p.test(o, g, scope)
}

func (p *policyParser) actions(o object) (set ActionSet) {
	n := o.get("actions")
	if n == nil {
		return 1<<ActionLog | 1<<ActionProcess
	}
	for _, item := range o.list("actions") {
		if i, ok := p.word(item, "action", actionWords); ok {
			set |= 1 << i
		}
	}
	if n.Kind == List && len(n.Items) == 0 {
		p.mistake(n, "leave actions out for log and process", "actions names none")
	}
	return set
}

// test reads what is forbidden or required.
func (p *policyParser) test(o object, g *Guardrail, scope Scope) {
	forbid, require := o.has("forbid"), o.has("require")
	switch {
	case o.lacks("forbid", "require"):
		p.mistake(o.node, "", "a guardrail has no forbid or require")
	case forbid && require:
		p.mistake(o.second("forbid", "require"), "make two guardrails of them", "a guardrail has forbid or require, not both")
	}
	for _, key := range []string{"forbid", "require"} {
		if n := o.get(key); n != nil {
			g.Test, g.TestAt, g.Require = p.expr(n, scope, WantBool), n.Pos, key == "require"
		}
	}
}
