package rules

import (
	"math/bits"
	"slices"
)

// A GuardSet is the guardrails of one stage, arranged so that asking all of them
// costs little: most begin with a condition on a word that does not hold, and one
// look at each word says which they are. It is immutable and safe for concurrent
// use.
type GuardSet struct{ blocks []guardBlock }

// blockSize is how many guardrails are arranged together: a bit for each.
const blockSize = 64

// A guardBlock is some of the guardrails of a set.
type guardBlock struct {
	actions [ActionChargeBack + 1]uint64 // those that guard an action
	days    probe                        // those in force; asking nothing where all always are
	probes  []probe                      // those whose first conditions hold; first what most of them ask
	asks    []ask
}

// An ask is what is left to be asked of a guardrail that the probes let pass.
type ask struct {
	guard      *Guardrail
	restricted bool              // to some programs
	when, test func(*Frame) bool // nil: nothing more
}

// NewGuardSet arranges guardrails. They keep their order.
func NewGuardSet(guards []*Guardrail) *GuardSet {
	s := &GuardSet{}
	for some := range slices.Chunk(guards, blockSize) {
		s.blocks = append(s.blocks, newGuardBlock(some))
	}
	return s
}

func newGuardBlock(guards []*Guardrail) (b guardBlock) {
	all := uint64(1)<<len(guards) - 1 // of 64: the shift gives 0, and that less 1 is all bits
	var days []asked
	var words []leaf
	byWord := map[leaf][]asked{}
	for i, g := range guards {
		for action := range b.actions {
			if g.Actions.Has(Action(action)) {
				b.actions[action] |= 1 << i
			}
		}
		if g.From != 0 {
			days = append(days, asked{atom{c: comparisons[">="], v: int64(g.From)}, i})
		}
		if g.Until != 0 {
			days = append(days, asked{atom{c: comparisons["<"], v: int64(g.Until)}, i})
		}
		atoms, rest := g.plan()
		for _, a := range atoms {
			if byWord[a.leaf] == nil {
				words = append(words, a.leaf)
			}
			byWord[a.leaf] = append(byWord[a.leaf], asked{a, i})
		}
		b.asks = append(b.asks, rest)
	}
	if len(days) > 0 {
		b.days = newProbe(days, all)
	}
	for _, word := range words {
		b.probes = append(b.probes, newProbe(byWord[word], all))
	}
	slices.SortStableFunc(b.probes, func(x, y probe) int { return bits.OnesCount64(y.asking) - bits.OnesCount64(x.asking) })
	return b
}

// plan is what a guardrail begins with, as far as that is atoms, and what is left
// to be asked. What stands behind something else stays there: that may fail, and
// then the guardrail fails.
func (g *Guardrail) plan() (atoms []atom, left ask) {
	left = ask{guard: g, restricted: len(g.Programs) > 0}
	test := g.Test.truth
	if g.Require {
		test = not(test)
	}
	if g.When != nil {
		atoms = g.When.truth.atoms
		if left.when = g.When.truth.tail(); left.when != nil {
			left.test = test.holds
			return atoms, left
		}
	}
	left.test = test.tail()
	return slices.Concat(atoms, test.atoms), left
}

// Empty says that the set has no guardrails.
func (s *GuardSet) Empty() bool { return len(s.blocks) == 0 }

// A Round asks the guardrails of a set about one payment.
type Round struct {
	action  Action
	day     Date
	program string
	asks    []ask
	live    uint64       // of asks, those still to be asked
	blocks  []guardBlock // to come
}

// Ask begins a round: about an action, on a day, with an account of a program.
func (s *GuardSet) Ask(action Action, day Date, program string) Round {
	return Round{action: action, day: day, program: program, blocks: s.blocks}
}

// Next gives the next guardrail that is hit, nil when there is none any more. A
// guardrail that cannot be evaluated is given too: [Frame.Failing] says so.
func (r *Round) Next(f *Frame) *Guardrail {
	for {
		for r.live != 0 {
			a := &r.asks[bits.TrailingZeros64(r.live)]
			r.live &= r.live - 1
			if (!a.restricted || a.guard.Serves(r.program)) && a.hit(f) {
				return a.guard
			}
		}
		if len(r.blocks) == 0 {
			return nil
		}
		b := &r.blocks[0]
		r.asks, r.live, r.blocks = b.asks, b.pass(f, r.action, r.day), r.blocks[1:]
	}
}

// pass gives the guardrails of the block that may be hit.
func (b *guardBlock) pass(f *Frame, action Action, day Date) uint64 {
	live := b.actions[action]
	if b.days.asking&live != 0 {
		live &= b.days.mask(int64(day))
	}
	for i := range b.probes {
		if p := &b.probes[i]; p.asking&live != 0 {
			live &= p.mask(f.Words[f.at[p.reg].W+p.at])
		}
	}
	return live
}

// hit asks what is left, and says whether the guardrail is hit, or fails.
func (a *ask) hit(f *Frame) bool {
	if a.when != nil {
		f.steps = budget
		if !a.when(f) {
			return f.failed
		}
	}
	f.steps = budget
	return a.test == nil || a.test(f) || f.failed
}
