package enginetest

import (
	"iter"

	"github.com/leanovate/gopter"
)

// Gen draws whole cases for gopter's properties. They shrink by hand.
func Gen() gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		return gopter.NewGenResult(Draw(p.Rng), gopter.Shrinker(shrinkCase))
	}
}

// shrinkCase is [Shrink] as gopter wants it.
func shrinkCase(v any) gopter.Shrink {
	c, ok := v.(Case)
	if !ok {
		return gopter.NoShrink
	}
	next, _ := iter.Pull(loadable(c))
	return func() (any, bool) {
		smaller, ok := next()
		return smaller, ok
	}
}

// loadable are the smaller cases whose policies load.
func loadable(c Case) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		for smaller := range Shrink(c) {
			if _, err := smaller.Load(); err == nil && !yield(smaller) {
				return
			}
		}
	}
}
