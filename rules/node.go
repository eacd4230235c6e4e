package rules

import "unicode/utf8"

// Kind says what a Node is.
type Kind uint8

// The kinds of nodes. A date is Text: JSON knows no dates.
const (
	Null Kind = iota
	Bool
	Number
	Text
	List
	Map
)

// A Node is one value of a YAML or JSON document, with its place. Numbers keep
// the text they were written in; nothing has been rounded or resolved.
type Node struct {
	Kind   Kind
	Text   string  // of a scalar: a Number as written, a Text decoded, a Bool "true" or "false", a Null as written
	Pos    Pos     // of its first character
	Keys   []*Node // of a Map, in the order of the document; all Text, none twice
	Items  []*Node // of a List, or the values of a Map
	src    *source // where a scalar's characters stand
	offset int     // in src, of Pos
	twice  []*Node // of a Map, keys that it has already
	style  uint8
	indent int16 // of a literal or folded scalar: the columns its parent is indented
}

// Get gives the value of a key of a Map, nil if it has none.
func (n *Node) Get(key string) *Node {
	for i, k := range n.Keys {
		if k.Text == key {
			return n.Items[i]
		}
	}
	return nil
}

// width is how many characters of its first line a node takes up, to underline.
func (n *Node) width() int {
	if n.Kind == List || n.Kind == Map || n.style == styleLiteral || n.style == styleFolded {
		return 1
	}
	runes := utf8.RuneCountInString(n.Text)
	if n.style == styleSingle || n.style == styleDouble {
		runes += 2
	}
	return runes
}
