package verify

import (
	"fmt"
	"slices"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// enough is in how many cases something must have had its chance before it is
// said that it never happens.
const enough = 50

// A coverage watches which tiers take anything.
type coverage struct {
	policy  *rules.Policy
	sampled bool // accounts are like a sample: what they lack says nothing about the policy
	lines   map[taker]bool
	shares  map[taker]bool
	tries   map[taker]*chances
}

// A taker is a tier of a waterfall or of a split.
type taker struct {
	of   string
	tier int
}

// chances are the cases in which a tier that took nothing could have been
// expected to.
type chances struct {
	runs   int // of its waterfall
	open   int // there was money left, and something still owed
	past   int // there was money left, and nothing owed any more
	openAs *Trial
	pastAs *Trial
}

func newCoverage(p *rules.Policy) *coverage {
	return &coverage{policy: p, lines: map[taker]bool{}, shares: map[taker]bool{}, tries: map[taker]*chances{}}
}

// see notes what a case shows.
func (c *coverage) see(t *Trial) {
	if !t.applied(c.policy) {
		return
	}
	for i := range t.Receipt.Lines {
		l := &t.Receipt.Lines[i]
		if w, tier := c.tierOf(l); w != nil && tier >= 0 {
			c.lines[taker{w.Name, tier}] = true
		}
	}
	for i := range t.Receipt.Shares {
		c.share(&t.Receipt.Shares[i])
	}
	w := c.ran(t)
	if w == nil {
		return
	}
	for tier := range w.Tiers {
		if c.lines[taker{w.Name, tier}] {
			continue
		}
		ch := c.tries[taker{w.Name, tier}]
		if ch == nil {
			ch = &chances{}
			c.tries[taker{w.Name, tier}] = ch
		}
		ch.see(t, c.chance(t, w, tier))
	}
}

func (ch *chances) see(t *Trial, had chance) {
	ch.runs++
	switch had {
	case couldTake:
		ch.open++
		if ch.openAs == nil {
			ch.openAs = t
		}
	case nothingOwed:
		ch.past++
		if ch.pastAs == nil {
			ch.pastAs = t
		}
	}
}

// A chance is what a tier met when its turn came.
type chance uint8

const (
	noMoney chance = iota // or nothing owed from the start
	nothingOwed
	couldTake
)

// chance works out what a tier met from what the tiers before it took.
func (c *coverage) chance(t *Trial, w *rules.Waterfall, tier int) chance {
	money := reaches(t)
	owed := namedOwed(find(&t.Account, t.Payment.Account))
	if owed == 0 {
		return noMoney // none that it could have been for
	}
	for i := range t.Receipt.Lines {
		l := &t.Receipt.Lines[i]
		if _, at := c.tierOf(l); at < 0 || at >= tier {
			continue
		}
		money -= l.Amount
		if l.Component != unnamed {
			owed -= l.Amount
		}
	}
	switch {
	case money <= 0:
		return noMoney
	case owed <= 0:
		return nothingOwed
	}
	return couldTake
}

// took says whether a tier took anything.
func (c *coverage) took(t *Trial, w *rules.Waterfall, tier int) bool {
	return slices.ContainsFunc(t.Receipt.Lines, func(l engine.Line) bool {
		ran, at := c.tierOf(&l)
		return ran == w && at == tier
	})
}

// namedOwed is what an account owes of the components that the policy names:
// few tiers are for others.
func namedOwed(a *engine.Account) (sum engine.Amount) {
	for i := range a.Balances {
		if b := &a.Balances[i]; b.Component != unnamed {
			sum += max(0, b.Owed)
		}
	}
	return sum
}

// ran is the waterfall that a payment ran through, nil if that is not known.
func (c *coverage) ran(t *Trial) *rules.Waterfall {
	if _, split := t.Payment.Split.Get(); split || len(t.Payment.Directed) > 0 || len(t.Receipt.Charges) > 0 {
		return nil
	}
	for i := range t.Receipt.Lines {
		w, _ := c.tierOf(&t.Receipt.Lines[i])
		return w
	}
	return nil
}

// tierOf is the tier that took a line, -1 if none did.
func (c *coverage) tierOf(l *engine.Line) (*rules.Waterfall, int) {
	for i := range c.policy.Waterfalls {
		w := &c.policy.Waterfalls[i]
		if w.Name != l.Waterfall {
			continue
		}
		for j := range w.Tiers {
			if w.Tiers[j].At == l.At {
				return w, j
			}
		}
		return w, -1
	}
	return nil, -1
}

// share notes which tier of a split handed something out. Tiers without a name
// are not told apart.
func (c *coverage) share(share *engine.SharePart) {
	for i := range c.policy.Splits {
		s := &c.policy.Splits[i]
		for j := range s.Tiers {
			if s.Name == share.Split && s.Tiers[j].Name == share.Tier {
				c.shares[taker{s.Name, j}] = true
			}
		}
	}
}

// unreached are the tiers that never took anything.
func (c *coverage) unreached() (found []Finding) {
	for i := range c.policy.Waterfalls {
		w := &c.policy.Waterfalls[i]
		if !c.used(i) {
			continue // check says so
		}
		for tier := range w.Tiers {
			ch := c.tries[taker{w.Name, tier}]
			if c.lines[taker{w.Name, tier}] {
				continue
			}
			if ch == nil {
				ch = &chances{}
			}
			found = append(found, c.never(w, taker{w.Name, tier}, ch))
		}
	}
	for i := range c.policy.Splits {
		s := &c.policy.Splits[i]
		for tier := range s.Tiers {
			if !c.shares[taker{s.Name, tier}] {
				found = append(found, Finding{Kind: Note, Name: fmt.Sprintf("%s of split %q takes nothing", tierName(s.Tiers, tier), s.Name), At: s.Tiers[tier].At,
					Says: "handed out nothing in any case"})
			}
		}
	}
	return found
}

// used says whether payment types lead to a waterfall.
func (c *coverage) used(waterfall int) bool {
	return slices.ContainsFunc(c.policy.PaymentTypes, func(t rules.PaymentType) bool {
		return slices.ContainsFunc(t.Choices, func(c rules.Choice) bool { return c.Waterfall == waterfall })
	})
}

// never is the finding that a tier took nothing.
func (c *coverage) never(w *rules.Waterfall, who taker, ch *chances) Finding {
	f := Finding{Kind: Note, Name: fmt.Sprintf("%s of waterfall %q takes nothing", tierName(w.Tiers, who.tier), w.Name), At: w.Tiers[who.tier].At}
	wanted := couldTake
	switch {
	case ch.open >= enough:
		f.Kind, f.Trial = Flaw, ch.openAs
		f.Says = fmt.Sprintf("in %d cases there was money for it and something owed, and it took none", ch.open)
	case ch.open == 0 && ch.past >= enough:
		f.Kind, f.Trial, wanted = Flaw, ch.pastAs, nothingOwed
		f.Says = fmt.Sprintf("in all %d cases that had money for it, the tiers before it had left nothing owed", ch.past)
	default:
		f.Says = fmt.Sprintf("took nothing in %d cases, %d of which had money for it", ch.runs, ch.open+ch.past)
		return f
	}
	if c.sampled {
		f.Kind, f.Trial = Note, nil
		return f
	}
	f.again = func(t *Trial) *Finding {
		ran := c.ran(t)
		if !t.applied(c.policy) || ran == nil || ran.Name != w.Name || c.chance(t, w, who.tier) != wanted || c.took(t, w, who.tier) {
			return nil
		}
		return &f
	}
	return f
}

func tierName(tiers []rules.Tier, i int) string {
	if tiers[i].Name == "" {
		return fmt.Sprintf("tier %d", i+1)
	}
	return fmt.Sprintf("tier %q", tiers[i].Name)
}
