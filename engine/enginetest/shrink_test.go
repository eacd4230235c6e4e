package enginetest_test

import (
	"errors"
	"math/rand"
	"testing"

	"example.com/spillway/engine"
	"example.com/spillway/engine/enginetest"
)

// Whatever is wrong with a case, only what it takes to show it stays.
func TestMinimize(t *testing.T) {
	paysTwo := func(c enginetest.Case) bool {
		policy, err := c.Load()
		if err != nil {
			return false
		}
		r, err := policy.Apply(c.Account, c.Payment)
		return err == nil && len(r.Deltas) >= 2
	}
	refused := func(c enginetest.Case) bool {
		policy, err := c.Load()
		if err != nil {
			return false
		}
		_, err = policy.Apply(c.Account, c.Payment)
		var refusal *engine.Refusal
		return errors.As(err, &refusal) && refusal.Type == engine.GuardrailRefusal
	}
	found := 0
	for seed := range int64(40) {
		c := enginetest.Draw(rand.New(rand.NewSource(seed)))
		if paysTwo(c) {
			found++
			small := enginetest.Minimize(c, paysTwo)
			if n := balances(&small.Account); n > 2 || len(small.Policy.Guardrails)+len(small.Policy.Waterfalls) > 1 {
				t.Errorf("seed %d: %d balances are left\n%s", seed, n, small.String())
			}
		}
		if refused(c) {
			found++
			small := enginetest.Minimize(c, refused)
			if n := balances(&small.Account); n > 0 || len(small.Policy.Guardrails) > 1 {
				t.Errorf("seed %d: %d balances are left\n%s", seed, n, small.String())
			}
		}
	}
	if found < 4 {
		t.Errorf("only %d of the cases are of use", found)
	}
}

func balances(a *engine.Account) int {
	n := len(a.Balances)
	for i := range a.Children {
		n += balances(&a.Children[i])
	}
	return n
}

// The same seed, and the same bytes, draw the same case.
func TestDrawsRepeat(t *testing.T) {
	b := make([]byte, 300)
	rand.New(rand.NewSource(1)).Read(b)
	for name, draw := range map[string]func() enginetest.Case{
		"seed":     func() enginetest.Case { return enginetest.Draw(rand.New(rand.NewSource(7))) },
		"bytes":    func() enginetest.Case { return enginetest.Draw(enginetest.Bytes(b)) },
		"no bytes": func() enginetest.Case { return enginetest.Draw(enginetest.Bytes(nil)) },
	} {
		first, second := draw(), draw()
		if first.String() != second.String() {
			t.Errorf("%s: two cases\n%s\n%s", name, first.String(), second.String())
		}
	}
}
