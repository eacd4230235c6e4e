package rules

import "fmt"

// A Pos is a place in a policy or document: a file, and a line and column in
// it, both from 1. Columns count characters, not bytes. The zero Pos is no place.
type Pos struct {
	File      string
	Line, Col int
}

// String gives file:line:col, as compilers print it.
func (p Pos) String() string {
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}
