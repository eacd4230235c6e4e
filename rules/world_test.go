package rules

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"example.com/spillway/money"
)

// A world is all that expressions see in one call, as the second evaluator
// reads it. Its frame is what the compiled ones read.
type world struct {
	currency money.Currency
	vars     thing
}

// declared are the facts that accounts, balances and payments have in these
// tests, once without and once with a default.
func declared() []FactDecl {
	return []FactDecl{
		{Name: "flag", Type: FactBool}, {Name: "flag_d", Type: FactBool, HasDefault: true},
		{Name: "word", Type: FactString}, {Name: "word_d", Type: FactString, HasDefault: true, Default: FactValue{Text: "web"}},
		{Name: "number", Type: FactNumber}, {Name: "number_d", Type: FactNumber, HasDefault: true, Default: FactValue{Word: 7}},
		{Name: "cash", Type: FactMoney}, {Name: "cash_d", Type: FactMoney, HasDefault: true},
		{Name: "rate", Type: FactRate}, {Name: "rate_d", Type: FactRate, HasDefault: true, Default: FactValue{Word: 36e10}},
		{Name: "day", Type: FactDate}, {Name: "day_d", Type: FactDate, HasDefault: true, Default: FactValue{Word: 738945}},
	}
}

// noFacts is what facts are when a document has none.
func noFacts() thing {
	return thing{"flag_d": false, "word_d": "web", "number_d": big.NewRat(7, 1), "cash_d": new(big.Rat),
		"rate_d": big.NewRat(36, 1), "day_d": dayOf("2024-02-29")}
}

// kinds says how the fields of the language are written.
func kinds() map[string]string {
	out := map[string]string{}
	for kind, names := range map[string]string{
		"money": "amount owed due past_due credit_limit credit_held minimum_due taken flat charged unapplied ahead applying available_credit cash cash_d",
		"rate":  "apr percentage rate rate_d", "number": "days_past_due number number_d",
		"date": "date due_date day day_d",
		"bool": "payoff recovery reset_past_due early ignore_guardrails flag flag_d",
	} {
		for _, name := range strings.Fields(names) {
			out[name] = kind
		}
	}
	return out
}

// newPayment, newAccount and newBalance are records with what a document may
// leave out.
func newPayment() thing {
	return thing{"id": noText{}, "amount": big.NewRat(100, 1), "date": dayOf("2024-07-15"), "type": "regular", "account": "account",
		"status": "active", "mode": "log", "method": noText{}, "extra": noText{}, "payoff": false, "recovery": false,
		"reset_past_due": false, "early": false, "ignore_guardrails": false, "applying": big.NewRat(100, 1),
		"directed": []thing{}, "fee": thing{"type": noText{}}, "split": thing{"type": noText{}}, "facts": noFacts()}
}

func newAccount() thing {
	return thing{"id": "account", "program": noText{}, "kind": noText{}, "owed": new(big.Rat), "due": new(big.Rat), "past_due": new(big.Rat),
		"credit_held": new(big.Rat), "minimum_due": new(big.Rat), "days_past_due": new(big.Rat), "taken": new(big.Rat),
		"rolls_up": "all", "balances": []thing{}, "children": []thing{}, "facts": noFacts()}
}

func newBalance() thing {
	return thing{"bucket": "main", "component": "principal", "owed": new(big.Rat), "due": new(big.Rat), "past_due": new(big.Rat),
		"taken": new(big.Rat), "facts": noFacts()}
}

