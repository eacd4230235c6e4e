package money_test

import (
	"math"
	"math/big"
	"testing"

	"example.com/spillway/money"
)

// edges are the numbers where 64-bit arithmetic goes wrong first.
var edges = []int64{
	math.MinInt64, math.MinInt64 + 1, math.MinInt64 / 2, -int64(money.Max), -3, -2, -1,
	0, 1, 2, 3, 1 << 31, 1 << 32, int64(money.Max), math.MaxInt64 / 2, math.MaxInt64/2 + 1, math.MaxInt64 - 1, math.MaxInt64,
}

func TestCheckedArithmetic(t *testing.T) {
	operations := []struct {
		name string
		fast func(a, b int64) (money.Amount, bool)
		slow func(z, a, b *big.Int) *big.Int
	}{
		{"Add", func(a, b int64) (money.Amount, bool) { return money.Amount(a).Add(money.Amount(b)) }, (*big.Int).Add},
		{"Sub", func(a, b int64) (money.Amount, bool) { return money.Amount(a).Sub(money.Amount(b)) }, (*big.Int).Sub},
		{"Mul", func(a, b int64) (money.Amount, bool) { return money.Amount(a).Mul(b) }, (*big.Int).Mul},
	}
	for _, op := range operations {
		for _, a := range edges {
			for _, b := range edges {
				exact := op.slow(new(big.Int), big.NewInt(a), big.NewInt(b))
				want, wantOK := money.Amount(0), exact.IsInt64()
				if wantOK {
					want = money.Amount(exact.Int64())
				}
				if got, ok := op.fast(a, b); got != want || ok != wantOK {
					t.Errorf("%s(%d, %d) = %d, %v, want %d, %v", op.name, a, b, got, ok, want, wantOK)
				}
			}
		}
	}
}

func TestAThousandMaxAddUp(t *testing.T) {
	var sum money.Amount
	for range 1000 {
		var ok bool
		if sum, ok = sum.Add(money.Max); !ok {
			t.Fatal("a thousand amounts of money.Max overflow")
		}
	}
}
