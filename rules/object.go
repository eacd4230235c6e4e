package rules

import (
	"regexp"
	"slices"
	"strings"

	"example.com/spillway/money"
)

// An object is a mapping whose keys are known words. Its methods read values;
// each notes what is wrong with one and then gives the zero value.
type object struct {
	p    *policyParser
	node *Node
	what string // what it is, as in "a tier"
	// meant are the known keys that unknown ones were likely meant to be: that
	// they are missing is no mistake of its own.
	meant []string
}

var wordLike = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

// object takes a node as a mapping with these keys. Keys that are unknown or
// without a value are mistakes; ok is false if it is no mapping.
func (p *policyParser) object(n *Node, what string, known []string) (o object, ok bool) {
	if n.Kind != Map {
		p.mistake(n, "", "%s must be a mapping, got %s", what, n.Kind.describe(n.Text))
		return object{p: p, node: &Node{Pos: n.Pos}, what: what}, false
	}
	o = object{p: p, node: n, what: what}
	for i, key := range n.Keys {
		switch value := n.Items[i]; {
		case !slices.Contains(known, key.Text) && !wordLike.MatchString(key.Text):
			p.mistake(key, quoteSplit, "unknown key %q of %s", key.Text, what)
		case !slices.Contains(known, key.Text):
			p.mistake(key, didYouMean(key.Text, known), "unknown key %q of %s", key.Text, what)
			o.meant = append(o.meant, nearest(key.Text, known))
		case value.Kind == Null && value.style != styleFault:
			p.mistake(key, "give it one, or leave the key out", "%q has no value", key.Text)
		}
	}
	return o, true
}

const quoteSplit = `if it is part of an expression, quote that: YAML splits it at ": ", and in [ ] or { } at each of , [ ] { } ?`

// get gives the value of a key, nil if it has none.
func (o object) get(key string) *Node {
	if n := o.node.Get(key); n != nil && n.Kind != Null {
		return n
	}
	return nil
}

// has says whether the key is there, even without a value.
func (o object) has(key string) bool { return o.node.Get(key) != nil }

// key gives the node of a key that is there.
func (o object) key(name string) *Node {
	for _, k := range o.node.Keys {
		if k.Text == name {
			return k
		}
	}
	return o.node
}

// lacks says whether none of the keys is there, nor meant.
func (o object) lacks(keys ...string) bool {
	return !slices.ContainsFunc(keys, func(key string) bool { return o.has(key) || slices.Contains(o.meant, key) })
}

// need notes that a key is missing.
func (o object) need(key, hint string) {
	if o.lacks(key) {
		o.p.mistake(o.node, hint, "%s has no %s", o.what, key)
	}
}

func (p *policyParser) mistake(n *Node, hint, format string, args ...any) {
	p.Add(n.Pos, n.width(), hint, format, args...)
}

// scalar gives the text of a value that is no list or mapping.
func (p *policyParser) scalar(n *Node, what string) (string, bool) {
	if n.Kind == List || n.Kind == Map || n.Kind == Null {
		p.mistake(n, "", "%s must be a word or text, got %s", what, n.Kind.describe(n.Text))
		return "", false
	}
	return n.Text, true
}

// text reads a text that may not be empty; "" if it is not there.
func (o object) text(key string) string {
	n := o.get(key)
	if n == nil {
		return ""
	}
	text, ok := o.p.scalar(n, key)
	if ok && strings.TrimSpace(text) == "" {
		o.p.mistake(n, "", "%s is empty", key)
	}
	return text
}

// word reads one of some words and gives its index, that of the default if it
// is not there.
func (o object) word(key string, words []string, otherwise int) int {
	n := o.get(key)
	if n == nil {
		return otherwise
	}
	if i, ok := o.p.word(n, key, words); ok {
		return i
	}
	return otherwise
}

func (p *policyParser) word(n *Node, what string, words []string) (int, bool) {
	text, ok := p.scalar(n, what)
	if !ok {
		return 0, false
	}
	i, ok := word(words, text)
	if !ok {
		p.mistake(n, didYouMean(text, words), "unknown %s %q", what, text)
	}
	return i, ok
}

// list gives the entries of a list; none if it is not there.
func (o object) list(key string) []*Node {
	n := o.get(key)
	if n == nil {
		return nil
	}
	if n.Kind != List {
		hint := ""
		if n.Kind != Map {
			hint = "write " + key + ": [" + n.Text + "]"
		}
		o.p.mistake(n, hint, "%s must be a list, got %s", key, n.Kind.describe(n.Text))
		return nil
	}
	return n.Items
}

// texts reads a list of texts without one twice.
func (o object) texts(key string) []string {
	var texts []string
	seen := map[string]bool{}
	for _, item := range o.list(key) {
		text, ok := o.p.scalar(item, "an entry of "+key)
		switch {
		case !ok:
		case seen[text]:
			o.p.mistake(item, "", "%q is in %s twice", text, key)
		default:
			texts = append(texts, text)
			seen[text] = true
		}
	}
	return texts
}

// bool reads true or false.
func (o object) bool(key string, otherwise bool) bool {
	n := o.get(key)
	switch {
	case n == nil:
		return otherwise
	case n.Kind != Bool:
		o.p.mistake(n, "write true or false", "%s must be true or false, got %s", key, n.Kind.describe(n.Text))
		return otherwise
	}
	return n.Text == "true"
}

// number takes a value as a number, which may be written as text.
func (o object) number(n *Node, key string) bool {
	if n.Kind != Number && n.Kind != Text {
		o.p.mistake(n, "", "%s must be a number, got %s", key, n.Kind.describe(n.Text))
		return false
	}
	return true
}

// amount reads money that is not below zero.
func (o object) amount(key string) (a money.Amount, given bool) {
	n := o.get(key)
	if n == nil || !o.number(n, key) {
		return 0, n != nil
	}
	a, err := o.p.policy.Currency.Parse(n.Text)
	switch {
	case err != nil && o.p.currencyKnown:
		o.p.mistake(n, "", "%s %s: %v", key, n.Text, why(err))
	case a < 0:
		o.p.mistake(n, "", "%s is below zero", key)
	}
	return a, true
}

// rate reads a percentage that is not below zero.
func (o object) rate(n *Node, what string) (r money.Rate, ok bool) {
	if !o.number(n, what) {
		return 0, false
	}
	r, err := money.ParseRate(n.Text)
	switch {
	case err != nil:
		o.p.mistake(n, "15.99 means 15.99 %", "%s %s: %v", what, n.Text, why(err))
		return 0, false
	case r < 0:
		o.p.mistake(n, "", "%s is below zero", what)
		return 0, false
	}
	return r, true
}

// date reads a date; the zero Date if it is not there.
func (o object) date(key string) Date {
	n := o.get(key)
	if n == nil {
		return 0
	}
	text, ok := o.p.scalar(n, key)
	if !ok {
		return 0
	}
	d, err := ParseDate(text)
	if err != nil {
		o.p.mistake(n, "", "%s: %q %v", key, text, err)
	}
	return d
}
