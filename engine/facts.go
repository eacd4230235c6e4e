package engine

import (
	"strconv"

	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// Facts are a host's own fields, in the order of the document. Names are
// unique. A policy declares those that it reads; others are carried along.
type Facts []Fact

// A Fact is one of a host's own fields.
type Fact struct {
	Name  string
	Value Value
}

// A Value is a fact's value: text, a number, a bool, a date, or null. Make one
// with [TextValue], [NumberValue] and their like; the zero Value is null.
type Value struct {
	kind valueKind
	text string // of text, and of a number as it was written
	num  int64  // of money, rate, date, bool
}

type valueKind uint8

const (
	nullValue   valueKind = iota
	textValue             // text; a date or a money amount may be written so
	numberValue           // a decimal number as written
	boolValue
	moneyValue
	rateValue
	dateValue
)

// TextValue is text. A date, an amount or a rate may be written so.
func TextValue(s string) Value { return Value{kind: textValue, text: s} }

// NumberValue is a decimal number as written: "12", "-0.5".
func NumberValue(s string) Value { return Value{kind: numberValue, text: s} }

// BoolValue is true or false.
func BoolValue(b bool) Value {
	v := Value{kind: boolValue}
	if b {
		v.num = 1
	}
	return v
}

// MoneyValue is an amount in the policy's currency.
func MoneyValue(a money.Amount) Value { return Value{kind: moneyValue, num: int64(a)} }

// RateValue is a rate in percent.
func RateValue(r money.Rate) Value { return Value{kind: rateValue, num: int64(r)} }

// DateValue is a civil date.
func DateValue(d Date) Value { return Value{kind: dateValue, num: int64(d)} }

// find gives the fact of a name, and whether there is one.
func (f Facts) find(name string) (Value, bool) {
	for i := range f {
		if f[i].Name == name {
			return f[i].Value, true
		}
	}
	return Value{}, false
}

// as is the value as a fact of a declared type, or what is wrong with it.
func (v Value) as(t rules.FactType, currency money.Currency) (rules.FactValue, error) {
	switch v.kind {
	case textValue:
		return rules.ParseFact(t, rules.Text, v.text, currency)
	case numberValue:
		return rules.ParseFact(t, rules.Number, v.text, currency)
	case boolValue:
		return rules.ParseFact(t, rules.Bool, strconv.FormatBool(v.num != 0), currency)
	case moneyValue:
		if t == rules.FactMoney && max(v.num, -v.num) <= int64(money.Max) {
			return rules.FactValue{Lo: v.num}, nil
		}
		return rules.ParseFact(t, rules.Number, currency.Format(money.Amount(v.num)), currency)
	case rateValue:
		return rules.ParseFact(t, rules.Number, money.Rate(v.num).String(), currency)
	}
	return rules.ParseFact(t, rules.Text, Date(v.num).String(), currency)
}
