package rules

import (
	"math/rand"
	"strings"
	"testing"
)

// Random expressions on random worlds: the compiled ones give what the obvious
// evaluator gives, and fail where it fails; and what is said to be always so is.
func TestCompiledIsObvious(t *testing.T) {
	const seed, cases = 20240715, 30_000
	r := rand.New(rand.NewSource(seed))
	worlds := make([]*world, 40)
	l := newLayout(usd(), declared(), declared(), declared())
	frames := make([]*Frame, len(worlds))
	for i := range worlds {
		worlds[i] = randomWorld(r)
		frames[i] = worlds[i].frame(l)
	}
	kinds := []string{"bool", "bool", "money", "number", "rate", "days", "date", "text"}
	compared, failing, certain := 0, 0, 0
	s := &sampler{Rand: r}
	for compared < cases {
		s.scope = []Scope{ScopeBalance, ScopeResult, ScopeChild}[r.Intn(3)]
		kind := kinds[r.Intn(len(kinds))]
		x := s.gen(kind, 1+r.Intn(4))
		want := wantOf(kind, r)
		e, m := compileIn(l, x.text, s.scope, want)
		if e == nil {
			accept(t, x.text, m)
			continue
		}
		if lints := m.Lints(); want == WantBool && len(lints) > 0 && strings.HasPrefix(lints[0].Message, "always ") {
			certain++
			alwaysIs(t, e, strings.TrimPrefix(lints[len(lints)-1].Message, "always "), frames)
		}
		for range 2 {
			i := r.Intn(len(worlds))
			fails, differ := disagree(e, want, worlds[i], frames[i])
			if differ != "" {
				small, why := ground{l, s.scope, worlds[i], frames[i]}.shrink(x)
				t.Fatalf("%s\n\tscope %d, world %d: %s\nsmallest: %s\n\t%s", x.text, s.scope, i, differ, small, why)
			}
			compared++
			if fails {
				failing++
			}
		}
	}
	t.Logf("%d compared, %d of them fail, %d are always so", compared, failing, certain)
	if failing < cases/50 || failing > cases/2 || certain < cases/500 {
		t.Errorf("too one-sided to say much")
	}
}

func wantOf(kind string, r *rand.Rand) Want {
	switch kind {
	case "bool":
		return []Want{WantBool, WantKey}[r.Intn(2)]
	case "money", "number":
		return []Want{WantAmount, WantWeight, WantKey, WantText}[r.Intn(4)]
	case "rate", "days":
		return []Want{WantWeight, WantKey, WantText}[r.Intn(3)]
	}
	return []Want{WantKey, WantText}[r.Intn(2)]
}

// accept lets pass the mistakes that the sampler cannot help.
func accept(t *testing.T, text string, m *Mistakes) {
	t.Helper()
	for _, e := range m.Err().(Errors) {
		switch {
		case strings.Contains(e.Message, "divides by zero"), strings.Contains(e.Message, "more than 8 deep"), strings.Contains(e.Message, "is never"),
			strings.Contains(e.Message, "the expression"), strings.Contains(e.Message, "no whole number"),
			strings.HasPrefix(e.Message, "cannot"), strings.Contains(e.Message, "is needed"), // a literal may be of another kind
			strings.Contains(e.Message, "are needed"):
		default:
			t.Fatalf("%s\n\t%v", text, e)
		}
	}
}

// disagree compares the two evaluators. It says whether the expression fails,
// and how they differ.
func disagree(e *Expr, want Want, w *world, f *Frame) (fails bool, differ string) {
	fast, err := outcome(e, want, f)
	if err != nil {
		return false, err.Error()
	}
	slow, err := w.slowly(e, want)
	if err != nil {
		return false, err.Error()
	}
	fails = strings.HasPrefix(slow, "fails")
	switch {
	case strings.Contains(fast, "1,000,000 elements"): // the fast one also counts the size of fractions
		return true, ""
	case fast != slow && !(fails && strings.HasPrefix(fast, "fails") && strings.HasSuffix(fast, strings.TrimPrefix(slow, "fails: "))):
		return fails, "compiled it gives " + fast + ", obviously " + slow
	}
	return fails, ""
}

// alwaysIs checks a lint: on no frame the expression gives anything else.
func alwaysIs(t *testing.T, e *Expr, value string, frames []*Frame) {
	t.Helper()
	for i, f := range frames {
		if got, err := outcome(e, WantBool, f); err != nil || got != value {
			t.Fatalf("%s\n\tis said to be always %s and gives %s, %v on frame %d", e, value, got, err, i)
		}
	}
}

// A ground is where a sample failed.
type ground struct {
	layout *Layout
	scope  Scope
	world  *world
	frame  *Frame
}

// shrink looks for a smaller part of a sample on which the evaluators differ.
func (g ground) shrink(x *sample) (text, differ string) {
	for _, part := range x.parts {
		if text, differ := g.shrink(part); differ != "" {
			return text, differ
		}
	}
	e, _ := compileIn(g.layout, x.text, g.scope, WantText)
	if e == nil {
		return "", ""
	}
	_, differ = disagree(e, WantText, g.world, g.frame)
	return x.text, differ
}
