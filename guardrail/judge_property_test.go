package guardrail_test

import (
	"slices"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/prop"

	g "example.com/spillway/guardrail"
)

// A hitsCase is one whole drawn call of Refuses.
type hitsCase struct {
	Hits     []g.Hit
	Ignore   bool
	Override g.Override
}

// has says whether any of the hits is as asked.
func (c hitsCase) has(as func(g.Hit) bool) bool { return slices.ContainsFunc(c.Hits, as) }

func (c hitsCase) refused() bool { return g.Refuses(c.Hits, c.Ignore, c.Override) }

// generate draws whole cases; a simpler case has a hit less.
func generate(parameters *gopter.GenParameters) *gopter.GenResult {
	r := parameters.Rng
	c := hitsCase{Ignore: r.Intn(3) > 0, Override: g.Override(r.Intn(2))}
	for range r.Intn(4) {
		c.Hits = append(c.Hits, g.Hit{Severity: g.Severity(r.Intn(3)), Overridable: r.Intn(4) > 0})
	}
	return gopter.NewGenResult(c, func(value any) gopter.Shrink {
		whole, without := value.(hitsCase), 0
		return func() (any, bool) {
			if without >= len(whole.Hits) {
				return nil, false
			}
			fewer := whole
			fewer.Hits = slices.Delete(slices.Clone(whole.Hits), without, without+1)
			without++
			return fewer, true
		}
	})
}

func TestJudgePromises(t *testing.T) {
	parameters := gopter.DefaultTestParameters()
	parameters.MinSuccessfulTests = 2000
	parameters.Workers = 1 // so that a seed draws the same cases again
	properties := gopter.NewProperties(parameters)
	firm := func(hit g.Hit) bool { return hit.Severity != g.Notice && !hit.Overridable }
	failed := func(hit g.Hit) bool { return hit.Severity == g.Error }
	grave := func(hit g.Hit) bool { return hit.Severity != g.Notice }
	properties.Property("what is not overridable refuses whoever asks", prop.ForAll(func(c hitsCase) bool {
		return !c.has(firm) || c.refused()
	}, generate))
	properties.Property("with OverrideWarnings, an error refuses whoever asks", prop.ForAll(func(c hitsCase) bool {
		return c.Override != g.OverrideWarnings || !c.has(failed) || c.refused()
	}, generate))
	properties.Property("without ignore, an error and a warning refuse", prop.ForAll(func(c hitsCase) bool {
		return c.Ignore || c.refused() == c.has(grave)
	}, generate))
	properties.Property("a notice never refuses", prop.ForAll(func(c hitsCase) bool {
		return c.has(grave) || !c.refused()
	}, generate))
	properties.Property("all that is overridable is bypassed", prop.ForAll(func(c hitsCase) bool {
		return !c.Ignore || c.Override != g.OverrideAll || c.has(firm) || !c.refused()
	}, generate))
	properties.TestingRun(t)
}
