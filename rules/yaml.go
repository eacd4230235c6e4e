package rules

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// The limits of a document.
const (
	maxYAML      = 1 << 20  // bytes
	maxJSON      = 16 << 20 // bytes
	maxDepth     = 64
	maxNodes     = 200_000
	maxJSONNodes = 2_000_000
)

// ParseYAML reads one YAML document. An empty one is a Null node.
//
// Anchors, aliases, merge keys, tags, keys given twice, keys that are no
// words, more documents than one and files over 1 MiB are mistakes. A plain key
// such as 1 or true is taken as its text. The error is [Errors], all mistakes
// but, after one of syntax, those that it hides.
func ParseYAML(file string, src []byte) (*Node, error) {
	var m Mistakes
	n := parseYAML(&m, file, src)
	m.lead(n, "")
	if err := m.Err(); err != nil {
		return nil, err
	}
	return n, nil
}

// parseYAML gives what can be made of a document in spite of its mistakes, nil
// if that is nothing.
func parseYAML(m *Mistakes, file string, src []byte) *Node {
	start := Pos{file, 1, 1}
	if len(src) > maxYAML {
		m.Add(start, 1, "split it up with include", "the file is over 1 MiB")
		return nil
	}
	text := newSource(file, bytes.TrimPrefix(src, []byte("\ufeff")))
	m.addSource(text)
	if at := invalidUTF8(text.text); at >= 0 {
		m.Add(text.pos(at), 1, "save the file as UTF-8", "a byte that is not UTF-8")
		return nil
	}
	doc, err := readYAML(text.text)
	if err != nil {
		m.syntax(text, err)
		return nil
	}
	if doc == nil {
		return &Node{Pos: start, src: text}
	}
	r := yamlReader{Mistakes: m, src: text}
	return r.node(doc.Content[0], scope{indent: -1, depth: 1})
}

func invalidUTF8(text string) int {
	if utf8.ValidString(text) {
		return -1
	}
	for i, r := range text {
		if _, n := utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && n == 1 {
			return i
		}
	}
	return -1
}

// readYAML parses the text to yaml's own tree: nil for an empty document. yaml
// panics on some malformed input; that is an error here.
func readYAML(text string) (doc *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fmt.Errorf("yaml: %v", r)
		}
	}()
	var node, second yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader([]byte(text)))
	switch err := decoder.Decode(&node); {
	case err == io.EOF:
		return nil, nil
	case err != nil:
		return nil, err
	}
	switch err := decoder.Decode(&second); {
	case err == io.EOF:
		return &node, nil
	case err != nil:
		return nil, err
	}
	return nil, secondDocument{second.Line}
}

// secondDocument is the error of a file with two documents.
type secondDocument struct{ line int }

func (e secondDocument) Error() string { return "a second document" }

// A yamlReader turns yaml's tree into Nodes.
type yamlReader struct {
	*Mistakes
	src    *source
	nodes  int
	at     Pos // of the node before
	offset int
}

// place is where a node stands, counted on from the node before: a line may be
// as long as the file.
func (r *yamlReader) place(y *yaml.Node) (Pos, int) {
	at := Pos{r.src.file, y.Line, y.Column}
	if y.Line > len(r.src.starts) {
		end := len(r.src.text)
		return r.src.pos(end), end
	}
	if at.Line != r.at.Line || at.Col < r.at.Col {
		r.at, r.offset = Pos{r.src.file, at.Line, 1}, r.src.starts[at.Line-1]
	}
	for r.at.Col < at.Col && r.offset < len(r.src.text) {
		_, n := utf8.DecodeRuneInString(r.src.text[r.offset:])
		r.offset += n
		r.at.Col++
	}
	return r.at, r.offset
}

// A scope says where a node stands.
type scope struct {
	depth  int
	indent int // of the innermost block list or mapping, -1 for none
}

func (s scope) inside(n *yaml.Node) scope {
	s.depth++
	if n.Style&yaml.FlowStyle == 0 {
		s.indent = n.Column - 1
	}
	return s
}

