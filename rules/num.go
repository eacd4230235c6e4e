package rules

import (
	"math"
	"math/big"
)

// A num is a number whose shape the compiler knows: an integer N that is there
// at run time, times a unit known at load (1/100 for cents), between bounds
// known at load. Where N is proven to fit 64 bits it runs as i, where it fits
// 128 as w, and else as r, which is the number itself, unit included.
// A constant has only its value. Nothing in it is ever rounded.
type num struct {
	konst     *big.Rat
	unit      *big.Rat // above 0
	low, high *big.Int // of N; unset for r
	i         func(*Frame) int64
	w         func(*Frame) wide
	r         func(*Frame) *big.Rat
	leaf      *leaf   // where i reads, or w its two words, if it does nothing else
	choice    *choice // what i or w chooses between, if it does nothing else
}

func constant(v *big.Rat) num { return num{konst: v} }

func integer(v int64) num { return constant(new(big.Rat).SetInt64(v)) }

// counted is the num of a word that counts units.
func counted(i func(*Frame) int64, unit *big.Rat, low, high int64) num {
	return num{unit: unit, low: big.NewInt(low), high: big.NewInt(high), i: i}
}

// exact is the num of whatever r gives.
func exact(r func(*Frame) *big.Rat) num { return num{r: r} }

// tenth is 10 to the minus n.
func tenth(n int) *big.Rat {
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n, -n))), nil)
	if n < 0 {
		return new(big.Rat).SetInt(power)
	}
	return new(big.Rat).SetFrac(big.NewInt(1), power)
}

// rat gives the number as an exact fraction: the way that always works.
func (n num) rat() func(*Frame) *big.Rat {
	unit := n.unit
	switch {
	case n.konst != nil:
		return func(*Frame) *big.Rat { return n.konst }
	case n.i != nil:
		return func(f *Frame) *big.Rat { r := new(big.Rat).SetInt64(n.i(f)); return r.Mul(r, unit) }
	case n.w != nil:
		return func(f *Frame) *big.Rat { r := new(big.Rat).SetInt(n.w(f).big()); return r.Mul(r, unit) }
	}
	return n.r
}

// count writes a constant as an integer times a unit, so that it can be
// brought to a common unit with others.
func (n num) count() num {
	if n.konst == nil {
		return n
	}
	sign := int64(n.konst.Sign())
	unit := new(big.Rat).Abs(n.konst)
	if sign == 0 {
		unit.SetInt64(1)
	}
	return counted(func(*Frame) int64 { return sign }, unit, sign, sign)
}

// times is n with m times as fine a unit: the same number, N times m. It is a
// num of the exact way if m is out of proportion.
func (n num) times(m *big.Int) num {
	if n.r != nil || !m.IsInt64() {
		return exact(n.rat())
	}
	if m.IsInt64() && m.Int64() == 1 {
		return n
	}
	k := m.Int64()
	out := num{unit: new(big.Rat).Quo(n.unit, new(big.Rat).SetInt(m))}
	out.low, out.high = new(big.Int).Mul(n.low, m), new(big.Int).Mul(n.high, m)
	switch {
	case n.i != nil && fits64(out.low, out.high):
		out.i = func(f *Frame) int64 { return n.i(f) * k }
	case !fitsWide(out.low, out.high):
		return exact(n.rat())
	case n.i != nil:
		out.w = func(f *Frame) wide { return mulWide(n.i(f), k) }
	default:
		out.w = func(f *Frame) wide { return n.w(f).mul(k) }
	}
	return out
}

// align brings two numbers to a common unit. Both are then counted in it, or
// one at least is exact.
func align(a, b num) (num, num) {
	if a.r != nil || b.r != nil {
		return a, b
	}
	a, b = a.count(), b.count()
	unit := gcd(a.unit, b.unit)
	return a.times(new(big.Rat).Quo(a.unit, unit).Num()), b.times(new(big.Rat).Quo(b.unit, unit).Num())
}

