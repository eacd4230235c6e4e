package waterfall_test

import (
	"fmt"

	"example.com/spillway/waterfall"
)

// A payment of $60.00 meets a minimum of $25.00, paid in the order fees,
// interest, principal, and what exceeds it goes to the highest rate.
func ExamplePool_Fill() {
	names := []string{"purchases principal", "purchases interest", "cash principal"}
	minimum := waterfall.Tier{
		Cap:     25_00,
		Targets: []waterfall.Target{{ID: 0, Take: 500_00}, {ID: 1, Take: 21_00}, {ID: 2, Take: 100_00}},
		Keys:    []int64{2, 1, 2}, // by component
		NKeys:   1,
	}
	excess := waterfall.Tier{
		Cap:     waterfall.NoCap,
		Targets: []waterfall.Target{{ID: 0, Take: 496_00}, {ID: 1, Take: 0}, {ID: 2, Take: 100_00}},
		Keys:    []int64{-1599, -1599, -2499}, // by rate, the highest first
		NKeys:   1,
	}
	var pool waterfall.Pool
	parts, rest := pool.Fill(nil, 60_00, &minimum)
	parts, rest = pool.Fill(parts, rest, &excess)
	for _, part := range parts {
		fmt.Println(names[part.ID], part.Amount)
	}
	fmt.Println("rest", rest)
	// Output:
	// purchases interest 2100
	// purchases principal 400
	// cash principal 3500
	// rest 0
}

// Three loans share $100.00 by what is due on each; the odd cent goes to the
// largest remainder.
func ExamplePool_Fill_proRata() {
	tier := waterfall.Tier{
		Cap:   waterfall.NoCap,
		Share: waterfall.ProRata,
		Targets: []waterfall.Target{
			{ID: 1, Take: 80_00, Weight: 80_00},
			{ID: 2, Take: 80_00, Weight: 80_00},
			{ID: 3, Take: 10_00, Weight: 10_00},
		},
	}
	var pool waterfall.Pool
	parts, rest := pool.Fill(nil, 100_00, &tier)
	fmt.Println(parts, rest)
	// Output:
	// [{1 4706} {2 4706} {3 588}] 0
}

// A borrower directs more to the fees than they are.
func ExamplePool_Direct() {
	directions := waterfall.Directions{
		List: []waterfall.Direction{
			{Target: 2, Owed: 10_00, Amount: 25_00},
			{Target: 0, Owed: 100_00, Amount: 20_00},
		},
		Invalid: waterfall.TrimInvalid,
	}
	var pool waterfall.Pool
	parts, verdict := pool.Direct(nil, 50_00, &directions)
	fmt.Println(parts, verdict.Rest)
	directions.Invalid = waterfall.RefuseInvalid
	parts, verdict = pool.Direct(nil, 50_00, &directions)
	fmt.Println(parts, verdict.Outcome == waterfall.Refused, verdict.Why)
	// Output:
	// [{2 1000} {0 2000}] 2000
	// [] true it is more than the balance owes
}

// $200.00 on a loan of which $80.00 is due lowers the dues to come by $120.00.
func ExampleCounts_Apply() {
	due, pastDue, ahead := waterfall.CountsAhead.Apply(200_00, 500_00, 80_00, 0)
	fmt.Println(due, pastDue, ahead)
	// Output:
	// 0 0 12000
}
