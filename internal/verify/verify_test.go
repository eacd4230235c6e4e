package verify_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"example.com/spillway/engine"
	"example.com/spillway/internal/verify"
	"example.com/spillway/rules"
)

const (
	head = "policy: tested\ncurrency: USD\npayment_types: [{name: regular, waterfall: w}]\n"
	all  = "waterfalls: [{name: w, tiers: [{tier: all, order: [{component: [interest, principal]}]}]}]\n"
)

// TestFindings plants a flaw in a policy, and says what is to be found, with
// the smallest case.
func TestFindings(t *testing.T) {
	tests := []struct {
		name, policy string
		want         string // what is broken or flawed
		balances     int    // that the case has
	}{
		{"nothing", head + all, "", 0},
		{
			"a tier after one that takes everything", head + "waterfalls: [{name: w, tiers: [" +
				"{tier: first, where: balance.owed > 0, order: [balance.apr]}, {tier: excess, order: [balance.apr desc]}]}]\n",
			`flaw: tier "excess" of waterfall "w" takes nothing`, 1,
		},
		{
			"a tier whose condition never holds", head + "waterfalls: [{name: w, tiers: [" +
				"{tier: due, take: due}, {tier: excess, where: balance.owed < balance.due}]}]\n",
			`flaw: tier "excess" of waterfall "w" takes nothing`, 1,
		},
		{
			"a child without dues", head + all + "splits: [{name: s, tiers: [{tier: dues, take: due, share: pro_rata}]}]\n",
			`flaw: split "s" starves a child`, 2,
		},
		{
			"a child that no list names", head + all + "splits: [{name: s, tiers: [{tier: t, order: [{child: [a]}]}]}]\n",
			`flaw: split "s" starves a child`, 2,
		},
		{
			"a child that a fact keeps out", "facts: {account: {closed: {type: bool, default: false}}}\n" + head + all +
				"splits: [{name: s, tiers: [{tier: t, where: not child.facts.closed}]}]\n",
			"", 0,
		},
		{
			"a fee above the payment", head + all + "fees: [{name: f, when: payment.method == 'card', type: flat, flat: 2}]\n",
			`flaw: fee "f" exceeds the payment`, 0,
		},
		{
			"a fee above what it is taken from", head + all + "fees: [{name: f, type: flat, flat: 2, collect: from_payment}]\n",
			`flaw: fee "f" exceeds the payment`, 0,
		},
		{
			"a fee that a guardrail holds", head + all + "fees: [{name: f, type: flat, flat: 2}]\n" +
				"guardrails: [{name: g, forbid: fee.amount > payment.amount, message: no}]\n",
			"", 0,
		},
		{
			"a guardrail that nothing passes", head + all + "guardrails: [{name: g, require: 'payment.date > date(\"9999-01-01\")', message: no}]\n",
			`flaw: guardrail "g"`, 0,
		},
		{
			"an invariant", head + strings.ReplaceAll(all, "interest, principal", "escrow, interest") +
				"invariants: [{name: i, check: paid('escrow') == 0 or account.unpaid('interest') == 0}]\n",
			`broken: i`, 2,
		},
		{
			"an invariant that cannot be evaluated", "facts: {account: {word: string}}\n" + head + all +
				"invariants: [{name: i, check: account.facts.word != 'x'}]\n",
			`broken: i`, 0,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := run(t, test.policy, nil)
			found := ""
			for _, f := range r.Findings {
				if f.Kind == verify.Note {
					continue
				}
				if found != "" {
					t.Errorf("more: %v %s", f.Kind, f.Name)
				}
				found = f.Kind.String() + ": " + f.Name
				if n := balances(&f.Trial.Account); n != test.balances {
					t.Errorf("%d balances in the case, want %d: %s", n, test.balances, f.Trial.Account.AppendJSON(nil, load(t, head+all).Currency))
				}
				if f.Trial.Payment.Amount > 2 && found != "flaw: "+`guardrail "g"` {
					t.Errorf("the payment is %d cents", f.Trial.Payment.Amount)
				}
			}
			if found != test.want {
				t.Errorf("found %q, want %q", found, test.want)
			}
		})
	}
}

func TestTheSameSeedFindsTheSame(t *testing.T) {
	policy := head + all + "fees: [{name: f, when: payment.method == 'card', type: flat, flat: 2}]\n" +
		"splits: [{name: s, tiers: [{tier: dues, take: due, share: pro_rata}]}]\n"
	text := func() string {
		r := run(t, policy, nil)
		compiled := engine.Compile(load(t, policy))
		var b strings.Builder
		if err := r.Text(&b, compiled); err != nil {
			t.Fatal(err)
		}
		return b.String() + string(r.Spec(compiled, "policy.yaml"))
	}
	if diff := cmp.Diff(text(), text()); diff != "" {
		t.Error(diff)
	}
}

// TestTheSampleIsVaried finds what only accounts like the sample have.
func TestTheSampleIsVaried(t *testing.T) {
	sample := &engine.Account{Program: "odd", Balances: []engine.Balance{{Component: "rent", Bucket: "june", Owed: 100_00}}}
	r := run(t, head+all+"invariants: [{name: i, check: paid() > 0 || account.unpaid('rent') == 0, programs: [odd]}]\n", sample)
	if r.Count(verify.Broken) != 1 {
		t.Errorf("found %+v, want what does not pay rent", r.Findings)
	}
}

// TestExamples holds the policies of this repository to what their authors
// promise.
func TestExamples(t *testing.T) {
	const folder = "../../testdata/policies"
	for _, name := range []string{"card_act.yaml", "fineract_advanced.yaml", "line_of_credit_family.yaml", "loanpro_loan.yaml", "student_loans.yaml"} {
		p, err := rules.Load(os.DirFS(folder), name)
		if err != nil {
			t.Fatal(err)
		}
		r := verify.Run(verify.Options{Policy: p, Seed: 1, Go: func(done int) bool { return done < 1000 }})
		for _, f := range r.Findings {
			if f.Kind != verify.Note {
				t.Errorf("%s: %v: %s: %s", name, f.Kind, f.Name, f.Says)
			}
		}
	}
}

func run(t *testing.T, policy string, sample *engine.Account) *verify.Report {
	t.Helper()
	return verify.Run(verify.Options{Policy: load(t, policy), Sample: sample, Seed: 1, Go: func(done int) bool { return done < 2000 }})
}

func load(t *testing.T, policy string) *rules.Policy {
	t.Helper()
	p, err := rules.Load(fstest.MapFS{"policy.yaml": {Data: []byte(policy)}}, "policy.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func balances(a *engine.Account) int {
	n := len(a.Balances)
	for i := range a.Children {
		n += balances(&a.Children[i])
	}
	return n
}
