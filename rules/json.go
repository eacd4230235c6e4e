package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// ParseJSON reads one JSON document into the same tree as [ParseYAML].
//
// Keys given twice, anything after the document, depth beyond 64 and documents
// over 16 MiB are mistakes. The error is [Errors].
func ParseJSON(file string, src []byte) (*Node, error) { return new(Parser).ParseJSON(file, src) }

// A Parser parses JSON documents one after another in the same memory. Its zero
// value is ready. It serves one goroutine.
type Parser struct {
	nodes nodes
	keys  []*Node
	items []*Node
}

// ParseJSON is [ParseJSON]. The tree is good until the next call.
func (p *Parser) ParseJSON(file string, src []byte) (*Node, error) {
	var m Mistakes
	p.nodes.used = 0
	n := p.parse(&m, file, src)
	m.lead(n, "")
	if err := m.Err(); err != nil {
		return nil, err
	}
	return n, nil
}

// nodes is room for the nodes of a tree, in blocks that stay where they are.
type nodes struct {
	blocks [][]Node
	used   int
}

const (
	nodeBlock    = 32
	maxKeptNodes = 1 << 16 // more than that are not kept for the next tree
)

// next gives a node. It has the room of its lists from the last time.
func (ns *nodes) next() *Node {
	if ns.used == 0 && len(ns.blocks) > maxKeptNodes/nodeBlock {
		ns.blocks = nil
	}
	block, i := ns.used/nodeBlock, ns.used%nodeBlock
	if block == len(ns.blocks) {
		ns.blocks = append(ns.blocks, make([]Node, nodeBlock))
	}
	ns.used++
	n := &ns.blocks[block][i]
	*n = Node{Keys: n.Keys[:0], Items: n.Items[:0]}
	return n
}

// ParseDocument reads a document as JSON if it starts with { or [ and what
// follows is JSON's, and else as YAML, which may start so too: {a: 1}.
func ParseDocument(file string, src []byte) (*Node, error) {
	var m Mistakes
	n := parseDocument(&m, file, src)
	m.lead(n, "")
	if err := m.Err(); err != nil {
		return nil, err
	}
	return n, nil
}

func parseDocument(m *Mistakes, file string, src []byte) *Node {
	rest := bytes.TrimLeft(bytes.TrimPrefix(src, []byte("\ufeff")), " \t\r\n")
	inner := bytes.TrimLeft(rest, "{[ \t\r\n")
	if len(inner) < len(rest) && (len(inner) == 0 || bytes.IndexByte([]byte(`"}]-0123456789`), inner[0]) >= 0) {
		return parseJSON(m, file, src)
	}
	return parseYAML(m, file, src)
}

func parseJSON(m *Mistakes, file string, src []byte) *Node { return new(Parser).parse(m, file, src) }

