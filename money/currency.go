package money

import (
	"fmt"
	"strconv"

	"github.com/shopspring/decimal"
)

// A Currency turns text into amounts and back. It is a code and a number of
// decimals, and comparable with ==.
//
// The zero Currency is no currency: it has no code and reads nothing. Get one
// from [Lookup] or [Custom].
type Currency struct {
	code     string
	decimals uint8
}

// MaxDecimals is the most decimals that a [Custom] currency may have.
const MaxDecimals = 8

// Lookup returns the currency with this ISO 4217 code, in upper case, with the
// decimals that ISO 4217 gives it: 2 for USD, 0 for JPY, 3 for BHD.
func Lookup(code string) (Currency, bool) {
	for decimals, codes := range iso4217() {
		if own, ok := cut(codes, code); ok {
			return Currency{code: own, decimals: uint8(decimals)}, true
		}
	}
	return Currency{}, false
}

// Custom returns a currency of the host's own: three upper-case letters, in ISO
// 4217 or not, with 0 to [MaxDecimals] decimals. It is for ledgers that keep
// fractions of a cent.
func Custom(code string, decimals int) (Currency, error) {
	if !isCode(code) {
		return Currency{}, fmt.Errorf("currency code %q is not three upper-case letters, like USD", shorten(code))
	}
	if decimals < 0 || decimals > MaxDecimals {
		return Currency{}, fmt.Errorf("%s cannot have %d decimals, only 0 to %d", code, decimals, MaxDecimals)
	}
	return Currency{code: code, decimals: uint8(decimals)}, nil
}

// Code returns the three letters of the currency, "" for the zero Currency.
func (c Currency) Code() string { return c.code }

// Decimals returns how many decimals an amount of the currency has.
func (c Currency) Decimals() int { return int(c.decimals) }

// Parse reads an amount such as "25", "7.5" or "-25.00".
//
// The text is an optional minus, digits without needless zeros in front, and
// optionally a point and at least one decimal, at most as many as the currency
// has. Its magnitude is at most [Max]. There is no rounding.
//
// The error is a *[ParseError].
func (c Currency) Parse(text string) (Amount, error) {
	if c.code == "" {
		return 0, refuse(text, "cannot be read without a currency")
	}
	units, err := parse(text, c.form())
	return Amount(units), err
}

// ParseTotal is [Currency.Parse] for what may be more than one amount: sums, and
// what they changed by. Its magnitude is at most 9,000 times [Max], which is less
// than the largest Amount.
func (c Currency) ParseTotal(text string) (Amount, error) {
	if c.code == "" {
		return 0, refuse(text, "cannot be read without a currency")
	}
	f := c.form()
	f.limit, f.limitWords = 9_000*uint64(Max), "9 x 10^18 minor units"
	units, err := parse(text, f)
	return Amount(units), err
}

// Format writes an amount with all the currency's decimals: "25.00" in USD,
// "25" in JPY, "-0.05". [Currency.Parse] reads it back, up to [Max].
func (c Currency) Format(a Amount) string {
	var buffer [24]byte
	return string(c.Append(buffer[:0], a))
}

// Append appends to dst what [Currency.Format] returns. It allocates only where
// dst has no room.
func (c Currency) Append(dst []byte, a Amount) []byte {
	whole, fraction := divide(int64(a), int(c.decimals))
	if a < 0 {
		dst = append(dst, '-')
	}
	dst = strconv.AppendUint(dst, whole, 10)
	if c.decimals == 0 {
		return dst
	}
	return appendDecimals(append(dst, '.'), fraction, int(c.decimals))
}

// Decimal returns the amount in major units, exactly: 25_00 of USD is 25.
// [Currency.FromDecimal] turns it back, up to [Max].
func (c Currency) Decimal(a Amount) decimal.Decimal {
	return decimal.New(int64(a), -int32(c.decimals))
}

// FromDecimal turns major units into an amount, exactly: 25 is 25_00 of USD,
// and so is 25.000. It refuses what is finer than the currency's minor unit or
// above [Max] in magnitude, at once even where the exponent is huge.
//
// The error is a *[ParseError].
func (c Currency) FromDecimal(d decimal.Decimal) (Amount, error) {
	if c.code == "" {
		return 0, refuse(decimalText(d), "cannot be read without a currency")
	}
	units, err := fromDecimal(d, c.form())
	return Amount(units), err
}

// form is how amounts of the currency are written.
func (c Currency) form() form {
	return form{name: c.code, decimals: int(c.decimals), limit: uint64(Max), limitWords: "10^15 minor units"}
}
