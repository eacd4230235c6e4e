package money

import "math/bits"

// few is the number of targets up to which the largest remainders are found one
// by one.
const few = 8

// handOut gives left minor units, one each, to the largest remainders, ties in
// the order given. dst holds the floors; fewer units are left than there are
// remainders above 0.
func (s *sharing) handOut(left uint64) {
	if len(s.dst) <= few {
		s.handOutFew(left)
		return
	}
	c := s.cutoff(left)
	for i := range s.dst {
		switch prefix := s.remainder(i) >> c.bits; {
		case prefix > c.prefix:
			s.dst[i]++
		case prefix == c.prefix && c.take > 0:
			s.dst[i]++
			c.take--
		}
	}
}

// handOutFew looks for the largest remainder as often as there are units left.
func (s *sharing) handOutFew(left uint64) {
	var remainders [few]uint64
	for i := range s.dst {
		remainders[i] = s.remainder(i)
	}
	for range left {
		best, largest := 0, uint64(0)
		for i, r := range remainders[:len(s.dst)] {
			if r > largest {
				best, largest = i, r
			}
		}
		s.dst[best]++
		remainders[best] = 0
	}
}

// remainder is what the floor in dst[i] leaves of its share, over the total; 0
// for a target that is not open. Floor and remainder were of one product, so 64
// bits of it are enough to find the one from the other.
func (s *sharing) remainder(i int) uint64 {
	weight := s.weights[i]
	if weight <= 0 || s.rooms != nil && s.dst[i] >= s.rooms[i] {
		return 0
	}
	return s.now.amount*uint64(weight) - uint64(s.dst[i])*s.now.total
}

// A cutoff parts the remainders that get a unit from those that do not: all whose
// upper bits are above prefix, and the first take of those that have the prefix.
type cutoff struct {
	bits   int // lower bits that do not count
	prefix uint64
	take   uint64
}

// cutoff finds where the largest remainders end. It counts them by their next
// six bits, the highest first, and goes on inside the group where the end lies:
// two or three rounds as a rule, eleven at most, and no copy of them.
func (s *sharing) cutoff(left uint64) cutoff {
	const digit = 6
	c := cutoff{bits: bits.Len64(s.now.total - 1), take: left}
	for c.bits > 0 {
		width := min(digit, c.bits)
		lower := c.bits - width
		var counts [1 << digit]uint64
		for i := range s.dst {
			if r := s.remainder(i); r>>c.bits == c.prefix {
				counts[r>>lower&(1<<width-1)]++
			}
		}
		top := uint64(1)<<width - 1
		for c.take > counts[top] {
			c.take -= counts[top]
			top--
		}
		c.bits, c.prefix = lower, c.prefix<<width|top
		if c.take == counts[top] {
			break
		}
	}
	return c
}
