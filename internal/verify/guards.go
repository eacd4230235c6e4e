package verify

import (
	"errors"
	"fmt"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// guards watch which guardrails are hit.
type guards struct {
	policy *rules.Policy
	hits   map[rules.Pos]int
	first  map[rules.Pos]*Trial
	judged int // payments that guardrails decided on
}

func newGuards(p *rules.Policy) *guards {
	return &guards{policy: p, hits: map[rules.Pos]int{}, first: map[rules.Pos]*Trial{}}
}

// see notes what a case shows.
func (g *guards) see(t *Trial) {
	var refusal *engine.Refusal
	hits := t.Receipt.Warnings
	switch {
	case errors.As(t.Err, &refusal):
		hits = refusal.Hits
	case t.Err != nil:
		return
	}
	g.judged++
	for i := range hits {
		at := hits[i].At
		g.hits[at]++
		if g.first[at] == nil {
			g.first[at] = t
		}
	}
}

// unasked are the guardrails that are never hit, or always.
func (g *guards) unasked(r *Report) (found []Finding) {
	const paying = rules.ActionSet(1<<rules.ActionLog | 1<<rules.ActionProcess)
	for i := range g.policy.Guardrails {
		guard := &g.policy.Guardrails[i]
		f := Finding{Name: fmt.Sprintf("guardrail %q", guard.Name), At: guard.At}
		hits := g.hits[guard.At]
		switch {
		case guard.Actions&paying == 0:
		case hits == 0 && r.Cases > enough:
			f.Kind, f.Says = Note, "was hit in no case"
			found = append(found, f)
		case hits == g.judged && hits > enough && guard.Severity != rules.SeverityNotice:
			f.Kind, f.Says = Flaw, fmt.Sprintf("was hit in all %d cases: no payment gets through", hits)
			f.Trial = g.first[guard.At]
			f.again = func(t *Trial) *Finding {
				var refusal *engine.Refusal
				if errors.As(t.Err, &refusal) {
					return &f
				}
				return nil
			}
			found = append(found, f)
		}
	}
	return found
}
