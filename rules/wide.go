package rules

import (
	"math/big"
	"math/bits"
)

// A wide is a signed integer of 128 bits in two's complement: what the
// compiler uses where a product or a sum is not proven to fit 64. It never
// overflows, because the compiler goes to big.Rat where a bound exceeds
// [wideBound].
type wide struct {
	hi int64
	lo uint64
}

// wideBound is the largest magnitude that the compiler trusts to a wide.
var wideBound = new(big.Int).Lsh(big.NewInt(1), 126)

func widen(v int64) wide { return wide{v >> 63, uint64(v)} }

// mulWide is the full product of two words.
func mulWide(a, b int64) wide {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	h := int64(hi)
	if a < 0 {
		h -= b
	}
	if b < 0 {
		h -= a
	}
	return wide{h, lo}
}

func (a wide) add(b wide) wide {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	return wide{a.hi + b.hi + int64(carry), lo}
}

func (a wide) sub(b wide) wide {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	return wide{a.hi - b.hi - int64(borrow), lo}
}

func (a wide) neg() wide { return wide{}.sub(a) }

// mul is a times m; the product must fit.
func (a wide) mul(m int64) wide {
	hi, lo := bits.Mul64(a.lo, uint64(m))
	h := int64(hi) + a.hi*m
	if m < 0 {
		h -= int64(a.lo)
	}
	return wide{h, lo}
}

func (a wide) sign() int {
	switch {
	case a.hi < 0:
		return -1
	case a.hi == 0 && a.lo == 0:
		return 0
	}
	return 1
}

func (a wide) cmp(b wide) int {
	switch {
	case a.hi != b.hi:
		if a.hi < b.hi {
			return -1
		}
		return 1
	case a.lo != b.lo:
		if a.lo < b.lo {
			return -1
		}
		return 1
	}
	return 0
}

// narrow gives a as a word, and whether it fits.
func (a wide) narrow() (int64, bool) { return int64(a.lo), a.hi == int64(a.lo)>>63 }

func (a wide) big() *big.Int {
	b := new(big.Int).Lsh(big.NewInt(a.hi), 64)
	return b.Add(b, new(big.Int).SetUint64(a.lo))
}

// wideOf is the wide of a big integer that fits.
func wideOf(b *big.Int) wide {
	lo := new(big.Int).And(b, lowWord)
	hi := new(big.Int).Rsh(b, 64)
	return wide{hi.Int64(), lo.Uint64()}
}

var lowWord = new(big.Int).SetUint64(1<<64 - 1)
