package enginetest_test

import (
	"fmt"
	"testing/fstest"

	"example.com/spillway/engine"
	"example.com/spillway/engine/enginetest"
)

// reporter is a *testing.T in tests.
type reporter struct{ broken int }

func (r *reporter) Helper() {}

func (r *reporter) Errorf(format string, args ...any) {
	r.broken++
	fmt.Printf(format+"\n", args...)
}

func ExampleCheck() {
	policy, err := engine.Load(fstest.MapFS{"card.yaml": {Data: []byte(`
policy: card
currency: USD
payment_types: [{name: regular, waterfall: standard}]
waterfalls:
  - name: standard
    tiers:
      - {tier: minimum, cap: account.minimum_due, take: due}
      - {tier: excess, order: [balance.apr desc]}
`)}}, "card.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	t := &reporter{}
	enginetest.Check(t, policy)
	fmt.Println(t.broken, "promises are broken")
	// Output: 0 promises are broken
}
