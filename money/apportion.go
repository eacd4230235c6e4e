// Package money holds exact money: amounts in whole minor units, rates, rounding
// where it is asked for, and shares that add up.
package money

import (
	"math"
	"math/big"
	"math/bits"
)

// Apportion shares amount among targets in proportion to their weights, giving
// none more than its room, and returns what nobody could take.
//
// dst, weights and rooms have one length; dst is overwritten, and nil rooms mean
// that there is room for everything. A target is open if its weight and its room
// are above 0. With A left and W the sum of the open weights, every open target
// with floor(A*w/W) >= room gets its room, all of them at once, until there is
// none; then every open target gets floor(A*w/W), and the minor units that are
// left go one each to the largest remainders, ties in the order given.
//
// For any arguments:
//
//   - the sum of dst, plus rest, is amount; an amount of 0 or less is all rest;
//   - no target gets less than 0, nor more than its room;
//   - a weight of 0 or less gets nothing;
//   - there is rest only if every target with a weight above 0 is full;
//   - if no target is full, each is less than one minor unit from its exact share;
//   - among targets of equal weight and room, an earlier one gets no less.
//
// It does not promise that a larger amount gives each target as much or more:
// largest remainders do not. It allocates only if the open weights add up to more
// than 64 bits hold, when [ApportionWide] answers.
func Apportion(dst []Amount, amount Amount, weights []int64, rooms []Amount) (rest Amount) {
	weights = weights[:len(dst)]
	if rooms != nil {
		rooms = rooms[:len(dst)]
	}
	if amount <= 0 {
		clear(dst)
		return amount
	}
	var s sharing // set field by field: building and copying a literal took a third of the time of three targets
	s.dst, s.weights, s.rooms, s.all.amount = dst, weights, rooms, uint64(amount)
	enough, ok := s.open()
	if !ok {
		return ApportionWide(dst, amount, widen(weights), rooms)
	}
	if enough {
		return s.fillAll()
	}
	if left := s.fillUp(); left > 0 {
		s.handOut(left)
	}
	return 0
}

// A sharing is one apportioning under way. Which targets are full follows from
// the level alone, so it needs no memory of its own: filling others only raises
// amount per weight, and a target that is full once is full at every later level.
type sharing struct {
	dst     []Amount
	weights []int64
	rooms   []Amount // or nil
	all     level    // of all open targets
	now     level    // of those that are not full
}

// A level is what some targets share, and the sum of their weights.
type level struct{ amount, total uint64 }

// open adds up the open weights, ok unless they overflow. enough means that the
// amount fills every open target.
func (s *sharing) open() (enough, ok bool) {
	left, enough, total, over := s.all.amount, s.rooms != nil, uint64(0), uint64(0)
	for i, weight := range s.weights {
		if weight <= 0 || s.rooms != nil && s.rooms[i] <= 0 {
			continue
		}
		var carry uint64
		total, carry = bits.Add64(total, uint64(weight), 0)
		over |= carry
		if enough = enough && uint64(s.rooms[i]) <= left; enough {
			left -= uint64(s.rooms[i])
		}
	}
	s.all.total = total
	s.now.amount, s.now.total = s.all.amount, total
	return enough || total == 0, over == 0
}

// fillAll gives every open target its room, and nothing if there are none.
func (s *sharing) fillAll() (rest Amount) {
	clear(s.dst)
	rest = Amount(s.all.amount)
	if s.rooms == nil {
		return rest
	}
	for i, weight := range s.weights {
		if weight > 0 && s.rooms[i] > 0 {
			s.dst[i] = s.rooms[i]
			rest -= s.rooms[i]
		}
	}
	return rest
}

// fillUp gives every open target its room or the floor of its share, whichever
// is less, until no more get full. It returns what the floors leave over.
func (s *sharing) fillUp() (left uint64) {
	if s.rooms == nil {
		return s.floors()
	}
	full, left := s.bounded()
	for before := 0; full > before; {
		before = full
		full, left = s.bounded()
	}
	return left
}

// floors gives every target the floor of its share.
func (s *sharing) floors() (left uint64) {
	now, dst := s.now, s.dst
	left = now.amount
	for i, weight := range s.weights[:len(dst)] {
		dst[i] = 0
		if weight > 0 {
			floor := now.floor(uint64(weight))
			dst[i] = Amount(floor)
			left -= floor
		}
	}
	return left
}

// bounded gives every open target its room or the floor of its share at the
// level that is now, and finds the next level.
func (s *sharing) bounded() (full int, left uint64) {
	now, next := s.now, s.all
	left = now.amount
	for i, weight := range s.weights {
		s.dst[i] = 0
		room := s.rooms[i]
		if weight <= 0 || room <= 0 {
			continue
		}
		floor := now.floor(uint64(weight))
		if floor < uint64(room) {
			s.dst[i] = Amount(floor)
			left -= floor
			continue
		}
		s.dst[i] = room
		next.amount -= uint64(room)
		next.total -= uint64(weight)
		full++
	}
	s.now = next
	return full, left
}

// floor is amount * weight / total without its fraction. The weight of a target
// that is full may be above the total of the others; if its share then has more
// than 64 bits, any room is less.
func (l level) floor(weight uint64) uint64 {
	high, low := bits.Mul64(l.amount, weight)
	switch {
	case high == 0:
		return low / l.total
	case high >= l.total:
		return math.MaxUint64
	}
	floor, _ := bits.Div64(high, low, l.total)
	return floor
}

func widen(weights []int64) []*big.Int {
	wide := make([]*big.Int, len(weights))
	for i, weight := range weights {
		wide[i] = big.NewInt(weight)
	}
	return wide
}