func (r *yamlReader) node(y *yaml.Node, in scope) *Node {
	r.nodes++
	n := &Node{src: r.src, style: styleFault, indent: int16(in.indent)}
	n.Pos, n.offset = r.place(y)
	switch {
	case r.nodes > maxNodes:
		if r.nodes == maxNodes+1 {
			r.Add(n.Pos, 1, "split it up with include", "the document has more than %d values", maxNodes)
		}
		return n
	case in.depth > maxDepth:
		r.Add(n.Pos, 1, "", "nested deeper than %d levels, the limit", maxDepth)
		return n
	case y.Kind == yaml.AliasNode:
		r.Add(n.Pos, 1+len([]rune(y.Value)), `write the value out, or quote a text that starts with "*"`,
			"aliases are not allowed: *%s", y.Value)
		return n
	}
	if r.tagged(n, y) {
		return n
	}
	switch y.Kind {
	case yaml.MappingNode:
		r.mapping(n, y, in.inside(y))
	case yaml.SequenceNode:
		n.Kind, n.style = List, collectionStyle(y)
		for _, item := range y.Content {
			n.Items = append(n.Items, r.node(item, in.inside(y)))
		}
	default:
		n.scalar(y)
	}
	return n
}

func collectionStyle(y *yaml.Node) uint8 {
	if y.Style&yaml.FlowStyle != 0 {
		return styleFlow
	}
	return styleBlock
}

// tagged refuses anchors and tags. A value with a tag is not read on: the tag
// is a part of it that YAML took away.
func (r *yamlReader) tagged(n *Node, y *yaml.Node) bool {
	if y.Anchor != "" {
		r.Add(n.Pos, 1+len([]rune(y.Anchor)), `write the value out, or quote a text that starts with "&"`,
			"anchors are not allowed: &%s", y.Anchor)
	}
	if !strings.HasPrefix(r.src.text[n.offset:], "!") {
		return false
	}
	end := n.offset
	for end < len(r.src.text) && !isBlank(r.src.text[end]) && lineBreak(r.src.text[end:]) == 0 {
		end++
	}
	tag := r.src.text[n.offset:end]
	r.Add(n.Pos, len([]rune(tag)), `YAML reads a leading "!" as a tag: quote the expression, or write "not"`,
		"tags are not allowed: %s", tag)
	return true
}

func (r *yamlReader) mapping(n *Node, y *yaml.Node, in scope) {
	n.Kind, n.style = Map, collectionStyle(y)
	seen := make(map[string]Pos, len(y.Content)/2)
	for i := 0; i+1 < len(y.Content); i += 2 {
		key, value := r.key(y.Content[i], in), r.node(y.Content[i+1], in)
		if key == nil {
			continue
		}
		if first, twice := seen[key.Text]; twice {
			r.Add(key.Pos, key.width(), "", "key %q is given twice, first at line %d", key.Text, first.Line)
			n.twice = append(n.twice, key)
			continue
		}
		seen[key.Text] = key.Pos
		n.Keys, n.Items = append(n.Keys, key), append(n.Items, value)
	}
}

// key reads a key: nil if it is none.
func (r *yamlReader) key(y *yaml.Node, in scope) *Node {
	before := r.count()
	n := r.node(y, in)
	switch {
	case r.count() > before || r.nodes > maxNodes:
		return nil
	case n.Kind == List || n.Kind == Map:
		r.Add(n.Pos, 1, "quote an expression that has brackets or braces", "a key must be a word")
		return nil
	case y.Tag == "!!merge":
		r.Add(n.Pos, 2, "write the keys out", "merge keys are not allowed: <<")
		return nil
	case n.Kind == Null && n.Text == "":
		r.Add(n.Pos, 1, `a text with ":" in it must be quoted`, "a key is missing")
		return nil
	case n.Kind != Text:
		n.Text = y.Value
	}
	n.Kind = Text
	return n
}

func (n *Node) scalar(y *yaml.Node) {
	n.Kind, n.Text, n.style = Text, y.Value, scalarStyle(y.Style)
	if n.style != stylePlain {
		return
	}
	switch y.Tag {
	case "!!null":
		n.Kind = Null
	case "!!bool":
		n.Kind = Bool
		n.Text = string(bytes.ToLower([]byte(y.Value)))
	case "!!int", "!!float":
		n.Kind = Number
	}
}

func scalarStyle(style yaml.Style) uint8 {
	switch {
	case style&yaml.SingleQuotedStyle != 0:
		return styleSingle
	case style&yaml.DoubleQuotedStyle != 0:
		return styleDouble
	case style&yaml.LiteralStyle != 0:
		return styleLiteral
	case style&yaml.FoldedStyle != 0:
		return styleFolded
	}
	return stylePlain
}
