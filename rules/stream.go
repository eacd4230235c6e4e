package rules

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
)

// A ValueError says why a value of a stream could not be read. The stream goes
// on at the next line.
type ValueError struct {
	Line int // of the stream, from 1, where the value starts
	Why  string
}

// Error gives the line and what is wrong.
func (e *ValueError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Why) }

// Values gives the JSON values of a stream, in order, each as its bytes: one
// a line, one after the other, or over several lines. Only their brackets and
// quotes are looked at; what else is wrong with one, [ParseJSON] says.
//
// The error of a value that does not start with { or [, is over 16 MiB or is
// cut short is a [*ValueError], given with the bytes read of it; Values goes on
// at the next line. A value is cut short, too, where a line starts with a { that
// it cannot have there. Any other error is the reader's, and the last. The bytes
// are valid until the next value.
func Values(r io.Reader) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		s := &splitter{r: bufio.NewReaderSize(r, 64<<10), line: 1}
		for {
			value, err := s.next()
			if errors.Is(err, io.EOF) {
				return
			}
			var fault *ValueError
			if !yield(value, err) || err != nil && !errors.As(err, &fault) {
				return
			}
		}
	}
}

// A splitter cuts a stream into values.
type splitter struct {
	r       *bufio.Reader
	line    int
	started int // the line on which value starts
	value   []byte
	open    []byte // the brackets that are open
	quoted  bool   // inside a string
	escaped bool   // after a backslash in one
	bom     bool   // the start of the stream is past
}

// next gives the next value; io.EOF when there is none.
func (s *splitter) next() ([]byte, error) {
	s.value, s.open, s.quoted, s.escaped = s.value[:0], s.open[:0], false, false
	c, err := s.first()
	if err != nil {
		return nil, err
	}
	s.started = s.line
	if c != '{' && c != '[' {
		return s.fail(c, `a JSON object is expected`)
	}
	_ = s.r.UnreadByte() // it was read just now
	for {
		chunk, err := s.chunk()
		if err == io.EOF {
			return s.value, &ValueError{s.started, "the value is cut short"}
		} else if err != nil {
			return nil, err
		}
		s.value = append(s.value, chunk...)
		_, _ = s.r.Discard(len(chunk)) // it was peeked at
		last := chunk[len(chunk)-1]
		if last == '\n' {
			s.line++
		}
		switch {
		case len(s.value) > maxJSON:
			s.value = s.value[:0]
			return s.fail(last, "the value is over 16 MiB")
		case len(s.open) == 0:
			return s.value, nil
		case last == '\n' && s.restarts():
			return s.value, &ValueError{s.started, "the value is cut short"}
		}
	}
}

// chunk gives what is to come up to the end of the value or of the line, or of
// what was read ahead: whoever sends a value may wait before sending the next.
func (s *splitter) chunk() ([]byte, error) {
	if _, err := s.r.Peek(1); err != nil {
		return nil, err
	}
	ahead, _ := s.r.Peek(s.r.Buffered()) // there is that much
	for i, c := range ahead {
		if s.closes(c) || c == '\n' {
			return ahead[:i+1], nil
		}
	}
	return ahead, nil
}

// first skips blanks, and a byte order mark at the start of the stream.
func (s *splitter) first() (byte, error) {
	if mark, _ := s.r.Peek(3); !s.bom && string(mark) == "\ufeff" {
		_, _ = s.r.Discard(3) // it was peeked at
	}
	s.bom = true
	for {
		c, err := s.read()
		if err != nil || c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return c, err
		}
	}
}

func (s *splitter) read() (byte, error) {
	c, err := s.r.ReadByte()
	if c == '\n' && err == nil {
		s.line++
	}
	return c, err
}

// closes follows brackets and strings and says whether c ends the value.
func (s *splitter) closes(c byte) bool {
	switch {
	case s.escaped:
		s.escaped = false
	case s.quoted:
		switch c {
		case '\\':
			s.escaped = true
		case '"', '\n': // no string goes over a line: its end is missing
			s.quoted = false
		}
	case c == '"':
		s.quoted = true
	case c == '{' || c == '[':
		s.open = append(s.open, c)
	case c == '}' || c == ']':
		s.open = s.open[:len(s.open)-1]
		return len(s.open) == 0
	}
	return false
}

// restarts says whether the next line begins with an object where the value at
// hand can have none: it is the next value, and this one is cut short.
func (s *splitter) restarts() bool {
	next, err := s.r.Peek(1)
	if err != nil || next[0] != '{' {
		return false
	}
	inList := s.open[len(s.open)-1] == '['
	before := bytes.TrimRight(s.value, " \t\r\n")
	last := before[len(before)-1]
	return last != ':' && !(inList && (last == '[' || last == ','))
}

// fail passes over the rest of the line that c stands on.
func (s *splitter) fail(c byte, why string) ([]byte, error) {
	for c != '\n' {
		if len(s.value) < 1<<10 {
			s.value = append(s.value, c)
		}
		var err error
		if c, err = s.read(); err != nil {
			break
		}
	}
	return s.value, &ValueError{s.started, why}
}
