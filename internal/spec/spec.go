// Package spec reads and runs specs: cases that a rule author writes down in
// YAML, an account and a payment each, with what a policy must make of them.
package spec

import (
	"bytes"
	"io/fs"
	"path"
	"slices"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// A File is a spec file: cases for a policy.
type File struct {
	Name  string
	Cases []*Case
}

// Load reads the spec file name of fsys, with the policies that it names or
// holds. A policy that does not load is no mistake of the file: its cases fail,
// but for those that expect it.
//
// The error is a [rules.Errors] with every mistake of the file, or says that
// the file cannot be read.
func Load(fsys fs.FS, name string) (*File, error) {
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	root, err := rules.ParseYAML(name, src)
	if err != nil {
		return nil, err
	}
	l := loader{fsys: fsys, name: name, loaded: map[string]policy{}}
	file := l.file(root)
	if err := l.mistakes.Err(); err != nil {
		return nil, err
	}
	return file, nil
}

// HasCases says whether a YAML file is a spec file. One that cannot be parsed
// is, if it looks like one.
func HasCases(name string, src []byte) bool {
	root, err := rules.ParseYAML(name, src)
	if err != nil {
		return bytes.HasPrefix(src, []byte("cases:")) || bytes.Contains(src, []byte("\ncases:"))
	}
	return root.Get("cases") != nil
}

// HasEvents says whether a case of the file is a history of events.
func (f *File) HasEvents() bool {
	for _, c := range f.Cases {
		if c.HasEvents {
			return true
		}
	}
	return false
}

// A Case is one example of what a policy does.
type Case struct {
	Name      string
	Source    string // who says so; may be empty
	At        rules.Pos
	HasEvents bool // it has events in place of a payment

	policy      policy
	account     *rules.Node
	payment     *rules.Node
	events      *rules.Node
	expect      []expectation
	receipts    []receipt
	policyError string // what the mistakes of the policy must say
}

// A policy is a policy or what is wrong with it.
type policy struct {
	*engine.Policy
	err error
}

// A loader reads one spec file.
type loader struct {
	fsys     fs.FS
	name     string
	loaded   map[string]policy // by path
	mistakes rules.Mistakes
}

var (
	fileKeys = []string{"policy", "cases"}
	caseKeys = []string{"name", "source", "policy", "account", "payment", "events", "expect", "policy_error"}
)

func (l *loader) file(root *rules.Node) *File {
	file := &File{Name: l.name}
	if !l.isMap(root, fileKeys) {
		return file
	}
	var common policy
	if n := root.Get("policy"); n != nil {
		common = l.policy(n)
	}
	cases := root.Get("cases")
	if cases == nil {
		l.mistake(root, "the file has no cases")
		return file
	}
	if cases.Kind != rules.List {
		l.mistake(cases, "cases must be a list")
		return file
	}
	names := map[string]bool{}
	for _, n := range cases.Items {
		c := l.read(n, common)
		if names[c.Name] {
			l.mistake(n, "a case named %q stands above already", c.Name)
		}
		names[c.Name] = true
		file.Cases = append(file.Cases, c)
	}
	return file
}

func (l *loader) read(n *rules.Node, common policy) *Case {
	c := &Case{At: n.Pos, policy: common}
	if !l.isMap(n, caseKeys) {
		return c
	}
	c.Name = l.text(n.Get("name"))
	c.Source = l.text(n.Get("source"))
	c.policyError = l.text(n.Get("policy_error"))
	c.account, c.payment, c.events = n.Get("account"), n.Get("payment"), n.Get("events")
	c.HasEvents = c.events != nil
	if own := n.Get("policy"); own != nil {
		c.policy = l.policy(own)
	}
	if c.Name == "" {
		l.mistake(n, "the case has no name")
	}
	if c.policy == (policy{}) {
		l.mistake(n, "the case has no policy, and neither has the file")
	}
	if c.policyError == "" {
		l.example(c, n)
	}
	return c
}

// example reads what a case with a policy that loads consists of.
func (l *loader) example(c *Case, n *rules.Node) {
	if c.account == nil {
		l.mistake(n, "the case has no account")
	}
	if (c.payment == nil) == !c.HasEvents {
		l.mistake(n, "the case needs either a payment or events")
	}
	expect := n.Get("expect")
	if expect == nil || len(expect.Items) == 0 {
		l.mistake(n, "the case expects nothing")
		return
	}
	known := expectKeys
	if c.HasEvents {
		known = eventKeys
	}
	switch {
	case !l.isMap(expect, known) || c.policy.Policy == nil: // without its currency there are no amounts
	case c.HasEvents:
		l.history(c, expect)
	default:
		c.expect = l.expectations(expect, c.policy.Currency())
	}
}

// Rename gives the mistakes of the cases' policies other places: those that a
// user knows their files by.
func (f *File) Rename(rename func(error) error) {
	for _, c := range f.Cases {
		if c.policy.err != nil {
			c.policy.err = rename(c.policy.err)
		}
	}
}

// policy loads a policy by its path from the spec file, or from the file itself.
func (l *loader) policy(n *rules.Node) policy {
	if n.Kind == rules.Map {
		p, err := rules.FromNode(n, l.fsys, path.Dir(l.name))
		if err != nil {
			return policy{nil, err}
		}
		return policy{engine.Compile(p), nil}
	}
	where := path.Join(path.Dir(l.name), l.text(n))
	if p, ok := l.loaded[where]; ok {
		return p
	}
	p, err := engine.Load(l.fsys, where)
	l.loaded[where] = policy{p, err}
	return l.loaded[where]
}

// isMap finds out whether n is a mapping, and notes the keys that it may not have.
func (l *loader) isMap(n *rules.Node, known []string) bool {
	if n.Kind != rules.Map {
		l.mistake(n, "must be a mapping")
		return false
	}
	for _, key := range n.Keys {
		if !slices.Contains(known, key.Text) {
			l.mistakes.AddNode(key, rules.DidYouMean(key.Text, known), "unknown key %q", key.Text)
		}
	}
	return true
}

// text gives the text of a scalar, as written, and "" for what is not there.
func (l *loader) text(n *rules.Node) string {
	if n == nil || n.Kind == rules.Null {
		return ""
	}
	if n.Kind == rules.List || n.Kind == rules.Map {
		l.mistake(n, "must be text")
	}
	return n.Text
}

func (l *loader) mistake(n *rules.Node, format string, args ...any) {
	l.mistakes.AddNode(n, "", format, args...)
}
