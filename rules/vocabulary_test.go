package rules_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.com/spillway/rules"
)

func TestVocabulary(t *testing.T) {
	const policy = `
policy: p
currency: USD
facts: {account: {state: string}, balance: {expires: date, deferred: bool}}
payment_types: [{name: a, programs: [card], waterfall: [{when: account.days_past_due > 90, use: w}, {use: w}]}]
waterfalls:
  - name: w
    tiers:
      - {tier: a, where: 'days(payment.date, balance.facts.expires) <= 60 and balance.bucket != "cash"'}
      - {tier: b, order: [{component: [[fees, charges], interest]}]}
splits: [{name: s, percentages: {kid: 100}}]
fees: [{name: f, when: 'payment.method in ["card", "ach"]', type: flat, flat: 1, collect: charge_after, charge_to: {bucket: extra, component: fees}}]
guardrails:
  - {name: g, forbid: 'any(account.balances, .facts.deferred and .owed > 19.99)', from: 2024-01-31}
  - {name: h, when: account.facts.state contains "C", forbid: 'payment.date < date("2020-02-29") && percent(5, payment.amount) > 100'}
invariants: [{name: i, check: 'paid("escrow", "main") == 0 or account.unpaid(nil, "june") == 0', programs: [loan]}]
`
	p, err := rules.Load(fstest.MapFS{"p.yaml": {Data: []byte(policy)}}, "p.yaml")
	if err != nil {
		t.Fatal(err)
	}
	day := func(text string) rules.Date {
		d, err := rules.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	want := &rules.Vocabulary{
		Words: map[string][]string{
			"program": {"card", "loan"}, "bucket": {"cash", "extra", "main", "june"},
			"component": {"charges", "fees", "interest", "escrow"},
			"child":     {"kid"}, "method": {"card", "ach"}, "facts.state": {"C"},
		},
		Figures: map[string][]string{
			"days_past_due": {"90"}, "date": {"60"}, "facts.expires": {"60"}, "owed": {"19.99"}, "amount": {"5", "100"},
		},
		Numbers: []string{"90", "60", "19.99", "5", "100", "0"},
		Dates:   []rules.Date{day("2024-01-31"), day("2020-02-29")},
	}
	if diff := cmp.Diff(want, p.Vocabulary(), cmpopts.IgnoreUnexported(rules.Vocabulary{})); diff != "" {
		t.Errorf("-want +got %s", diff)
	}
	for field, reads := range map[string]bool{"days_past_due": true, "owed": true, "facts.deferred": true, "apr": false} {
		if p.Vocabulary().Reads(field) != reads {
			t.Errorf("reads %s: %v, want %v", field, !reads, reads)
		}
	}
}
