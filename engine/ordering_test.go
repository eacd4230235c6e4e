package engine

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

const orderedTiers = `
policy: ordered
currency: USD
facts: {balance: {rank: {type: number, default: 3}, grade: {type: money, default: 0}}}
payment_types: [{name: regular, waterfall: all}]
waterfalls:
  - name: all
    directed: first
    directed_after: past due
    invalid_directions: ignore
    tiers:
      - {tier: past due, take: past_due, order: [ORDER]}
      - {tier: due, take: due, where: balance.apr != nil, order: [ORDER], cap: 50.00}
      - {tier: whole, take: due, whole: bucket, order: [ORDER]}
      - {tier: shared, take: due, share: pro_rata, order: [ORDER], cap: 20.00}
      - {tier: ahead, order: [ORDER], counts: ahead}
`

// Tiers that share an order take what they take when each works it out for
// itself: a constant key says nothing, but no order with one is shared.
func TestSharedOrders(t *testing.T) {
	orders := []string{
		"balance.due_date", "balance.apr desc", "{component: [fees, [interest, escrow], principal]}",
		"balance.due_date, {component: [fees, interest, principal]}", "{bucket: [a, b]}, balance.apr", "balance.facts.grade desc, balance.due_date",
	}
	random := rand.New(rand.NewSource(1))
	for _, order := range orders {
		shared, own := orderedBy(t, order), orderedBy(t, order+`, "1"`)
		if shared.rules.Orderings != 1 || own.rules.Orderings != 0 {
			t.Fatalf("%s: %d orders are shared, and with a constant key %d", order, shared.rules.Orderings, own.rules.Orderings)
		}
		for range 500 {
			account, payment := drawDues(random)
			got, err1 := shared.Apply(account, payment)
			want, err2 := own.Apply(account, payment)
			if err1 != nil || err2 != nil {
				t.Fatal(err1, err2)
			}
			want.Policy, got.Policy = PolicyID{}, PolicyID{}
			for i := range want.Lines { // the places of tiers are theirs
				want.Lines[i].At = got.Lines[min(i, len(got.Lines)-1)].At
			}
			if diff := cmp.Diff(want.Lines, got.Lines); diff != "" {
				t.Fatalf("%s: %v\n%s", order, account.Balances, diff)
			}
		}
	}
}

func orderedBy(t *testing.T, order string) *Policy {
	t.Helper()
	text := strings.ReplaceAll(orderedTiers, "ORDER", order)
	p, err := Load(fstest.MapFS{"p.yaml": {Data: []byte(text)}}, "p.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// drawDues draws balances that tie often, and a payment on some of them.
func drawDues(random *rand.Rand) (a Account, p Payment) {
	p = Payment{Amount: 1 + Amount(random.Intn(300_00)), Date: 738_945}
	for i := range 1 + random.Intn(24) {
		b := Balance{Bucket: []string{"a", "b", "c"}[random.Intn(3)] + fmt.Sprint(i/8), Component: []string{"principal", "interest", "fees", "escrow"}[random.Intn(4)],
			Owed: Amount(random.Intn(40_00))}
		if i < 3 {
			b.Bucket = []string{"a", "b", "c"}[i]
		}
		if random.Intn(4) > 0 {
			b.DueDate = p.Date - 2 + Date(random.Intn(4))
		}
		if random.Intn(4) > 0 {
			b.APR = Some(Rate(random.Intn(3)) * 1e10)
		}
		if random.Intn(2) > 0 {
			b.Facts = Facts{{"grade", MoneyValue(Amount(random.Intn(3)))}}
		}
		if a.balance(b.bucket(), b.Component) == nil {
			a.Balances = append(a.Balances, b)
		}
	}
	if random.Intn(3) == 0 {
		b := a.Balances[random.Intn(len(a.Balances))]
		p.Directed = []Direction{{Bucket: b.Bucket, Component: b.Component, Amount: b.Owed/2 + 1}}
	}
	return a, p
}
