package fees_test

import (
	"math"
	"testing"

	"example.com/spillway/fees"
	"example.com/spillway/money"
)

// rate reads a rate in percent.
func rate(t testing.TB, text string) money.Rate {
	t.Helper()
	r, err := money.ParseRate(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestAssess has the figures of the shared cases about fees.
func TestAssess(t *testing.T) {
	five, ten, two := rate(t, "5"), rate(t, "10"), rate(t, "2.5")
	clamped := fees.Schedule{Type: fees.Percentage, Percentage: two, Minimum: 50, Maximum: 2_00, HasMaximum: true}
	percent := func(mode money.Rounding) fees.Schedule {
		return fees.Schedule{Type: fees.Percentage, Percentage: five, Round: mode}
	}
	both := func(kind fees.Type, flat money.Amount, r money.Rate) fees.Schedule {
		return fees.Schedule{Type: kind, Flat: flat, Percentage: r}
	}
	tests := []struct {
		name     string
		schedule fees.Schedule
		amount   money.Amount
		want     money.Amount
	}{
		{"nothing by default", fees.Schedule{}, 289_38, 0},
		{"waived, whatever the minimum", fees.Schedule{Type: fees.Waive, Minimum: 1_00}, 289_38, 0},
		{"flat", both(fees.Flat, 5_00, five), 289_38, 5_00},
		{"percentage", both(fees.Percentage, 5_00, five), 289_38, 14_47},
		{"greater", both(fees.Greater, 5_00, five), 289_38, 14_47},
		{"lesser", both(fees.Lesser, 5_00, five), 289_38, 5_00},
		{"the seed's loan request", both(fees.Percentage, 10_00, five), 10_00, 50},
		{"sum", both(fees.Sum, 1_00, ten), 20_00, 3_00},
		{"the percentage is rounded before it is added", both(fees.Sum, 1_00, ten), 1_11, 1_11},
		{"5 % of 0.50, half up", percent(money.HalfUp), 50, 3},
		{"5 % of 0.50, half even", percent(money.HalfEven), 50, 2},
		{"5 % of 0.50, down", percent(money.Down), 50, 2},
		{"5 % of 0.50, up", percent(money.Up), 50, 3},
		{"5 % of 0.70, half even", percent(money.HalfEven), 70, 4},
		{"5 % of 0.41, up", percent(money.Up), 41, 3},
		{"5 % of 0.39, down", percent(money.Down), 39, 1},
		{"at least the minimum", clamped, 19_99, 50},
		{"between, 2.5 % of 20.20 is 0.505", clamped, 20_20, 51},
		{"at most the maximum", clamped, 80_20, 2_00},
		{"lesser compares with the rounded percentage", both(fees.Lesser, 3, five), 50, 3},
		{"lesser, the percentage is less", both(fees.Lesser, 3, five), 49, 2},
		{"a flat fee below the minimum", fees.Schedule{Type: fees.Flat, Flat: 40, Minimum: 1_00}, 60_00, 1_00},
		{"a maximum of 0", fees.Schedule{Type: fees.Flat, Flat: 40, HasMaximum: true}, 60_00, 0},
		{"the maximum has the last word", fees.Schedule{Type: fees.Flat, Minimum: 3_00, Maximum: 2_00, HasMaximum: true}, 60_00, 2_00},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := fees.Assess(test.schedule, test.amount)
			if got != test.want || !ok {
				t.Errorf("Assess(%+v, %d) = %d, %t, want %d, true", test.schedule, test.amount, got, ok, test.want)
			}
		})
	}
}

func TestAssessIsNotOK(t *testing.T) {
	tests := []struct {
		name     string
		schedule fees.Schedule
		amount   money.Amount
	}{
		{"a percentage too large", fees.Schedule{Type: fees.Percentage, Percentage: rate(t, "200")}, math.MaxInt64},
		{"even where the flat fee is less", fees.Schedule{Type: fees.Lesser, Percentage: rate(t, "200")}, math.MaxInt64},
		{"a sum too large", fees.Schedule{Type: fees.Sum, Flat: 1, Percentage: rate(t, "100")}, math.MaxInt64},
		{"though the maximum is small", fees.Schedule{Type: fees.Sum, Flat: 1, Percentage: rate(t, "100"), HasMaximum: true}, math.MaxInt64},
		{"a type of nobody's", fees.Schedule{Type: fees.Sum + 1, Minimum: 5}, 1_00},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if fee, ok := fees.Assess(test.schedule, test.amount); ok || fee != 0 {
				t.Errorf("Assess(%+v, %d) = %d, %t, want 0, false", test.schedule, test.amount, fee, ok)
			}
		})
	}
}

func TestAssessAllocates(t *testing.T) {
	schedule := fees.Schedule{Type: fees.Lesser, Flat: 5_00, Percentage: rate(t, "2.75"), Minimum: 25}
	if n := testing.AllocsPerRun(20, func() { fees.Assess(schedule, 289_38) }); n != 0 {
		t.Errorf("Assess allocates %v times", n)
	}
}

func BenchmarkAssess(b *testing.B) {
	schedule := fees.Schedule{Type: fees.Lesser, Flat: 5_00, Percentage: rate(b, "2.75"), Minimum: 25}
	b.ReportAllocs()
	for b.Loop() {
		fees.Assess(schedule, 289_38)
	}
}
