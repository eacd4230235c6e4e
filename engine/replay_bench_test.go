package engine_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"example.com/spillway/engine"
)

// BenchmarkReplay replays the histories of a portfolio that is in memory, each of
// a thousand payments with a charge before each, on all processors. Of a single
// account, so little is in memory that it is collected several hundred times a
// second.
func BenchmarkReplay(b *testing.B) {
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
	for _, accounts := range []int{1, 100} {
		portfolio := make([][]engine.Event, accounts)
		for i := range portfolio {
			portfolio[i] = thousandPayments()
		}
		b.Run(fmt.Sprint("accounts=", accounts), func(b *testing.B) {
			var next atomic.Int64
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if _, err := policy.Replay(account, portfolio[next.Add(1)%int64(accounts)]); err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64(1000*b.N)/b.Elapsed().Seconds(), "payments/s")
		})
	}
}

func thousandPayments() (events []engine.Event) {
	for i := range 1000 {
		day := engine.Date(730_000 + i)
		events = append(events,
			engine.Event{Date: day, Adjust: []engine.Adjustment{{Component: "interest", Owed: engine.Some(engine.Amount(5_00))}}},
			engine.Event{Payment: &engine.Payment{ID: fmt.Sprint(i), Amount: 25_00, Date: day}})
	}
	return events
}
