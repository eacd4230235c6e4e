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

// fullCase is a payment of the same policy with more to it: eight balances, a
// fee, facts of every type.
func fullCase(t testing.TB) (*engine.Policy, engine.Account, engine.Payment) {
	t.Helper()
	policy, account, payment := cardCase(t)
	account.Facts = append(account.Facts,
		engine.Fact{Name: "mapr", Value: engine.RateValue(36e10)}, engine.Fact{Name: "cutoff_hour", Value: engine.NumberValue("17")},
		engine.Fact{Name: "limit_at_opening", Value: engine.MoneyValue(3000_00)}, engine.Fact{Name: "agency", Value: engine.BoolValue(false)})
	for _, bucket := range []string{"late", "returned", "held"} {
		account.Balances = append(account.Balances, engine.Balance{Bucket: bucket, Component: "fees", Owed: 30_00,
			Facts: engine.Facts{{Name: "disputed", Value: engine.BoolValue(bucket == "held")}}})
	}
	payment.Facts = engine.Facts{{Name: "channel", Value: engine.TextValue("agent")}, {Name: "expedited", Value: engine.BoolValue(true)}}
	return policy, account, payment
}

// TestApplyToDoesNotAllocate once the receipt and the policy's own memory have
// grown to the size of their work. Times are not tested; allocations are always
// the same.
func TestApplyToDoesNotAllocate(t *testing.T) {
	if raceDetector {
		t.Skip("pools forget on purpose under the race detector")
	}
	for name, make := range map[string]func(testing.TB) (*engine.Policy, engine.Account, engine.Payment){"card": cardCase, "full": fullCase} {
		policy, account, payment := make(t)
		var receipt engine.Receipt
		allocs := testing.AllocsPerRun(100, func() {
			if err := policy.ApplyTo(&receipt, &account, &payment); err != nil {
				t.Fatal(err)
			}
		})
		if allocs != 0 {
			t.Errorf("%s: ApplyTo allocates %v times, want 0", name, allocs)
		}
	}
}

func TestApplyAllocatesTheReceipt(t *testing.T) {
	if raceDetector {
		t.Skip("pools forget on purpose under the race detector")
	}
	policy, account, payment := fullCase(t)
	allocs := testing.AllocsPerRun(100, func() {
		if _, err := policy.Apply(account, payment); err != nil {
			t.Fatal(err)
		}
	})
	if allocs > 12 {
		t.Errorf("Apply allocates %v times, want at most 12", allocs)
	}
}

func BenchmarkApplyTo(b *testing.B) {
	policy, account, payment := fullCase(b)
	var receipt engine.Receipt
	b.ReportAllocs()
	for b.Loop() {
		if err := policy.ApplyTo(&receipt, &account, &payment); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkApply(b *testing.B) {
	policy, account, payment := fullCase(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := policy.Apply(account, payment); err != nil {
			b.Fatal(err)
		}
	}
}
