package money_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"example.com/spillway/money"
)

// What each mode makes of n/4, written by hand.
func TestMulDivRounds(t *testing.T) {
	for _, c := range []struct {
		quarters                   int64
		halfUp, halfEven, down, up int64
	}{
		{0, 0, 0, 0, 0},
		{1, 0, 0, 0, 1}, {2, 1, 0, 0, 1}, {3, 1, 1, 0, 1}, {4, 1, 1, 1, 1},
		{5, 1, 1, 1, 2}, {6, 2, 2, 1, 2}, {7, 2, 2, 1, 2}, {8, 2, 2, 2, 2},
		{9, 2, 2, 2, 3}, {10, 3, 2, 2, 3}, {11, 3, 3, 2, 3}, {14, 4, 4, 3, 4},
	} {
		for mode, want := range []int64{money.HalfUp: c.halfUp, money.HalfEven: c.halfEven, money.Down: c.down, money.Up: c.up} {
			for _, s := range [][3]int64{{1, 1, 1}, {-1, 1, -1}, {1, -1, -1}, {-1, -1, 1}} {
				got, ok := money.Rounding(mode).MulDiv(s[0]*c.quarters, 1, s[1]*4)
				if !ok || got != s[2]*want {
					t.Errorf("%v of %d/%d = %d, %v, want %d", money.Rounding(mode), s[0]*c.quarters, s[1]*4, got, ok, s[2]*want)
				}
			}
		}
	}
}

func TestMulDivFits(t *testing.T) {
	for _, c := range []struct {
		mode    money.Rounding
		a, n, d int64
		want    int64
		ok      bool
	}{
		{money.HalfUp, 1, 1, 0, 0, false},
		{money.HalfUp, 0, 0, 0, 0, false},
		{money.HalfUp, math.MinInt64, 1, 1, math.MinInt64, true},
		{money.HalfUp, math.MinInt64, 1, -1, 0, false},
		{money.HalfUp, math.MinInt64, math.MinInt64, math.MinInt64, math.MinInt64, true},
		{money.HalfUp, math.MaxInt64, math.MaxInt64, math.MaxInt64, math.MaxInt64, true},
		{money.HalfUp, math.MaxInt64, math.MaxInt64, 1, 0, false},
		{money.Up, math.MaxInt64, 3, 3, math.MaxInt64, true},
		{money.Up, math.MaxInt64, math.MaxInt64, math.MaxInt64 - 1, 0, false},
		{money.HalfUp, math.MinInt64, 1, 2, math.MinInt64 / 2, true},
		{money.Up, 1<<63 - 1<<32 + 1, 1<<63 - 1<<32 + 1, 1<<62 - 1<<32 + 2, 0, false}, // just below 2^64, and 2^64 rounded
	} {
		if got, ok := c.mode.MulDiv(c.a, c.n, c.d); got != c.want || ok != c.ok {
			t.Errorf("%v.MulDiv(%d, %d, %d) = %d, %v, want %d, %v", c.mode, c.a, c.n, c.d, got, ok, c.want, c.ok)
		}
	}
}

func TestMulDivAgreesWithBig(t *testing.T) {
	for mode := range money.Up + 1 {
		for _, a := range edges {
			for _, n := range edges {
				for _, d := range edges {
					want, wantOK := slowMulDiv(mode, a, n, d)
					if got, ok := mode.MulDiv(a, n, d); got != want || ok != wantOK {
						t.Fatalf("%v.MulDiv(%d, %d, %d) = %d, %v, want %d, %v", mode, a, n, d, got, ok, want, wantOK)
					}
				}
			}
		}
	}
}

// slowMulDiv rounds |a*n/d| by adding a fraction and dropping what is left.
func slowMulDiv(mode money.Rounding, a, n, d int64) (int64, bool) {
	if d == 0 {
		return 0, false
	}
	product := new(big.Int).Mul(big.NewInt(a), big.NewInt(n))
	exact := new(big.Rat).SetFrac(product, big.NewInt(d))
	size := new(big.Rat).Abs(exact)
	floor := new(big.Int).Quo(size.Num(), size.Denom())
	over := new(big.Rat).Sub(size, new(big.Rat).SetInt(floor)).Cmp(big.NewRat(1, 2))
	up := false
	switch mode {
	case money.HalfUp:
		up = over >= 0
	case money.HalfEven:
		up = over > 0 || over == 0 && floor.Bit(0) == 1
	case money.Up:
		up = !size.IsInt()
	}
	if up {
		floor.Add(floor, big.NewInt(1))
	}
	if exact.Sign() < 0 {
		floor.Neg(floor)
	}
	if !floor.IsInt64() {
		return 0, false
	}
	return floor.Int64(), true
}

func TestRoundingWords(t *testing.T) {
	want := []string{"half_up", "half_even", "down", "up"}
	if got := money.RoundingWords(); !slices.Equal(got, want) {
		t.Errorf("RoundingWords() = %q, want %q", got, want)
	}
	for i, word := range want {
		if r, ok := money.ParseRounding(word); !ok || r != money.Rounding(i) || r.String() != word {
			t.Errorf("ParseRounding(%q) = %v, %v", word, r, ok)
		}
	}
	for _, word := range []string{"", "HALF_UP", "nearest", "half"} {
		if r, ok := money.ParseRounding(word); ok {
			t.Errorf("ParseRounding(%q) = %v, want none", word, r)
		}
	}
	for value, word := range map[money.Rounding]string{4: "rounding(4)", 9: "rounding(9)"} {
		if got := value.String(); got != word {
			t.Errorf("Rounding(%d) = %q, want %q", uint8(value), got, word)
		}
	}
}
