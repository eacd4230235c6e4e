package enginetest

import (
	"slices"
	"strings"

	"example.com/spillway/engine"
)

// A Life is an account and all that happens to it, under a policy: payments,
// what becomes of them later, and the host's own adjustments. No two events have
// the same Order, and every payment has an id.
type Life struct {
	Policy  *Policy // nil: a host's
	Account engine.Account
	Events  []engine.Event
}

// A Past is a life with what became of the account.
type Past struct {
	Policy  *engine.Policy
	Life    Life
	History *engine.History // if Err is nil
	Err     error
}

// Live replays a life under a policy.
func Live(policy *engine.Policy, l *Life) *Past {
	p := &Past{Policy: policy, Life: *l}
	p.History, p.Err = policy.Replay(l.Account, l.Events)
	return p
}

// BrokenLife gives the first promise that a drawn life breaks, with what is
// wrong, and "" if it keeps all. A policy that does not load is wrong as well.
func BrokenLife(l Life) (promise string, err error) {
	policy, err := l.Policy.Load()
	if err != nil {
		return loads, err
	}
	past := Live(policy, &l)
	for _, p := range LifePromises() {
		if err := p.Holds(past); err != nil {
			return p.Name, err
		}
	}
	return "", nil
}

// MinimizeBrokenLife makes a life that breaks a promise as small as it can be
// while it still breaks the same one. One whose policy does not load stays as it
// is: nothing loads less than an empty one.
func MinimizeBrokenLife(l Life, promise string) Life {
	if promise == loads {
		return l
	}
	return MinimizeLife(l, func(l Life) bool {
		broken, err := BrokenLife(l)
		return err != nil && broken == promise
	})
}

// String is the life as a spec file, which only says nothing of what is
// expected.
func (l *Life) String() string {
	c := Case{Policy: l.Policy}
	head, _, loads := strings.Cut(c.String(), "cases:\n")
	if !loads {
		return head
	}
	policy, err := l.Policy.Load()
	if err != nil {
		return head
	}
	return head + "cases:\n  - name: found\n" + l.documents(policy.Currency(), "    ") + "    expect: {}\n"
}

// becomes says whether something happens to a payment later.
func (l *Life) becomes(payment string) bool {
	return slices.ContainsFunc(l.Events, func(e engine.Event) bool { return e.Transition != nil && e.Transition.ID == payment })
}
