package rules

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// How a scalar is written.
const (
	stylePlain uint8 = iota
	styleSingle
	styleDouble // of YAML or JSON
	styleLiteral
	styleFolded
	styleFlow // a list or mapping in brackets
	styleBlock
	styleFault // a value with a mistake of its own, read as Null
)

// At gives the place in the file of the character of Text with that index,
// counted from 0: behind quotes, escapes, indentation and folded lines. For an
// index beyond the last it is the place just after it.
func (n *Node) At(index int) Pos {
	if n.src == nil {
		return n.Pos
	}
	t := n.trace()
	switch {
	case index < 0 || len(t.offsets) == 0:
		return n.Pos
	case index < len(t.offsets):
		return n.place(t.offsets[index])
	}
	return n.place(t.next)
}

// place is where an offset at or behind the node's own lies. It does not count
// from the start of the line, which may be as long as the file.
func (n *Node) place(offset int) Pos {
	line := n.Pos.Line
	if line < len(n.src.starts) && n.src.starts[line] <= offset {
		return n.src.pos(offset)
	}
	return Pos{n.Pos.File, line, n.Pos.Col + utf8.RuneCountInString(n.src.text[n.offset:offset])}
}

// trace follows a scalar from its source text to Text.
func (n *Node) trace() *trace {
	t := &trace{text: n.src.text, next: n.offset, count: utf8.RuneCountInString(n.Text)}
	switch n.style {
	case stylePlain:
		t.flow(0)
	case styleSingle:
		t.next++
		t.flow('\'')
	case styleDouble:
		t.next++
		t.flow('"')
	case styleLiteral, styleFolded:
		t.block(n.style == styleFolded, int(n.indent))
	}
	return t
}

// A trace decodes a scalar as YAML does and notes where each character of the
// result came from.
type trace struct {
	text    string
	next    int // the offset to read next
	count   int // how many characters there are to find
	runes   []rune
	offsets []int // of each of runes
}

func (t *trace) done() bool { return len(t.runes) >= t.count || t.next >= len(t.text) }

func (t *trace) emit(r rune, offset int) {
	if len(t.runes) < t.count {
		t.runes, t.offsets = append(t.runes, r), append(t.offsets, offset)
	}
}

// copy emits the character at next and steps over it.
func (t *trace) copy() {
	r, n := utf8.DecodeRuneInString(t.text[t.next:])
	t.emit(r, t.next)
	t.next += n
}

// flow follows a plain or quoted scalar.
func (t *trace) flow(quote byte) {
	for !t.done() {
		c := t.text[t.next]
		switch {
		case isBlank(c) || lineBreak(t.text[t.next:]) > 0:
			t.blanks()
		case quote == '\'' && c == quote:
			t.emit('\'', t.next)
			t.next += 2
		case quote == '"' && c == '\\' && t.next+1 < len(t.text):
			t.escape()
		default:
			t.copy()
		}
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// blanks follows a run of blanks and line breaks: blanks within a line stay, a
// line break is folded to a space, and more of them to one less.
func (t *trace) blanks() {
	start := t.next
	for t.next < len(t.text) && isBlank(t.text[t.next]) {
		t.next++
	}
	n := 0
	if t.next < len(t.text) {
		n = lineBreak(t.text[t.next:])
	}
	if n == 0 {
		for i := start; i < t.next; i++ {
			t.emit(rune(t.text[i]), i)
		}
		if t.done() { // what follows the last character is not part of it
			t.next = min(t.next, t.end())
		}
		return
	}
	first, at := t.breakRune(t.next), t.next
	t.next += n
	if first != '\n' {
		t.emit(first, at)
	}
	if more := t.emptyLines(); !more && first == '\n' {
		t.emit(' ', at)
	}
}

// emptyLines steps over blanks, emits each line break among them, and says
// whether there was one.
func (t *trace) emptyLines() (more bool) {
	for t.next < len(t.text) {
		n := lineBreak(t.text[t.next:])
		switch {
		case n > 0:
			t.emit(t.breakRune(t.next), t.next)
			t.next += n
			more = true
		case isBlank(t.text[t.next]):
			t.next++
		default:
			return more
		}
	}
	return more
}

// breakRune is what the line break at an offset is decoded to.
func (t *trace) breakRune(offset int) rune {
	r, _ := utf8.DecodeRuneInString(t.text[offset:])
	if r == '\r' || r == '\u0085' {
		return '\n'
	}
	return r
}

// end is the offset after the last character found.
func (t *trace) end() int {
	if len(t.offsets) == 0 {
		return t.next
	}
	last := t.offsets[len(t.offsets)-1]
	_, n := utf8.DecodeRuneInString(t.text[last:])
	return last + n
}

// escapes are the escapes of one letter, of YAML and JSON.
var escapes = map[byte]rune{
	'0': 0, 'a': '\a', 'b': '\b', 't': '\t', '\t': '\t', 'n': '\n', 'v': '\v', 'f': '\f', 'r': '\r', 'e': 0x1b,
	' ': ' ', '"': '"', '\'': '\'', '\\': '\\', '/': '/', 'N': 0x85, '_': 0xa0, 'L': 0x2028, 'P': 0x2029,
}

// escape follows an escape of a double-quoted scalar.
func (t *trace) escape() {
	at, letter := t.next, t.text[t.next+1]
	if n := lineBreak(t.text[at+1:]); n > 0 {
		t.next += 1 + n
		t.emptyLines()
		return
	}
	t.next += 2
	switch letter {
	case 'x':
		t.emit(t.hex(2), at)
	case 'U':
		t.emit(t.hex(8), at)
	case 'u':
		r := t.hex(4)
		if pair := t.text[t.next:]; utf16.IsSurrogate(r) && len(pair) > 6 && pair[:2] == `\u` {
			t.next += 2
			r = utf16.DecodeRune(r, t.hex(4))
		}
		t.emit(r, at)
	default:
		t.emit(escapes[letter], at)
	}
}

// hex reads an escape's digits.
func (t *trace) hex(digits int) rune {
	end := min(t.next+digits, len(t.text))
	value, err := strconv.ParseUint(t.text[t.next:end], 16, 32)
	t.next = end
	if err != nil {
		return utf8.RuneError
	}
	return rune(value)
}
