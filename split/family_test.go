package split_test

import (
	"example.com/spillway/money"
	"example.com/spillway/split"
	"example.com/spillway/waterfall"
)

// A relative is one account of a family as tests write it down.
type relative struct {
	Parent    int
	Owed, Due money.Amount // of its own balances
	Weight    int64
	Rate      int64 // higher goes first where a rule orders by it
}

// A rule is one tier as tests write it down. Its zero value lets everyone take
// what there is room for, in turn.
type rule struct {
	Due      bool         // take what is due, with all that is due below
	Fixed    money.Amount // above 0: take this much
	Share    waterfall.Share
	ByWeight bool // pro rata: weights are those of the relatives, not takes
	Whole    bool
	Cap      money.Amount // above 0
	ByRate   bool         // the highest rates first
	Late     bool         // only those of whom anything is due
	Tenth    bool         // at most a tenth of what is applied
	Never    bool         // its condition does not hold
}

// forEveryone says whether a rule lets everyone take all there is room for.
func (r rule) forEveryone() bool {
	limited := r.Due || r.Fixed > 0 || r.Cap > 0 || r.Late || r.Never || r.Whole || r.Tenth
	return !limited && !(r.Share == waterfall.ProRata && r.ByWeight)
}

// A family evaluates rules, as an engine evaluates expressions.
type family struct {
	relatives []relative
	rules     []rule
	due       []money.Amount // by account, what is due of it and below it
	plan      split.Plan
}

func newFamily(relatives []relative, rules ...rule) *family {
	f := &family{relatives: relatives, rules: rules, due: make([]money.Amount, len(relatives))}
	f.plan.Tiers = len(rules)
	for i := len(relatives) - 1; i >= 0; i-- {
		f.due[i] += relatives[i].Due
		if parent := relatives[i].Parent; parent >= 0 {
			f.due[parent] += f.due[i]
		}
	}
	for _, r := range relatives {
		f.plan.Accounts = append(f.plan.Accounts, split.Account{Parent: r.Parent, Owed: r.Owed})
	}
	return f
}

// Tier implements [split.Evaluator].
func (f *family) Tier(tier *waterfall.Tier, level split.Level) (ok bool, err error) {
	r := &f.rules[level.Tier]
	tier.Share = r.Share
	if r.Whole && r.Share == waterfall.InTurn {
		tier.Whole = waterfall.WholeTarget
	}
	if r.Cap > 0 {
		tier.Cap = r.Cap
	}
	if r.Tenth {
		tier.Cap = min(tier.Cap, level.Applying/10)
	}
	for i := range f.relatives {
		if f.relatives[i].Parent == level.Parent || i == level.Parent && f.plan.Family {
			f.offer(tier, r, i, level)
		}
	}
	return !r.Never, nil
}

// offer adds one account to a tier.
func (f *family) offer(tier *waterfall.Tier, r *rule, i int, level split.Level) {
	due := f.due[i]
	if i == level.Parent {
		due = f.relatives[i].Due
	}
	due = max(0, due-level.Taken[i])
	if r.Late && due == 0 {
		return
	}
	target := waterfall.Target{ID: i, Take: 1 << 62, Weight: f.relatives[i].Weight}
	switch {
	case r.Due:
		target.Take = due
	case r.Fixed > 0:
		target.Take = r.Fixed
	}
	if !r.ByWeight {
		target.Weight = int64(min(target.Take, level.Room[i]))
	}
	tier.Targets = append(tier.Targets, target)
	if r.ByRate {
		tier.NKeys = 1
		tier.Keys = append(tier.Keys, -f.relatives[i].Rate)
	}
}
