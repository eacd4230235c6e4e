package engine_test

import (
	"os"
	"testing"

	"example.com/spillway/engine"
)

// cardCase is a payment of a card under a policy with more than 20 guardrails,
// read from the files that the README shows.
func cardCase(t testing.TB) (*engine.Policy, engine.Account, engine.Payment) {
	t.Helper()
	policy, err := engine.Load(os.DirFS("../testdata"), "policies/card_act.yaml")
	if err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile("../testdata/requests/card.json")
	if err != nil {
		t.Fatal(err)
	}
	account, payment, err := policy.ReadRequest("card.json", src)
	if err != nil {
		t.Fatal(err)
	}
	return policy, account, payment
}

func TestApplyToDoesNotAllocate(t *testing.T) {
	policy, account, payment := cardCase(t)
	var receipt engine.Receipt
	if err := policy.ApplyTo(&receipt, &account, &payment); err != nil {
		t.Fatal(err)
	}
	allocs := testing.AllocsPerRun(100, func() {
		if err := policy.ApplyTo(&receipt, &account, &payment); err != nil {
			t.Fatal(err)
		}
	})
	if allocs != 0 {
		t.Errorf("ApplyTo allocates %v times, want 0", allocs)
	}
}

func BenchmarkApplyTo(b *testing.B) {
	policy, account, payment := cardCase(b)
	var receipt engine.Receipt
	b.ReportAllocs()
	for b.Loop() {
		if err := policy.ApplyTo(&receipt, &account, &payment); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkApply(b *testing.B) {
	policy, account, payment := cardCase(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := policy.Apply(account, payment); err != nil {
			b.Fatal(err)
		}
	}
}
