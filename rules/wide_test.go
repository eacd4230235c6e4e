package rules

import (
	"math"
	"math/big"
	"math/rand"
	"testing"
)

// Every operation of wide against math/big, on words that sit at the edges.
func TestWideAgainstBig(t *testing.T) {
	edges := []int64{0, 1, -1, 2, 10, -10, 1e15, -1e15, math.MaxInt64, math.MinInt64 + 1, 1 << 32, -1 << 32, 1<<62 + 12345}
	random := rand.New(rand.NewSource(1))
	word := func() int64 {
		if random.Intn(3) == 0 {
			return edges[random.Intn(len(edges))]
		}
		return random.Int63() >> random.Intn(63) * int64(1-2*random.Intn(2))
	}
	for range 200_000 {
		a, b, m := word(), word(), int64(random.Intn(1000)-500)
		x, y := mulWide(a>>1, b>>1), mulWide(b>>2, m)
		bx := new(big.Int).Mul(big.NewInt(a>>1), big.NewInt(b>>1))
		by := new(big.Int).Mul(big.NewInt(b>>2), big.NewInt(m))
		check := func(op string, got wide, want *big.Int) {
			if got.big().Cmp(want) != 0 || wideOf(want) != got {
				t.Fatalf("%s of %v and %v = %v, want %v", op, bx, by, got.big(), want)
			}
		}
		check("x", x, bx)
		check("y", y, by)
		check("sum", x.add(y), new(big.Int).Add(bx, by))
		check("difference", x.sub(y), new(big.Int).Sub(bx, by))
		check("negation", x.neg(), new(big.Int).Neg(bx))
		check("product", y.mul(m), new(big.Int).Mul(by, big.NewInt(m)))
		if x.cmp(y) != bx.Cmp(by) || x.sign() != bx.Sign() {
			t.Fatalf("%v and %v compare as %d, sign %d", bx, by, x.cmp(y), x.sign())
		}
		if n, ok := y.narrow(); ok != by.IsInt64() || ok && n != by.Int64() {
			t.Fatalf("%v narrows to %d, %v", by, n, ok)
		}
		if widen(a).big().Cmp(big.NewInt(a)) != 0 {
			t.Fatalf("widen(%d) = %v", a, widen(a).big())
		}
	}
}
