package oracle

import (
	"strings"

	"example.com/spillway/engine/enginetest"
)

// guard asks every guardrail of a stage, then decides.
func (d *decision) guard(stage string) {
	a := d.before.find(d.paid.ID)
	see := d.see(a, whole(0)).with("fee", d.feeRecord())
	if stage == "result" {
		see = see.with("receipt", d.receiptRecord())
	}
	for i := range d.policy.Guardrails {
		if g := &d.policy.Guardrails[i]; d.concerns(g, stage) {
			d.ask(g, see)
		}
	}
	message, refused := "", false
	for _, h := range d.hits {
		if h.Ignored || h.Severity == "notice" {
			continue
		}
		if !refused || message == "" {
			message = errorMessage(h)
		}
		refused = true
	}
	if refused {
		d.refuses("GuardrailEvaluationException", message)
	}
}

func errorMessage(h Hit) string {
	if h.Severity == "error" {
		return h.Message
	}
	return ""
}

// concerns says whether a guardrail is asked at all.
func (d *decision) concerns(g *enginetest.Guardrail, stage string) bool {
	own := g.Stage
	if own == "" {
		own = "request"
	}
	on := d.payment.date
	return own == stage && serves(g.Programs, d.paid) && contains(g.Actions, d.payment.Mode, "log", "process") &&
		(g.From == "" || parseDay(g.From) <= on) && (g.Until == "" || on < parseDay(g.Until))
}

func (d *decision) ask(g *enginetest.Guardrail, see scene) {
	d.rule = g.Name
	if !see.holds(g.When) {
		return
	}
	if g.Forbid != nil && !see.holds(g.Forbid) || g.Require != nil && see.holds(g.Require) {
		return
	}
	h := Hit{Guardrail: g.Name, Severity: g.Severity, Cite: g.Cite, Message: see.message(g.Message)}
	if h.Severity == "" {
		h.Severity = "error"
	}
	bypass := h.Severity == "warning" || h.Severity == "error" && d.policy.Override != "warnings"
	h.Ignored = d.payment.IgnoreGuardrails && !g.CannotIgnore && bypass
	d.hits = append(d.hits, h)
}

// message fills the expressions of a message in.
func (s scene) message(parts []enginetest.Part) string {
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(part.Text)
		if part.Expr != nil {
			b.WriteString(s.printed(part.Expr))
		}
	}
	return b.String()
}

// printed is an expression's value as messages have it.
func (s scene) printed(e *enginetest.Expr) string {
	switch v := s.eval(e).(type) {
	case num:
		if kindOf(e) == enginetest.Money {
			return rounded(v, s.policy.Decimals, "half_up").FloatString(s.policy.Decimals)
		}
		return shortest(v)
	case string:
		return v
	case day:
		return v.String()
	case bool:
		if v {
			return "true"
		}
	}
	return "false"
}
