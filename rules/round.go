package rules

import (
	"math/big"

	"example.com/spillway/money"
)

// round is a rounded to a number of decimal places.
func round(a num, places int, mode money.Rounding) num {
	unit := tenth(places)
	if a.konst != nil {
		return constant(new(big.Rat).Mul(new(big.Rat).SetInt(roundRat(new(big.Rat).Quo(a.konst, unit), mode)), unit))
	}
	if a.r != nil {
		return exact(func(f *Frame) *big.Rat {
			r := new(big.Rat).SetInt(roundRat(new(big.Rat).Quo(a.r(f), unit), mode))
			return r.Mul(r, unit)
		})
	}
	ratio := new(big.Rat).Quo(a.unit, unit)
	if ratio.IsInt() {
		return a.times(ratio.Num())
	}
	p, q := ratio.Num(), ratio.Denom()
	out := num{unit: unit, low: floor(bound(a.low, ratio)), high: new(big.Int).Neg(floor(bound(new(big.Int).Neg(a.high), ratio)))}
	if a.i != nil && p.IsInt64() && q.IsInt64() && fits64(out.low, out.high) {
		n, d := p.Int64(), q.Int64()
		out.i = func(f *Frame) int64 { v, _ := mode.MulDiv(a.i(f), n, d); return v }
		return out
	}
	if !fitsWide(out.low, out.high) {
		return round(exact(a.rat()), places, mode)
	}
	read := a.rat()
	rounded := func(f *Frame) *big.Int { return roundRat(new(big.Rat).Quo(read(f), unit), mode) }
	if fits64(out.low, out.high) {
		out.i = func(f *Frame) int64 { return rounded(f).Int64() }
	} else {
		out.w = func(f *Frame) wide { return wideOf(rounded(f)) }
	}
	return out
}

func bound(n *big.Int, ratio *big.Rat) *big.Rat {
	return new(big.Rat).Mul(new(big.Rat).SetInt(n), ratio)
}

// floor is the largest integer that is not above v.
func floor(v *big.Rat) *big.Int { return new(big.Int).Div(v.Num(), v.Denom()) }

// roundRat rounds a fraction to an integer.
func roundRat(v *big.Rat, mode money.Rounding) *big.Int {
	whole, rest := new(big.Int).QuoRem(v.Num(), v.Denom(), new(big.Int))
	if rest.Sign() == 0 {
		return whole
	}
	half := rest.Abs(rest).Lsh(rest, 1).Cmp(v.Denom())
	away := mode == money.Up ||
		mode == money.HalfUp && half >= 0 ||
		mode == money.HalfEven && (half > 0 || half == 0 && whole.Bit(0) == 1)
	if away {
		whole.Add(whole, big.NewInt(int64(v.Sign())))
	}
	return whole
}
