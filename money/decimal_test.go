package money_test

import (
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"example.com/spillway/money"
)

func TestDecimal(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{usd(t).Decimal(25_05).String(), "25.05"},
		{usd(t).Decimal(-5).String(), "-0.05"},
		{lookup(t, "JPY").Decimal(25).String(), "25"},
		{usd(t).Decimal(math.MinInt64).String(), "-92233720368547758.08"},
		{money.Rate(159_900_000_000).Decimal().String(), "15.99"},
		{money.Rate(-1).Decimal().String(), "-0.0000000001"},
	} {
		if c.got != c.want {
			t.Errorf("Decimal = %s, want %s", c.got, c.want)
		}
	}
}

func TestFromDecimal(t *testing.T) {
	for _, c := range []struct {
		d    decimal.Decimal
		want money.Amount
	}{
		{decimal.Decimal{}, 0},
		{decimal.New(25, 0), 25_00},
		{decimal.New(25_000, -3), 25_00},
		{decimal.New(-5, -2), -5},
		{decimal.New(1, 13), money.Max},
		{decimal.New(-1, 13), -money.Max},
		{decimal.New(0, math.MaxInt32), 0},
		{decimal.New(0, math.MinInt32), 0},
		{decimal.NewFromBigInt(power(38), -38), 1_00},
	} {
		if got, err := usd(t).FromDecimal(c.d); err != nil || got != c.want {
			t.Errorf("FromDecimal(%v e%d) = %d, %v, want %d", c.d.Coefficient(), c.d.Exponent(), got, err, c.want)
		}
	}
	if got, err := money.RateFromDecimal(decimal.New(1599, -2)); err != nil || got != 159_900_000_000 {
		t.Errorf("RateFromDecimal(15.99) = %d, %v", got, err)
	}
}

// Not one of these may cost time or memory in proportion to its value.
func TestFromDecimalSaysWhyAtOnce(t *testing.T) {
	huge := new(big.Int).Lsh(big.NewInt(1), 10_000_000)
	past133 := new(big.Int).Lsh(big.NewInt(1), 133) // 10889035741470030830827987437816582766592, the first of 134 bits
	start := time.Now()
	for _, c := range []struct {
		d    decimal.Decimal
		want string
	}{
		{decimal.New(25_001, -3), `"25.001" is too fine, USD has 2 decimals`},
		{decimal.New(1, -3), `"0.001" is too fine, USD has 2 decimals`},
		{decimal.New(1_000_000_000_000_001, -2), `"10000000000000.01" is above the limit of 10^15 minor units`},
		{decimal.New(-1_000_000_000_000_001, -2), `"-10000000000000.01" is below the limit of -10^15 minor units`},
		{decimal.New(1, 40), `"1` + strings.Repeat("0", 39) + `…" is above the limit of 10^15 minor units`},
		{decimal.New(1, 41), `"1e41" is above the limit of 10^15 minor units`},
		{decimal.New(1, 2_000_000_000), `"1e2000000000" is above the limit of 10^15 minor units`},
		{decimal.New(-1, math.MaxInt32), `"-1e2147483647" is below the limit of -10^15 minor units`},
		{decimal.New(1, -2_000_000_000), `"1e-2000000000" is too fine, USD has 2 decimals`},
		{decimal.New(1, -40), `"0.` + strings.Repeat("0", 38) + `…" is too fine, USD has 2 decimals`},
		{decimal.New(1, -41), `"1e-41" is too fine, USD has 2 decimals`},
		{decimal.New(10, math.MinInt32), `"10e-2147483648" is too fine, USD has 2 decimals`},
		{decimal.NewFromBigInt(power(40), -45), `"1` + strings.Repeat("0", 39) + `…" is too fine, USD has 2 decimals`},
		{decimal.NewFromBigInt(new(big.Int).Sub(past133, big.NewInt(1)), 0), `"1088903574147003083082798743781658276659…" is above the limit of 10^15 minor units`},
		{decimal.NewFromBigInt(past133, 0), `"(134 bits)e0" has more than 40 digits`},
		{decimal.NewFromBigInt(huge, 0), `"(10000001 bits)e0" has more than 40 digits`},
		{decimal.NewFromBigInt(huge, math.MinInt32), `"(10000001 bits)e-2147483648" has more than 40 digits`},
	} {
		if got, err := usd(t).FromDecimal(c.d); err == nil || err.Error() != c.want || got != 0 {
			t.Errorf("FromDecimal = %d, %v, want error %s", got, err, c.want)
		}
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("refusing huge decimals took %v", took)
	}
	if _, err := money.RateFromDecimal(decimal.New(1, -11)); err == nil || !strings.Contains(err.Error(), "a rate has 10 decimals") {
		t.Errorf("RateFromDecimal(1e-11) = %v", err)
	}
}

// power is 10^n.
func power(n int64) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil) }
