// Package enginetest draws payments, and the accounts and policies that decide
// them, and holds the engine's answers to what the engine promises.
//
// A host checks its own policy in one line of a Go test:
//
//	func TestPolicy(t *testing.T) { enginetest.Check(t, policy) }
//
// A [Case] is one payment, a [Life] an account with all that happens to it. Both
// come from a [Source]: a *rand.Rand, so that one seed repeats them, or the bytes
// of a fuzzer.
//
//	c := enginetest.Draw(rand.New(rand.NewSource(7)))
//	c := enginetest.Draw(enginetest.Bytes(fuzzed))
//
// For gopter there are [Gen] and [GenLife], for a host's policy [GenOf] and
// [GenLifeOf], and [Commands] for its stateful runs.
//
// Cases are small, and keep to the edges: cents that do not divide, nothing owed,
// all that is owed and one cent more, equal rates, limits, the deepest trees, the
// largest amounts. [Minimize] makes one that fails smaller for as long as it
// fails.
package enginetest

import (
	"strings"
	"testing/fstest"

	"example.com/spillway/engine"
)

// A Case is one decision: a policy, an account, and a payment on it.
type Case struct {
	Policy  *Policy
	Account engine.Account
	Payment engine.Payment
}

// Load is the policy of the case, ready to decide.
func (c *Case) Load() (*engine.Policy, error) { return c.Policy.Load() }

// Load is the policy, ready to decide.
func (p *Policy) Load() (*engine.Policy, error) {
	return loadText("drawn.yaml", p.String())
}

// loadText loads a policy from the text of a file.
func loadText(name, text string) (*engine.Policy, error) {
	return engine.Load(fstest.MapFS{name: {Data: []byte(text)}}, name)
}

// String is the case as a spec file, which only says nothing of what is
// expected.
func (c *Case) String() string {
	var b strings.Builder
	b.WriteString("policy:\n")
	for _, line := range strings.Split(strings.TrimSuffix(c.Policy.String(), "\n"), "\n") {
		b.WriteString("  " + line + "\n")
	}
	policy, err := c.Load()
	if err != nil {
		b.WriteString("# " + err.Error() + "\n")
		return b.String()
	}
	currency := policy.Currency()
	b.WriteString("cases:\n  - name: found\n    account: ")
	b.Write(c.Account.AppendJSON(nil, currency))
	b.WriteString("\n    payment: ")
	b.Write(c.Payment.AppendJSON(nil, currency))
	b.WriteString("\n    expect: {}\n")
	return b.String()
}

// DrawInput draws another account and payment that the policy of the case can
// meet.
func (c *Case) DrawInput(src Source) (engine.Account, engine.Payment) {
	return DrawInput(src, c.Policy.words())
}
