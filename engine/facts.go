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
	kind  valueKind
	whole bool   // of a number: num is all of it
	text  string // of text, and of a number as it was written
	num   int64  // of money, rate, date, bool
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
func NumberValue(s string) Value {
	v := Value{kind: numberValue, text: s}
	if n, ok := numericID(s); ok && len(s) <= 15 && (s[0] != '0' || len(s) == 1) {
		v.num, v.whole = n, true
	}
	return v
}

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

// isWord says that the value is of a declared type, and as the word num of it in
// bounds.
func (v *Value) isWord(t rules.FactType) bool {
	most := v.num
	switch {
	case v.kind == boolValue && t == rules.FactBool, v.whole && t == rules.FactNumber:
		return true
	case v.kind == moneyValue && t == rules.FactMoney:
		most = int64(money.Max)
	case v.kind == rateValue && t == rules.FactRate:
		most = int64(money.MaxRate)
	case v.kind == dateValue && t == rules.FactDate:
		return isDate(Date(v.num))
	default:
		return false
	}
	return -most <= v.num && v.num <= most
}

// as is the value as a fact of a declared type, or what is wrong with it.
func (v *Value) as(t rules.FactType, currency money.Currency) (rules.FactValue, error) {
	kind, text := v.written(currency)
	return rules.ParseFact(t, kind, text, currency)
}

// written is the value as a document has it.
func (v Value) written(currency money.Currency) (rules.Kind, string) {
	switch v.kind {
	case numberValue:
		return rules.Number, v.text
	case boolValue:
		return rules.Bool, strconv.FormatBool(v.num != 0)
	case moneyValue:
		return rules.Number, currency.Format(money.Amount(v.num))
	case rateValue:
		return rules.Number, money.Rate(v.num).String()
	case dateValue:
		return rules.Text, Date(v.num).String()
	}
	return rules.Text, v.text
}
