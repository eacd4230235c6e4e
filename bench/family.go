package main

import (
	"fmt"
	"strconv"

	"example.com/spillway/engine"
)

const familyPolicy = `
policy: family
version: "1"
currency: USD
payment_types: [{name: regular, waterfall: interest_first}]
waterfalls:
  - name: interest_first
    tiers:
      - {tier: due, take: due, order: [{component: [interest, principal]}]}
      - {tier: excess, order: [balance.apr desc]}
splits:
  - name: by_due
    tiers:
      - {tier: dues, take: due, share: pro_rata}
      - {tier: highest rate, order: [child.apr desc]}
`

// family is an account of so many children, and a payment to share among them.
func family(children int) (engine.Account, engine.Payment) {
	root := engine.Account{ID: "root"}
	for i := range children {
		root.Children = append(root.Children, engine.Account{ID: "child-" + strconv.Itoa(i), Balances: []engine.Balance{
			{Bucket: "main", Component: "principal", Owed: engine.Amount(1000_00 + i*100), Due: engine.Some(engine.Amount(50_00)), APR: engine.Some(percent(500 + i))},
			{Bucket: "main", Component: "interest", Owed: engine.Amount(20_00 + i), Due: engine.Some(engine.Amount(20_00))},
			{Bucket: "cash", Component: "principal", Owed: engine.Amount(300_00), Due: engine.Some(engine.Amount(0)), APR: engine.Some(percent(2_000))},
		}})
	}
	return root, engine.Payment{ID: "p", Amount: engine.Amount(children) * 60_00, Date: day("2024-06-15"),
		Split: engine.Some(engine.SplitTerms{Type: "by_due"})}
}

// familyContests compare a split with paying each child by itself.
func familyContests() ([]contest, error) {
	policy, _, err := loadText(familyPolicy)
	if err != nil {
		return nil, err
	}
	const children = 1000
	root, payment := family(children)
	var all engine.Receipt
	if err := policy.ApplyTo(&all, &root, &payment); err != nil {
		return nil, err
	}
	shares := map[string]engine.Amount{}
	for _, share := range all.Shares {
		shares[share.Account] += share.Amount
	}
	if all.Unapplied != 0 || len(shares) != children {
		return nil, fmt.Errorf("%d children got something, %d is unapplied", len(shares), all.Unapplied)
	}
	var single []engine.Payment
	lines := all.Lines
	var one engine.Receipt
	for i := range root.Children {
		p := engine.Payment{ID: "p", Amount: shares[root.Children[i].ID], Date: payment.Date}
		single = append(single, p)
		if err := policy.ApplyTo(&one, &root.Children[i], &p); err != nil {
			return nil, err
		}
		for _, line := range one.Lines {
			if len(lines) == 0 || lines[0] != line {
				return nil, fmt.Errorf("child %d is paid otherwise by itself: %+v", i, line)
			}
			lines = lines[1:]
		}
	}
	return []contest{{"split over 1,000 children with their waterfalls", []contender{
		{name: "one ApplyTo with a split", run: func(n int) {
			for range n {
				must(policy.ApplyTo(&all, &root, &payment))
			}
		}},
		{name: "1,000 separate ApplyTo", atMost: 1.3, run: func(n int) {
			for range n {
				for i := range single {
					must(policy.ApplyTo(&one, &root.Children[i], &single[i]))
				}
			}
		}},
	}}}, nil
}
