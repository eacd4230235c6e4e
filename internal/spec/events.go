package spec

import (
	"fmt"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// A receipt is what is expected of one payment of a history.
type receipt struct {
	id     string
	expect []expectation
}

// history reads what a case with events expects.
func (l *loader) history(c *Case, n *rules.Node) {
	currency := c.policy.Currency()
	if all := n.Get("receipts"); all != nil {
		l.each(all, func(id string, v *rules.Node) {
			r := receipt{id: id}
			if l.isMap(v, expectKeys) {
				r.expect = l.expectations(v, currency)
			}
			c.receipts = append(c.receipts, r)
		})
	}
	if balances := n.Get("balances"); balances != nil {
		e := expectation{key: "balances"}
		l.expectation(&e, balances, currency)
		c.expect = append(c.expect, e)
	}
}

// runEvents replays the case's events. Every payment must be among the receipts
// expected, if any are.
func (c *Case) runEvents() (all []Difference) {
	currency := c.policy.Currency()
	account, err := engine.DecodeAccount(c.account, "account", currency)
	var events []engine.Event
	if err == nil {
		events, err = engine.DecodeEvents(c.events, "events", currency)
	}
	var history *engine.History
	if err == nil {
		history, err = c.policy.Replay(account, events)
	}
	if err != nil {
		return []Difference{{"events", "a history", err.Error()}}
	}
	all = c.receiptDifferences(history)
	end := result{currency: currency, account: history.End}
	for _, e := range c.expect {
		all = append(all, compared(e, end.figures(e))...)
	}
	return all
}

// receiptDifferences compares the receipts, each with the account before it as
// the one that is given.
func (c *Case) receiptDifferences(history *engine.History) (all []Difference) {
	expected := map[string]bool{}
	for _, want := range c.receipts {
		expected[want.id] = true
		key := "receipts: " + want.id
		entry := history.Payment(want.id)
		if entry == nil {
			all = append(all, Difference{key, "a payment", nothing})
			continue
		}
		got := result{policy: c.policy.Policy, currency: c.policy.Currency(), account: history.Before(entry), err: entry.Err}
		if entry.Receipt != nil {
			got.receipt = *entry.Receipt
		}
		for _, d := range got.differences(want.expect) {
			all = append(all, Difference{key + ": " + d.Key, d.Expected, d.Got})
		}
	}
	for _, e := range history.Events {
		if e.Payment != nil && c.receipts != nil && !expected[e.Payment.ID] {
			all = append(all, Difference{"receipts", nothing, fmt.Sprintf("payment %q", e.Payment.ID)})
		}
	}
	return all
}
