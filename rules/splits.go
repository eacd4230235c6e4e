package rules

import (
	"strings"

	"example.com/spillway/money"
)

var splitKeys = []string{"name", "id", "programs", "among", "fee", "leftover", "tiers", "percentages"}

// splitLeftovers are the words of a split's leftover, the default first.
var splitLeftovers = []string{LeftoverParent.String(), LeftoverUnapplied.String(), LeftoverRefuse.String()}

// splits reads all splits.
func (p *policyParser) splits(entries []*Node) {
	names := names{p: p, kind: "split"}
	for _, n := range entries {
		o, ok := p.object(n, "a split", splitKeys)
		if !ok {
			continue
		}
		s := Split{Entry: names.entry(o)}
		s.ID, s.HasID = names.id(o)
		p.split(o, &s)
		p.policy.Splits = append(p.policy.Splits, s)
	}
}

func (p *policyParser) split(o object, s *Split) {
	s.Family = o.word("among", []string{"children", "family"}, 0) == 1
	s.Fee = SplitFee(o.word("fee", splitFeeWords, int(FeeOnce)))
	leftover, _ := word(leftoverWords, splitLeftovers[o.word("leftover", splitLeftovers, 0)])
	s.Leftover = Leftover(leftover)
	switch {
	case o.lacks("tiers", "percentages"):
		p.mistake(o.node, "", "a split has no tiers or percentages")
	case o.has("tiers") && o.has("percentages"):
		p.mistake(o.second("tiers", "percentages"), "leave one of them out", "a split has tiers or percentages, not both")
	}
	if n := o.get("tiers"); n != nil && n.Kind == List && len(n.Items) == 0 {
		p.mistake(n, "", "a split needs a tier")
	}
	var steps []step
	for _, n := range o.list("tiers") {
		t := p.tier(n, splitTier)
		s.Tiers, steps = append(s.Tiers, t), append(steps, step{tier: t})
	}
	p.tierNames(steps)
	if n := o.get("percentages"); n != nil {
		s.Percentages = p.percentages(o, n)
	}
}

// second gives that one of two keys that stands after the other.
func (o object) second(a, b string) *Node {
	x, y := o.key(a), o.key(b)
	if x.Pos.compare(y.Pos) > 0 {
		return x
	}
	return y
}

func (p *policyParser) percentages(o object, n *Node) []Percentage {
	if n.Kind != Map {
		p.mistake(n, "write percentages: {child: 75, other: 25}", "percentages must be a mapping, got %s", n.Kind.describe(n.Text))
		return nil
	}
	var parts []Percentage
	var total money.Rate
	whole := true
	for i, key := range n.Keys {
		rate, ok := o.rate(n.Items[i], "the percentage of "+key.Text)
		parts = append(parts, Percentage{key.Text, rate})
		whole = whole && ok && rate <= hundred && strings.TrimSpace(key.Text) != ""
		total += min(rate, hundred+1)
	}
	switch {
	case total != hundred && (whole || total > hundred):
		p.mistake(n, "", "percentages must total 100, not %v", sumOf(parts))
	case len(n.Keys) == 0:
		p.mistake(n, "", "percentages must total 100, there are none")
	}
	return parts
}

// hundred is 100 %.
const hundred money.Rate = 100 * 10_000_000_000

func sumOf(parts []Percentage) string {
	var total money.Rate
	for _, part := range parts {
		if total += part.Percent; total > money.MaxRate {
			return "more"
		}
	}
	return total.String()
}
