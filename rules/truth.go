package rules

// A truth is a condition: a function, or a value that is known at load.
type truth struct {
	holds func(*Frame) bool
	known bool // always value
	value bool
	atom  *atom             // what holds asks first, if that is an atom
	rest  func(*Frame) bool // and what must hold then; nil: nothing more
}

func always(v bool) truth {
	return truth{holds: func(*Frame) bool { return v }, known: true, value: v}
}

func sometimes(holds func(*Frame) bool) truth { return truth{holds: holds} }

func not(t truth) truth {
	switch {
	case t.known:
		return always(!t.value)
	case t.atom != nil && t.rest == nil && t.atom.few == nil:
		return t.atom.not().truth()
	}
	return sometimes(func(f *Frame) bool { return !t.holds(f) })
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
	case a.atom != nil:
		rest := both(a.rest, b.holds)
		return truth{holds: a.atom.and(rest), atom: a.atom, rest: rest}
	}
	return sometimes(both(a.holds, b.holds))
}

func or(a, b truth) truth {
	switch {
	case a.known && a.value:
		return a
	case a.known:
		return b
	}
	x, y := a.holds, b.holds
	return sometimes(func(f *Frame) bool { return x(f) || y(f) })
}

// both is one condition and, where it holds, the other. The first may be nil.
func both(x, y func(*Frame) bool) func(*Frame) bool {
	if x == nil {
		return y
	}
	return func(f *Frame) bool { return x(f) && y(f) }
}
