package enginetest

import (
	"iter"

	"github.com/leanovate/gopter"

	"example.com/spillway/engine"
)

// Gen draws whole cases for gopter's properties. They shrink by hand.
//
// A run repeats with its seed where the parameters have one worker only.
func Gen() gopter.Gen { return generator(Draw, Case.loads) }

// GenLife draws whole lives for gopter's properties. They shrink by hand.
func GenLife() gopter.Gen { return generator(DrawLife, Life.loads) }

// GenOf draws cases that a host's policy can meet, for gopter's properties. Their
// own Policy is nil.
func GenOf(policy *engine.Policy) gopter.Gen {
	words := WordsOf(policy)
	return generator(func(src Source) (c Case) {
		c.Account, c.Payment = DrawInput(src, words)
		return c
	}, Case.loads)
}

// GenLifeOf draws lives that a host's policy can meet, for gopter's properties.
// Their own Policy is nil.
func GenLifeOf(policy *engine.Policy) gopter.Gen {
	words := WordsOf(policy)
	return generator(func(src Source) (l Life) {
		l.Account, l.Events = DrawEvents(src, words)
		return l
	}, Life.loads)
}

// loads says whether the policy does.
func (c Case) loads() bool { return loadable(c.Policy) }

// loads says whether the policy does.
func (l Life) loads() bool { return loadable(l.Policy) }

func loadable(p *Policy) bool {
	if p == nil {
		return true // it is a host's
	}
	_, err := p.Load()
	return err == nil
}

// generator makes a generator of gopter's. It shrinks to what is still wanted.
func generator[S shrinkable[S]](draw func(Source) S, wanted func(S) bool) gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		return gopter.NewGenResult(draw(p.Rng), smaller(wanted))
	}
}

// smaller is [shrink] as gopter wants it.
func smaller[S shrinkable[S]](wanted func(S) bool) gopter.Shrinker {
	return func(v any) gopter.Shrink {
		from, ok := v.(S)
		if !ok {
			return gopter.NoShrink
		}
		next, _ := iter.Pull(shrink(from))
		return func() (any, bool) {
			for {
				less, ok := next()
				if !ok || wanted(less) {
					return less, ok
				}
			}
		}
	}
}
