package rules

import "math"

// A gate is what elements of a list of records must meet, for a loop that goes
// over them without [part.next]: a question about one word, answered in place,
// and then whatever else must hold.
type gate struct {
	at, reg   int
	low, high int64
	rest      func(*Frame) bool // nil: nothing more
}

// gateOf is the gate of a condition on the element in a register.
func gateOf(reg int, where truth) gate {
	g := gate{reg: reg, low: math.MinInt64, high: math.MaxInt64, rest: where.holds}
	if len(where.atoms) == 0 || where.atoms[0].reg != reg {
		return g
	}
	if low, high, ok := where.atoms[0].bounds(); ok {
		g.at, g.low, g.high, g.rest = where.atoms[0].at, low, high, where.rest
	}
	return g
}

// leading is the gate of a condition, on whatever it asks first.
func leading(t truth) gate {
	if len(t.atoms) == 0 {
		return gateOf(0, t)
	}
	return gateOf(t.atoms[0].reg, t)
}

// open answers for the element at r what can be answered in place.
func (g *gate) open(f *Frame, r Ref) bool {
	w := f.Words[r.W+g.at]
	return g.low <= w && w <= g.high
}

// pass puts the register on the element at r, and asks the rest.
func (g *gate) pass(f *Frame, r Ref) bool {
	f.at[g.reg] = r
	return g.rest == nil || g.rest(f)
}

// isRecords says that the elements are records that lie one after another: the
// usual list, whose loops do without next.
func (p *part) isRecords() bool { return p.kind != single && p.kind != children }
