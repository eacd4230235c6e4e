package rules

import (
	"cmp"
	"math"
)

// A leaf is a word or text that an expression reads as it is: a field, a fact.
type leaf struct{ reg, at int }

// is compares a text with one that is known at load.
func (l leaf) is(text string, same bool) func(*Frame) bool {
	if same {
		return func(f *Frame) bool { return f.Texts[f.at[l.reg].T+l.at] == text }
	}
	return func(f *Frame) bool { return f.Texts[f.at[l.reg].T+l.at] != text }
}

// An atom is a condition on one word that is read as it is: how it compares with
// a word known at load, or that it is one of a few. Most conditions of guardrails
// are atoms, or ands that begin with one. What is done with them is written out
// here in one closure each, instead of one that calls others.
type atom struct {
	leaf
	c   comparison
	v   int64
	few []int64 // set: the word is one of them

	flagged bool // the word is 0 or 1
}

// flag is the atom of a condition that is stored as 0 or 1.
func (l leaf) flag() atom { return atom{leaf: l, c: comparisons["=="], v: 1, flagged: true} }

// bounds gives the words that the atom holds for, if they lie side by side.
func (a atom) bounds() (low, high int64, ok bool) {
	if a.few != nil || a.c == comparisons["!="] {
		return 0, 0, false
	}
	low, high = a.v, a.v
	if a.c.less {
		low = math.MinInt64
	}
	if a.c.more {
		high = math.MaxInt64
	}
	switch {
	case a.c.equal:
	case a.c.less && a.v > math.MinInt64:
		high--
	case a.c.more && a.v < math.MaxInt64:
		low++
	default:
		return 0, 0, false
	}
	return low, high, true
}

// not is the atom that holds when a does not, of one that compares.
func (a atom) not() atom {
	if a.flagged {
		a.v = 1 - a.v
		return a
	}
	a.c = comparison{!a.c.less, !a.c.equal, !a.c.more}
	return a
}

// truth is the atom as a condition.
func (a atom) truth() truth { return truth{holds: a.holds(), atoms: []atom{a}, safe: true} }

func (a atom) holds() func(*Frame) bool {
	reg, at, v := a.reg, a.at, a.v
	switch {
	case a.few != nil:
		return func(f *Frame) bool { return isOneOf(f.Words[f.at[reg].W+at], a.few) }
	case a.c == comparisons["=="]:
		return func(f *Frame) bool { return f.Words[f.at[reg].W+at] == v }
	case a.c == comparisons["!="]:
		return func(f *Frame) bool { return f.Words[f.at[reg].W+at] != v }
	case a.c == comparisons["<"]:
		return func(f *Frame) bool { return f.Words[f.at[reg].W+at] < v }
	case a.c == comparisons["<="]:
		return func(f *Frame) bool { return f.Words[f.at[reg].W+at] <= v }
	case a.c == comparisons[">"]:
		return func(f *Frame) bool { return f.Words[f.at[reg].W+at] > v }
	}
	return func(f *Frame) bool { return f.Words[f.at[reg].W+at] >= v }
}

// and is the atom and, where it holds, y.
func (a atom) and(y func(*Frame) bool) func(*Frame) bool {
	reg, at, v := a.reg, a.at, a.v
	switch {
	case a.few != nil:
		return func(f *Frame) bool { return isOneOf(f.Words[f.at[reg].W+at], a.few) && y(f) }
	case a.c == comparisons["=="]:
		return func(f *Frame) bool { return f.Words[f.at[reg].W+at] == v && y(f) }
	case a.c == comparisons["!="]:
		return func(f *Frame) bool { return f.Words[f.at[reg].W+at] != v && y(f) }
	case a.c == comparisons["<"]:
		return func(f *Frame) bool { return f.Words[f.at[reg].W+at] < v && y(f) }
	case a.c == comparisons["<="]:
		return func(f *Frame) bool { return f.Words[f.at[reg].W+at] <= v && y(f) }
	case a.c == comparisons[">"]:
		return func(f *Frame) bool { return f.Words[f.at[reg].W+at] > v && y(f) }
	}
	return func(f *Frame) bool { return f.Words[f.at[reg].W+at] >= v && y(f) }
}

// either is an atom that holds where a or b does, if they bound one word from the
// same side.
func (a atom) either(b atom) (atom, bool) {
	if a.leaf != b.leaf || a.c != b.c || a.few != nil || b.few != nil || a.c.less == a.c.more {
		return atom{}, false
	}
	if a.c.less == (b.v > a.v) {
		return b, true
	}
	return a, true
}

// holdsFor says whether the atom holds where its word is w.
func (a atom) holdsFor(w int64) bool {
	if a.few != nil {
		return isOneOf(w, a.few)
	}
	return a.c.of(cmp.Compare(w, a.v))
}

func isOneOf(v int64, few []int64) bool {
	for _, one := range few {
		if v == one {
			return true
		}
	}
	return false
}
