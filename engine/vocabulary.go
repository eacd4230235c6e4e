package engine

import (
	"slices"
	"strings"

	"example.com/spillway/rules"
)

// A Vocabulary is what a policy knows by name, so that documents can be made
// that it is about. Nothing in it is needed to decide a payment.
type Vocabulary struct {
	Facts        []DeclaredFact
	PaymentTypes []NamedEntry
	Splits       []NamedEntry
	Guardrails   []NamedGuardrail
	Children     []string            // ids that splits name
	Words        map[string][]string // by the last name of a field, what its text is compared with
	Numbers      []string            // written in expressions
	reads        map[string]bool     // by the last name of a field
}

// Reads says whether an expression of the policy names a field of that name.
func (v *Vocabulary) Reads(field string) bool { return v.reads[field] }

// A DeclaredFact is one of the host's own fields that the policy may read.
type DeclaredFact struct {
	Of   string // account, balance, payment
	Name string
	Type string // bool, string, number, money, rate, date
}

// A NamedEntry is what a document may name of a policy.
type NamedEntry struct {
	Name     string
	ID       Opt[int64]
	Programs []string // none: all
}

// A NamedGuardrail is a guardrail as receipts and refusals name it.
type NamedGuardrail struct {
	Name        string
	Overridable bool
}

// Vocabulary lists what the policy knows by name. It is worked out anew at each
// call.
func (p *Policy) Vocabulary() Vocabulary {
	g := gleaner{words: map[string][]string{}, reads: map[string]bool{}}
	v := Vocabulary{}
	for _, of := range []struct {
		name  string
		facts []rules.FactSlot
	}{
		{"account", p.rules.Layout.Account.Facts}, {"balance", p.rules.Layout.Balance.Facts}, {"payment", p.rules.Layout.Payment.Facts},
	} {
		for i := range of.facts {
			v.Facts = append(v.Facts, DeclaredFact{of.name, of.facts[i].Name, of.facts[i].Type.String()})
		}
	}
	for i := range p.rules.PaymentTypes {
		t := &p.rules.PaymentTypes[i]
		v.PaymentTypes = append(v.PaymentTypes, g.entry(&t.Entry, t.ID, t.HasID))
		for j := range t.Choices {
			g.exprs(t.Choices[j].When)
		}
	}
	for i := range p.rules.Waterfalls {
		g.tiers(p.rules.Waterfalls[i].Tiers)
	}
	for i := range p.rules.Splits {
		s := &p.rules.Splits[i]
		v.Splits = append(v.Splits, g.entry(&s.Entry, s.ID, s.HasID))
		for _, part := range s.Percentages {
			g.word("child", part.Child)
		}
		g.tiers(s.Tiers)
	}
	for i := range p.rules.Fees {
		f := &p.rules.Fees[i]
		g.entry(&f.Entry, 0, false)
		g.exprs(f.When)
		g.word("bucket", f.ChargeBucket)
		g.word("component", f.ChargeComponent)
	}
	for i := range p.rules.Guardrails {
		guard := &p.rules.Guardrails[i]
		g.entry(&guard.Entry, 0, false)
		g.exprs(guard.When, guard.Test)
		g.exprs(guard.Message.Exprs...)
		v.Guardrails = append(v.Guardrails, NamedGuardrail{guard.Name, guard.Overridable})
	}
	v.Words, v.Numbers, v.Children, v.reads = g.words, g.numbers, g.words["child"], g.reads
	return v
}

// A gleaner gathers words from the text of a policy.
type gleaner struct {
	words   map[string][]string
	numbers []string
	reads   map[string]bool
}

// word adds a word that a field of that name may be.
func (g *gleaner) word(of, word string) {
	if word != "" && !slices.Contains(g.words[of], word) {
		g.words[of] = append(g.words[of], word)
	}
}

func (g *gleaner) entry(e *rules.Entry, id int64, hasID bool) NamedEntry {
	for _, program := range e.Programs {
		g.word("program", program)
	}
	named := NamedEntry{Name: e.Name, Programs: slices.Clone(e.Programs)}
	if hasID {
		named.ID = Some(id)
	}
	return named
}

func (g *gleaner) tiers(tiers []rules.Tier) {
	for i := range tiers {
		t := &tiers[i]
		g.exprs(t.When, t.Where, t.TakeExpr, t.Cap, t.ByExpr)
		for j := range t.Order {
			g.exprs(t.Order[j].Expr)
			list := make([]string, 0, len(t.Order[j].Positions))
			for word := range t.Order[j].Positions {
				list = append(list, word)
			}
			slices.Sort(list)
			for _, word := range list {
				g.word(t.Order[j].List.String(), word)
			}
		}
	}
}

// exprs gathers from the text of expressions: a quoted word belongs to the
// field that was named last, a number to nothing.
func (g *gleaner) exprs(list ...*rules.Expr) {
	for _, e := range list {
		if e != nil {
			g.text(e.String())
		}
	}
}

func (g *gleaner) text(text string) {
	field := ""
	for text != "" {
		n := 1
		switch c := text[0]; {
		case c == '"' || c == '\'':
			end := strings.IndexByte(text[1:], c)
			if end < 0 {
				return
			}
			g.word(field, text[1:1+end])
			n = end + 2
		case '0' <= c && c <= '9':
			n = span(text, "0123456789.")
			if !slices.Contains(g.numbers, text[:n]) {
				g.numbers = append(g.numbers, text[:n])
			}
		case isLetter(c):
			n = span(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.")
			if path := text[:n]; path != "in" && path != "not" {
				field = path[strings.LastIndexByte(path, '.')+1:]
				g.reads[field] = true
			}
		}
		text = text[n:]
	}
}

// span is how many bytes at the start of text are of a set.
func span(text, set string) int {
	for i := range len(text) {
		if strings.IndexByte(set, text[i]) < 0 {
			return i
		}
	}
	return len(text)
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
