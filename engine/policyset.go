package engine

import (
	"io/fs"
	"path"

	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// A Set is policies that follow one another: each is in force from its date
// until the next one is. It is immutable and safe for any number of goroutines.
type Set struct{ dated []dated }

type dated struct {
	from   Date // zero: since ever
	policy *Policy
}

// SetOf is a set of one policy that is always in force.
func SetOf(p *Policy) *Set { return &Set{[]dated{{0, p}}} }

// LoadSet reads a set of policies:
//
//	policies:
//	  - {from: 2024-01-01, use: card-2024.yaml}
//	  - {from: 2025-01-01, use: card-2025.yaml}
//
// in order of from, which the first may leave out; the files are relative to
// the set's. A file that is a policy itself is a set of one. The error, a
// [rules.Errors], holds every mistake.
func LoadSet(fsys fs.FS, name string) (*Set, error) {
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	root, err := rules.ParseYAML(name, src)
	if err != nil || root.Kind != rules.Map || root.Get("policies") == nil {
		p, err := Load(fsys, name)
		if err != nil {
			return nil, err
		}
		return SetOf(p), nil
	}
	l := setLoader{fsys: fsys, dir: path.Dir(name)}
	return l.set(root)
}

// On is the policy that is in force on a day, nil if there is none yet.
func (s *Set) On(day Date) *Policy {
	for i := len(s.dated) - 1; i >= 0; i-- {
		if s.dated[i].from <= day {
			return s.dated[i].policy
		}
	}
	return nil
}

// Currency is the currency of all amounts.
func (s *Set) Currency() money.Currency { return s.dated[0].policy.Currency() }

// Transition is [Policy.Transition] by the policy in force on its date.
func (s *Set) Transition(account Account, receipt Receipt, t Transition) (Change, error) {
	p := s.On(t.Date)
	if p == nil {
		return Change{}, wrong("transition.date", "no policy is in force on %v", t.Date)
	}
	return p.transit(&account, &receipt, &t)
}

// A setLoader reads a set of policies.
type setLoader struct {
	fsys     fs.FS
	dir      string
	mistakes rules.Mistakes
	others   rules.Errors // in the policies
}

func (l *setLoader) set(root *rules.Node) (*Set, error) {
	set := &Set{}
	l.known(root, "policies")
	list := root.Get("policies")
	if list.Kind != rules.List || len(list.Items) == 0 {
		l.mistakes.AddNode(list, "", "policies must be a list of {from: DATE, use: FILE}")
	} else {
		for _, n := range list.Items {
			l.entry(set, n)
		}
	}
	if err := l.mistakes.Err(); err != nil {
		mistakes, _ := err.(rules.Errors)
		return nil, append(mistakes, l.others...)
	}
	if len(l.others) > 0 {
		return nil, l.others
	}
	return set, nil
}

func (l *setLoader) entry(set *Set, n *rules.Node) {
	if n.Kind != rules.Map {
		l.mistakes.AddNode(n, "", "must be {from: DATE, use: FILE}")
		return
	}
	l.known(n, "from", "use")
	var d dated
	if from := n.Get("from"); from != nil {
		date, err := rules.ParseDate(from.Text)
		if err != nil {
			l.mistakes.AddNode(from, "", "%q %v", from.Text, err)
		}
		d.from = date
	}
	if last := len(set.dated) - 1; last >= 0 && d.from <= set.dated[last].from {
		l.mistakes.AddNode(n, "", "must be in force from a later day than the policy before it")
	}
	use := n.Get("use")
	if use == nil || use.Kind != rules.Text {
		l.mistakes.AddNode(n, "", "names no file to use")
		return
	}
	p, err := Load(l.fsys, path.Join(l.dir, use.Text))
	if errs, ok := err.(rules.Errors); ok {
		l.others = append(l.others, errs...)
		return
	} else if err != nil {
		l.mistakes.AddNode(use, "", "%v", err)
		return
	}
	if len(set.dated) > 0 && set.Currency() != p.Currency() {
		l.mistakes.AddNode(use, "", "is in another currency than the policy before it")
	}
	d.policy = p
	set.dated = append(set.dated, d)
}

// known notes keys that a mapping may not have.
func (l *setLoader) known(n *rules.Node, keys ...string) {
	for _, key := range n.Keys {
		if len(keys) > 0 && key.Text != keys[0] && key.Text != keys[len(keys)-1] {
			l.mistakes.AddNode(key, rules.DidYouMean(key.Text, keys), "unknown key %q", key.Text)
		}
	}
}