// compute fills in what is not written: states, available credit, child.apr.
func (w *world) compute() {
	if fee, ok := w.vars["fee"].(thing); ok {
		if receipt, ok := w.vars["receipt"].(thing); ok {
			receipt["fee"] = fee
		}
	}
	for _, account := range w.accounts() {
		delete(account, "apr")
		delete(account, "available_credit")
		if limit, ok := account["credit_limit"].(*big.Rat); ok {
			left := new(big.Rat).Sub(limit, account["owed"].(*big.Rat))
			account["available_credit"] = left.Sub(left, account["credit_held"].(*big.Rat))
		}
		for _, b := range account["balances"].([]thing) {
			if apr, ok := b["apr"].(*big.Rat); ok {
				if best, ok := account["apr"].(*big.Rat); !ok || apr.Cmp(best) > 0 {
					account["apr"] = apr
				}
			}
			switch {
			case b["past_due"].(*big.Rat).Sign() > 0:
				b["state"] = "past_due"
			case b["due"].(*big.Rat).Sign() > 0:
				b["state"] = "due"
			default:
				b["state"] = "not_due"
			}
		}
	}
}

// accounts are all accounts, each before its children.
func (w *world) accounts() []thing {
	var all []thing
	var walk func(a thing)
	walk = func(a thing) {
		all = append(all, a)
		for _, c := range a["children"].([]thing) {
			walk(c)
		}
	}
	walk(w.vars["account"].(thing))
	if before, ok := w.vars["before"].(thing); ok {
		walk(before)
	}
	return all
}

// readWorld reads an environment of the suite.
func readWorld(n *yaml.Node) (*world, error) {
	w := &world{vars: thing{"fee": thing{"amount": new(big.Rat), "type": "waive"},
		"receipt": thing{"lines": []thing{}, "shares": []thing{}, "charged": new(big.Rat), "unapplied": new(big.Rat)}}}
	w.currency, _ = money.Lookup("USD")
	for i := 0; i < len(n.Content); i += 2 {
		value := n.Content[i+1]
		switch key := n.Content[i].Value; key {
		case "currency":
			if value.Kind == yaml.MappingNode {
				w.currency, _ = money.Custom(value.Content[1].Value, int(value.Content[3].Value[0]-'0'))
			} else {
				w.currency, _ = money.Lookup(value.Value)
			}
		case "payment", "account", "before", "fee", "receipt":
			v, err := readThing(key, value)
			if err != nil {
				return nil, err
			}
			for name, field := range v {
				if w.vars[key] == nil {
					w.vars[key] = v
				}
				w.vars[key].(thing)[name] = field
			}
		default:
			return nil, fmt.Errorf("what is %s?", key)
		}
	}
	account := w.vars["account"].(thing)
	for name, list := range map[string]string{"balance": "balances", "child": "children"} {
		if elements := account[list].([]thing); len(elements) > 0 {
			w.vars[name] = elements[0] // the first is the current one
		}
	}
	w.compute()
	return w, nil
}

func readThing(what string, n *yaml.Node) (thing, error) {
	out := map[string]func() thing{"payment": newPayment, "account": newAccount, "before": newAccount, "children": newAccount, "balances": newBalance, "facts": noFacts}[what]
	t := thing{}
	if out != nil {
		t = out()
	}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i].Value, n.Content[i+1]
		switch value.Kind {
		case yaml.MappingNode:
			inner, err := readThing(key, value)
			if err != nil {
				return nil, err
			}
			t[key] = inner
		case yaml.SequenceNode:
			list := []thing{}
			for _, item := range value.Content {
				inner, err := readThing(key, item)
				if err != nil {
					return nil, err
				}
				list = append(list, inner)
			}
			t[key] = list
		default:
			v, err := readScalar(kinds()[key], value.Value)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", key, err)
			}
			t[key] = v
		}
	}
	return t, nil
}

func readScalar(kind, text string) (any, error) {
	switch kind {
	case "money", "rate", "number":
		r, ok := new(big.Rat).SetString(text)
		if !ok {
			return nil, fmt.Errorf("%q is no number", text)
		}
		return r, nil
	case "date":
		return dayOf(text), nil
	case "bool":
		return text == "true", nil
	}
	return text, nil
}

// statusOf and the like are the constants behind the words of the language.
func wordNumber(words []string, v any) int64 {
	if s, ok := v.(string); ok {
		return int64(slices.Index(words, s))
	}
	return Missing
}
