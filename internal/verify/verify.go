// Package verify looks for payments under which a policy breaks a promise: the
// engine's, its author's own invariants, or one that every policy should keep.
package verify

import (
	"errors"
	"fmt"
	"math/rand"
	"slices"

	"example.com/spillway/engine"
	"example.com/spillway/engine/enginetest"
	"example.com/spillway/rules"
)

// Run draws payments on accounts that the policy can meet, and says what it
// found. The same options, but for Go, give the same report.
func Run(o Options) *Report {
	v := &verifier{rules: o.Policy, policy: engine.Compile(o.Policy), report: Report{Seed: o.Seed}, seen: map[string]int{}}
	v.promises = enginetest.Promises()
	v.checks = []check{v.brokenPromises, v.invariants, v.fees, v.starved, v.failures}
	v.draw = newDrawer(o.Policy, o.Sample, rand.New(rand.NewSource(o.Seed)))
	v.tiers = newCoverage(o.Policy)
	v.tiers.sampled = o.Sample != nil
	v.guards = newGuards(o.Policy)
	v.left = newLeftovers(o.Policy)
	for o.Go(v.report.Cases) {
		v.one()
	}
	v.report.Findings = append(v.report.Findings, v.tiers.unreached()...)
	v.report.Findings = append(v.report.Findings, v.guards.unasked(&v.report)...)
	v.report.Findings = append(v.report.Findings, v.left.findings()...)
	if r := &v.report; r.Invalid*2 > r.Cases {
		says := fmt.Sprintf("in %d of %d cases, the last time: %v", r.Invalid, r.Cases, v.unfit)
		r.Findings = append(r.Findings, Finding{Kind: Note, Name: "most payments are not accepted", Says: says})
	}
	for i := range v.report.Findings {
		v.shrink(&v.report.Findings[i])
	}
	slices.SortStableFunc(v.report.Findings, func(a, b Finding) int { return int(a.Kind) - int(b.Kind) })
	return &v.report
}

// Options say what is verified, and for how long.
type Options struct {
	Policy *rules.Policy
	Sample *engine.Account // the accounts are like this one; nil: like what the policy names
	Seed   int64
	Go     func(done int) bool // asked before each case
}

// A Report is what was found.
type Report struct {
	Seed                              int64
	Cases                             int
	Applied, Refused, Invalid, Failed int
	Findings                          []Finding // what is broken first, notes last
}

// Count gives how many findings are of a kind.
func (r *Report) Count(kind Kind) (n int) {
	for i := range r.Findings {
		if r.Findings[i].Kind == kind {
			n++
		}
	}
	return n
}

// A Finding is one thing that was found, with the smallest case that shows it.
type Finding struct {
	Kind   Kind
	Name   string // what it is about, the same in every run
	At     rules.Pos
	Says   string // in a sentence
	Cite   string
	Broken string // the invariant that does not hold
	Trial  *Trial // nil: none shows it

	again func(*Trial) *Finding // the same of a smaller case, nil if that does not show it
}

// Kind says how bad a finding is.
type Kind uint8

// The kinds of findings.
const (
	Broken Kind = iota // a promise or an invariant does not hold
	Flaw               // what no author can have wanted
	Note               // what an author may have wanted
)

// String is the kind as reports write it.
func (k Kind) String() string { return [...]string{"broken", "flaw", "note"}[k] }

// A Trial is a payment on an account, and what came of it.
type Trial struct {
	Account engine.Account
	Payment engine.Payment
	Receipt engine.Receipt
	Err     error
}

// applied says whether the payment was applied, and changed balances.
func (t *Trial) applied(p *rules.Policy) bool { return t.Err == nil && p.Counted.Has(t.Payment.Status) }

// a verifier is one run.
type verifier struct {
	rules    *rules.Policy
	policy   *engine.Policy
	promises []enginetest.Promise
	checks   []check // the engine's promises first
	draw     *drawer
	tiers    *coverage
	guards   *guards
	left     *leftovers
	unfit    error          // why a case was not accepted
	seen     map[string]int // the findings by their keys
	report   Report
}

// one tries one case.
func (v *verifier) one() {
	account, payment := v.draw.input()
	t := v.try(account, payment)
	r := &v.report
	r.Cases++
	var refusal *engine.Refusal
	var input *engine.InputError
	switch {
	case t.Err == nil:
		r.Applied++
	case errors.As(t.Err, &refusal):
		r.Refused++
	case errors.As(t.Err, &input):
		r.Invalid++
		v.unfit = t.Err
	default:
		r.Failed++
	}
	for _, check := range v.due(&t) {
		for _, f := range check(&t) {
			v.note(f, &t, check)
		}
	}
	v.tiers.see(&t)
	v.guards.see(&t)
	v.left.see(&t)
}

func (f *Finding) key() string { return f.Kind.String() + "\x00" + f.Name + "\x00" + f.At.String() }

// try applies a payment.
func (v *verifier) try(account engine.Account, payment engine.Payment) Trial {
	receipt, err := v.policy.Apply(account, payment)
	return Trial{account, payment, receipt, err}
}

// A check is what one case may show.
type check func(*Trial) []Finding

// note notes a finding, with the plainest case that shows it.
func (v *verifier) note(f Finding, t *Trial, by check) {
	key := f.key()
	if at, seen := v.seen[key]; seen {
		if known := &v.report.Findings[at]; t.size() < known.Trial.size() {
			known.Trial = t
		}
		return
	}
	v.seen[key] = len(v.report.Findings)
	f.Trial = t
	f.again = func(t *Trial) *Finding {
		for _, f := range by(t) {
			if f.key() == key {
				return &f
			}
		}
		return nil
	}
	v.report.Findings = append(v.report.Findings, f)
}

// size is how much there is to a case: accounts, balances, facts.
func (t *Trial) size() int {
	n := len(t.Payment.Facts) + len(t.Payment.Directed)
	for i := range countAccounts(&t.Account) {
		a := nthAccount(&t.Account, i)
		n += 10 + len(a.Balances) + len(a.Facts)
	}
	return n
}

// invariants are the author's own promises that do not hold.
func (v *verifier) invariants(t *Trial) (found []Finding) {
	if t.Err != nil {
		return nil
	}
	broken, err := v.policy.Broken(t.Account, t.Receipt)
	var rule *engine.RuleError
	if errors.As(err, &rule) {
		return []Finding{{Kind: Broken, Name: rule.Rule, At: rule.At, Says: "it cannot be evaluated: " + rule.Why}}
	}
	for _, i := range broken {
		found = append(found, Finding{Kind: Broken, Name: i.Name, At: i.At, Cite: i.Cite, Broken: i.Name, Says: "does not hold: " + i.Check})
	}
	return found
}

// failures are the rules that cannot be evaluated.
func (v *verifier) failures(t *Trial) []Finding {
	var rule *engine.RuleError
	if !errors.As(t.Err, &rule) {
		return nil
	}
	return []Finding{{Kind: Note, Name: fmt.Sprintf("%q can fail", rule.Rule), At: rule.At, Says: "a payment may not be decided: " + rule.Why}}
}
