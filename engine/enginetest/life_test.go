package enginetest_test

import (
	"math/rand"
	"os"
	"slices"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/commands"
	"github.com/leanovate/gopter/prop"

	"example.com/spillway/engine"
	"example.com/spillway/engine/enginetest"
)

// Every promise on lives holds of every drawn life.
func TestLifePromises(t *testing.T) {
	for seed := range many() {
		l := enginetest.DrawLife(rand.New(rand.NewSource(seed)))
		if promise, err := enginetest.BrokenLife(l); err != nil {
			small := enginetest.MinimizeBrokenLife(l, promise)
			_, err := enginetest.BrokenLife(small)
			t.Errorf("seed %d: %s: %v\n%s", seed, promise, err, small.String())
			return
		}
	}
}

func TestGenLife(t *testing.T) {
	properties := gopter.NewProperties(oneWorker())
	properties.Property("a drawn life keeps all promises", prop.ForAll(func(l enginetest.Life) (bool, error) {
		promise, err := enginetest.BrokenLife(l)
		return promise == "", err
	}, enginetest.GenLife()))
	properties.TestingRun(t)
}

func TestCommands(t *testing.T) {
	parameters := oneWorker()
	parameters.MaxSize = 12
	properties := gopter.NewProperties(parameters)
	policy, err := engine.Load(os.DirFS("../../testdata/policies"), "card_act.yaml")
	if err != nil {
		t.Fatal(err)
	}
	properties.Property("lives under card_act.yaml", commands.Prop(enginetest.Commands(policy)))
	properties.TestingRun(t)
}

// Cases and lives of a host's policy shrink to what still fails.
func TestGenOf(t *testing.T) {
	policy, err := engine.Load(os.DirFS("../../testdata/policies"), "student_loans.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cases := prop.ForAll(func(c enginetest.Case) bool {
		r, err := policy.Apply(c.Account, c.Payment)
		return err != nil || len(r.Lines) < 2
	}, enginetest.GenOf(policy)).Check(oneWorker())
	if cases.Passed() {
		t.Fatal("no case has two lines")
	}
	if c := cases.Args[0].Arg.(enginetest.Case); balances(&c.Account) > 2 || c.Payment.Amount > 2 {
		t.Errorf("after %d shrinks, %+v", cases.Args[0].Shrinks, c)
	}
	lives := prop.ForAll(func(l enginetest.Life) bool {
		past := enginetest.Live(policy, &l)
		return past.Err != nil || !slices.ContainsFunc(past.History.Entries, func(e engine.Entry) bool { return e.Change != nil })
	}, enginetest.GenLifeOf(policy)).Check(oneWorker())
	if lives.Passed() {
		t.Fatal("no life has a change")
	}
	if l := lives.Args[0].Arg.(enginetest.Life); len(l.Events) != 2 || balances(&l.Account) > 1 {
		t.Errorf("after %d shrinks, %+v", lives.Args[0].Shrinks, l)
	}
}

func oneWorker() *gopter.TestParameters {
	parameters := gopter.DefaultTestParametersWithSeed(1)
	parameters.Workers = 1
	return parameters
}

// A life that fails shrinks to the events that it takes.
func TestMinimizeLife(t *testing.T) {
	takenBack := func(l enginetest.Life) bool {
		policy, err := l.Policy.Load()
		if err != nil {
			return false
		}
		past := enginetest.Live(policy, &l)
		if past.Err != nil {
			return false
		}
		return slices.ContainsFunc(past.History.Entries, func(e engine.Entry) bool {
			return e.Change != nil && len(e.Change.Deltas) > 0
		})
	}
	found := 0
	for seed := int64(0); found < 5; seed++ {
		l := enginetest.DrawLife(rand.New(rand.NewSource(seed)))
		if !takenBack(l) {
			continue
		}
		found++
		small := enginetest.MinimizeLife(l, takenBack)
		// an adjustment may open the balance
		if n := balances(&small.Account); len(small.Events)+n > 3 || len(small.Policy.Guardrails) > 0 {
			t.Errorf("seed %d: %d events and %d balances are left\n%s", seed, len(small.Events), n, small.String())
		}
	}
}
