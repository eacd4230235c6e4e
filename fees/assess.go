// Package fees assesses what a payment costs.
package fees

import "example.com/spillway/money"

// Assess returns the fee of schedule s on amount.
//
// The percentage is of amount, rounded to whole minor units by s.Round; it is
// then combined with the flat fee as s.Type says, and the outcome is held
// between s.Minimum and s.Maximum, of which the maximum has the last word. To
// waive is to ask for 0 whatever they say.
//
// If neither amount nor what s holds is below 0:
//
//   - no fee is below 0, and none but a waived one is below the minimum, where
//     that is not above the maximum;
//   - no fee is above the maximum, where there is one;
//   - of one schedule, Lesser is the lower and Greater the higher of what Flat and
//     Percentage are, and Sum is at least Greater.
//
// The fee is not ok when it is more than a [money.Amount] holds or s.Type is
// none of this package's. It is 0 then: do not charge it.
func Assess(s Schedule, amount money.Amount) (fee money.Amount, ok bool) {
	if s.Type == Waive {
		return 0, true
	}
	fee, ok = s.combine(amount)
	if !ok {
		return 0, false
	}
	fee = max(fee, s.Minimum)
	if s.HasMaximum {
		fee = min(fee, s.Maximum)
	}
	return fee, true
}

// A Schedule is the terms of one fee. Its zero value waives.
type Schedule struct {
	Type       Type
	Flat       money.Amount
	Percentage money.Rate // of the amount paid
	Minimum    money.Amount
	Maximum    money.Amount // counts if HasMaximum
	HasMaximum bool
	Round      money.Rounding // of the percentage
}

// Type says how a flat fee and a percentage make one fee.
type Type uint8

// The types of fee.
const (
	Waive Type = iota
	Flat
	Percentage
	Lesser
	Greater
	Sum
)

// combine returns the fee before it is held between minimum and maximum.
func (s *Schedule) combine(amount money.Amount) (money.Amount, bool) {
	if s.Type == Flat {
		return s.Flat, true
	}
	part, ok := s.Percentage.Of(amount, s.Round)
	if !ok {
		return 0, false
	}
	switch s.Type {
	case Percentage:
		return part, true
	case Lesser:
		return min(s.Flat, part), true
	case Greater:
		return max(s.Flat, part), true
	case Sum:
		return s.Flat.Add(part)
	}
	return 0, false
}
