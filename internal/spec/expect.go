package spec

import (
	"strings"

	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// An expectation is what one key of expect says.
type expectation struct {
	key  string
	want figures
}

var (
	expectKeys = []string{"lines", "shares", "unapplied", "fee", "charged", "ahead", "deltas", "totals",
		"balances", "move", "warnings", "messages", "broken", "refused", "input_error", "failed"}
	eventKeys = []string{"receipts", "balances"}
	deltaKeys = []string{"owed", "due", "past_due"}
	totalKeys = []string{"owed", "due", "past_due", "minimum_due", "available_credit"}
)

func (l *loader) expectations(n *rules.Node, currency money.Currency) (all []expectation) {
	for i, key := range n.Keys {
		e := expectation{key: key.Text}
		l.expectation(&e, n.Items[i], currency)
		all = append(all, e)
	}
	return all
}

func (l *loader) expectation(e *expectation, n *rules.Node, currency money.Currency) {
	switch e.key {
	case "lines", "balances":
		l.each(n, func(key string, v *rules.Node) { e.want.set(key, l.amount(v, currency)) })
	case "shares":
		l.shares(&e.want, n, currency)
	case "unapplied", "fee", "charged", "ahead":
		e.want.set("", l.amount(n, currency))
	case "deltas":
		l.records(&e.want, n, deltaKeys, currency)
	case "totals":
		l.records(&e.want, n, totalKeys, currency)
	case "move":
		l.move(&e.want, n, currency)
	case "messages":
		l.each(n, func(key string, v *rules.Node) { e.want.set(key, l.text(v)) })
	case "warnings", "broken", "refused":
		e.want.set("", l.names(n))
	default:
		e.want.set("", l.text(n))
	}
}

// each reads a mapping whose keys are the author's own.
func (l *loader) each(n *rules.Node, read func(key string, v *rules.Node)) {
	if n.Kind != rules.Map {
		l.mistake(n, "must be a mapping")
		return
	}
	for i, key := range n.Keys {
		read(key.Text, n.Items[i])
	}
}

// shares reads amounts by account, of which those of 0 are as good as absent.
func (l *loader) shares(f *figures, n *rules.Node, currency money.Currency) {
	none := currency.Format(0)
	l.each(n, func(account string, v *rules.Node) {
		if a := l.amount(v, currency); a != none {
			f.set(account, a)
		}
	})
}

// records reads a mapping of mappings, each of amounts.
func (l *loader) records(f *figures, n *rules.Node, known []string, currency money.Currency) {
	l.each(n, func(name string, record *rules.Node) {
		if !l.isMap(record, known) {
			return
		}
		l.each(record, func(key string, v *rules.Node) { f.set(inRecord(name, key), l.amount(v, currency)) })
	})
}

func (l *loader) move(f *figures, n *rules.Node, currency money.Currency) {
	if !l.isMap(n, []string{"amount", "method"}) {
		return
	}
	if v := n.Get("amount"); v != nil {
		f.set("amount", l.amount(v, currency))
	}
	if method := l.text(n.Get("method")); method != "" {
		f.set("method", method)
	}
}

// amount gives an amount as the currency writes it, so that 0.5 is 0.50.
func (l *loader) amount(n *rules.Node, currency money.Currency) string {
	a, err := currency.Parse(l.text(n))
	if err != nil {
		l.mistake(n, "%v", err)
	}
	return currency.Format(a)
}

// names reads a list of names, or a single name.
func (l *loader) names(n *rules.Node) string {
	if n.Kind != rules.List {
		return listed([]string{l.text(n)})
	}
	var names []string
	for _, item := range n.Items {
		names = append(names, l.text(item))
	}
	return listed(names)
}

func listed(names []string) string { return "[" + strings.Join(names, ", ") + "]" }
