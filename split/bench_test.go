package split_test

import (
	"fmt"
	"testing"

	"example.com/spillway/money"
	"example.com/spillway/split"
	"example.com/spillway/waterfall"
)

// byBranch is the evaluator of a large family with one plain tier, which knows
// where everyone's children are. Benchmarks of it measure the sharing.
type byBranch struct {
	children [][]waterfall.Target
	share    waterfall.Share
}

func (b byBranch) Tier(tier *waterfall.Tier, level split.Level) (bool, error) {
	tier.Share = b.share
	tier.Targets = append(tier.Targets, b.children[level.Parent]...)
	return true, nil
}

// BenchmarkAmong shares among 1,000 leaves in three levels of tens.
func BenchmarkAmong(b *testing.B) {
	f := thousand(func(int) money.Amount { return 500_00 })
	children := make([][]waterfall.Target, len(f.relatives))
	for i, one := range f.relatives[1:] {
		children[one.Parent] = append(children[one.Parent], waterfall.Target{ID: i + 1, Take: 1 << 62, Weight: int64(i%9 + 1)})
	}
	for _, tiers := range []int{1, 3} {
		for share := range waterfall.Equal + 1 {
			b.Run(fmt.Sprintf("tiers=%d/share=%d", tiers, share), func(b *testing.B) {
				f.plan.Tiers = tiers
				evaluator := split.Evaluator(byBranch{children, share})
				b.ReportAllocs()
				var sharer split.Sharer
				var shares []split.Share
				for b.Loop() {
					shares, _, _ = sharer.Among(shares[:0], 98765_43, &f.plan, evaluator)
				}
			})
		}
	}
}

// BenchmarkAmongFew shares between two children, the commonest family.
func BenchmarkAmongFew(b *testing.B) {
	f := newFamily(level(500_00, 700_00), rule{Share: waterfall.ProRata})
	b.ReportAllocs()
	var sharer split.Sharer
	var shares []split.Share
	for b.Loop() {
		shares, _, _ = sharer.Among(shares[:0], 75_00, &f.plan, f)
	}
}

func BenchmarkByPercent(b *testing.B) {
	f := newFamily(level(500_00, 700_00))
	rates := []money.Rate{0, basis(75_00), basis(25_00)}
	b.ReportAllocs()
	var sharer split.Sharer
	var shares []split.Share
	for b.Loop() {
		shares, _ = sharer.ByPercent(shares[:0], 75_00, &f.plan, rates)
	}
}
