package rules

import (
	"fmt"
	"math/big"
	"strings"
)

// dim is what a value is: it decides what may be done with it.
type dim uint8

const (
	dimInvalid dim = iota // a mistake was noted
	dimNil
	dimBool
	dimText
	dimDate
	dimNumber
	dimMoney
	dimRate
	dimDays
	dimList
	dimRecord
)

func (d dim) numeric() bool { return d >= dimNumber && d <= dimDays }

// An operand is a value that the compiler knows the dimension of.
type operand struct {
	dim     dim
	power   int  // of money: 1, or the power of a product of amounts
	fails   bool // reading it may fail
	num     num  // of numbers and dates (days since the zero Date)
	truth   truth
	text    func(*Frame) string
	konst   *string // of text that is constant
	leaf    *leaf   // of text that is read as it is; of an enum, where its word is
	symbol  *symbol // of text whose word is its number
	enum    []string
	ordinal func(*Frame) int64 // of text that is one of enum: which
	missing func(*Frame) bool  // of what may be missing; it must not be read then
	soft    bool               // text that is missing reads as ""
	name    string             // of a field, for messages
	record  *record            // of records
	reg     int
	list    list
}

func condition(t truth) operand { return operand{dim: dimBool, truth: t} }

func constantText(s string) operand {
	return operand{dim: dimText, konst: &s, text: func(*Frame) string { return s }}
}

// describe names the operand's kind in a message.
func (o operand) describe() string {
	switch o.dim {
	case dimNil:
		return "nil"
	case dimBool:
		return "a condition"
	case dimText:
		return "text"
	case dimDate:
		return "a date"
	case dimNumber:
		return "a number"
	case dimMoney:
		if o.power != 1 {
			return fmt.Sprintf("money to the power of %d", o.power)
		}
		return "money"
	case dimRate:
		return "a rate"
	case dimDays:
		return "days"
	case dimList:
		return "a list"
	case dimRecord:
		return "the whole " + o.record.name
	}
	return "nothing"
}

// common is the operand, without its number, of two that agree: a bare number
// takes the other's dimension.
func common(a, b operand) operand {
	out := operand{dim: a.dim, power: a.power, fails: a.fails || b.fails}
	if a.dim == dimNumber {
		out.dim, out.power = b.dim, b.power
	}
	return out
}

// decimalRat reads a plain decimal literal exactly.
func decimalRat(text string) (*big.Rat, bool) {
	if text == "" || strings.Trim(text, "0123456789.") != "" || text[0] == '.' || text[len(text)-1] == '.' {
		return nil, false
	}
	if len(text) > 1 && text[0] == '0' && text[1] != '.' || len(text) > 40 {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}
