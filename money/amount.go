package money

import "math/bits"

// An Amount counts minor units of one currency: cents of USD, yen of JPY, fils
// of BHD. In Go source, write $25.00 as 25_00.
//
// An Amount does not know its currency; the account it belongs to does. An
// Amount may be negative.
type Amount int64

// Max is the largest magnitude accepted from outside, in minor units. A
// thousand amounts of this size still add up without overflow.
const Max Amount = 1_000_000_000_000_000

// Add returns a plus b; ok is false, and the sum 0, if it does not fit an
// Amount.
func (a Amount) Add(b Amount) (sum Amount, ok bool) {
	sum = a + b
	if (sum < a) != (b < 0) {
		return 0, false
	}
	return sum, true
}

// Sub returns a minus b; ok is false, and the difference 0, if it does not fit
// an Amount.
func (a Amount) Sub(b Amount) (difference Amount, ok bool) {
	difference = a - b
	if (difference < a) != (b > 0) {
		return 0, false
	}
	return difference, true
}

// Mul returns a times n; ok is false, and the product 0, if it does not fit an
// Amount.
func (a Amount) Mul(n int64) (product Amount, ok bool) {
	high, low := bits.Mul64(magnitude(int64(a)), magnitude(n))
	if high != 0 {
		return 0, false
	}
	signed, ok := withSign(low, (a < 0) != (n < 0))
	return Amount(signed), ok
}

// magnitude is |x|, which for the smallest int64 does not fit an int64.
func magnitude(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

// withSign puts the sign back on a magnitude m, if the result fits.
func withSign(m uint64, negative bool) (x int64, ok bool) {
	const smallest = 1 << 63
	switch {
	case negative && m <= smallest:
		return int64(-m), true
	case !negative && m < smallest:
		return int64(m), true
	}
	return 0, false
}