// gcd is the largest number of which both are multiples.
func gcd(a, b *big.Rat) *big.Rat {
	x := new(big.Int).Mul(a.Num(), b.Denom())
	y := new(big.Int).Mul(b.Num(), a.Denom())
	return new(big.Rat).SetFrac(x.GCD(nil, nil, x, y), new(big.Int).Mul(a.Denom(), b.Denom()))
}

// wide gives N as a wide, of a number that is counted.
func (n num) wide() func(*Frame) wide {
	if n.w != nil {
		return n.w
	}
	return func(f *Frame) wide { return widen(n.i(f)) }
}

// A calculation is one operation in the three ways that it may run.
type calculation struct {
	low, high *big.Int // the bounds of what it gives; unset where an operand is exact
	i         func(x, y int64) int64
	w         func(x, y wide) wide
	r         func(x, y *big.Rat) *big.Rat
}

// combine runs an operation on two numbers of a common unit.
func combine(a, b num, op calculation) num {
	low, high := op.low, op.high
	if a.r != nil || b.r != nil || !fitsWide(low, high) {
		x, y := a.rat(), b.rat()
		return exact(func(f *Frame) *big.Rat { return op.r(x(f), y(f)) })
	}
	out := num{unit: a.unit, low: low, high: high}
	if a.i != nil && b.i != nil && fits64(low, high) {
		out.i = func(f *Frame) int64 { return op.i(a.i(f), b.i(f)) }
		return out
	}
	x, y := a.wide(), b.wide()
	out.w = func(f *Frame) wide { return op.w(x(f), y(f)) }
	return out
}

// add is a + b.
func add(a, b num) num {
	if a.konst != nil && b.konst != nil {
		return constant(new(big.Rat).Add(a.konst, b.konst))
	}
	a, b = align(a, b)
	var low, high *big.Int
	if a.r == nil && b.r == nil {
		low, high = new(big.Int).Add(a.low, b.low), new(big.Int).Add(a.high, b.high)
		if a.i != nil && b.i != nil && fits64(low, high) { // no call in between: this is the usual sum
			return num{unit: a.unit, low: low, high: high, i: func(f *Frame) int64 { return a.i(f) + b.i(f) }}
		}
	}
	return combine(a, b, calculation{
		low: low, high: high,
		w: wide.add,
		r: func(x, y *big.Rat) *big.Rat { return new(big.Rat).Add(x, y) },
	})
}

// neg is -a.
func neg(a num) num {
	switch {
	case a.konst != nil:
		return constant(new(big.Rat).Neg(a.konst))
	case a.r != nil:
		return exact(func(f *Frame) *big.Rat { return new(big.Rat).Neg(a.r(f)) })
	}
	out := num{unit: a.unit, low: new(big.Int).Neg(a.high), high: new(big.Int).Neg(a.low)}
	if a.i != nil {
		out.i = func(f *Frame) int64 { return -a.i(f) }
	} else {
		out.w = func(f *Frame) wide { return a.w(f).neg() }
	}
	return out
}

// mul is a * b. A constant only moves the unit.
func mul(a, b num) num {
	switch {
	case a.konst != nil && b.konst != nil:
		return constant(new(big.Rat).Mul(a.konst, b.konst))
	case a.konst != nil:
		return scale(b, a.konst)
	case b.konst != nil:
		return scale(a, b.konst)
	case a.r != nil || b.r != nil:
		x, y := a.rat(), b.rat()
		return exact(func(f *Frame) *big.Rat { return new(big.Rat).Mul(x(f), y(f)) })
	}
	out := num{unit: new(big.Rat).Mul(a.unit, b.unit)}
	out.low, out.high = productBounds(a, b)
	switch {
	case a.i != nil && b.i != nil && fits64(out.low, out.high):
		out.i = func(f *Frame) int64 { return a.i(f) * b.i(f) }
	case a.i != nil && b.i != nil:
		out.w = func(f *Frame) wide { return mulWide(a.i(f), b.i(f)) }
	case a.i != nil && fitsWide(out.low, out.high):
		out.w = func(f *Frame) wide {
			x := a.i(f) // first, so that what fails first is what stands first
			return b.w(f).mul(x)
		}
	case b.i != nil && fitsWide(out.low, out.high):
		out.w = func(f *Frame) wide { return a.w(f).mul(b.i(f)) }
	default:
		x, y := a.rat(), b.rat()
		return exact(func(f *Frame) *big.Rat { return new(big.Rat).Mul(x(f), y(f)) })
	}
	return out
}

