package money

import (
	"fmt"
	"strings"
)

// A ParseError says why a text or a decimal is no amount and no rate.
type ParseError struct {
	Text string // what was given, cut after 40 bytes
	Why  string // one clause with a hint: "has 3 decimals, USD has 2"
}

// Error returns the text, quoted, and what is wrong with it.
func (e *ParseError) Error() string { return fmt.Sprintf("%q %s", e.Text, e.Why) }

// maxText is the longest text that is looked at, in bytes. The longest number
// that can be right has 21 (with its sign and point), so this is plenty.
const maxText = 40

// A form is how one kind of number is written.
type form struct {
	name       string // whose decimals they are: "USD", "a rate"
	decimals   int
	limit      uint64 // the largest magnitude, in the smallest units; at most the largest int64
	limitWords string
}

// parse reads text in smallest units: "7.5" with two decimals is 750.
func parse(text string, f form) (int64, error) {
	if why := f.misspelt(text); why != "" {
		return 0, refuse(text, why)
	}
	digits, negative := strings.CutPrefix(text, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	if len(fraction) > f.decimals {
		return 0, refuse(text, f.tooFine(len(fraction)))
	}
	units, ok := f.accumulate(0, whole)
	if ok {
		units, ok = f.accumulate(units, fraction)
	}
	if ok {
		units, ok = f.accumulate(units, "0000000000"[:f.decimals-len(fraction)])
	}
	if !ok {
		return 0, refuse(text, f.tooLarge(negative))
	}
	if negative {
		return -int64(units), nil
	}
	return int64(units), nil
}

// accumulate appends decimal digits to units, as far as the limit.
func (f form) accumulate(units uint64, digits string) (uint64, bool) {
	for i := range len(digits) {
		digit := uint64(digits[i] - '0')
		if units > (f.limit-digit)/10 {
			return 0, false
		}
		units = units*10 + digit
	}
	return units, true
}

// misspelt says what is wrong with the spelling of a number, "" if nothing is.
func (f form) misspelt(text string) string {
	switch {
	case text == "":
		return "is empty, write a number like " + f.example()
	case len(text) > maxText:
		return fmt.Sprintf("is longer than %d characters", maxText)
	}
	digits, _ := strings.CutPrefix(text, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	for i := range len(digits) {
		if c := digits[i]; (c < '0' || c > '9') && c != '.' {
			return f.stray(digits, i)
		}
	}
	switch {
	case strings.Contains(fraction, "."):
		return "has more than one point"
	case whole == "" && fraction == "":
		return f.noNumber()
	case whole == "":
		return "starts with the point, write a 0 before it"
	case point && fraction == "":
		return "ends with the point, leave the point out"
	case len(whole) > 1 && whole[0] == '0':
		return "starts with a zero, leave it out"
	}
	return ""
}

// stray names the character at digits[i], which has no place in a number.
func (f form) stray(digits string, i int) string {
	number := i > 0 && strings.Trim(digits[:i], "0123456789.") == ""
	switch c := digits[i]; {
	case (c == 'e' || c == 'E') && number:
		return "exponents are not allowed, write it out"
	case (c == '_' || c == ',' || c == '\'') && number:
		return fmt.Sprintf("has a %q in it, write digits and one point only", c)
	case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		return "has a space in it, leave it out"
	case c == '+' && i == 0:
		return "starts with a plus sign, leave it out"
	case c == '-' && (number || i == 0):
		return "has a minus sign in the wrong place, write one in front or none"
	case c == '%' && number:
		return "has a percent sign, leave it out"
	}
	return f.noNumber()
}

func (f form) noNumber() string { return "is not a number, write one like " + f.example() }

func (f form) example() string {
	if f.decimals == 0 {
		return "25"
	}
	return "25." + strings.Repeat("0", min(f.decimals, 2))
}

func (f form) tooFine(decimals int) string {
	has := fmt.Sprintf("has %d decimals", decimals)
	if decimals == 1 {
		has = "has 1 decimal"
	}
	if f.decimals == 0 {
		return fmt.Sprintf("%s, %s has none", has, f.name)
	}
	return fmt.Sprintf("%s, %s has %d", has, f.name, f.decimals)
}

func (f form) tooLarge(negative bool) string {
	if negative {
		return "is below the limit of -" + f.limitWords
	}
	return "is above the limit of " + f.limitWords
}

// refuse returns an error about text that does not keep a long text alive.
func refuse(text, why string) *ParseError {
	return &ParseError{Text: shorten(text), Why: why}
}

func shorten(text string) string {
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(strings.Clone(text[:maxText]), "") + "…"
}
