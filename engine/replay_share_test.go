package engine_test

import (
	"reflect"
	"testing"

	"example.com/spillway/engine"
)

// Receipts of one replay lie side by side in memory, but share none: what is
// appended to one does not show in another. A payment that is refused leaves
// nothing in the next one's.
func TestReceiptsOfAReplayShareNothing(t *testing.T) {
	policy := mustLoad(`
policy: replayed
currency: USD
payment_types: [{name: regular, waterfall: all}]
waterfalls: [{name: all, tiers: [{tier: all}]}]
guardrails: [{name: five, forbid: payment.amount == 5}]
`)
	account := engine.Account{Balances: []engine.Balance{{Component: "principal", Owed: 100_00}}}
	var events []engine.Event
	for i := range 40 { // so many that several receipts lie in one piece
		amount := engine.Amount(1_00 + i)
		if i == 1 {
			amount = 5_00
		}
		events = append(events, engine.Event{Payment: &engine.Payment{Amount: amount, Date: engine.Date(738_900 + i)}})
	}
	h, err := policy.Replay(account, events)
	if err != nil {
		t.Fatal(err)
	}
	first, third := h.Entries[0].Receipt, h.Entries[2].Receipt
	if h.Entries[1].Receipt != nil || h.Entries[1].Err == nil {
		t.Fatal("a payment of 5.00 was not refused")
	}
	before, deltas := append([]engine.Line(nil), third.Lines...), append([]engine.Delta(nil), third.Deltas...)
	first.Lines = append(first.Lines, engine.Line{Tier: "written behind"})
	first.Deltas = append(first.Deltas, engine.Delta{Bucket: "written behind"})
	if !reflect.DeepEqual(before, third.Lines) || !reflect.DeepEqual(deltas, third.Deltas) {
		t.Errorf("after appending to the first receipt, the third has %v, %v", third.Lines, third.Deltas)
	}
	if len(third.Warnings) > 0 || third.Payment.Amount != 1_02 {
		t.Errorf("the receipt after a refusal is %+v", third)
	}
}
