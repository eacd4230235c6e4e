package split_test

import (
	"fmt"

	"example.com/spillway/money"
	"example.com/spillway/split"
	"example.com/spillway/waterfall"
)

// A host's own evaluator: one tier, the same to each child.
type evenly struct{ accounts []split.Account }

func (e evenly) Tier(tier *waterfall.Tier, level split.Level) (bool, error) {
	tier.Share = waterfall.Equal
	for i, account := range e.accounts {
		if account.Parent == level.Parent {
			tier.Targets = append(tier.Targets, waterfall.Target{ID: i, Take: level.Room[i]})
		}
	}
	return true, nil
}

// A payment of $100.00 is shared by two lines in equal parts. The first owes
// $41.00; the second owes nothing, but its own line $39.00, and gets no more
// than that. What is left stays with the account that is paid.
func ExampleSharer_Among() {
	names := []string{"top", "x", "y", "y1"}
	plan := split.Plan{
		Accounts: []split.Account{
			{Parent: -1, Owed: 20_00},
			{Parent: 0, Owed: 41_00},
			{Parent: 0},
			{Parent: 2, Owed: 39_00},
		},
		Tiers:    1,
		ToParent: true,
	}
	var sharer split.Sharer
	shares, rest, err := sharer.Among(nil, 100_00, &plan, evenly{plan.Accounts})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, share := range shares {
		fmt.Println(names[share.Account], share.Amount)
	}
	fmt.Println("kept", sharer.Kept(), "rest", rest)
	// Output:
	// x 4100
	// y 3900
	// y1 3900
	// kept [2000 4100 0 3900] rest 0
}

// Two lines take 75 % and 25 % of $33.33, but the second owes only $5.00.
func ExampleSharer_ByPercent() {
	const percent = 1e10 // units of a rate
	plan := split.Plan{Accounts: []split.Account{{Parent: -1}, {Owed: 750_00}, {Owed: 5_00}}}
	var sharer split.Sharer
	shares, rest := sharer.ByPercent(nil, 33_33, &plan, []money.Rate{0, 75 * percent, 25 * percent})
	fmt.Println(shares, rest)
	// Output:
	// [{1 -1 2500} {2 -1 500}] 333
}

// A borrower says how much of $60.00 goes where.
func ExampleSharer_ByHand() {
	plan := split.Plan{Accounts: []split.Account{{Parent: -1, Owed: 30_00}, {Owed: 50_00}}}
	var sharer split.Sharer
	shares := sharer.ByHand(nil, &plan, []money.Amount{15_00, 45_00})
	fmt.Println(shares, sharer.Kept())
	// Output:
	// [{0 -1 1500} {1 -1 4500}] [1500 4500]
}
