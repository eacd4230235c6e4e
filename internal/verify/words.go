package verify

import (
	"slices"
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// words are what accounts and payments are drawn from.
type words struct {
	*rules.Vocabulary
	components, buckets, children []string
	programs                      []string        // that some payment type serves
	amounts                       []engine.Amount // that rules hold amounts against
	days                          []int           // that rules hold spans of days against
}

// wordsOf gathers the words of a policy, with what every policy may meet.
func wordsOf(p *rules.Policy) *words {
	w := &words{Vocabulary: p.Vocabulary()}
	w.Dates = slices.DeleteFunc(w.Dates, func(d rules.Date) bool { return d > rules.MaxDate-1000 }) // those mean never
	w.components = without(w.Words["component"], "credit")
	if len(w.components) == 0 {
		w.components = []string{"principal", "interest", "fees"}
	}
	if takesAny(p) {
		w.components = append(w.components, unnamed)
	}
	w.buckets = append(without(without(w.Words["bucket"], "credit"), "main"), "main", "other")
	w.children = slices.Clone(w.Words["child"])
	for _, more := range []string{"a", "b", "c"} {
		if len(w.children) < max(3, len(w.Words["child"])+1) && !slices.Contains(w.children, more) {
			w.children = append(w.children, more)
		}
	}
	w.gatherPrograms(p)
	w.gatherFigures(p)
	return w
}

// takesAny says whether a tier after another one is for any component: then
// accounts may have some that the policy does not name.
func takesAny(p *rules.Policy) bool {
	return slices.ContainsFunc(p.Waterfalls, func(w rules.Waterfall) bool {
		return len(w.Tiers) > 1 && slices.ContainsFunc(w.Tiers[1:], anyComponent)
	})
}

// anyComponent says whether a tier asks no balance for its component.
func anyComponent(t rules.Tier) bool {
	for i := range t.Order {
		if t.Order[i].List == rules.ListComponent {
			return false
		}
	}
	return t.Where == nil || !strings.Contains(t.Where.String(), "component")
}

// gatherPrograms finds the programs whose accounts can be paid on.
func (w *words) gatherPrograms(p *rules.Policy) {
	served := func(program string) bool {
		return slices.ContainsFunc(p.PaymentTypes, func(t rules.PaymentType) bool { return t.Serves(program) })
	}
	for _, program := range append([]string{""}, w.Words["program"]...) {
		if served(program) {
			w.programs = append(w.programs, program)
		}
	}
}

// notAmounts are fields that are no amounts, though figures stand beside them.
var notAmounts = []string{"days_past_due", "apr", "percentage", "date", "due_date"}

func (w *words) gatherFigures(p *rules.Policy) {
	currency := p.Currency
	for _, field := range sorted(w.Figures) {
		for _, text := range w.Figures[field] {
			if a, err := currency.Parse(text); err == nil && a > 0 && !slices.Contains(notAmounts, field) {
				w.amounts = append(w.amounts, a)
			}
			if n := whole(text); n > 0 && n < 10_000 {
				w.days = append(w.days, n)
			}
		}
	}
	for i := range p.Fees {
		f := &p.Fees[i]
		for _, a := range []engine.Amount{f.Flat, f.Minimum, f.Maximum} {
			if a > 0 {
				w.amounts = append(w.amounts, a)
			}
		}
	}
	w.days = append(w.days, 0, 1, 30, 365)
}

// whole is the number that text is, -1 if it is no whole one.
func whole(text string) int {
	n := 0
	for _, c := range []byte(text) {
		if c < '0' || c > '9' || n > 1_000_000 {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

func without(list []string, word string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == word })
}

func sorted[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
