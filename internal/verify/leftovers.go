package verify

import (
	"fmt"
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// leftovers watch what waterfalls leave although something is owed.
type leftovers struct {
	policy *rules.Policy
	left   map[string]int // by waterfall: in how many cases money was left
	owing  map[string]int // and something still owed
}

func newLeftovers(p *rules.Policy) *leftovers {
	return &leftovers{policy: p, left: map[string]int{}, owing: map[string]int{}}
}

// see notes what a case shows.
func (l *leftovers) see(t *Trial) {
	waterfall, left, owed := l.after(t)
	if left > 0 {
		l.left[waterfall]++
	}
	if left > 0 && owed > 0 {
		l.owing[waterfall]++
	}
}

// after is what a waterfall left of a payment that it had to itself, and what
// of the account is then owed.
func (l *leftovers) after(t *Trial) (waterfall string, left, owed engine.Amount) {
	if _, split := t.Payment.Split.Get(); split || len(t.Payment.Directed) > 0 || !t.applied(l.policy) || len(t.Receipt.Lines) == 0 {
		return "", 0, 0
	}
	left = t.Receipt.Unapplied
	for i := range t.Receipt.Lines {
		line := &t.Receipt.Lines[i]
		waterfall = line.Waterfall
		if line.Tier == "leftover" {
			left += line.Amount
		}
	}
	paid := find(&t.Account, t.Payment.Account)
	owed = ownOwed(paid)
	for i := range t.Receipt.Deltas {
		if d := &t.Receipt.Deltas[i]; d.Account == idOf(paid) && !(d.Bucket == "credit" && d.Component == "credit") {
			owed += d.Owed
		}
	}
	return waterfall, left, owed
}

// findings are the waterfalls that mostly leave money while something is owed.
func (l *leftovers) findings() []Finding {
	var all []string
	for i := range l.policy.Waterfalls {
		name := l.policy.Waterfalls[i].Name
		if owing, left := l.owing[name], l.left[name]; owing >= enough && owing*2 >= left {
			all = append(all, fmt.Sprintf("by waterfall %q in %d of the %d cases in which it left any", name, owing, left))
		}
	}
	if len(all) == 0 {
		return nil
	}
	return []Finding{{Kind: Note, Name: "money is left while something is owed", Says: strings.Join(all, "\n")}}
}
