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
func ParseJSON(file string, src []byte) (*Node, error) {
	var m Mistakes
	n := parseJSON(&m, file, src)
	m.lead(n, "")
	if err := m.Err(); err != nil {
		return nil, err
	}
	return n, nil
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

// parseJSON gives what could be read before the first mistake of syntax, nil
// if that is nothing.
func parseJSON(m *Mistakes, file string, src []byte) *Node {
	if len(src) > maxJSON {
		m.Add(Pos{file, 1, 1}, 1, "", "the document is over 16 MiB")
		return nil
	}
	text := newSource(file, bytes.TrimPrefix(src, []byte("\ufeff")))
	m.addSource(text)
	if at := invalidUTF8(text.text); at >= 0 {
		m.Add(text.pos(at), 1, "send the document as UTF-8", "a byte that is not UTF-8")
		return nil
	}
	r := &jsonReader{Mistakes: m, src: text, tokens: json.NewDecoder(strings.NewReader(text.text))}
	r.tokens.UseNumber()
	n, ok := r.value(1)
	if r.offset = int(r.tokens.InputOffset()); !ok {
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
	src    *source
	tokens *json.Decoder
	nodes  int
	offset int // of the token at hand
	line   int // line and col are those of the offset from; line 0: not begun
	col    int
	from   int
}

// advance goes to the next token, past blanks and a comma or colon.
func (r *jsonReader) advance() {
	r.offset = r.blank(int(r.tokens.InputOffset()))
	if c := r.offset; c < len(r.src.text) && (r.src.text[c] == ',' || r.src.text[c] == ':') {
		r.offset = r.blank(c + 1)
	}
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
	n := &Node{Pos: r.pos(), src: r.src, offset: r.offset, style: styleDouble}
	token, err := r.tokens.Token()
	if err != nil {
		r.syntaxJSON(err)
		return nil, false
	}
	r.nodes++
	switch {
	case depth > maxDepth:
		r.Add(n.Pos, 1, "", "nested deeper than %d levels, the limit", maxDepth)
		return nil, false
	case r.nodes > maxJSONNodes:
		r.Add(n.Pos, 1, "", "the document has more than %d values", maxJSONNodes)
		return nil, false
	}
	switch t := token.(type) {
	case json.Delim:
		n.style = styleFlow
		if t == '{' {
			return n, r.object(n, depth)
		}
		return n, r.array(n, depth)
	case string:
		n.Kind, n.Text = Text, t
	case json.Number:
		n.Kind, n.Text, n.style = Number, t.String(), stylePlain
	case bool:
		n.Kind, n.Text, n.style = Bool, "false", stylePlain
		if t {
			n.Text = "true"
		}
	default:
		n.Text, n.style = "null", stylePlain
	}
	return n, true
}

func (r *jsonReader) object(n *Node, depth int) bool {
	n.Kind = Map
	seen := map[string]Pos{}
	for r.tokens.More() {
		key, ok := r.value(depth) // a key: the decoder refuses what is no string
		if !ok {
			return false
		}
		value, ok := r.value(depth + 1)
		if !ok {
			return false
		}
		if first, twice := seen[key.Text]; twice {
			r.Add(key.Pos, key.width(), "", "key %q is given twice, first at %d:%d", key.Text, first.Line, first.Col)
			n.twice = append(n.twice, key)
			continue
		}
		seen[key.Text] = key.Pos
		n.Keys, n.Items = append(n.Keys, key), append(n.Items, value)
	}
	return r.end()
}

func (r *jsonReader) array(n *Node, depth int) bool {
	n.Kind = List
	for r.tokens.More() {
		item, ok := r.value(depth + 1)
		if !ok {
			return false
		}
		n.Items = append(n.Items, item)
	}
	return r.end()
}

// end reads the bracket that closes a list or mapping.
func (r *jsonReader) end() bool {
	r.advance()
	if _, err := r.tokens.Token(); err != nil {
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
