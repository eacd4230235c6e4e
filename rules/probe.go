package rules

import (
	"math"
	"slices"
)

// A probe looks at one word and says which of up to 64 conditions, each a bit,
// may hold: between two bounds the answer is the same.
type probe struct {
	leaf
	asking uint64   // the conditions that begin with its word
	first  int64    // of the bounds
	bounds []int64  // sorted
	masks  []uint64 // masks[i] is for words from bounds[i-1] up to, not including, bounds[i]
	direct []uint64 // for the words from bounds[0] on, each, if these are few
}

// directly is how many words, flags and numbers of texts mostly, a probe looks up
// without searching for its bounds.
const directly = 64

// An asked is an atom that a condition begins with.
type asked struct {
	atom
	bit int
}

// newProbe is the probe for atoms on one word; all has a bit for each condition,
// those included that do not ask for the word.
func newProbe(atoms []asked, all uint64) probe {
	p := probe{leaf: atoms[0].leaf}
	for _, a := range atoms {
		p.asking |= 1 << a.bit
		edges := a.few
		if edges == nil {
			edges = []int64{a.v}
		}
		for _, v := range edges {
			p.bounds = append(p.bounds, v)
			if v < math.MaxInt64 {
				p.bounds = append(p.bounds, v+1)
			}
		}
	}
	slices.Sort(p.bounds)
	p.bounds = slices.Compact(p.bounds)
	mask := func(w int64) uint64 {
		m := all
		for _, a := range atoms {
			if !a.holdsFor(w) {
				m &^= 1 << a.bit
			}
		}
		return m
	}
	p.masks = append(p.masks, mask(math.MinInt64))
	for _, w := range p.bounds {
		p.masks = append(p.masks, mask(w))
	}
	p.first = p.bounds[0]
	if size := uint64(p.bounds[len(p.bounds)-1]) - uint64(p.first); size < directly {
		for i := range size + 1 {
			p.direct = append(p.direct, mask(p.first+int64(i)))
		}
	}
	return p
}

// mask gives the conditions that may hold where the word is w.
func (p *probe) mask(w int64) uint64 {
	if i := uint64(w) - uint64(p.first); i < uint64(len(p.direct)) {
		return p.direct[i]
	}
	passed := 0
	for left := len(p.bounds); left > 0; {
		half := (left + 1) / 2
		if p.bounds[passed+half-1] <= w {
			passed += half
		}
		left -= half
	}
	return p.masks[passed]
}
