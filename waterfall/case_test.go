package waterfall_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand"
	"slices"

	"example.com/spillway/money"
	"example.com/spillway/waterfall"
)

// A tierCase is one whole drawn call of Fill.
type tierCase struct {
	Amount money.Amount
	Tier   waterfall.Tier
}

// fill runs the case.
func (c tierCase) fill() ([]waterfall.Part, money.Amount) {
	var pool waterfall.Pool
	return pool.Fill(nil, c.Amount, &c.Tier)
}

// took returns what each target took, by its ID: drawn IDs are its position.
func (c tierCase) took() []money.Amount {
	parts, _ := c.fill()
	took := make([]money.Amount, len(c.Tier.Targets))
	for _, part := range parts {
		took[part.ID] += part.Amount
	}
	return took
}

func (c tierCase) String() string { return fmt.Sprintf("{%d %+v}", c.Amount, c.Tier) }

// most is as large as a sum of many amounts can be.
const most = money.Amount(math.MaxInt64)

// drawTier draws mostly small tiers with many ties, and now and then huge ones.
func drawTier(r *rand.Rand) tierCase {
	n, scale := r.Intn(9), int64(40)
	switch r.Intn(12) {
	case 0:
		n = 20 + r.Intn(40)
	case 1:
		scale = math.MaxInt64
	}
	tier := waterfall.Tier{
		Cap:     waterfall.NoCap,
		Share:   waterfall.Share(r.Intn(3)),
		NKeys:   r.Intn(4),
		Targets: make([]waterfall.Target, n),
	}
	if tier.Share == waterfall.InTurn {
		tier.Whole = waterfall.Whole(r.Intn(3))
	}
	if r.Intn(3) == 0 {
		tier.Cap = money.Amount(r.Int63n(scale)) - 2
	}
	for i := range tier.Targets {
		tier.Targets[i] = waterfall.Target{
			ID:     i,
			Take:   money.Amount(r.Int63n(scale)) - 3,
			Weight: r.Int63n(scale) - 4,
			Group:  r.Intn(4) - 1,
		}
	}
	for range n * tier.NKeys {
		tier.Keys = append(tier.Keys, r.Int63n(3)-1)
	}
	if r.Intn(4) == 0 {
		tier.Wide = drawWide(r, n)
	}
	return tierCase{money.Amount(r.Int63n(min(scale, math.MaxInt64/4)*4)) - 5, tier}
}

// drawWide draws weights, most of which no int64 holds.
func drawWide(r *rand.Rand, n int) []*big.Int {
	wide := make([]*big.Int, n)
	for i := range wide {
		wide[i] = big.NewInt(r.Int63() - math.MaxInt64/8)
		wide[i].Lsh(wide[i], uint(r.Intn(20)))
	}
	return wide
}

// shrinkTier offers the cases that are one step simpler.
func shrinkTier(c tierCase) (simpler []tierCase) {
	add := func(amount money.Amount, change func(*waterfall.Tier)) {
		next := tierCase{amount, c.Tier}
		next.Tier.Targets = slices.Clone(c.Tier.Targets)
		next.Tier.Keys = slices.Clone(c.Tier.Keys)
		next.Tier.Wide = slices.Clone(c.Tier.Wide)
		change(&next.Tier)
		simpler = append(simpler, next)
	}
	for i := range c.Tier.Targets {
		add(c.Amount, func(t *waterfall.Tier) { dropTarget(t, i) })
	}
	if c.Tier.NKeys > 0 {
		add(c.Amount, func(t *waterfall.Tier) { t.NKeys, t.Keys = 0, nil })
	}
	if c.Tier.Cap != waterfall.NoCap {
		add(c.Amount, func(t *waterfall.Tier) { t.Cap = waterfall.NoCap })
		if c.Tier.Cap > 1 {
			add(c.Amount, func(t *waterfall.Tier) { t.Cap /= 2 })
		}
	}
	if c.Tier.Wide != nil {
		add(c.Amount, func(t *waterfall.Tier) { t.Wide = nil })
	}
	for i, target := range c.Tier.Targets {
		if target.Take > 1 {
			add(c.Amount, func(t *waterfall.Tier) { t.Targets[i].Take /= 2 })
		}
		if target.Weight > 1 {
			add(c.Amount, func(t *waterfall.Tier) { t.Targets[i].Weight /= 2 })
		}
	}
	if c.Amount > 1 {
		add(c.Amount/2, func(*waterfall.Tier) {})
		add(c.Amount-1, func(*waterfall.Tier) {})
	}
	return simpler
}

// dropTarget leaves out one target; those after it keep saying where they are.
func dropTarget(t *waterfall.Tier, i int) {
	t.Targets = slices.Delete(t.Targets, i, i+1)
	t.Keys = slices.Delete(t.Keys, i*t.NKeys, (i+1)*t.NKeys)
	if t.Wide != nil {
		t.Wide = slices.Delete(t.Wide, i, i+1)
	}
	for at := range t.Targets {
		t.Targets[at].ID = at
	}
}
