package engine_test

import (
	"fmt"
	"testing"

	"example.com/spillway/engine"
)

// BenchmarkReplay replays accounts' histories of a thousand payments, with a
// charge before each, on all processors.
func BenchmarkReplay(b *testing.B) {
	const payments = 1000
	policy := mustLoad(`
policy: bench
currency: USD
payment_types: [{name: regular, waterfall: standard}]
waterfalls:
  - {name: standard, tiers: [{tier: dues, take: due, order: [{component: [fees, interest, principal]}]}, {tier: rest, order: [balance.apr desc]}]}
`)
	account := engine.Account{Balances: []engine.Balance{
		{Bucket: "main", Component: "fees"}, {Bucket: "main", Component: "interest"},
		{Bucket: "main", Component: "principal", Owed: 10_000_000_00, Due: engine.Some(engine.Amount(0))},
	}}
	var events []engine.Event
	for i := range payments {
		day := engine.Date(730_000 + i)
		events = append(events,
			engine.Event{Date: day, Adjust: []engine.Adjustment{{Component: "interest", Owed: engine.Some(engine.Amount(5_00))}}},
			engine.Event{Payment: &engine.Payment{ID: fmt.Sprint(i), Amount: 25_00, Date: day}})
	}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := policy.Replay(account, events); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(payments*b.N)/b.Elapsed().Seconds(), "payments/s")
}
