package rules

import (
	"fmt"
	"slices"
	"strconv"
)

// maxMistakes is how many mistakes are reported at most.
const maxMistakes = 200

// Mistakes collects the mistakes and lints found in a policy or document, so
// that its author sees all of them at once. The zero Mistakes is ready for use
// and knows no sources.
type Mistakes struct {
	sources  map[string]*source
	mistakes Errors
	lints    Errors
	left     int // mistakes beyond maxMistakes
}

// Add notes a mistake at a place, width characters wide. The hint, which may be
// empty, says what to do. A mistake that was noted already is not noted again.
func (m *Mistakes) Add(at Pos, width int, hint, format string, args ...any) {
	e := m.note(at, width, hint, fmt.Sprintf(format, args...))
	switch {
	case e.among(m.mistakes):
	case len(m.mistakes) == maxMistakes:
		m.left++
	default:
		m.mistakes = append(m.mistakes, e)
	}
}

// Lint notes, like Add, what is no mistake but looks like one.
func (m *Mistakes) Lint(at Pos, width int, hint, format string, args ...any) {
	e := m.note(at, width, hint, fmt.Sprintf(format, args...))
	if !e.among(m.lints) && len(m.lints) < maxMistakes {
		m.lints = append(m.lints, e)
	}
}

func (m *Mistakes) note(at Pos, width int, hint, message string) *Error {
	e := &Error{Pos: at, Width: max(width, 1), Message: message, Hint: hint}
	if src := m.sources[at.File]; src != nil {
		e.Line = src.line(at.Line)
	}
	return e
}

func (e *Error) among(noted Errors) bool {
	return slices.ContainsFunc(noted, func(n *Error) bool { return n.Pos == e.Pos && n.Message == e.Message })
}

// addSource makes the lines of a file known, to quote them.
func (m *Mistakes) addSource(src *source) {
	if m.sources == nil {
		m.sources = map[string]*source{}
	}
	m.sources[src.file] = src
}

// Err gives all mistakes, sorted, as [Errors]; nil if there are none.
func (m *Mistakes) Err() error {
	if len(m.mistakes) == 0 {
		return nil
	}
	all := slices.Clone(m.mistakes)
	all.sort()
	if m.left > 0 {
		last := *all[len(all)-1]
		last.Hint = ""
		last.Message = fmt.Sprintf("and %d more mistakes", m.left)
		all = append(all, &last)
	}
	return all
}

// Lints gives all lints, sorted.
func (m *Mistakes) Lints() []*Error {
	all := slices.Clone(m.lints)
	all.sort()
	return all
}

// count is how many mistakes were found so far.
func (m *Mistakes) count() int { return len(m.mistakes) + m.left }

// lead says, of each key given twice in the tree of n, which way leads to it.
func (m *Mistakes) lead(n *Node, path string) {
	if n == nil || len(m.mistakes) == 0 {
		return
	}
	under := func(key string) string {
		if path == "" {
			return key
		}
		return path + "." + key
	}
	for _, key := range n.twice {
		for _, e := range m.mistakes {
			if e.Pos == key.Pos {
				e.Path = under(key.Text)
			}
		}
	}
	for i, item := range n.Items {
		if n.Kind == List {
			m.lead(item, path+"["+strconv.Itoa(i)+"]")
		} else {
			m.lead(item, under(n.Keys[i].Text))
		}
	}
}
