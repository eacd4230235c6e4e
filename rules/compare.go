package rules

import (
	"cmp"
	"math/big"
)

// A comparison is one of == != < <= > >=, as what it says of the sign of a - b.
type comparison struct{ less, equal, more bool }

var comparisons = map[string]comparison{
	"==": {equal: true}, "!=": {less: true, more: true},
	"<": {less: true}, "<=": {less: true, equal: true},
	">": {more: true}, ">=": {equal: true, more: true},
}

func (c comparison) of(sign int) bool {
	switch {
	case sign < 0:
		return c.less
	case sign > 0:
		return c.more
	}
	return c.equal
}

// flip is the comparison with its sides exchanged.
func (c comparison) flip() comparison { return comparison{c.more, c.equal, c.less} }

// compareNums compares two numbers exactly. What the bounds decide is known.
// It still holds only where both can be read: see [lowering.comparison].
func compareNums(c comparison, a, b num) truth {
	switch {
	case a.konst != nil && b.konst != nil:
		return always(c.of(a.konst.Cmp(b.konst)))
	case a.konst != nil:
		return compareNums(c.flip(), b, a)
	case b.konst != nil && a.r == nil:
		return compareConst(c, a, b.konst)
	}
	if a.leaf != nil && b.choice != nil {
		return compareChoice(c, a, b.choice)
	}
	a, b = align(a, b)
	if a.r != nil || b.r != nil {
		x, y := a.rat(), b.rat()
		return sometimes(func(f *Frame) bool { return c.of(x(f).Cmp(y(f))) })
	}
	if t, ok := decided(c, a, b.low, b.high); ok {
		return t
	}
	if a.i != nil && b.i != nil {
		return sometimes(compareWords(c, a.i, b.i))
	}
	x, y := a.wide(), b.wide()
	return sometimes(func(f *Frame) bool { return c.of(x(f).cmp(y(f))) })
}

// compareChoice compares a number that is read as it is, which cannot fail, with
// each of two: mostly constants.
func compareChoice(c comparison, a num, b *choice) truth {
	x, y := compareNums(c, a, b.a), compareNums(c, a, b.b)
	cond, holds, fails := b.cond.holds, x.holds, y.holds
	chosen := sometimes(func(f *Frame) bool {
		if cond(f) {
			return holds(f)
		}
		return fails(f)
	})
	if !b.cond.safe || !x.safe || !y.safe || len(x.atoms) == 0 || len(y.atoms) == 0 {
		return chosen
	}
	chosen.safe = true
	if both, ok := x.atoms[0].either(y.atoms[0]); ok {
		return and(both.truth(), chosen)
	}
	return chosen
}

// compareConst moves everything that is known to the side of the constant:
// N x unit > v is N > v/unit, and that is a threshold on an integer.
func compareConst(c comparison, a num, v *big.Rat) truth {
	limit := new(big.Rat).Quo(v, a.unit)
	below := floor(limit)
	if !limit.IsInt() {
		// Between below and the next integer nothing is equal: N < limit is N <= below.
		c = comparison{less: c.less, equal: c.less, more: c.more}
	}
	if t, ok := decided(c, a, below, below); ok {
		return t
	}
	switch {
	case a.leaf != nil && a.i != nil:
		return atom{leaf: *a.leaf, c: c, v: below.Int64()}.truth()
	case a.i != nil:
		return sometimes(compareWord(c, a.i, below.Int64()))
	}
	if a.leaf != nil {
		return compareFact(c, *a.leaf, below)
	}
	at := wideOf(below)
	return sometimes(func(f *Frame) bool { return c.of(a.w(f).cmp(at)) })
}

// compareFact compares a fact that is a number, in two words, with so many of its
// units. Mostly its whole part decides.
func compareFact(c comparison, l leaf, units *big.Int) truth {
	part := new(big.Int)
	of, _ := new(big.Int).DivMod(units, big.NewInt(numberUnits), part)
	whole, fraction := of.Int64(), part.Int64()
	if fraction == 0 && c.less != c.equal && c.equal == c.more { // < or >=
		return atom{leaf: l, c: c, v: whole}.truth()
	}
	full := surely(func(f *Frame) bool {
		words := f.Words[f.at[l.reg].W+l.at:]
		return c.of(cmp.Or(cmp.Compare(words[0], whole), cmp.Compare(words[1], fraction)))
	})
	if c.less && c.more {
		return full
	}
	wholes := comparison{c.less, true, c.more}
	return and(atom{leaf: l, c: wholes, v: whole}.truth(), full)
}

// decided says what is known of N of a against something in low..high.
func decided(c comparison, a num, low, high *big.Int) (truth, bool) {
	possible := [3]bool{a.low.Cmp(high) < 0, a.low.Cmp(high) <= 0 && low.Cmp(a.high) <= 0, a.high.Cmp(low) > 0}
	holds, fails := false, false
	for i, of := range [3]bool{c.less, c.equal, c.more} {
		if possible[i] {
			holds, fails = holds || of, fails || !of
		}
	}
	return truth{holds: always(holds).holds, known: true, value: holds}, holds != fails
}

// compareWord and compareWords are the hot end of most conditions, written out
// so that each is one comparison of the processor.
func compareWord(c comparison, x func(*Frame) int64, v int64) func(*Frame) bool {
	switch c {
	case comparisons["=="]:
		return func(f *Frame) bool { return x(f) == v }
	case comparisons["!="]:
		return func(f *Frame) bool { return x(f) != v }
	case comparisons["<"]:
		return func(f *Frame) bool { return x(f) < v }
	case comparisons["<="]:
		return func(f *Frame) bool { return x(f) <= v }
	case comparisons[">"]:
		return func(f *Frame) bool { return x(f) > v }
	}
	return func(f *Frame) bool { return x(f) >= v }
}

func compareWords(c comparison, x, y func(*Frame) int64) func(*Frame) bool {
	switch c {
	case comparisons["=="]:
		return func(f *Frame) bool { return x(f) == y(f) }
	case comparisons["!="]:
		return func(f *Frame) bool { return x(f) != y(f) }
	case comparisons["<"]:
		return func(f *Frame) bool { return x(f) < y(f) }
	case comparisons["<="]:
		return func(f *Frame) bool { return x(f) <= y(f) }
	case comparisons[">"]:
		return func(f *Frame) bool { return x(f) > y(f) }
	}
	return func(f *Frame) bool { return x(f) >= y(f) }
}
