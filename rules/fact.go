package rules

import (
	"errors"
	"fmt"
	"strings"

	"example.com/spillway/money"
)

// FactType is the declared type of a host's own field.
type FactType uint8

// The types of facts.
const (
	FactBool FactType = iota
	FactString
	FactNumber
	FactMoney
	FactRate
	FactDate
)

var factTypeWords = []string{"bool", "string", "number", "money", "rate", "date"}

func (t FactType) String() string { return factTypeWords[t] }

// A FactDecl declares one of a host's own fields.
type FactDecl struct {
	Name       string
	At         Pos
	Type       FactType
	HasDefault bool
	Default    FactValue
}

// A FactValue is a fact's value, ready for a [Frame].
type FactValue struct {
	Word     int64 // of bool (0, 1), money, rate, date; of a number the next whole number below
	Fraction int64 // of a number: what it is more than that, in units of 1e-12
	Text     string
}

// numberDecimals is how many decimals a fact of type number may have.
const numberDecimals = 12

// numberUnits is how many units of a fact of type number make 1.
const numberUnits = 1_000_000_000_000

// ParseFact reads a fact of type t from a scalar of a document. The error says
// what is wrong with it, without naming it. Money and rates may be written as
// numbers or text, as amounts are everywhere; dates and strings are text;
// numbers have at most 12 decimals and a magnitude of at most 10^15.
func ParseFact(t FactType, kind Kind, text string, currency money.Currency) (FactValue, error) {
	if !factKinds[t][kind] {
		return FactValue{}, fmt.Errorf("is declared as %s, got %s", t, kind.describe(text))
	}
	switch t {
	case FactBool:
		if text == "true" {
			return FactValue{Word: 1}, nil
		}
		return FactValue{}, nil
	case FactString:
		return FactValue{Text: text}, nil
	case FactNumber:
		return parseNumber(text)
	case FactMoney:
		amount, err := currency.Parse(text)
		return FactValue{Word: int64(amount)}, why(err)
	case FactRate:
		rate, err := money.ParseRate(text)
		return FactValue{Word: int64(rate)}, why(err)
	default:
		date, err := ParseDate(text)
		return FactValue{Word: int64(date)}, err
	}
}

// factKinds says which scalars may hold a fact of each type.
var factKinds = [...][Map + 1]bool{
	FactBool:   {Bool: true},
	FactString: {Text: true},
	FactNumber: {Number: true},
	FactMoney:  {Number: true, Text: true},
	FactRate:   {Number: true, Text: true},
	FactDate:   {Text: true},
}

// describe names a value in a message: text "yes", the number 5.
func (k Kind) describe(text string) string {
	switch k {
	case Null:
		return "nothing"
	case Bool:
		return text
	case Number:
		return "the number " + clip(text)
	case Text:
		return fmt.Sprintf("the text %q", clip(text))
	case List:
		return "a list"
	}
	return "a mapping"
}

// clip keeps quoted input short.
func clip(text string) string {
	if len(text) > 40 {
		return text[:strings.LastIndexFunc(text[:38], func(r rune) bool { return r != '\uFFFD' })+1] + "..."
	}
	return text
}

// why strips what a parse error repeats of its input.
func why(err error) error {
	var parse *money.ParseError
	if errors.As(err, &parse) {
		return errors.New(parse.Why)
	}
	return err
}

// parseNumber reads a decimal.
func parseNumber(text string) (FactValue, error) {
	if n, ok := digits(text); ok && 0 < len(text) && len(text) <= 6 && (text[0] != '0' || len(text) == 1) {
		return FactValue{Word: int64(n)}, nil // the usual number
	}
	digitsOnly, negative := strings.CutPrefix(text, "-")
	whole, decimals, point := strings.Cut(digitsOnly, ".")
	integer, ok1 := digits(whole)
	fraction, ok2 := digits(decimals)
	switch {
	case len(decimals) > numberDecimals:
		return FactValue{}, fmt.Errorf("has %d decimals, at most %d are kept", len(decimals), numberDecimals)
	case len(whole) > 16:
		return FactValue{}, errors.New("is above the limit of 10^15")
	case !ok1 || !ok2 || whole == "" || point && decimals == "":
		return FactValue{}, errors.New("is no decimal number, write it as 12 or 0.5")
	case len(whole) > 1 && whole[0] == '0':
		return FactValue{}, errors.New("starts with a zero")
	}
	for range numberDecimals - len(decimals) {
		fraction *= 10
	}
	v := FactValue{Word: int64(integer), Fraction: int64(fraction)}
	if v.Word > int64(money.Max) || v.Word == int64(money.Max) && v.Fraction > 0 {
		return FactValue{}, errors.New("is above the limit of 10^15")
	}
	if negative {
		if v.Word = -v.Word; v.Fraction > 0 {
			v.Word, v.Fraction = v.Word-1, numberUnits-v.Fraction
		}
	}
	return v, nil
}