// parse gives what could be read before the first mistake of syntax, nil if
// that is nothing.
func (p *Parser) parse(m *Mistakes, file string, src []byte) *Node {
	if len(src) > maxJSON {
		m.Add(Pos{file, 1, 1}, 1, "", "the document is over 16 MiB")
		return nil
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	text := newSource(file, src)
	m.addSource(text)
	if at := invalidUTF8(text.text); at >= 0 {
		m.Add(text.pos(at), 1, "send the document as UTF-8", "a byte that is not UTF-8")
		return nil
	}
	r := &jsonReader{Mistakes: m, Parser: p, src: text}
	if !json.Valid(src) {
		r.tokens = json.NewDecoder(strings.NewReader(text.text))
		r.tokens.UseNumber()
	}
	n, ok := r.value(1)
	if r.offset = r.after(); !ok {
		return n
	}
	if r.offset = r.blank(r.offset); r.offset < len(text.text) {
		m.Add(r.pos(), 1, "send one document, or a stream of them", "text after the end of the document")
	}
	return n
}

// A jsonReader turns JSON tokens into Nodes.
type jsonReader struct {
	*Mistakes
	*Parser // its keys and items are those of the mappings and lists around, until they end
	src     *source
	tokens  *json.Decoder // of text that is not JSON: it says where and why; nil: see cut
	values  int           // how many there are so far, keys included
	offset  int           // of the token at hand
	past    int           // the offset after it
	line    int           // line and col are those of the offset from; line 0: not begun
	col     int
	from    int
}

// advance goes to the next token, past blanks and a comma or colon.
func (r *jsonReader) advance() {
	r.offset = r.blank(r.after())
	if c := r.offset; c < len(r.src.text) && (r.src.text[c] == ',' || r.src.text[c] == ':') {
		r.offset = r.blank(c + 1)
	}
}

// after is the offset after the token at hand.
func (r *jsonReader) after() int {
	if r.tokens == nil {
		return r.past
	}
	return int(r.tokens.InputOffset())
}

// blank is the offset after the blanks at an offset.
func (r *jsonReader) blank(offset int) int {
	for offset < len(r.src.text) && strings.IndexByte(" \t\r\n", r.src.text[offset]) >= 0 {
		offset++
	}
	return offset
}

// pos is the place of offset, counted on from that of the last call.
func (r *jsonReader) pos() Pos {
	if r.line == 0 {
		r.line, r.col = 1, 1
	}
	for r.line < len(r.src.starts) && r.src.starts[r.line] <= r.offset {
		r.from = r.src.starts[r.line]
		r.line, r.col = r.line+1, 1
	}
	r.col += utf8.RuneCountInString(r.src.text[r.from:r.offset])
	r.from = r.offset
	return Pos{r.src.file, r.line, r.col}
}

// value reads the value at hand; false after a mistake that hides the rest.
func (r *jsonReader) value(depth int) (*Node, bool) {
	r.advance()
	n := r.nodes.next()
	n.Pos, n.src, n.offset, n.style = r.pos(), r.src, r.offset, styleDouble
	var err error
	if n.Kind, n.Text, err = r.token(); err != nil {
		r.syntaxJSON(err)
		return nil, false
	}
	r.values++
	switch {
	case depth > maxDepth:
		r.Add(n.Pos, 1, "", "nested deeper than %d levels, the limit", maxDepth)
		return nil, false
	case r.values > maxJSONNodes:
		r.Add(n.Pos, 1, "", "the document has more than %d values", maxJSONNodes)
		return nil, false
	}
	switch n.Kind {
	case Map:
		n.style = styleFlow
		return n, r.object(n, depth)
	case List:
		n.style = styleFlow
		return n, r.array(n, depth)
	case Text:
	default:
		n.style = stylePlain
	}
	return n, true
}

// manyKeys is from how many keys on a mapping's are found by hashing them.
const manyKeys = 16

func (r *jsonReader) object(n *Node, depth int) bool {
	firstKey, firstItem := len(r.keys), len(r.items)
	defer func() { r.keys, r.items = r.keys[:firstKey], r.items[:firstItem] }()
	var seen map[string]*Node
	whole := true
	for whole && r.more() {
		key, ok := r.value(depth) // a key: the decoder refuses what is no string
		if !ok {
			whole = false
			continue
		}
		value, ok := r.value(depth + 1)
		if !ok {
			whole = false
			continue
		}
		keys := r.keys[firstKey:]
		if len(keys) == manyKeys {
			seen = map[string]*Node{}
			for _, k := range keys {
				seen[k.Text] = k
			}
		}
		first := seen[key.Text]
		if seen == nil {
			first = keyOf(keys, key.Text)
		} else if first == nil {
			seen[key.Text] = key
		}
		if first != nil {
			r.Add(key.Pos, key.width(), "", "key %q is given twice, first at %d:%d", key.Text, first.Pos.Line, first.Pos.Col)
			n.twice = append(n.twice, key)
			continue
		}
		r.keys, r.items = append(r.keys, key), append(r.items, value)
	}
	n.Keys, n.Items = append(n.Keys, r.keys[firstKey:]...), append(n.Items, r.items[firstItem:]...)
	return whole && r.end()
}

// keyOf finds a key of a mapping.
func keyOf(keys []*Node, text string) *Node {
	for _, k := range keys {
		if k.Text == text {
			return k
		}
	}
	return nil
}

func (r *jsonReader) array(n *Node, depth int) bool {
	n.Kind = List
	first := len(r.items)
	defer func() { r.items = r.items[:first] }()
	ok := true
	for ok && r.more() {
		var item *Node
		if item, ok = r.value(depth + 1); ok {
			r.items = append(r.items, item)
		}
	}
	n.Items = append(n.Items, r.items[first:]...)
	return ok && r.end()
}

// end reads the bracket that closes a list or mapping.
func (r *jsonReader) end() bool {
	r.advance()
	if _, _, err := r.token(); err != nil {
		r.syntaxJSON(err)
		return false
	}
	return true
}

// syntaxJSON notes what the decoder could not read, at the token it stopped at.
func (r *jsonReader) syntaxJSON(err error) {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || r.offset >= len(r.src.text) {
		r.offset = len(strings.TrimRight(r.src.text, " \t\r\n"))
		message := "the document is cut short"
		if r.offset == 0 {
			message = "the document is empty"
		}
		at := r.src.pos(r.offset)
		r.Add(at, 1, "", "%s", message)
		return
	}
	r.Add(r.pos(), 1, "", "this is not JSON: %s", strings.TrimPrefix(err.Error(), "json: "))
}
