package money_test

import (
	"reflect"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/prop"

	"example.com/spillway/money"
)

// A figure is an amount of a currency with these decimals, or a rate.
type figure struct {
	Decimals int
	Units    int64
}

func TestTextAndDecimalsReadBack(t *testing.T) {
	parameters := gopter.DefaultTestParameters()
	parameters.MinSuccessfulTests = 2000
	parameters.Workers = 1
	properties := gopter.NewProperties(parameters)
	properties.Property("Parse reads back what Format writes", prop.ForAll(func(f figure) bool {
		c, a := custom(t, f.Decimals), money.Amount(f.Units)
		back, err := c.Parse(c.Format(a))
		return err == nil && back == a && c.Format(back) == c.Decimal(a).StringFixed(int32(f.Decimals))
	}, genFigure(int64(money.Max))))
	properties.Property("FromDecimal turns Decimal back", prop.ForAll(func(f figure) bool {
		c, a := custom(t, f.Decimals), money.Amount(f.Units)
		back, err := c.FromDecimal(c.Decimal(a))
		return err == nil && back == a
	}, genFigure(int64(money.Max))))
	properties.Property("ParseRate reads back what String writes", prop.ForAll(func(f figure) bool {
		r := money.Rate(f.Units)
		back, err := money.ParseRate(r.String())
		return err == nil && back == r && r.String() == r.Decimal().String()
	}, genFigure(int64(money.MaxRate))))
	properties.Property("RateFromDecimal turns Decimal back", prop.ForAll(func(f figure) bool {
		back, err := money.RateFromDecimal(money.Rate(f.Units).Decimal())
		return err == nil && int64(back) == f.Units
	}, genFigure(int64(money.MaxRate))))
	properties.TestingRun(t)
}

// genFigure draws a figure of any magnitude up to most, of either sign.
func genFigure(most int64) gopter.Gen {
	return func(parameters *gopter.GenParameters) *gopter.GenResult {
		rng := parameters.Rng
		f := figure{rng.Intn(money.MaxDecimals + 1), rng.Int63n(most>>rng.Intn(45)+1) * int64(1-2*rng.Intn(2))}
		result := gopter.NewGenResult(f, shrinkFigure)
		result.ResultType = reflect.TypeOf(f)
		return result
	}
}

// shrinkFigure tries smaller numbers, then fewer decimals.
func shrinkFigure(value any) gopter.Shrink {
	f := value.(figure)
	var smaller []figure
	for _, units := range less(f.Units) {
		smaller = append(smaller, figure{f.Decimals, units})
	}
	if f.Decimals > 0 {
		smaller = append(smaller, figure{f.Decimals - 1, f.Units})
	}
	return func() (any, bool) {
		if len(smaller) == 0 {
			return nil, false
		}
		next := smaller[0]
		smaller = smaller[1:]
		return next, true
	}
}
