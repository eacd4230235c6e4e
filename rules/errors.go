package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// An Error is one mistake in a policy or document, told to its author. Its
// pointer is the error.
type Error struct {
	Pos     Pos    // the first character at fault
	Width   int    // how many characters are at fault; 0 is read as 1
	Message string // what is wrong
	Hint    string // what to do about it; may be empty
	Line    string // the source line of Pos, whole; empty when it is not known
	Path    string // of a key given twice: the way to it, as payment.amount
}

// Error gives the mistake on one line: file:line:col: message (hint).
func (e *Error) Error() string {
	if e.Hint == "" {
		return fmt.Sprintf("%v: %s", e.Pos, e.Message)
	}
	return fmt.Sprintf("%v: %s (%s)", e.Pos, e.Message, e.Hint)
}

// Underlined gives the mistake with its source line below it, and what is at
// fault marked below that. Of a very long line only the part around it is shown.
func (e *Error) Underlined() string {
	if strings.TrimSpace(e.Line) == "" {
		return e.Error()
	}
	line := []rune(e.Line)
	start := min(max(e.Pos.Col-1, 0), len(line))
	end := max(min(start+e.Width, len(line)), start+1)
	from, to := 0, len(line)
	if len(line) > longLine {
		from, to = max(0, start-longLine/2), min(len(line), start+longLine/2)
		end = max(min(end, to), start+1)
	}
	marks := "^" + strings.Repeat("~", end-start-1)
	return e.Error() + "\n    " + printable(line[from:to]) + "\n    " + blank(line[from:start]) + marks
}

// longLine is the length, in characters, up to which a line is quoted whole.
const longLine = 160

// printable is the line with what a terminal would obey taken out.
func printable(line []rune) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, string(line))
}

// blank is as wide as the text, tabs included.
func blank(text []rune) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, string(text))
}

// Errors are all the mistakes of one policy or document, in the order of file,
// line and column. As an error it is never empty.
type Errors []*Error

// Error gives every mistake with its source line.
func (es Errors) Error() string {
	texts := make([]string, len(es))
	for i, e := range es {
		texts[i] = e.Underlined()
	}
	return strings.Join(texts, "\n")
}

// Unwrap gives each mistake to [errors.As] and [errors.Is].
func (es Errors) Unwrap() []error {
	errs := make([]error, len(es))
	for i, e := range es {
		errs[i] = e
	}
	return errs
}

// sort puts mistakes in the order in which they are reported. Mistakes of one
// place stay in the order in which they were found.
func (es Errors) sort() {
	slices.SortStableFunc(es, func(a, b *Error) int { return a.Pos.compare(b.Pos) })
}

func (p Pos) compare(q Pos) int {
	return cmp.Or(strings.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}
