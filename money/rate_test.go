package money_test

import (
	"math"
	"strings"
	"testing"

	"example.com/spillway/money"
)

func TestParseRate(t *testing.T) {
	for _, c := range []struct {
		text  string
		want  money.Rate
		short string
	}{
		{"15.99", 159_900_000_000, "15.99"}, {"5", 50_000_000_000, "5"}, {"-0.125", -1_250_000_000, "-0.125"},
		{"0", 0, "0"}, {"-0", 0, "0"}, {"0.0000000001", 1, "0.0000000001"}, {"-0.0000000001", -1, "-0.0000000001"},
		{"75.00", 750_000_000_000, "75"}, {"100", 1_000_000_000_000, "100"},
		{"1000000", money.MaxRate, "1000000"}, {"-1000000.000", -money.MaxRate, "-1000000"},
		{"999999.9999999999", money.MaxRate - 1, "999999.9999999999"},
	} {
		got, err := money.ParseRate(c.text)
		if err != nil || got != c.want || got.String() != c.short {
			t.Errorf("ParseRate(%q) = %d (%v), %v, want %d (%s)", c.text, got, got, err, c.want, c.short)
		}
	}
	if got := money.Rate(math.MinInt64).String(); got != "-922337203.6854775808" {
		t.Errorf("smallest rate = %q", got)
	}
}

func TestParseRateSaysWhy(t *testing.T) {
	for text, want := range map[string]string{
		"0.00000000001":      `"0.00000000001" has 11 decimals, a rate has 10`,
		"1000000.0000000001": `"1000000.0000000001" is above the limit of 1000000 percent`,
		"-1000001":           `"-1000001" is below the limit of -1000000 percent`,
		"5%":                 `"5%" has a percent sign, leave it out`,
		"1e2":                `"1e2" exponents are not allowed, write it out`,
		"05":                 `"05" starts with a zero, leave it out`,
		"":                   `"" is empty, write a number like 25.00`,
	} {
		if got, err := money.ParseRate(text); err == nil || err.Error() != want || got != 0 {
			t.Errorf("ParseRate(%q) = %d, %v, want error %s", text, got, err, want)
		}
	}
	if _, err := money.ParseRate(strings.Repeat("1", 1_000_000)); err == nil {
		t.Error("ParseRate accepts a million digits")
	}
}

func TestRateOf(t *testing.T) {
	for _, c := range []struct {
		percent string
		amount  money.Amount
		mode    money.Rounding
		want    money.Amount
	}{
		{"5", 100_00, money.HalfUp, 5_00},
		{"5", 10, money.HalfUp, 1}, // 0.5 of a cent
		{"5", 10, money.HalfEven, 0},
		{"5", 30, money.HalfEven, 2}, // 1.5
		{"5", 30, money.Down, 1},
		{"5", 1, money.Up, 1},
		{"5", -10, money.HalfUp, -1},
		{"-5", 10, money.HalfUp, -1},
		{"-5", 10, money.Down, 0},
		{"15.99", 1_234_56, money.HalfUp, 197_41}, // 197.406144
		{"0.0000000001", money.Max, money.HalfUp, 1_000},
		{"1000000", 1_00, money.HalfUp, 10_000_00},
		{"100", math.MinInt64, money.HalfUp, math.MinInt64},
	} {
		rate, err := money.ParseRate(c.percent)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := rate.Of(c.amount, c.mode); !ok || got != c.want {
			t.Errorf("%s %% of %d, %v = %d, %v, want %d", c.percent, c.amount, c.mode, got, ok, c.want)
		}
	}
	if got, ok := money.MaxRate.Of(money.Max, money.HalfUp); ok || got != 0 {
		t.Errorf("MaxRate.Of(Max) = %d, %v, want not ok", got, ok)
	}
}
