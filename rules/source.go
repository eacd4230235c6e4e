package rules

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// A source is the text of one file, by lines. Lines end as YAML's do: at a
// line feed, a carriage return or both, and at Unicode's line breaks.
type source struct {
	file   string
	text   string
	starts []int // the offset of each line's first byte
}

func newSource(file string, text []byte) *source {
	s := &source{file: file, text: string(text), starts: []int{0}}
	for i := 0; i < len(s.text); {
		if c := s.text[i]; c > '\r' && c < 0xC2 { // no line break starts so
			i++
			continue
		}
		n := lineBreak(s.text[i:])
		if n > 0 {
			s.starts = append(s.starts, i+n)
		}
		i += max(n, 1)
	}
	return s
}

// lineBreak is the length of the line break that text starts with, 0 for none.
func lineBreak(text string) int {
	switch {
	case strings.HasPrefix(text, "\r\n"), strings.HasPrefix(text, "\u0085"):
		return 2
	case strings.HasPrefix(text, "\n"), strings.HasPrefix(text, "\r"):
		return 1
	case strings.HasPrefix(text, "\u2028"), strings.HasPrefix(text, "\u2029"):
		return 3
	}
	return 0
}

// line gives a line, counted from 1, without its line break.
func (s *source) line(n int) string {
	if n < 1 || n > len(s.starts) {
		return ""
	}
	end := len(s.text)
	if n < len(s.starts) {
		end = s.starts[n]
	}
	return strings.TrimRight(s.text[s.starts[n-1]:end], "\r\n\u0085\u2028\u2029")
}

// pos is the place of the character at an offset.
func (s *source) pos(offset int) Pos {
	offset = min(max(offset, 0), len(s.text))
	line := sort.SearchInts(s.starts, offset+1)
	return Pos{s.file, line, utf8.RuneCountInString(s.text[s.starts[line-1]:offset]) + 1}
}