func productBounds(a, b num) (low, high *big.Int) {
	for _, x := range []*big.Int{a.low, a.high} {
		for _, y := range []*big.Int{b.low, b.high} {
			p := new(big.Int).Mul(x, y)
			if low == nil || p.Cmp(low) < 0 {
				low = p
			}
			if high == nil || p.Cmp(high) > 0 {
				high = p
			}
		}
	}
	return low, high
}

// scale is a times a constant.
func scale(a num, c *big.Rat) num {
	switch {
	case a.r != nil:
		return exact(func(f *Frame) *big.Rat { return new(big.Rat).Mul(a.r(f), c) })
	case c.Sign() == 0: // a is still evaluated: it may fail
		read := a.wide()
		return counted(func(f *Frame) int64 { read(f); return 0 }, big.NewRat(1, 1), 0, 0)
	case c.Sign() < 0:
		return scale(neg(a), new(big.Rat).Neg(c))
	}
	a.unit, a.choice = new(big.Rat).Mul(a.unit, c), nil
	return a
}

// quo is a / b for a b that is not constant; at zero it fails.
func quo(a, b num, at Pos) num {
	x, y := a.rat(), b.rat()
	return exact(func(f *Frame) *big.Rat {
		p, q := x(f), y(f)
		if q.Sign() == 0 {
			f.fail(at, "divides by zero")
			return new(big.Rat)
		}
		return new(big.Rat).Quo(p, q)
	})
}

// rem is a % b with the sign of a; at zero it fails.
func rem(a, b num, at Pos) num {
	if a.konst != nil && b.konst != nil {
		return constant(remRat(a.konst, b.konst))
	}
	a, b = align(a, b)
	if a.i != nil && b.i != nil {
		most := greater(new(big.Int).Abs(b.low), new(big.Int).Abs(b.high)) // a remainder is below it
		least := new(big.Int).Neg(most)
		out := num{unit: a.unit, low: greater(least, lesser(a.low, new(big.Int))), high: lesser(most, greater(a.high, new(big.Int)))}
		out.i = func(f *Frame) int64 {
			x, y := a.i(f), b.i(f)
			if y == 0 {
				f.fail(at, "divides by zero")
				return 0
			}
			return x % y
		}
		return out
	}
	x, y := a.rat(), b.rat()
	return exact(func(f *Frame) *big.Rat {
		p, q := x(f), y(f)
		if q.Sign() == 0 {
			f.fail(at, "divides by zero")
			return new(big.Rat)
		}
		return remRat(p, q)
	})
}

func remRat(a, b *big.Rat) *big.Rat {
	q := new(big.Rat).Quo(a, b)
	whole := new(big.Int).Quo(q.Num(), q.Denom()) // toward zero
	return q.Sub(a, q.Mul(b, new(big.Rat).SetInt(whole)))
}

func lesser(a, b *big.Int) *big.Int {
	if a.Cmp(b) <= 0 {
		return a
	}
	return b
}

func greater(a, b *big.Int) *big.Int {
	if a.Cmp(b) >= 0 {
		return a
	}
	return b
}

func fits64(low, high *big.Int) bool {
	return low.IsInt64() && high.IsInt64() && low.Int64() != math.MinInt64
}

func fitsWide(low, high *big.Int) bool {
	return low.CmpAbs(wideBound) <= 0 && high.CmpAbs(wideBound) <= 0
}
