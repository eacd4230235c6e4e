package money

import (
	"fmt"
	"math/bits"
)

// A Rounding says which whole number stands for an exact value between two. The
// zero Rounding is [HalfUp].
type Rounding uint8

// The ways to round, with what each makes of 2.5 and -2.5.
const (
	HalfUp   Rounding = iota // half_up: to the nearest, halves away from zero: 3, -3
	HalfEven                 // half_even: to the nearest, halves to the even one: 2, -2
	Down                     // down: toward zero: 2, -2
	Up                       // up: away from zero: 3, -3
)

// MulDiv returns a times n divided by d, rounded from the exact value. The
// product has 128 bits, so only the result must fit: ok is false, and q 0, if it
// does not, and if d is 0.
func (r Rounding) MulDiv(a, n, d int64) (q int64, ok bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(n))
	divisor := magnitude(d)
	if high >= divisor { // also if d is 0
		return 0, false
	}
	quotient, rest := bits.Div64(high, low, divisor)
	if r.away(quotient, rest, divisor) {
		quotient++
		if quotient == 0 {
			return 0, false
		}
	}
	return withSign(quotient, (a < 0) != (n < 0) != (d < 0))
}

// away reports whether quotient + rest/divisor rounds to the quotient's
// neighbour away from zero.
func (r Rounding) away(quotient, rest, divisor uint64) bool {
	missing := divisor - rest // to the neighbour; rest*2 could overflow
	switch r {
	case Down:
		return false
	case Up:
		return rest > 0
	case HalfEven:
		return rest > missing || rest == missing && quotient%2 == 1
	default:
		return rest >= missing
	}
}

// ParseRounding returns the rounding with this word: one of [RoundingWords].
func ParseRounding(word string) (Rounding, bool) {
	for i, known := range RoundingWords() {
		if word == known {
			return Rounding(i), true
		}
	}
	return HalfUp, false
}

// String returns the word for r that [ParseRounding] reads.
func (r Rounding) String() string {
	if words := RoundingWords(); int(r) < len(words) {
		return words[r]
	}
	return fmt.Sprintf("rounding(%d)", uint8(r))
}

// RoundingWords returns the words for all roundings, in the order of their
// values, in a slice of the caller's own.
func RoundingWords() []string { return []string{"half_up", "half_even", "down", "up"} }
