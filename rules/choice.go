package rules

import "math/big"

// pick is the lesser (sign -1) or the greater (sign 1) of two numbers.
func pick(a, b num, sign int) num {
	if a.konst != nil && b.konst != nil {
		if a.konst.Cmp(b.konst) == sign {
			return a
		}
		return b
	}
	a, b = align(a, b)
	op := calculation{
		w: func(x, y wide) wide {
			if x.cmp(y) == sign {
				return x
			}
			return y
		},
		r: func(x, y *big.Rat) *big.Rat {
			if x.Cmp(y) == sign {
				return x
			}
			return y
		},
	}
	choose := lesser
	op.i = func(x, y int64) int64 { return min(x, y) }
	if sign > 0 {
		choose = greater
		op.i = func(x, y int64) int64 { return max(x, y) }
	}
	if a.r != nil || b.r != nil {
		return combine(a, b, op)
	}
	op.low, op.high = choose(a.low, b.low), choose(a.high, b.high)
	return combine(a, b, op)
}

// A choice is between two numbers.
type choice struct {
	cond truth
	a, b num
}

// either is a where the condition holds, else b.
func either(on truth, a, b num) num {
	of, cond := &choice{on, a, b}, on.holds
	a, b = align(a, b)
	if a.r != nil || b.r != nil {
		x, y := a.rat(), b.rat()
		return exact(func(f *Frame) *big.Rat {
			if cond(f) {
				return x(f)
			}
			return y(f)
		})
	}
	out := num{unit: a.unit, low: lesser(a.low, b.low), high: greater(a.high, b.high), choice: of}
	if a.i != nil && b.i != nil {
		out.i = func(f *Frame) int64 {
			if cond(f) {
				return a.i(f)
			}
			return b.i(f)
		}
		return out
	}
	x, y := a.wide(), b.wide()
	out.w = func(f *Frame) wide {
		if cond(f) {
			return x(f)
		}
		return y(f)
	}
	return out
}

// abs is a without its sign. It reads a once: of nested calls each would
// otherwise double the work.
func abs(a num) num {
	switch {
	case a.konst != nil:
		return constant(new(big.Rat).Abs(a.konst))
	case a.r != nil:
		return exact(func(f *Frame) *big.Rat { return new(big.Rat).Abs(a.r(f)) })
	}
	out := num{unit: a.unit, low: new(big.Int), high: greater(new(big.Int).Neg(a.low), a.high)}
	switch {
	case a.low.Sign() > 0:
		return a
	case a.i != nil:
		out.i = func(f *Frame) int64 {
			x := a.i(f)
			return max(x, -x)
		}
	default:
		out.w = func(f *Frame) wide {
			x := a.w(f)
			if x.sign() < 0 {
				return x.neg()
			}
			return x
		}
	}
	return out
}
