package enginetest_test

import (
	"math/rand"
	"os"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/prop"

	"example.com/spillway/engine"
	"example.com/spillway/engine/enginetest"
)

// many is how many cases a test draws.
func many() int64 {
	if testing.Short() {
		return 200
	}
	return 1000
}

func TestDrawnPoliciesLoad(t *testing.T) {
	for seed := range many() {
		p := enginetest.DrawPolicy(rand.New(rand.NewSource(seed)))
		if _, err := p.Load(); err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, p)
		}
	}
}

// Every promise holds of every drawn case.
func TestPromises(t *testing.T) {
	for seed := range many() {
		c := enginetest.Draw(rand.New(rand.NewSource(seed)))
		if promise, err := enginetest.Broken(c); err != nil {
			small := enginetest.MinimizeBroken(c, promise)
			_, err := enginetest.Broken(small)
			t.Fatalf("seed %d: %s: %v\n%s", seed, promise, err, small.String())
		}
	}
}

func TestGen(t *testing.T) {
	parameters := gopter.DefaultTestParameters()
	parameters.Workers = 1
	properties := gopter.NewProperties(parameters)
	properties.Property("a drawn case keeps all promises", prop.ForAll(func(c enginetest.Case) (bool, error) {
		promise, err := enginetest.Broken(c)
		return promise == "", err
	}, enginetest.Gen()))
	properties.TestingRun(t)
}

func TestCheckHoldsThePoliciesOfThisRepository(t *testing.T) {
	for _, name := range []string{"card_act.yaml", "line_of_credit_family.yaml", "student_loans.yaml", "fineract_advanced.yaml", "loanpro_loan.yaml"} {
		policy, err := engine.Load(os.DirFS("../../testdata/policies"), name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { enginetest.Check(t, policy) })
	}
}
