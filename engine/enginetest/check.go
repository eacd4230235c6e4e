package enginetest

import (
	"fmt"
	"math/rand"
	"strings"

	"example.com/spillway/engine"
)

// Cases is how many payments [Check] tries, Lives how many lives of accounts.
const (
	Cases = 1000
	Lives = 200
)

// T is the part of [testing.TB] that Check needs.
type T interface {
	Helper()
	Errorf(format string, args ...any)
}

// Check holds a policy to every promise, on accounts and payments that it can
// meet, and on what becomes of those payments later: with its payment types and
// splits, its components, buckets and facts, and amounts around the limits that
// it names. They are the same in every run.
//
// A promise that is broken is reported once, with the smallest case found.
func Check(t T, policy *engine.Policy) {
	t.Helper()
	CheckSeed(t, policy, 1)
}

// CheckSeed is [Check] on the cases that follow from another seed.
func CheckSeed(t T, policy *engine.Policy, seed int64) {
	t.Helper()
	words := WordsOf(policy)
	src := rand.New(rand.NewSource(seed))
	broken := map[string]bool{}
	for range Cases {
		c := Case{}
		c.Account, c.Payment = DrawInput(src, words)
		d := Decide(policy, &c)
		for _, p := range Promises() {
			if !broken[p.Name] && p.Holds(d) != nil {
				broken[p.Name] = true
				t.Errorf("%s", p.report(policy, c))
			}
		}
	}
	for range Lives {
		l := Life{}
		l.Account, l.Events = DrawEvents(src, words)
		past := Live(policy, &l)
		for _, p := range LifePromises() {
			if !broken[p.Name] && p.Holds(past) != nil {
				broken[p.Name] = true
				t.Errorf("%s", p.report(policy, l))
			}
		}
	}
}

// report says how a promise is broken, in words and as documents.
func (p *Promise) report(policy *engine.Policy, c Case) string {
	c = Minimize(c, func(c Case) bool { return p.Holds(Decide(policy, &c)) != nil })
	var b strings.Builder
	fmt.Fprintf(&b, "broken promise: %s (%s)\n%v\n", p.Says, p.Of, p.Holds(Decide(policy, &c)))
	b.Write(c.Account.AppendJSON([]byte("account: "), policy.Currency()))
	b.Write(c.Payment.AppendJSON([]byte("\npayment: "), policy.Currency()))
	return b.String()
}

// loads is the promise of drawn policies that they load.
const loads = "loads"

// report says how a promise is broken, in words and as documents.
func (p *LifePromise) report(policy *engine.Policy, l Life) string {
	l = MinimizeLife(l, func(l Life) bool { return p.Holds(Live(policy, &l)) != nil })
	return fmt.Sprintf("broken promise: %s (%s)\n%v\n%s", p.Says, p.Of, p.Holds(Live(policy, &l)), l.documents(policy.Currency(), ""))
}

// Broken gives the first promise that the decision of a drawn case breaks, with
// what is wrong, and "" if it keeps all. A policy that does not load is wrong
// as well.
func Broken(c Case) (promise string, err error) {
	policy, err := c.Load()
	if err != nil {
		return loads, err
	}
	d := Decide(policy, &c)
	for _, p := range Promises() {
		if err := p.Holds(d); err != nil {
			return p.Name, err
		}
	}
	return "", nil
}

// MinimizeBroken makes a case that breaks a promise as small as it can be while
// it still breaks the same one. One whose policy does not load stays as it is:
// nothing loads less than an empty one.
func MinimizeBroken(c Case, promise string) Case {
	if promise == loads {
		return c
	}
	return Minimize(c, func(c Case) bool {
		broken, err := Broken(c)
		return err != nil && broken == promise
	})
}
