package loanpro

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"example.com/spillway/engine"
	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// The requests are loose about kinds: a number may be text and a flag a number.
// What is read is strict: a value is right or a fault of its field.

// maxNote is how many characters a payment's description or info may have.
const maxNote = 255

// fail records a mistake in the field at hand.
func (r *reader) fail(format string, args ...any) { r.failAt(r.name, format, args...) }

func (r *reader) failAt(name, format string, args ...any) {
	if r.fault == nil {
		r.fault = wrong(r.path+name, format, args...)
	}
}

// word reads a word of a vocabulary.
func word[T any](r *reader, n *rules.Node, words []Word[T]) T {
	means, err := Find(words, n.Text)
	switch {
	case n.Kind != rules.Text:
		r.fail("must be a word, not %s, %s", described(n), hint("", texts(words)))
	case err != nil:
		r.fail("%v", err)
	}
	return means
}

// texts are the words themselves.
func texts[T any](words []Word[T]) []string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.Word
	}
	return texts
}

// text reads text. A number is text without its quotes.
func (r *reader) text(n *rules.Node) string {
	if n.Kind != rules.Text && n.Kind != rules.Number {
		r.fail("must be text, not %s", described(n))
	}
	return n.Text
}

// whole reads a whole number from 0 on, and gives it in plain digits.
func (r *reader) whole(n *rules.Node) string {
	number, err := strconv.ParseInt(n.Text, 10, 64)
	if n.Kind != rules.Text && n.Kind != rules.Number || err != nil || number < 0 {
		r.fail("must be a whole number, not %s", described(n))
	}
	return strconv.FormatInt(number, 10)
}

// amount reads an amount from 0 on.
func (r *reader) amount(n *rules.Node) engine.Amount {
	if n.Kind != rules.Text && n.Kind != rules.Number {
		r.fail("must be an amount, not %s", described(n))
		return 0
	}
	amount, err := r.currency.Parse(n.Text)
	if err != nil {
		r.fail("%v", err)
	} else if amount < 0 {
		r.fail("must not be below 0")
	}
	return amount
}

// rate reads a rate in percent from 0 on.
func (r *reader) rate(n *rules.Node) engine.Rate {
	if n.Kind != rules.Text && n.Kind != rules.Number {
		r.fail("must be a rate in percent, not %s", described(n))
		return 0
	}
	rate, err := money.ParseRate(n.Text)
	if err != nil {
		r.fail("%v", err)
	} else if rate < 0 {
		r.fail("must not be below 0")
	}
	return rate
}

// date reads a civil date.
func (r *reader) date(n *rules.Node) engine.Date {
	if n.Kind != rules.Text {
		r.fail("must be a date as 2025-03-06, not %s", described(n))
		return 0
	}
	date, err := rules.ParseDate(n.Text)
	if err != nil {
		r.fail("%s %v", described(n), err)
	}
	return date
}

// flag reads true or 1, false or 0.
func (r *reader) flag(n *rules.Node) bool {
	scalar := n.Kind == rules.Bool || n.Kind == rules.Number || n.Kind == rules.Text
	switch {
	case scalar && (n.Text == "1" || n.Text == "true"):
		return true
	case scalar && (n.Text == "0" || n.Text == "false"):
		return false
	}
	r.fail("must be 1 or 0, or true or false, not %s", described(n))
	return false
}

// carryAs carries a value along in the facts, where the field at hand goes.
func (r *reader) carryAs(v engine.Value) { r.fact(strings.TrimPrefix(r.to, "payment.facts."), v) }

// fact adds a fact of the payment, from the field at hand.
func (r *reader) fact(name string, v engine.Value) {
	for i := range r.payment.Facts {
		if r.payment.Facts[i].Name == name {
			r.fail("gives the fact %s a second time", name)
		}
	}
	r.note("payment.facts." + name)
	r.payment.Facts = append(r.payment.Facts, engine.Fact{Name: name, Value: v})
}

// carry carries a value along as it is.
func (r *reader) carry(n *rules.Node) { r.carryAs(r.scalar(n)) }

func (r *reader) carryFlag(n *rules.Node) { r.carryAs(engine.BoolValue(r.flag(n))) }

// carryText carries a note for people along.
func (r *reader) carryText(n *rules.Node) {
	text := r.text(n)
	if length := utf8.RuneCountInString(text); length > maxNote {
		r.fail("has %d characters, at most %d fit", length, maxNote)
	}
	r.carryAs(engine.TextValue(text))
}

// scalar is a value as it is.
func (r *reader) scalar(n *rules.Node) engine.Value {
	switch n.Kind {
	case rules.Text:
		return engine.TextValue(n.Text)
	case rules.Number:
		return engine.NumberValue(n.Text)
	case rules.Bool:
		return engine.BoolValue(n.Text == "true")
	case rules.List, rules.Map:
		r.fail("must be text, a number, a bool or null, not %s", described(n))
	}
	return engine.Value{}
}

// described names what stands where something else should.
func described(n *rules.Node) string {
	switch n.Kind {
	case rules.Text:
		return strconv.Quote(clipped(n.Text))
	case rules.Number:
		return "the number " + clipped(n.Text)
	case rules.Bool:
		return n.Text
	case rules.List:
		return "a list"
	case rules.Map:
		return "a mapping"
	default:
		return "null"
	}
}

// clipped cuts text that is too long to be quoted in a message.
func clipped(text string) string {
	const most = 60
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "..."
}
