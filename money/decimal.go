package money

import (
	"fmt"
	"math/big"

	"github.com/shopspring/decimal"
)

// fromDecimal turns d into smallest units, exactly: 7.5 with two decimals is
// 750. Neither a huge exponent nor a huge coefficient costs more than a look.
func fromDecimal(d decimal.Decimal, f form) (int64, error) {
	switch {
	case d.IsZero():
		return 0, nil
	case tooLong(d):
		return 0, refuse(decimalText(d), fmt.Sprintf("has more than %d digits", maxText))
	}
	units := d.Coefficient()
	shift := int64(d.Exponent()) + int64(f.decimals)
	if shift > maxText {
		return 0, refuse(decimalText(d), f.tooLarge(d.IsNegative()))
	}
	if shift < 0 {
		var rest *big.Int
		units, rest = units.QuoRem(units, bigPowerOf10(min(-shift, maxText+1)), new(big.Int))
		if rest.Sign() != 0 {
			return 0, refuse(decimalText(d), fmt.Sprintf("is too fine, %s has %d decimals", f.name, f.decimals))
		}
	} else {
		units.Mul(units, bigPowerOf10(shift))
	}
	if units.CmpAbs(new(big.Int).SetUint64(f.limit)) > 0 {
		return 0, refuse(decimalText(d), f.tooLarge(d.IsNegative()))
	}
	return units.Int64(), nil
}

// tooLong reports whether the coefficient alone has more digits than a text may
// have. A power of two is enough to know: 2^133 has 41 digits.
func tooLong(d decimal.Decimal) bool { return d.Coefficient().BitLen() > 133 }

// decimalText writes d for a message: in full if that is short, else as
// coefficient and exponent, and only the size of a coefficient that is too long.
func decimalText(d decimal.Decimal) string {
	exponent := d.Exponent()
	switch {
	case tooLong(d):
		return fmt.Sprintf("(%d bits)e%d", d.Coefficient().BitLen(), exponent)
	case exponent >= -maxText && exponent <= maxText:
		return d.String()
	}
	return fmt.Sprintf("%ve%d", d.Coefficient(), exponent)
}

func bigPowerOf10(n int64) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil)
}
