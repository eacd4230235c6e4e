package money

import (
	"strconv"

	"github.com/shopspring/decimal"
)

// A Rate is a percentage, in units of 1e-10 percent: 15.99 % is
// 159_900_000_000. It may be negative.
type Rate int64

// RateDecimals is how many decimals of a percent a [Rate] holds.
const RateDecimals = 10

// rateUnits is how many units of a [Rate] make one percent.
const rateUnits = 10_000_000_000

// MaxRate is the largest magnitude of a rate accepted from outside: one million
// percent.
const MaxRate Rate = 1_000_000 * rateUnits

// ParseRate reads a rate in percent, such as "15.99", "5" or "-0.125", spelt as
// in [Currency.Parse] with up to [RateDecimals] decimals, of a magnitude up to
// [MaxRate].
//
// The error is a *[ParseError].
func ParseRate(text string) (Rate, error) {
	units, err := parse(text, rateForm())
	return Rate(units), err
}

// Of returns r percent of a, rounded once, from the exact value. ok is false,
// and the part 0, if it does not fit an Amount.
func (r Rate) Of(a Amount, mode Rounding) (part Amount, ok bool) {
	const wholes = 100 * rateUnits // units of a rate in 100 %
	q, ok := mode.MulDiv(int64(a), int64(r), wholes)
	return Amount(q), ok
}

// String writes the rate in percent, as short as it is exact: "15.99", "5",
// "-0.125". [ParseRate] reads it back, up to [MaxRate].
func (r Rate) String() string {
	var buffer [24]byte
	return string(r.Append(buffer[:0]))
}

// Append appends to dst what [Rate.String] returns. It allocates only where dst
// has no room.
func (r Rate) Append(dst []byte) []byte {
	whole, fraction := divide(int64(r), RateDecimals)
	if r < 0 {
		dst = append(dst, '-')
	}
	dst = strconv.AppendUint(dst, whole, 10)
	if fraction == 0 {
		return dst
	}
	decimals := RateDecimals
	for fraction%10 == 0 {
		fraction /= 10
		decimals--
	}
	return appendDecimals(append(dst, '.'), fraction, decimals)
}

// Decimal returns the rate in percent, exactly: 159_900_000_000 is 15.99.
// [RateFromDecimal] turns it back, up to [MaxRate].
func (r Rate) Decimal() decimal.Decimal { return decimal.New(int64(r), -RateDecimals) }

// RateFromDecimal turns percent into a rate, exactly. It refuses what is finer
// than 1e-10 percent or above [MaxRate] in magnitude, at once even where the
// exponent is huge.
//
// The error is a *[ParseError].
func RateFromDecimal(d decimal.Decimal) (Rate, error) {
	units, err := fromDecimal(d, rateForm())
	return Rate(units), err
}

func rateForm() form {
	return form{name: "a rate", decimals: RateDecimals, limit: uint64(MaxRate), limitWords: "1000000 percent"}
}
