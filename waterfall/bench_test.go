package waterfall_test

import (
	"fmt"
	"testing"

	"example.com/spillway/waterfall"
)

// BenchmarkFill fills tiers of a card's size and of a large family's, in the
// order in which everyTier makes them.
func BenchmarkFill(b *testing.B) {
	for _, n := range []int{8, 1000} {
		for _, tier := range everyTier(n) {
			name := fmt.Sprintf("targets=%d/keys=%d/share=%d/whole=%d", n, tier.NKeys, tier.Share, tier.Whole)
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				var pool waterfall.Pool
				var parts []waterfall.Part
				for b.Loop() {
					parts, _ = pool.Fill(parts[:0], 20*100, &tier)
				}
			})
		}
	}
}

func BenchmarkDirect(b *testing.B) {
	directions := waterfall.Directions{List: []waterfall.Direction{to(fees, 6_00), to(principal, 5_00), to(fees, 4_00)}}
	b.ReportAllocs()
	var pool waterfall.Pool
	var parts []waterfall.Part
	for b.Loop() {
		parts, _ = pool.Direct(parts[:0], 50_00, &directions)
	}
}
