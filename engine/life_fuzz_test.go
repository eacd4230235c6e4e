package engine_test

import (
	"bytes"
	"os"
	"testing"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// FuzzReceipt reads what may be a receipt: it never panics, and what is read is
// written as it was.
func FuzzReceipt(f *testing.F) {
	policy, account, payment := cardCase(f)
	receipt, err := policy.Apply(account, payment)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(receipt.AppendJSON(nil))
	f.Add([]byte(`{"outcome":"applied","policy":{},"payment":{},"charged":"1","lines":[],"unapplied":"1","deltas":[],"totals":[],"digest":""}`))
	f.Fuzz(func(t *testing.T, src []byte) {
		n, err := rules.ParseDocument("receipt", src)
		if err != nil {
			return
		}
		read, err := engine.DecodeReceipt(n, "receipt", policy.Currency())
		if err != nil {
			return
		}
		written := read.AppendJSON(nil)
		again, err := rules.ParseJSON("receipt", written)
		if err != nil {
			t.Fatal(err)
		}
		if read, err = engine.DecodeReceipt(again, "receipt", policy.Currency()); err != nil {
			t.Fatal(err)
		}
		if twice := read.AppendJSON(nil); !bytes.Equal(written, twice) {
			t.Errorf("%s is written as %s", written, twice)
		}
	})
}

// FuzzReplay reads what may be a history, and replays it: it never panics, no
// balance falls below zero, and its statement can be told.
func FuzzReplay(f *testing.F) {
	src, err := os.ReadFile("../testdata/replay/card_year.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(src[:8000:8000])
	f.Add([]byte(`{"account":{"balances":[{"component":"p","owed":9}]},"events":[{"payment":{"id":"a","amount":5,"date":"2024-01-01"}},` +
		`{"transition":{"id":"a","status":"reversed","amount":2},"date":"2024-01-02"},{"adjust":[{"component":"q","owed":"+1"}],"date":"2024-01-03","order":-1}]}`))
	f.Fuzz(func(t *testing.T, src []byte) {
		n, err := rules.ParseDocument("history", src)
		if err != nil {
			return
		}
		account, events, err := engine.DecodeReplay(n, lifePolicy.Currency())
		if err != nil {
			return
		}
		h, err := lifePolicy.Replay(account, events)
		if err != nil {
			return
		}
		if what := belowZero(&h.End); what != "" {
			t.Errorf("%s: %s", src, what)
		}
		h.Statement()
		h.AppendJSON(nil)
	})
}

// belowZero names a balance that owes less than nothing, credit aside.
func belowZero(a *engine.Account) string {
	for _, b := range a.Balances {
		if b.Owed < 0 && b.Component != "credit" {
			return b.Bucket + "." + b.Component
		}
	}
	for i := range a.Children {
		if what := belowZero(&a.Children[i]); what != "" {
			return what
		}
	}
	return ""
}
