package oracle_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/spillway/engine"
	"example.com/spillway/engine/enginetest"
	"example.com/spillway/internal/oracle"
)

var cases = flag.Int("cases", 5000, "how many cases TestLong compares")
var seed = flag.Int64("seed", 1, "of the first case")

// perPolicy is how many payments are made by each policy.
const perPolicy = 5

func TestTheEngineDecidesAsTheOracle(t *testing.T) { compare(t, 5000) }

func TestLong(t *testing.T) {
	if *cases == 5000 {
		t.Skip("a long run: -run Long -cases 1000000")
	}
	compare(t, *cases)
}

func compare(t *testing.T, n int) {
	kinds := map[string]int{}
	bad := 0
	for i := 0; i < n; i += perPolicy {
		src := rand.New(rand.NewSource(*seed + int64(i)))
		c := enginetest.Draw(src)
		policy, err := c.Load()
		if err != nil {
			t.Fatalf("seed %d: %v", *seed+int64(i), err)
		}
		for range perPolicy {
			got := answer(policy, &c)
			want := secondOpinion(policy, &c)
			kinds[want.Kind+" "+want.Type+want.Path]++
			if cmp.Equal(want, got) || known(&c) {
				c.Account, c.Payment = c.DrawInput(src)
				continue
			}
			small := enginetest.Minimize(c, differs)
			policy, err := small.Load()
			if err != nil {
				t.Fatal(err)
			}
			t.Errorf("seed %d: -oracle +engine %s\n%s", *seed+int64(i), cmp.Diff(secondOpinion(policy, &small), answer(policy, &small)), small.String())
			if bad++; bad >= 3 {
				t.FailNow()
			}
			break
		}
	}
	t.Log(kinds)
}

func differs(c enginetest.Case) bool {
	policy, err := c.Load()
	return err == nil && !known(&c) && !cmp.Equal(secondOpinion(policy, &c), answer(policy, &c))
}

// known says whether a case is of a sort in which the engine is known to differ
// from the contract. Nothing is to stay here for long.
//
//   - An order key that is text is not evaluated for what can take nothing, so
//     that what is missing does not fail there.
//   - With among: family, child.owed of the account itself leaves its credit out.
//   - What the rehearsal of a split handed out below a branch is still missing
//     from child.children when the branch itself is shared with.
func known(c *enginetest.Case) bool {
	for _, w := range c.Policy.Waterfalls {
		if slices.ContainsFunc(w.Tiers, knownTier) {
			return true
		}
	}
	for _, s := range c.Policy.Splits {
		family := s.Among == "family" && strings.Contains(fmt.Sprint(c.Account), "{credit credit")
		if family || slices.ContainsFunc(s.Tiers, knownTier) || strings.Contains(c.Policy.String(), "child.children") {
			return true
		}
	}
	return false
}

func knownTier(t enginetest.Tier) bool {
	return slices.ContainsFunc(t.Order, func(k enginetest.Key) bool {
		return k.Expr != nil && k.Expr.Kind == enginetest.Text
	})
}

func secondOpinion(policy *engine.Policy, c *enginetest.Case) oracle.Outcome {
	currency := policy.Currency()
	return oracle.Decide(c.Policy, c.Account.AppendJSON(nil, currency), c.Payment.AppendJSON(nil, currency))
}

// answer is the engine's answer as the oracle would put it.
func answer(policy *engine.Policy, c *enginetest.Case) oracle.Outcome {
	r, err := policy.Apply(c.Account, c.Payment)
	var input *engine.InputError
	var rule *engine.RuleError
	var refusal *engine.Refusal
	switch {
	case err == nil:
		return receipt(policy, &r)
	case errors.As(err, &input):
		return oracle.Outcome{Kind: "invalid", Path: input.Field}
	case errors.As(err, &rule):
		return oracle.Outcome{Kind: "failed", Rule: rule.Rule}
	case errors.As(err, &refusal):
		out := oracle.Outcome{Kind: "refused", Type: refusal.Type, Warnings: refusal.Warnings, Hits: hits(refusal.Hits)}
		if refusal.Type == engine.GuardrailRefusal {
			out.Message = refusal.Message
		}
		return out
	}
	return oracle.Outcome{Kind: err.Error()}
}

func hits(list []engine.Hit) (out []oracle.Hit) {
	for _, h := range list {
		out = append(out, oracle.Hit{Guardrail: h.Guardrail, Severity: h.Severity.String(), Message: h.Message, Cite: h.Cite, Ignored: h.Ignored})
	}
	return out
}

func receipt(policy *engine.Policy, r *engine.Receipt) oracle.Outcome {
	text := policy.Currency().Format
	out := oracle.Outcome{
		Kind: "applied", Hits: hits(r.Warnings), PaymentType: r.Payment.Type, Account: r.Payment.Account,
		Charged: text(r.Charged), Unapplied: text(r.Unapplied),
	}
	if fee, ok := r.Fee.Get(); ok {
		out.Fee = &oracle.Fee{Schedule: fee.Schedule, Type: fee.Type.String(), Amount: text(fee.Amount), Collect: fee.Collect.String()}
		for _, e := range fee.Each {
			out.Fee.Each = append(out.Fee.Each, oracle.Part{Account: e.Account, Amount: text(e.Amount)})
		}
	}
	for _, l := range r.Lines {
		out.Lines = append(out.Lines, oracle.Line{
			Account: l.Account, Bucket: l.Bucket, Component: l.Component, Amount: text(l.Amount), Due: text(l.Due),
			Ahead: text(l.Ahead), Waterfall: l.Waterfall, Tier: l.Tier,
		})
	}
	for _, s := range r.Shares {
		out.Shares = append(out.Shares, oracle.Share{Account: s.Account, Amount: text(s.Amount), Split: s.Split, Tier: s.Tier})
	}
	for _, d := range r.Deltas {
		out.Deltas = append(out.Deltas, oracle.Delta{
			Account: d.Account, Bucket: d.Bucket, Component: d.Component, Owed: text(d.Owed), Due: text(d.Due), PastDue: text(d.PastDue),
		})
	}
	for _, total := range r.Totals {
		of := oracle.Total{Account: total.Account, Owed: text(total.Owed), Due: text(total.Due), PastDue: text(total.PastDue), MinimumDue: text(total.MinimumDue)}
		if available, ok := total.AvailableCredit.Get(); ok {
			of.AvailableCredit = text(available)
		}
		out.Totals = append(out.Totals, of)
	}
	if move, ok := r.Move.Get(); ok {
		out.Move = text(move.Amount)
	}
	return out
}
