package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var direction = regexp.MustCompile(`\s+(asc|desc)\s*$`)

// orderKey reads one key of an order: an expression, perhaps with a direction,
// or a list of words.
func (p *policyParser) orderKey(n *Node, kind tierKind) OrderKey {
	key := OrderKey{At: n.Pos}
	if n.Kind == Map {
		p.listKey(n, kind, &key)
		return key
	}
	if n.Kind == List || n.Kind == Null {
		p.mistake(n, "write an expression, or {"+kind.lists[0]+": [...]}", "a key of an order cannot be %s", n.Kind.describe(n.Text))
		return key
	}
	text := n.Text
	if at := direction.FindStringSubmatchIndex(text); at != nil {
		key.Desc = text[at[2]:at[3]] == "desc"
		text = text[:at[0]]
	}
	trimmed := strings.TrimSpace(text)
	from := utf8.RuneCountInString(text[:len(text)-len(strings.TrimLeft(text, " \t\n"))])
	key.Expr = p.compilePart(n, scalarPart{trimmed, from}, kind.each, WantKey)
	return key
}

// listKey reads {component: [..]} or one like it.
func (p *policyParser) listKey(n *Node, kind tierKind, key *OrderKey) {
	o, _ := p.object(n, "a key of an order", kind.lists)
	var list *Node
	for i, k := range n.Keys {
		if !slices.Contains(kind.lists, k.Text) {
			continue
		}
		if list != nil {
			p.mistake(k, "write {"+n.Keys[0].Text+": [...]}, {"+k.Text+": [...]}", "a key of an order has one list only")
			return
		}
		list = n.Items[i]
		index, _ := word(listKeyWords, k.Text)
		key.List = ListKey(index)
	}
	if len(n.Keys) == 0 {
		p.mistake(n, "write {"+kind.lists[0]+": [...]}", "a key of an order is empty")
	}
	if list != nil {
		p.positions(o, key)
	}
}

// positions reads the list of an order key: words, and lists of words that tie.
func (p *policyParser) positions(o object, key *OrderKey) {
	name := key.List.String()
	if list := o.get(name); list != nil && list.Kind == List && len(list.Items) == 0 {
		p.mistake(list, "leave the key out to take every "+name, "a list without a %s leaves nothing in the tier", name)
	}
	key.Positions = map[string]int{}
	for i, item := range o.list(name) {
		members := []*Node{item}
		if item.Kind == List {
			members = item.Items
		}
		for _, member := range members {
			p.position(member, i, key)
		}
	}
}

func (p *policyParser) position(n *Node, at int, key *OrderKey) {
	text, ok := p.scalar(n, fmt.Sprintf("a %s in an order", key.List))
	if !ok {
		return
	}
	if _, twice := key.Positions[text]; twice {
		p.mistake(n, "", "%s %q is in the order twice", key.List, text)
		return
	}
	if _, known := word(stateWords, text); key.List == ListState && !known {
		p.mistake(n, didYouMean(text, stateWords), "unknown state %q", text)
		return
	}
	key.Positions[text] = at
	key.words, key.positions = append(key.words, text), append(key.positions, at)
}

// fewWords is up to how many words of a list are compared one after another.
const fewWords = 8

// Position gives the position of a word in a list key's list, and whether it is
// in there.
func (k *OrderKey) Position(word string) (at int, listed bool) {
	if len(k.words) > fewWords {
		at, listed = k.Positions[word]
		return at, listed
	}
	for i, w := range k.words {
		if w == word {
			return k.positions[i], true
		}
	}
	return 0, false
}
