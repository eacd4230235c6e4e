package engine_test

import (
	"os"
	"reflect"
	"slices"
	"testing"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// TestABackdatedPaymentEndsAlikeFromEveryPosition puts the payment of a card's
// year that arrived late into the list of events at each position, and into the
// history without it.
func TestABackdatedPaymentEndsAlikeFromEveryPosition(t *testing.T) {
	policy, account, events := cardYear(t)
	last := len(events) - 1
	late, others := events[last], events[:last]
	without, err := policy.Replay(account, others)
	if err != nil {
		t.Fatal(err)
	}
	revision, err := policy.Insert(without, late)
	if err != nil {
		t.Fatal(err)
	}
	if len(revision.Receipts) < 2 || len(revision.Deltas) == 0 {
		t.Errorf("the late payment changes %d receipts and %d balances, want some", len(revision.Receipts), len(revision.Deltas))
	}
	for i := range events {
		whole, err := policy.Replay(account, slices.Insert(slices.Clone(others), i, late))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(whole.End, revision.History.End) {
			t.Fatalf("at position %d the account ends as %+v, want %+v", i, whole.End, revision.History.End)
		}
	}
}

// cardYear is the year of a card that docs/replay.md explains.
func cardYear(t *testing.T) (*engine.Policy, engine.Account, []engine.Event) {
	t.Helper()
	policy, _, _ := cardCase(t)
	src, err := os.ReadFile("../testdata/replay/card_year.yaml")
	if err != nil {
		t.Fatal(err)
	}
	n, err := rules.ParseDocument("card_year.yaml", src)
	if err != nil {
		t.Fatal(err)
	}
	account, events, err := engine.DecodeReplay(n, policy.Currency())
	if err != nil {
		t.Fatal(err)
	}
	if len(events) != 400 {
		t.Fatalf("the year has %d events, want 400", len(events))
	}
	return policy, account, events
}
