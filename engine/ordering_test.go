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
	for _, order := range orders {
		compareOrders(t, 1, []string{order})
	}
}

// Tiers of different orders share none, nor do those whose order a payment
// changes.
func TestOrdersNotShared(t *testing.T) {
	compareOrders(t, 0, []string{"balance.due_date", "balance.apr desc", "balance.due_date desc", "{component: [fees, principal]}", "{bucket: [a, b]}"})
	compareOrders(t, 0, []string{"balance.facts.grade", "balance.facts.grade desc", "balance.apr", "{component: [fees]}", "{component: [[fees, principal]]}"})
	for _, order := range []string{"balance.owed desc", "balance.due", "balance.past_due", "{state: [past_due, due, not_due]}", "balance.facts.rank"} {
		compareOrders(t, 0, []string{order})
	}
}

// A tier whose where may fail shares no order: it is asked of every balance, in
// the order of the document.
func TestOrdersOfTiersThatFail(t *testing.T) {
	for where, orderings := range map[string]int{
		"balance.facts.must > 1": 0, "balance.facts.rank > 1": 1, `balance.state == "due"`: 1, `balance.component != "fees"`: 1,
	} {
		text := strings.ReplaceAll(`
policy: failing
currency: USD
facts: {balance: {must: number, rank: {type: number, default: 3}}}
payment_types: [{name: regular, waterfall: all}]
waterfalls: [{name: all, tiers: [{tier: a, where: 'WHERE', order: [balance.apr]}, {tier: b, order: [balance.apr]}]}]
`, "WHERE", where)
		p, err := Load(fstest.MapFS{"p.yaml": {Data: []byte(text)}}, "p.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if p.rules.Orderings != orderings {
			t.Errorf("where %s: %d orders are shared, want %d", where, p.rules.Orderings, orderings)
		}
	}
}

// compareOrders compares the tiers of the policy, of which the i-th has the i-th
// order, with tiers whose order nobody can share.
func compareOrders(t *testing.T, orderings int, orders []string) {
	t.Helper()
	random := rand.New(rand.NewSource(1))
	shared, own := orderedBy(t, orders, ""), orderedBy(t, orders, `, "1"`)
	if shared.rules.Orderings != orderings || own.rules.Orderings != 0 {
		t.Fatalf("%s: %d orders are shared, and with a constant key %d", orders, shared.rules.Orderings, own.rules.Orderings)
	}
	for range 500 {
		account, payment := drawDues(random)
		got, err1 := shared.Apply(account, payment)
		want, err2 := own.Apply(account, payment)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		for i := range want.Lines { // the places of tiers are theirs
			want.Lines[i].At = got.Lines[min(i, len(got.Lines)-1)].At
		}
		if diff := cmp.Diff(want.Lines, got.Lines); diff != "" {
			t.Fatalf("%s: %v\n%s", orders, account.Balances, diff)
		}
	}
}

func orderedBy(t *testing.T, orders []string, key string) *Policy {
	t.Helper()
	parts := strings.Split(orderedTiers, "ORDER")
	text := parts[0]
	for i, part := range parts[1:] {
		text += orders[i%len(orders)] + key + part
	}
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
