package money_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"example.com/spillway/money"
)

func BenchmarkApportion(b *testing.B) {
	for _, n := range []int{3, 8, 100, 1000} {
		for _, withRooms := range []bool{false, true} {
			amount, weights, rooms := workload(n, withRooms)
			dst := make([]money.Amount, n)
			b.Run(fmt.Sprintf("targets=%d/rooms=%v", n, withRooms), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					money.Apportion(dst, amount, weights, rooms)
				}
			})
		}
	}
}

// BenchmarkByHand is what a program without this package would do: largest
// remainder by sorting, no rooms, products that must fit 64 bits.
func BenchmarkByHand(b *testing.B) {
	for _, n := range []int{3, 8, 100, 1000} {
		amount, weights, _ := workload(n, false)
		dst, order, remainders := make([]money.Amount, n), make([]int, n), make([]int64, n)
		b.Run(fmt.Sprintf("targets=%d/rooms=false", n), func(b *testing.B) {
			for b.Loop() {
				largestRemainder(dst, amount, weights, order, remainders)
			}
		})
	}
}

func largestRemainder(dst []money.Amount, amount money.Amount, weights []int64, order []int, remainders []int64) {
	total, left := int64(0), amount
	for _, weight := range weights {
		total += weight
	}
	for i, weight := range weights {
		product := int64(amount) * weight
		dst[i], remainders[i], order[i] = money.Amount(product/total), product%total, i
		left -= dst[i]
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(remainders[j], remainders[i]) })
	for _, i := range order[:left] {
		dst[i]++
	}
}

func BenchmarkParse(b *testing.B) {
	currency := usd(b)
	for b.Loop() {
		if _, err := currency.Parse("1234.56"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	currency, dst := usd(b), make([]byte, 0, 32)
	for b.Loop() {
		dst = currency.Append(dst[:0], 1_234_56)
	}
}

func BenchmarkRateOf(b *testing.B) {
	rate, err := money.ParseRate("15.99")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		rate.Of(1_234_56, money.HalfUp)
	}
}
