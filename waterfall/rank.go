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
	switch {
	case sorted:
	case len(p.places) <= few:
		p.insert(tier)
	default:
		slices.SortFunc(p.places, tier.compareAll)
	}
}

// few is the number of targets up to which an insertion sort is faster.
const few = 24

// insert sorts places by insertion, which leaves equals as they are.
func (p *Pool) insert(tier *Tier) {
	for i := 1; i < len(p.places); i++ {
		moving := p.places[i]
		at := i
		for at > 0 && tier.compare(p.places[at-1], moving) > 0 {
			p.places[at] = p.places[at-1]
			at--
		}
		p.places[at] = moving
	}
}

// compare tells which of two places comes first by keys. 0: they are of one rank.
func (t *Tier) compare(a, b place) int {
	if a.key != b.key || t.NKeys < 2 {
		return cmp.Compare(a.key, b.key)
	}
	return slices.Compare(t.keys(a.target), t.keys(b.target))
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
