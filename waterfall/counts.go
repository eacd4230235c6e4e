package waterfall

import "example.com/spillway/money"

// Counts says how what a balance takes counts against what of it is due.
type Counts uint8

// The ways of counting.
const (
	CountsDue   Counts = iota // due and past due each fall by it
	CountsNot                 // they stay, though never above what is still owed
	CountsAhead               // they fall by it, and what exceeds the due is paid ahead
)

// Apply returns what is due and past due of a balance after it took take, and
// how much of take was paid ahead. The other arguments are as before the take.
//
// If take is at most owed, due at most owed, and past due at most due, none
// below 0, then for any way of counting:
//
//   - what is due after is at most what is owed after, what is past due at most
//     what is due, and none is below 0 or above what it was;
//   - of CountsDue and CountsAhead, what is due and past due each fall by take,
//     down to 0;
//   - only CountsAhead pays ahead, and then the fall of the due plus what is
//     paid ahead is take.
func (c Counts) Apply(take, owed, due, pastDue money.Amount) (newDue, newPastDue, ahead money.Amount) {
	if c == CountsNot {
		newDue = min(due, owed-take)
		return newDue, min(pastDue, newDue), 0
	}
	if c == CountsAhead {
		ahead = max(0, take-due)
	}
	return max(0, due-take), max(0, pastDue-take), ahead
}
