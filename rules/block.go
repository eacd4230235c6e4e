package rules

import "unicode/utf8"

// block follows a literal or folded scalar below parent columns of indentation.
func (t *trace) block(folded bool, parent int) {
	indent := t.header(parent)
	b := blockTrace{trace: t, indent: indent}
	b.breaks(parent)
	var lead []int // the offset of the line break before, if it is still to be decided
	leadingBlank := false
	for t.next < len(t.text) && b.column == b.indent && len(t.runes) < t.count {
		blank := isBlank(t.text[t.next])
		if folded && len(lead) > 0 && !leadingBlank && !blank && t.breakRune(lead[0]) == '\n' {
			if len(b.empty) == 0 {
				t.emit(' ', lead[0])
			}
		} else {
			b.emitBreaks(lead)
		}
		b.emitBreaks(b.empty)
		lead, b.empty, leadingBlank = nil, nil, blank
		lead = b.restOfLine()
		b.breaks(parent)
	}
	if len(t.runes) < t.count { // what is kept at the end
		b.emitBreaks(lead)
		b.emitBreaks(b.empty)
	}
	t.next = t.end()
}

// header steps over the line that starts a block scalar and gives the
// indentation that it names, or 0.
func (t *trace) header(parent int) int {
	indent := 0
	for t.next < len(t.text) && lineBreak(t.text[t.next:]) == 0 {
		c := t.text[t.next]
		if c == '#' {
			break
		}
		if c >= '1' && c <= '9' {
			indent = max(parent, 0) + int(c-'0')
		}
		t.next++
	}
	for t.next < len(t.text) && lineBreak(t.text[t.next:]) == 0 {
		t.next++
	}
	if t.next < len(t.text) {
		t.next += lineBreak(t.text[t.next:])
	}
	return indent
}

// A blockTrace follows the lines of a block scalar.
type blockTrace struct {
	*trace
	indent int   // 0: not known yet
	column int   // of next
	empty  []int // the line breaks of the empty lines just passed
}

func (b *blockTrace) emitBreaks(offsets []int) {
	for _, offset := range offsets {
		b.emit(b.breakRune(offset), offset)
	}
}

// restOfLine emits a line and gives the offset of its line break, if any.
func (b *blockTrace) restOfLine() []int {
	for b.next < len(b.text) && lineBreak(b.text[b.next:]) == 0 {
		r, n := utf8.DecodeRuneInString(b.text[b.next:])
		b.emit(r, b.next)
		b.next += n
	}
	if b.next >= len(b.text) {
		return nil
	}
	at := b.next
	b.next += lineBreak(b.text[at:])
	return []int{at}
}

// breaks steps over indentation and empty lines, and finds out the indentation
// if it is not known yet.
func (b *blockTrace) breaks(parent int) {
	deepest := 0
	for {
		b.column = 0
		for b.next < len(b.text) && b.text[b.next] == ' ' && (b.indent == 0 || b.column < b.indent) {
			b.next++
			b.column++
		}
		deepest = max(deepest, b.column)
		n := 0
		if b.next < len(b.text) {
			n = lineBreak(b.text[b.next:])
		}
		if n == 0 {
			break
		}
		b.empty = append(b.empty, b.next)
		b.next += n
	}
	if b.indent == 0 {
		b.indent = max(deepest, parent+1, 1)
	}
}
