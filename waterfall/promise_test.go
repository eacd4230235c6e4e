package waterfall_test

import (
	"math/rand"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/prop"
)

// cases says how cases are drawn, and which are one step simpler than one that
// broke a promise.
type cases[C any] struct {
	draw   func(*rand.Rand) C
	shrink func(C) []C
}

// hold checks a promise on drawn cases, one at a time so that a seed draws the
// same cases again.
func (c cases[C]) hold(t *testing.T, promise string, kept func(C) bool) {
	t.Helper()
	parameters := gopter.DefaultTestParameters()
	parameters.MinSuccessfulTests = 1500
	parameters.Workers = 1
	properties := gopter.NewProperties(parameters)
	properties.Property(promise, prop.ForAll(kept, c.generate))
	properties.TestingRun(t)
}

// generate is a generator of whole cases.
func (c cases[C]) generate(parameters *gopter.GenParameters) *gopter.GenResult {
	return gopter.NewGenResult(c.draw(parameters.Rng), func(value any) gopter.Shrink {
		simpler := c.shrink(value.(C))
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
