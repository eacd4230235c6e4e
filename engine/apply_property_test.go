package engine_test

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/prop"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

func TestApplyPromises(t *testing.T) {
	parameters := gopter.DefaultTestParametersWithSeed(20240715)
	parameters.MinSuccessfulTests = 3000
	parameters.Workers = 1
	properties := gopter.NewProperties(parameters)
	for _, promise := range []struct {
		name  string
		holds func(drawnCase, *engine.Receipt) bool
	}{
		{"the amount is its lines, what is unapplied, and a fee from the payment", conserves},
		{"no balance falls below zero, credit aside", staysAboveZero},
		{"an account's totals change by its deltas and what rolls up", rollsUp},
		{"the same question has the same answer, and is not changed", repeats},
		{"a status that is not counted changes nothing", countsOnlyCounted},
		{"what is charged is the amount and a fee on top", charges},
	} {
		properties.Property(promise.name, prop.ForAll(func(c drawnCase) (bool, error) {
			receipt, err := drawnPolicy.Apply(c.Account, c.Payment)
			var refusal *engine.Refusal
			if errors.As(err, &refusal) {
				return true, nil
			}
			return err == nil && promise.holds(c, &receipt), err
		}, drawCase))
	}
	properties.TestingRun(t)
}

func conserves(c drawnCase, r *engine.Receipt) bool {
	sum := r.Unapplied
	for _, line := range r.Lines {
		sum += line.Amount
		if line.Amount <= 0 || line.Due < 0 || line.Due > line.Amount || line.Ahead < 0 {
			return false
		}
	}
	if fee, ok := r.Fee.Get(); ok && fee.Collect == rules.FromPayment {
		sum += fee.Amount
	}
	return sum == c.Payment.Amount || c.Payment.Status == engine.Failed
}

// balancesAfter gives what each balance of a tree owes after a receipt.
func balancesAfter(a *engine.Account, r *engine.Receipt) map[[3]string]engine.Amount {
	owed := map[[3]string]engine.Amount{}
	var walk func(a *engine.Account)
	walk = func(a *engine.Account) {
		for _, b := range a.Balances {
			owed[[3]string{a.ID, b.Bucket, b.Component}] = b.Owed
		}
		for i := range a.Children {
			walk(&a.Children[i])
		}
	}
	walk(a)
	for _, d := range r.Deltas {
		owed[[3]string{d.Account, d.Bucket, d.Component}] += d.Owed
	}
	return owed
}

func staysAboveZero(c drawnCase, r *engine.Receipt) bool {
	for key, owed := range balancesAfter(&c.Account, r) {
		if owed < 0 && key[1] != "credit" {
			return false
		}
	}
	return true
}

func rollsUp(c drawnCase, r *engine.Receipt) bool {
	got := map[string]engine.Amount{}
	for _, total := range r.Totals {
		got[total.Account] = total.Owed
	}
	holds := true
	var walk func(a *engine.Account) (all, principal engine.Amount)
	walk = func(a *engine.Account) (all, principal engine.Amount) {
		for _, d := range r.Deltas {
			if d.Account == a.ID {
				all += d.Owed
				if d.Component == "principal" {
					principal += d.Owed
				}
			}
		}
		for i := range a.Children {
			below, principalBelow := walk(&a.Children[i])
			switch a.Children[i].RollsUp {
			case engine.RollsUpAll:
				all, principal = all+below, principal+principalBelow
			case engine.RollsUpPrincipal:
				all, principal = all+principalBelow, principal+principalBelow
			}
		}
		holds = holds && got[a.ID] == all
		return all, principal
	}
	walk(&c.Account)
	return holds
}

func repeats(c drawnCase, r *engine.Receipt) bool {
	account, payment := copyAccount(&c.Account), c.Payment
	var again engine.Receipt
	if err := drawnPolicy.ApplyTo(&again, &c.Account, &c.Payment); err != nil {
		return false
	}
	return bytes.Equal(r.AppendJSON(nil), again.AppendJSON(nil)) &&
		reflect.DeepEqual(account.Balances, c.Account.Balances) && reflect.DeepEqual(payment, c.Payment)
}

func countsOnlyCounted(c drawnCase, r *engine.Receipt) bool {
	if c.Payment.Status != engine.Failed {
		return true
	}
	_, moves := r.Move.Get()
	return len(r.Lines)+len(r.Shares)+len(r.Deltas)+len(r.Totals) == 0 && r.Unapplied == 0 && !moves
}

func charges(c drawnCase, r *engine.Receipt) bool {
	want := c.Payment.Amount
	if fee, ok := r.Fee.Get(); ok && fee.Collect == rules.OnTop {
		want += fee.Amount
	}
	move, moves := r.Move.Get()
	return r.Charged == want && (!moves || move.Amount == want)
}
