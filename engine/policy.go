// Package engine decides where a payment on a loan or a line of credit goes.
//
// A host loads a policy once and applies payments to accounts with it:
//
//	policy, err := engine.Load(os.DirFS("policies"), "card.yaml")
//	receipt, err := policy.Apply(account, payment)
//
// Apply is a pure function: it reads no clock and no files, keeps nothing, and
// gives the same answer to the same question. It answers with a [Receipt] that
// balances to the minor unit and is safe to post, or with one of three errors:
// a [*Refusal] is the policy's answer to whoever pays, an [*InputError] is for
// the calling program, and a [*RuleError] for the policy's author.
package engine

import (
	"io/fs"
	"sync"

	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// Load reads the policy in the file name of fsys, with the files it includes.
// The error, a [rules.Errors], holds every mistake in them, each with its line
// underlined.
func Load(fsys fs.FS, name string) (*Policy, error) {
	p, err := rules.Load(fsys, name)
	if err != nil {
		return nil, err
	}
	return Compile(p), nil
}

// A Policy decides payments. It is immutable and safe for any number of
// goroutines; to change policies, a host swaps the pointer it uses.
type Policy struct {
	rules  *rules.Policy
	guards [2]*rules.GuardSet // of the request stage, and of the result stage
	runs   sync.Pool          // of *run: memory of decisions, nothing of their content
}

// Compile makes a policy that was read without mistakes ready to decide.
func Compile(p *rules.Policy) *Policy {
	policy := &Policy{rules: p}
	var guards [2][]*rules.Guardrail
	for i := range p.Guardrails {
		g := &p.Guardrails[i]
		guards[asWord(g.Result)] = append(guards[asWord(g.Result)], g)
	}
	for i := range guards {
		policy.guards[i] = rules.NewGuardSet(guards[i])
	}
	policy.runs.New = func() any {
		return &run{policy: policy, tiers: tierMemory{orders: make([]ordering, p.Orderings)}}
	}
	return policy
}

// ID names the policy, its version and its text, as receipts do.
func (p *Policy) ID() PolicyID {
	return PolicyID{p.rules.Name, p.rules.Version, p.rules.Digest}
}

// Currency is the currency of all amounts.
func (p *Policy) Currency() money.Currency { return p.rules.Currency }

// Rules is the policy as it was read, for what looks into policies rather than
// decides by them. It must not be changed.
func (p *Policy) Rules() *rules.Policy { return p.rules }

// Lints are what in the policy is no mistake but looks like one.
func (p *Policy) Lints() []*rules.Error { return p.rules.Lints }
