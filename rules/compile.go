package rules

import (
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"
)

// An exprCompiler compiles the expressions of one policy. Mistakes go to the
// collector; the Expr is then nil.
type exprCompiler struct {
	layout   *Layout
	mistakes *Mistakes
}

// An exprSource is an expression's text, and where each of its characters
// (counted as runes from 0) stands.
type exprSource struct {
	text string
	at   func(rune int) Pos
}

// The limits of one expression.
const (
	maxExprBytes = 4096
	maxExprNodes = 1000
	maxExprWork  = 20_000 // nodes times the elements of the lists written out around them
)

// compile parses an expression with expr's grammar, checks its names and
// dimensions, and lowers it to closures over integers.
func (c *exprCompiler) compile(src exprSource, scope Scope, want Want) *Expr {
	l := &lowering{exprCompiler: c, src: src, scope: scope, runes: []rune(src.text)}
	before := c.mistakes.count()
	root := l.parse()
	if root == nil {
		return nil
	}
	e := l.finish(root, l.lower(root), want)
	if c.mistakes.count() > before {
		return nil
	}
	return e
}

// A lowering is the compilation of one expression.
type lowering struct {
	*exprCompiler
	src   exprSource
	runes []rune
	scope Scope
	depth int       // the first slot that is free: each open loop has one
	high  int       // one above the highest slot that was given out
	work  int       // how many nodes were lowered, those of repeated parts each time
	elem  []operand // what # is in each predicate around
}

// parse gives the tree of the expression, nil if it has none.
func (l *lowering) parse() ast.Node {
	switch {
	case len(l.src.text) > maxExprBytes:
		l.mistakes.Add(l.src.at(0), 1, "split it into several rules", "the expression has %d bytes, at most %d are read", len(l.src.text), maxExprBytes)
		return nil
	case strings.TrimSpace(l.src.text) == "":
		l.mistakes.Add(l.src.at(0), 1, "write a condition or a value", "the expression is empty")
		return nil
	}
	tree, err := parser.ParseWithConfig(l.src.text, &conf.Config{MaxNodes: maxExprNodes})
	if err != nil {
		l.syntax(err)
		return nil
	}
	if weigh(tree.Node, maxExprWork) < 0 {
		l.mistakes.Add(l.src.at(0), 1, "split it into several rules", "the expression is too large")
		return nil
	}
	return tree.Node
}

// mistake notes a mistake at a node. It gives an operand that no one complains
// about again.
func (l *lowering) mistake(n ast.Node, hint, format string, args ...any) operand {
	from, to := l.span(n)
	l.mistakes.Add(l.src.at(from), to-from, hint, format, args...)
	return operand{}
}

// lower checks and lowers one node.
func (l *lowering) lower(n ast.Node) operand {
	if l.work++; l.work > maxExprWork {
		l.mistakes.Add(l.src.at(0), 1, "split it into several rules", "the expression is too large")
		return operand{}
	}
	switch n := n.(type) {
	case *ast.NilNode:
		return operand{dim: dimNil}
	case *ast.BoolNode:
		return condition(always(n.Value))
	case *ast.IntegerNode, *ast.FloatNode:
		return l.literal(n)
	case *ast.StringNode:
		return constantText(n.Value)
	case *ast.IdentifierNode:
		return l.variable(n)
	case *ast.MemberNode:
		return l.member(n)
	case *ast.PointerNode:
		return l.pointer(n)
	case *ast.UnaryNode:
		return l.unary(n)
	case *ast.BinaryNode:
		return l.binary(n)
	case *ast.ConditionalNode:
		return l.conditional(n)
	case *ast.ArrayNode:
		return l.array(n)
	case *ast.BuiltinNode:
		return l.call(n, n.Name, n.Arguments)
	case *ast.CallNode:
		if name, ok := n.Callee.(*ast.IdentifierNode); ok {
			return l.call(n, name.Value, n.Arguments)
		}
		if of, ok := n.Callee.(*ast.MemberNode); ok {
			return l.method(n, of)
		}
		return l.mistake(n, "call a function by its name", "there are no methods")
	}
	return l.foreign(n)
}

