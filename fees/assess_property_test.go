package fees_test

import (
	"math"
	"math/rand"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/prop"

	"example.com/spillway/fees"
	"example.com/spillway/money"
)

// A feeCase is one whole drawn call of Assess.
type feeCase struct {
	Schedule fees.Schedule
	Amount   money.Amount
}

// as assesses the case's fee as if its schedule were of another type.
func (c feeCase) as(kind fees.Type) (money.Amount, bool) {
	c.Schedule.Type = kind
	return fees.Assess(c.Schedule, c.Amount)
}

// drawFee draws figures that are close together, and now and then huge ones.
func drawFee(r *rand.Rand) feeCase {
	scale := int64(200)
	if r.Intn(6) == 0 {
		scale = math.MaxInt64
	}
	amount := func() money.Amount { return money.Amount(r.Int63n(scale)) }
	return feeCase{Amount: amount(), Schedule: fees.Schedule{
		Type:       fees.Type(r.Intn(6)),
		Flat:       amount(),
		Percentage: money.Rate(r.Int63n(200 * 1e10)), // up to 200 %
		Minimum:    amount() / 2,
		Maximum:    amount(),
		HasMaximum: r.Intn(2) == 0,
		Round:      money.Rounding(r.Intn(4)),
	}}
}

// shrinkFee offers the cases that are one step simpler.
func shrinkFee(c feeCase) (simpler []feeCase) {
	change := func(step func(*feeCase)) {
		next := c
		if step(&next); next != c {
			simpler = append(simpler, next)
		}
	}
	change(func(c *feeCase) { c.Amount /= 2 })
	change(func(c *feeCase) { c.Schedule.Flat /= 2 })
	change(func(c *feeCase) { c.Schedule.Percentage /= 2 })
	change(func(c *feeCase) { c.Schedule.Minimum = 0 })
	change(func(c *feeCase) { c.Schedule.Maximum /= 2 })
	change(func(c *feeCase) { c.Schedule.HasMaximum = false })
	change(func(c *feeCase) { c.Schedule.Round = money.HalfUp })
	return simpler
}

// generate is a generator of whole cases.
func generate(parameters *gopter.GenParameters) *gopter.GenResult {
	return gopter.NewGenResult(drawFee(parameters.Rng), func(value any) gopter.Shrink {
		simpler := shrinkFee(value.(feeCase))
		return func() (any, bool) {
			if len(simpler) == 0 {
				return nil, false
			}
			next := simpler[0]
			simpler = simpler[1:]
			return next, true
		}
	})
}

func TestAssessPromises(t *testing.T) {
	parameters := gopter.DefaultTestParameters()
	parameters.MinSuccessfulTests = 3000
	parameters.Workers = 1 // so that a seed draws the same cases again
	properties := gopter.NewProperties(parameters)
	hold := func(promise string, kept func(feeCase) bool) {
		properties.Property(promise, prop.ForAll(kept, generate))
	}
	hold("no fee is below 0, nor below the minimum", func(c feeCase) bool {
		fee, ok := fees.Assess(c.Schedule, c.Amount)
		capped := c.Schedule.HasMaximum && c.Schedule.Maximum < c.Schedule.Minimum
		return fee >= 0 && (!ok || capped || c.Schedule.Type == fees.Waive || fee >= c.Schedule.Minimum)
	})
	hold("no fee is above the maximum", func(c feeCase) bool {
		fee, _ := fees.Assess(c.Schedule, c.Amount)
		return !c.Schedule.HasMaximum || fee <= c.Schedule.Maximum
	})
	hold("what is waived is 0", func(c feeCase) bool {
		fee, ok := c.as(fees.Waive)
		return fee == 0 && ok
	})
	hold("a fee that is not ok is 0", func(c feeCase) bool {
		fee, ok := fees.Assess(c.Schedule, c.Amount)
		return ok || fee == 0
	})
	hold("lesser <= greater <= sum", func(c feeCase) bool {
		lesser, _ := c.as(fees.Lesser)
		greater, ok := c.as(fees.Greater)
		sum, sumOK := c.as(fees.Sum)
		return lesser <= greater && (!sumOK || ok && greater <= sum)
	})
	hold("lesser and greater are flat and percentage", func(c feeCase) bool {
		flat, _ := c.as(fees.Flat)
		percentage, ok := c.as(fees.Percentage)
		lesser, lesserOK := c.as(fees.Lesser)
		greater, greaterOK := c.as(fees.Greater)
		if !ok {
			return !lesserOK && !greaterOK
		}
		return lesser == min(flat, percentage) && greater == max(flat, percentage)
	})
	properties.TestingRun(t)
}
