package engine

import (
	"encoding/json"

	"example.com/spillway/money"
)

// AppendJSON appends the account as the document that [DecodeAccount] reads,
// amounts in currency. What is absent is left out.
func (a *Account) AppendJSON(dst []byte, currency money.Currency) []byte {
	w := jsonWriter{buf: dst, currency: currency}
	w.account(a)
	return w.buf
}

// AppendJSON appends the payment as the document that [DecodePayment] reads,
// amounts in currency. What is absent is left out, but for status and mode.
func (p *Payment) AppendJSON(dst []byte, currency money.Currency) []byte {
	w := jsonWriter{buf: dst, currency: currency}
	w.payment(p)
	return w.buf
}

func (w *jsonWriter) account(a *Account) {
	w.open('{')
	w.textIfAny("id", a.ID)
	w.textIfAny("program", a.Program)
	w.textIfAny("kind", a.Kind)
	w.amountIfAny("credit_limit", a.CreditLimit)
	if a.CreditHeld != 0 {
		w.amount("credit_held", a.CreditHeld)
	}
	w.amountIfAny("minimum_due", a.MinimumDue)
	if a.DaysPastDue != 0 {
		w.count("days_past_due", a.DaysPastDue)
	}
	if a.RollsUp != RollsUpAll {
		w.text("rolls_up", a.RollsUp.String())
	}
	w.facts(a.Facts)
	w.list("balances")
	for i := range a.Balances {
		w.balance(&a.Balances[i])
	}
	w.close(']')
	if len(a.Children) > 0 {
		w.list("children")
		for i := range a.Children {
			w.account(&a.Children[i])
		}
		w.close(']')
	}
	w.close('}')
}

func (w *jsonWriter) balance(b *Balance) {
	w.open('{')
	w.text("bucket", b.bucket())
	w.text("component", b.Component)
	w.amount("owed", b.Owed)
	w.amountIfAny("due", b.Due)
	w.amountIfAny("past_due", b.PastDue)
	if b.DueDate != 0 {
		w.date("due_date", b.DueDate)
	}
	if apr, ok := b.APR.Get(); ok {
		w.rate("apr", apr)
	}
	w.facts(b.Facts)
	w.close('}')
}

// facts writes a host's own fields, if there are any.
func (w *jsonWriter) facts(facts Facts) {
	if len(facts) == 0 {
		return
	}
	w.object("facts")
	for i := range facts {
		w.fact(facts[i].Name, facts[i].Value)
	}
	w.close('}')
}

func (w *jsonWriter) fact(name string, v Value) {
	switch v.kind {
	case textValue:
		w.text(name, v.text)
	case moneyValue:
		w.amount(name, Amount(v.num))
	case rateValue:
		w.rate(name, Rate(v.num))
	case dateValue:
		w.date(name, Date(v.num))
	case boolValue:
		w.flag(name, v.num != 0)
	case numberValue:
		if !isJSONNumber(v.text) {
			w.text(name, v.text)
			return
		}
		w.literal(name, v.text)
	default:
		w.literal(name, "null")
	}
}

func (w *jsonWriter) literal(key, value string) {
	w.key(key)
	w.buf = append(w.buf, value...)
	w.more = true
}

// isJSONNumber says whether text is a number in JSON too: YAML knows some, as
// 010 and .5, that are not.
func isJSONNumber(text string) bool {
	if text == "" {
		return false
	}
	first, last := text[0], text[len(text)-1]
	return (first == '-' || isDigit(first)) && isDigit(last) && json.Valid([]byte(text))
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