// foreign refuses what expr's grammar has and the policy language has not.
func (l *lowering) foreign(n ast.Node) operand {
	what, hint := "this is", ""
	switch n.(type) {
	case *ast.ChainNode:
		what, hint = "?. is", "use ?? for what may be missing"
	case *ast.SliceNode:
		what, hint = "slices are", "use any, all, filter or sum over the list"
	case *ast.MapNode:
		what = "maps are"
	case *ast.BytesNode:
		what, hint = "byte strings are", "write text in quotes"
	case *ast.VariableDeclaratorNode:
		what, hint = "let is", "write the value where it is used"
	case *ast.SequenceNode:
		what, hint = "sequences with ; are", "write one expression"
	}
	return l.mistake(n, hint, "%s not part of the policy language", what)
}

// literal reads a number from its text: expr's own value is rounded already.
func (l *lowering) literal(n ast.Node) operand {
	text := l.word(n)
	v, ok := decimalRat(text)
	if !ok {
		return l.mistake(n, "write it as 1234 or 0.5", "%q is no decimal number", clip(text))
	}
	return operand{dim: dimNumber, num: constant(v)}
}

// conditional is cond ? a : b.
func (l *lowering) conditional(n *ast.ConditionalNode) operand {
	if !n.Ternary {
		return l.mistake(n, "write CONDITION ? A : B", "if is not part of the policy language")
	}
	if n.Cond == n.Exp1 {
		return l.mistake(n, "write CONDITION ? A : B", "?: is not part of the policy language")
	}
	cond := l.condition(n.Cond)
	a, b := l.present(n.Exp1, l.lower(n.Exp1)), l.present(n.Exp2, l.lower(n.Exp2))
	if cond.holds == nil {
		return operand{}
	}
	return l.choose(n, cond, a, b)
}

// choose is a where the condition holds, else b, of one dimension.
func (l *lowering) choose(n ast.Node, cond truth, a, b operand) operand {
	out := operand{dim: a.dim, fails: true}
	switch {
	case a.dim == dimInvalid || b.dim == dimInvalid:
		return operand{}
	case a.dim.numeric() && b.dim.numeric():
		if !l.agree(n, "choose between", a, b) {
			return operand{}
		}
		out = common(a, b)
		out.fails = true
		out.num = either(cond, a.num, b.num)
	case a.dim != b.dim || a.dim == dimList || a.dim == dimRecord || a.dim == dimNil:
		return l.mistake(n, "both must be of one kind", "cannot choose between %s and %s", a.describe(), b.describe())
	case a.dim == dimDate:
		out.num = either(cond, a.num, b.num)
	case a.dim == dimBool:
		x, y := a.truth.holds, b.truth.holds
		out.truth = sometimes(func(f *Frame) bool {
			if cond.holds(f) {
				return x(f)
			}
			return y(f)
		})
	case a.dim == dimText:
		x, y := a.text, b.text
		out.text = func(f *Frame) string {
			if cond.holds(f) {
				return x(f)
			}
			return y(f)
		}
	}
	return out
}

// condition lowers a node that must be a condition.
func (l *lowering) condition(n ast.Node) truth {
	return l.conditionOr(n, "compare it with something")
}

func (l *lowering) conditionOr(n ast.Node, hint string) truth {
	o := l.present(n, l.lower(n))
	switch o.dim {
	case dimInvalid:
		return truth{}
	case dimBool:
		return o.truth
	}
	l.mistake(n, hint, "a condition is needed, this is %s", o.describe())
	return truth{}
}

// syntax notes what expr's parser says, in words of the policy language.
func (l *lowering) syntax(err error) {
	at, message := syntaxError(l.src.text, err)
	at = min(max(at, 0), max(utf8.RuneCountInString(l.src.text)-1, 0))
	l.mistakes.Add(l.src.at(at), 1, syntaxHint(l.src.text, message), "%s", message)
}
