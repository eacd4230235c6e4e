package engine

import (
	"math/bits"
	"slices"
)

// fewEnough is up to how many things are compared each with each.
const fewEnough = 16

// duplicate gives the index of the first of n things that is the same as one
// before it, or -1. Things that are the same have the same hash.
func (v *validator) duplicate(n int, hash func(i int) uint64, same func(i, j int) bool) int {
	if n <= fewEnough {
		return firstSame(n, same)
	}
	// Each thing takes the first free place from its hash on.
	v.places = slices.Grow(v.places[:0], 4*n)[:1<<bits.Len(uint(2*n))]
	clear(v.places)
	mask := len(v.places) - 1
	for i := range n {
		at := int(hash(i)) & mask
		for ; v.places[at] != 0; at = (at + 1) & mask {
			if same(int(v.places[at]-1), i) {
				return i
			}
		}
		v.places[at] = int32(i + 1)
	}
	return -1
}

// marks tell a few texts apart, mostly, without comparing each with each.
type marks [4]uint64

// isNew says that no mark before it was like this one.
func (m *marks) isNew(mark uint8) bool {
	word, bit := mark>>6, uint64(1)<<(mark&63)
	was := m[word]
	m[word] |= bit
	return was&bit == 0
}

// mark is a guess at a hash: of the length and three bytes.
func mark(s string) uint8 {
	n := len(s)
	if n == 0 {
		return 0
	}
	h := uint32(n) | uint32(s[0])<<8 | uint32(s[n/2])<<16 | uint32(s[n-1])<<24
	return uint8(h * 0x9E3779B1 >> 24)
}

// firstSame gives the index of the first of n things that is the same as one
// before it, or -1.
func firstSame(n int, same func(i, j int) bool) int {
	for i := range n {
		for j := range i {
			if same(j, i) {
				return i
			}
		}
	}
	return -1
}

// hash is FNV-1a over a, a byte that no text has, and b.
func hash(a, b string) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	for i := range len(a) {
		h = (h ^ uint64(a[i])) * prime
	}
	h = (h ^ 0xff) * prime
	for i := range len(b) {
		h = (h ^ uint64(b[i])) * prime
	}
	return h
}
