package split_test

import (
	"math/rand"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/prop"
)

// holds checks a promise on drawn cases, one at a time so that a seed draws the
// same cases again.
func holds(t *testing.T, promise string, kept func(sharedCase) bool) {
	t.Helper()
	parameters := gopter.DefaultTestParameters()
	parameters.MinSuccessfulTests = 1500
	parameters.Workers = 1
	properties := gopter.NewProperties(parameters)
	properties.Property(promise, prop.ForAll(kept, generate(drawCase)))
	properties.TestingRun(t)
}

// generate is a generator of whole cases.
func generate(draw func(*rand.Rand) sharedCase) gopter.Gen {
	return func(parameters *gopter.GenParameters) *gopter.GenResult {
		return gopter.NewGenResult(draw(parameters.Rng), func(value any) gopter.Shrink {
			simpler := shrinkCase(value.(sharedCase))
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
}
