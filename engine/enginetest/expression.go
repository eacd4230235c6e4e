package enginetest

import "strings"

// An Expr is an expression of the policy language as a tree. It prints itself,
// so that a policy can be drawn, and shrunk, without its text.
type Expr struct {
	Op   Op
	Kind Kind
	Text string // a literal as written, the path of a field, an operator, a function
	Args []*Expr
}

// An Op says what a node of an expression is.
type Op string

// The nodes of expressions.
const (
	Literal Op = "literal" // Text: 12.5, "card", true, nil
	Field   Op = "field"   // Text: account.owed; a list as account.balances
	Element Op = "element" // Text: owed, of the element that a list function looks at
	Call    Op = "call"    // Text: min
	Unary   Op = "unary"   // Text: -, not
	Binary  Op = "binary"  // Text: +, ==, and, ??, in, ...
	Cond    Op = "cond"    // Args: condition, value, other value
	List    Op = "list"    // Args: the elements
)

// A Kind is the kind of an expression's values, as the policy language has them.
type Kind string

// The kinds of values. Records are lists of balances, accounts and their like.
const (
	Money   Kind = "money"
	Rate    Kind = "rate"
	Days    Kind = "days"
	Number  Kind = "number"
	Date    Kind = "date"
	Text    Kind = "text"
	Bool    Kind = "bool"
	Records Kind = "records"
)

// String is the expression as a policy writes it.
func (e *Expr) String() string {
	var b strings.Builder
	e.print(&b)
	return b.String()
}

func (e *Expr) print(b *strings.Builder) {
	switch e.Op {
	case Element:
		b.WriteString("." + e.Text)
	case Unary:
		b.WriteString(e.Text + "(")
		e.Args[0].print(b)
		b.WriteString(")")
	case Binary:
		e.printBetween(b, "(", " "+e.Text+" ", ")")
	case Cond:
		b.WriteString("(")
		e.Args[0].print(b)
		b.WriteString(" ? ")
		e.Args[1].print(b)
		b.WriteString(" : ")
		e.Args[2].print(b)
		b.WriteString(")")
	case List:
		e.printBetween(b, "[", ", ", "]")
	case Call:
		e.printBetween(b, e.Text+"(", ", ", ")")
	default:
		b.WriteString(e.Text)
	}
}

// printBetween prints the arguments with what stands before, between and after
// them.
func (e *Expr) printBetween(b *strings.Builder, before, between, after string) {
	b.WriteString(before)
	for i, arg := range e.Args {
		if i > 0 {
			b.WriteString(between)
		}
		arg.print(b)
	}
	b.WriteString(after)
}

// literal is a value as written.
func literal(kind Kind, text string) *Expr { return &Expr{Op: Literal, Kind: kind, Text: text} }

// call is a function of arguments.
func call(kind Kind, function string, args ...*Expr) *Expr {
	return &Expr{Op: Call, Kind: kind, Text: function, Args: args}
}

// binary is an operator between two values.
func binary(kind Kind, operator string, a, b *Expr) *Expr {
	return &Expr{Op: Binary, Kind: kind, Text: operator, Args: []*Expr{a, b}}
}
