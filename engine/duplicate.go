package engine

import "slices"

// fewEnough is up to how many things are compared each with each.
const fewEnough = 16

// duplicate gives the index of the first of n things that is the same as one
// before it, or -1. Things that are the same have the same hash.
func (v *validator) duplicate(n int, hash func(i int) uint64, same func(i, j int) bool) int {
	if n <= fewEnough {
		return firstSame(n, same)
	}
	// The upper half of each word is the hash, the lower half the index: things
	// with one hash lie side by side after sorting, in their own order.
	const low = 1<<32 - 1
	v.hashes = v.hashes[:0]
	for i := range n {
		v.hashes = append(v.hashes, hash(i)&^low|uint64(i))
	}
	slices.Sort(v.hashes)
	first := -1
	for start := 0; start < n; {
		end := start + 1
		for end < n && v.hashes[end]&^low == v.hashes[start]&^low {
			end++
		}
		run := v.hashes[start:end]
		at := firstSame(len(run), func(i, j int) bool { return same(int(run[i]&low), int(run[j]&low)) })
		if at >= 0 && (first < 0 || int(run[at]&low) < first) {
			first = int(run[at] & low)
		}
		start = end
	}
	return first
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
