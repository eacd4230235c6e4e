package rules

import "slices"

// A truth is a condition: a function, or a value that is known at load.
type truth struct {
	holds func(*Frame) bool
	known bool // always value
	value bool
	safe  bool              // asking it cannot fail
	atoms []atom            // what holds asks first, as far as that is atoms
	rest  func(*Frame) bool // what must hold after the first of them; nil: nothing more
	last  func(*Frame) bool // and after all of them

	inverse *truth // what holds where it does not, if that is known
}

func always(v bool) truth {
	return truth{holds: func(*Frame) bool { return v }, known: true, value: v, safe: true}
}

func sometimes(holds func(*Frame) bool) truth { return truth{holds: holds} }

// surely is sometimes, of what cannot fail.
func surely(holds func(*Frame) bool) truth { return truth{holds: holds, safe: true} }

func not(t truth) truth {
	switch {
	case t.known:
		return always(!t.value)
	case t.inverse != nil:
		return *t.inverse
	case len(t.atoms) == 1 && t.rest == nil && t.atoms[0].few == nil:
		return t.atoms[0].not().truth()
	}
	return truth{holds: func(f *Frame) bool { return !t.holds(f) }, safe: t.safe, inverse: &t}
}

// and is one condition and, where it holds, the other. A zero truth is none.
func and(a, b truth) truth {
	switch {
	case a.holds == nil:
		return b
	case a.known && !a.value:
		return a
	case a.known:
		return b
	case len(a.atoms) == 0:
		return truth{holds: both(a.holds, b.holds), safe: a.safe && b.safe}
	}
	rest := both(a.rest, b.holds)
	t := truth{holds: a.atoms[0].and(rest), rest: rest, atoms: a.atoms, last: both(a.last, b.holds), safe: a.safe && b.safe}
	if a.last == nil {
		t.atoms, t.last = slices.Concat(a.atoms, b.atoms), b.tail()
	}
	return t
}

// tail is what must hold after the atoms; nil: nothing more.
func (t truth) tail() func(*Frame) bool {
	if len(t.atoms) == 0 {
		return t.holds
	}
	return t.last
}

func or(a, b truth) truth {
	switch {
	case a.known && a.value:
		return a
	case a.known:
		return b
	}
	x, y, neither := a.holds, b.holds, and(not(a), not(b))
	return truth{holds: func(f *Frame) bool { return x(f) || y(f) }, safe: a.safe && b.safe, inverse: &neither}
}

// both is one condition and, where it holds, the other. The first may be nil.
func both(x, y func(*Frame) bool) func(*Frame) bool {
	if x == nil {
		return y
	}
	return func(f *Frame) bool { return x(f) && y(f) }
}
