package waterfall

import (
	"cmp"
	"slices"
)

// A place is where a target stands in the order of its tier. It carries the
// first key, which most often decides.
type place struct {
	key    int64
	target int
}

// rank puts the targets of tier in order: by their keys, then as they are in
// the document. Most tiers come in order already.
func (p *Pool) rank(tier *Tier) {
	p.places = p.places[:0]
	sorted := true
	for i := range tier.Targets {
		next := place{target: i}
		if tier.NKeys > 0 {
			next.key = tier.Keys[i*tier.NKeys]
			sorted = sorted && (i == 0 || tier.compare(p.places[i-1], next) <= 0)
		}
		p.places = append(p.places, next)
	}
	if !sorted && !p.insert(tier) {
		slices.SortFunc(p.places, tier.compareAll)
	}
}

// patience is how many steps an insertion sort may take for each target, before
// another sort is faster.
const patience = 10

// insert sorts places by insertion, which leaves equals as they are and takes
// few steps where there are few targets, or where they are nearly in order, as
// installments are. It gives up, and says so, when it takes too many.
func (p *Pool) insert(tier *Tier) bool {
	steps := patience * len(p.places)
	for i := 1; i < len(p.places); i++ {
		moving := p.places[i]
		at := i
		for at > 0 && tier.compare(p.places[at-1], moving) > 0 {
			p.places[at] = p.places[at-1]
			at--
		}
		p.places[at] = moving
		if steps -= i - at; steps < 0 {
			return false
		}
	}
	return true
}

// compare tells which of two places comes first by keys. 0: they are of one rank.
func (t *Tier) compare(a, b place) int {
	if a.key != b.key || t.NKeys < 2 {
		return cmp.Compare(a.key, b.key)
	}
	x, y := t.keys(a.target), t.keys(b.target)
	for k := range x {
		if x[k] != y[k] {
			return cmp.Compare(x[k], y[k])
		}
	}
	return 0
}

// compareAll is compare with the order of the document as the last key.
func (t *Tier) compareAll(a, b place) int {
	if by := t.compare(a, b); by != 0 {
		return by
	}
	return cmp.Compare(a.target, b.target)
}

// keys returns the keys of one target.
func (t *Tier) keys(target int) []int64 {
	return t.Keys[target*t.NKeys : (target+1)*t.NKeys]
}
