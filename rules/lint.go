package rules

import (
	"regexp"
	"slices"
)

// lint notes what no payment can come to: waterfalls, tiers and fees that are
// never used, facts that nothing reads.
func (p *policyParser) lint() {
	p.lintWaterfalls()
	for _, s := range p.policy.Splits {
		p.lintTiers(s.Tiers)
	}
	p.lintFees()
	names := map[string]bool{}
	for _, text := range p.texts {
		for _, name := range anyName.FindAllString(text, -1) {
			names[name] = true
		}
	}
	for _, fact := range p.facts {
		if !names[fact.Name] {
			p.Lint(fact.At, fact.node.width(), "", "no expression reads fact %q", fact.Name)
		}
	}
}

var anyName = regexp.MustCompile(`[\pL_$][\pL\pN_$]*`)

// lintWaterfalls finds the waterfalls that no payment type leads to.
func (p *policyParser) lintWaterfalls() {
	used := make([]bool, len(p.shapes))
	var mark func(int)
	mark = func(i int) {
		if used[i] {
			return
		}
		used[i] = true
		for u := range p.shapes[i].uses {
			mark(u)
		}
	}
	for _, t := range p.policy.PaymentTypes {
		for _, choice := range t.Choices {
			mark(choice.Waterfall)
		}
	}
	for i, w := range p.policy.Waterfalls {
		if !used[i] {
			p.Lint(w.named, len([]rune(w.Name)), "", "no payment type uses waterfall %q", w.Name)
		}
		p.lintTiers(w.Tiers)
	}
}

// lintTiers finds the tiers after one that leaves nothing owed.
func (p *policyParser) lintTiers(tiers []Tier) {
	for i, t := range tiers {
		if t.takesAll() && i+1 < len(tiers) {
			next := tiers[i+1]
			p.Lint(next.named, len([]rune(next.Name)), "", "never reached: tier %q before it takes all that is owed", t.Name)
			return
		}
	}
}

// takesAll says whether nothing is left to the tiers after this one.
func (t *Tier) takesAll() bool {
	listed := slices.ContainsFunc(t.Order, func(k OrderKey) bool { return k.List != ListNone })
	weighs := t.Share == ProRata && t.By != MeasureTake && t.By != MeasureOwed
	return t.When == nil && t.Where == nil && t.Cap == nil && t.Take == MeasureOwed && t.Whole == WholeNot && !listed && !weighs
}

// lintFees finds the fees after one that always applies.
func (p *policyParser) lintFees() {
	for i, fee := range p.policy.Fees {
		for _, before := range p.policy.Fees[:i] {
			if before.When == nil && covers(before.Programs, fee.Programs) {
				p.Lint(fee.named, len([]rune(fee.Name)), "", "never used: fee %q before it has no when", before.Name)
				break
			}
		}
	}
}

// covers says whether the programs a take in all of b.
func covers(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == 0
	}
	return !slices.ContainsFunc(b, func(p string) bool { return !slices.Contains(a, p) })
}
