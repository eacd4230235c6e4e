package waterfall

import (
	"slices"

	"example.com/spillway/money"
)

// fillRanks lets each rank in turn share what the ranks before it left.
func (p *Pool) fillRanks(parts []Part, left money.Amount, tier *Tier) ([]Part, money.Amount) {
	for start := 0; start < len(p.places) && left > 0; {
		end := start + 1
		for end < len(p.places) && tier.compare(p.places[start], p.places[end]) == 0 {
			end++
		}
		if end == start+1 {
			parts, left = tier.fillOne(parts, left, p.places[start].target)
		} else {
			parts, left = p.fillRank(parts, left, tier, p.places[start:end])
		}
		start = end
	}
	return parts, left
}

// fillOne lets the only target of a rank take: it shares with nobody, but for
// that it takes nothing if it weighs nothing.
func (t *Tier) fillOne(parts []Part, left money.Amount, i int) ([]Part, money.Amount) {
	target := &t.Targets[i]
	switch {
	case target.Take <= 0:
		return parts, left
	case t.Share != ProRata:
	case t.Wide != nil && (t.Wide[i] == nil || t.Wide[i].Sign() <= 0), t.Wide == nil && target.Weight <= 0:
		return parts, left
	}
	part := min(left, target.Take)
	return append(parts, Part{target.ID, part}), left - part
}

// fillRank lets the targets of a rank share.
func (p *Pool) fillRank(parts []Part, left money.Amount, tier *Tier, rank []place) ([]Part, money.Amount) {
	left = p.share(left, tier, rank)
	for i, place := range rank {
		if p.taken[i] > 0 {
			parts = append(parts, Part{tier.Targets[place.target].ID, p.taken[i]})
		}
	}
	return parts, left
}

// share sets taken to what each of rank takes, and returns what none could.
func (p *Pool) share(left money.Amount, tier *Tier, rank []place) (rest money.Amount) {
	p.taken = slices.Grow(p.taken[:0], len(rank))[:len(rank)]
	p.rooms = p.rooms[:0]
	for _, place := range rank {
		p.rooms = append(p.rooms, tier.Targets[place.target].Take)
	}
	if tier.Share == ProRata && tier.Wide != nil {
		p.wide = p.wide[:0]
		for _, place := range rank {
			p.wide = append(p.wide, tier.Wide[place.target])
		}
		return money.ApportionWide(p.taken, left, p.wide, p.rooms)
	}
	p.weights = p.weights[:0]
	for _, place := range rank {
		weight := int64(1)
		if tier.Share == ProRata {
			weight = tier.Targets[place.target].Weight
		}
		p.weights = append(p.weights, weight)
	}
	return money.Apportion(p.taken, left, p.weights, p.rooms)
}
