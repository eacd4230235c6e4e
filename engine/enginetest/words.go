package enginetest

import (
	"slices"
	"strconv"
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// Words are what a policy knows by name, so that accounts and payments are drawn
// that it is about.
type Words struct {
	Components, Buckets, Programs, Kinds []string
	Methods, Extras                      []string
	Types, Splits                        []Entry
	Children                             []string // ids that percentages and orders name
	Facts                                []FactDecl
	FactWords                            map[string][]string // by a fact's name
	Limits                               []engine.Amount     // that expressions name
}

// An Entry is a payment type or a split: its name, its id if it has one, and
// the programs that it serves.
type Entry struct{ Names, Programs []string }

// words are the drawn policy's.
func (p *Policy) words() *Words {
	w := &Words{
		Components: wordsOf["component"][:4], Buckets: wordsOf["bucket"][:4], Programs: wordsOf["program"],
		Kinds: wordsOf["kind"], Methods: wordsOf["method"], Extras: wordsOf["extra"],
		Children: []string{"a", "b", "c"}, Facts: p.Facts,
	}
	for _, t := range p.PaymentTypes {
		w.Types = append(w.Types, entry(t.Name, t.ID, t.Programs))
	}
	for _, s := range p.Splits {
		w.Splits = append(w.Splits, entry(s.Name, s.ID, s.Programs))
	}
	return w
}

func entry(name string, id int, programs []string) Entry {
	e := Entry{[]string{name}, programs}
	if id != 0 {
		e.Names = append(e.Names, strconv.Itoa(id))
	}
	return e
}

// WordsOf are those of a host's policy, with a few that any lender has.
func WordsOf(policy *engine.Policy) *Words {
	read := policy.Rules()
	v := read.Vocabulary()
	known := func(field string, otherwise ...string) []string {
		return append(slices.Clone(v.Words[field]), otherwise...)
	}
	w := &Words{
		Components: known("component", "principal", "interest", "fees"), Buckets: known("bucket", "main", "other"),
		Programs: v.Words["program"], Kinds: v.Words["kind"], Methods: known("method", "card"), Extras: v.Words["extra"],
		Children: known("child", "a", "b"), FactWords: map[string][]string{},
	}
	w.Components = slices.DeleteFunc(w.Components, func(c string) bool { return c == "credit" })
	w.Buckets = slices.DeleteFunc(w.Buckets, func(b string) bool { return b == "credit" })
	for i := range read.PaymentTypes {
		t := &read.PaymentTypes[i]
		w.Types = append(w.Types, entry(t.Name, int(t.ID), t.Programs))
	}
	for i := range read.Splits {
		s := &read.Splits[i]
		w.Splits = append(w.Splits, entry(s.Name, int(s.ID), s.Programs))
	}
	for of, slots := range map[string][]rules.FactSlot{
		"account": read.Layout.Account.Facts, "balance": read.Layout.Balance.Facts, "payment": read.Layout.Payment.Facts,
	} {
		for i := range slots {
			w.Facts = append(w.Facts, FactDecl{Of: of, Name: slots[i].Name, Type: slots[i].Type.String()})
			w.FactWords[slots[i].Name] = v.Words["facts."+slots[i].Name]
		}
	}
	slices.SortStableFunc(w.Facts, func(a, b FactDecl) int { return strings.Compare(a.Of, b.Of) })
	for _, n := range v.Numbers {
		if limit, err := policy.Currency().Parse(n); err == nil {
			w.Limits = append(w.Limits, limit)
		}
	}
	return w
}
