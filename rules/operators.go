package rules

import (
	"math/big"
	"strings"

	"github.com/expr-lang/expr/ast"
)

// unary is -x, +x, not x and !x.
func (l *lowering) unary(n *ast.UnaryNode) operand {
	if n.Operator == "not" || n.Operator == "!" {
		t := l.conditionOr(n.Node, n.Operator+" binds closer than a comparison: write not (A == B)")
		if t.holds == nil {
			return operand{}
		}
		return operand{dim: dimBool, truth: not(t), fails: true}
	}
	o := l.present(n.Node, l.lower(n.Node))
	switch {
	case o.dim == dimInvalid:
		return o
	case !o.dim.numeric():
		return l.mistake(n, "", "%s has no sign", o.describe())
	case n.Operator == "-":
		o.num = neg(o.num)
	}
	return o
}

// binary is every operator between two operands.
func (l *lowering) binary(n *ast.BinaryNode) operand {
	switch n.Operator {
	case "&&", "and", "||", "or":
		return l.logic(n)
	case "??":
		return l.coalesce(n)
	case "in":
		return l.in(n)
	case "==", "!=", "<", "<=", ">", ">=":
		return l.comparison(n)
	case "+", "-", "*", "/", "%":
		return l.arithmetic(n)
	case "contains", "startsWith", "endsWith":
		return l.search(n)
	}
	return l.mistake(n, operatorHints[n.Operator], "%s is not part of the policy language", n.Operator)
}

var operatorHints = map[string]string{
	"**": "multiply instead", "^": "multiply instead", "matches": "use contains, startsWith or endsWith",
	"..": "compare with >= and <=", "|": "write the function around its argument",
}

// coalesce is a ?? b: b where a is missing.
func (l *lowering) coalesce(n *ast.BinaryNode) operand {
	a, b := l.lower(n.Left), l.lower(n.Right)
	if a.dim == dimInvalid || b.dim == dimInvalid {
		return operand{}
	}
	if a.missing == nil {
		if a.dim == dimNil {
			return l.mistake(n.Left, "", "nil is always missing")
		}
		from, to := l.span(n)
		l.mistakes.Lint(l.src.at(from), to-from, "take it away", "what is before ?? is never missing")
		return a
	}
	bMissing, aMissing := b.missing, a.missing
	there := sometimes(func(f *Frame) bool { return !aMissing(f) })
	raw := b
	a.missing, raw.missing = nil, nil
	out := l.choose(n, there, a, raw)
	if bMissing != nil && out.dim != dimInvalid {
		out.missing = func(f *Frame) bool { return aMissing(f) && bMissing(f) }
		out.name, out.soft = b.name, b.soft
	}
	return out
}

// present is an operand that is read: if it is missing, that fails.
func (l *lowering) present(n ast.Node, o operand) operand {
	if o.missing == nil || o.soft {
		o.missing = nil
		return o
	}
	missing, at, why := o.missing, l.place(n), o.name+" is missing"
	guard := func(f *Frame) bool {
		if missing(f) {
			f.fail(at, why)
			return true
		}
		return false
	}
	o.missing, o.fails = nil, true
	switch {
	case o.dim == dimBool:
		x := o.truth.holds
		o.truth = sometimes(func(f *Frame) bool { return !guard(f) && x(f) })
	case o.dim == dimText:
		x, ordinal := o.text, o.ordinal
		o.leaf, o.symbol = nil, nil
		o.text = func(f *Frame) string {
			if guard(f) {
				return ""
			}
			return x(f)
		}
		if ordinal != nil {
			o.ordinal = func(f *Frame) int64 {
				if guard(f) {
					return 0
				}
				return ordinal(f)
			}
		}
	default:
		o.num = guarded(o.num, guard)
	}
	return o
}

// guarded is n, and 0 where the guard stops it.
func guarded(n num, guard func(*Frame) bool) num {
	switch {
	case n.i != nil:
		x := n.i
		n.leaf, n.choice = nil, nil
		n.i = func(f *Frame) int64 {
			if guard(f) {
				return 0
			}
			return x(f)
		}
	case n.w != nil:
		x := n.w
		n.leaf, n.choice = nil, nil
		n.w = func(f *Frame) wide {
			if guard(f) {
				return wide{}
			}
			return x(f)
		}
	default:
		x := n.rat()
		n = exact(func(f *Frame) *big.Rat {
			if guard(f) {
				return new(big.Rat)
			}
			return x(f)
		})
	}
	return n
}

// comparison is == != < <= > >=.
func (l *lowering) comparison(n *ast.BinaryNode) operand {
	a, b := l.lower(n.Left), l.lower(n.Right)
	c := comparisons[n.Operator]
	switch {
	case a.dim == dimInvalid || b.dim == dimInvalid:
		return operand{}
	case a.dim == dimNil || b.dim == dimNil:
		return l.nilComparison(n, a, b)
	}
	a, b = l.present(n.Left, a), l.present(n.Right, b)
	ordered := c.less != c.more
	switch {
	case a.dim.numeric() && b.dim.numeric() && l.agree(n, "compare", a, b), a.dim == dimDate && b.dim == dimDate:
		return operand{dim: dimBool, truth: compareRead(c, a, b), fails: a.fails || b.fails}
	case a.dim.numeric() && b.dim.numeric():
		return operand{}
	case a.dim == dimText && b.dim == dimText:
		return l.compareTexts([2]ast.Node{n.Left, n.Right}, c, a, b)
	case a.dim == dimBool && b.dim == dimBool && !ordered:
		x, y, same := a.truth.holds, b.truth.holds, c.equal
		return operand{dim: dimBool, fails: true, truth: sometimes(func(f *Frame) bool { return (x(f) == y(f)) == same })}
	}
	at := n.Right
	if a.dim != dimMoney && b.dim == dimMoney {
		at = n.Left
	}
	return l.mistake(at, clashHint(a, b), "cannot compare %s with %s", a.describe(), b.describe())
}

// compareRead compares two numbers, both read even if the answer is known:
// reading may fail.
func compareRead(c comparison, a, b operand) truth {
	t := compareNums(c, a.num, b.num)
	if !t.known || !a.fails && !b.fails {
		return t
	}
	x, y := a.num.touch(), b.num.touch()
	return sometimes(func(f *Frame) bool { x(f); y(f); return t.value })
}

// touch evaluates a number for nothing but its failures.
func (n num) touch() func(*Frame) {
	switch {
	case n.konst != nil:
		return func(*Frame) {}
	case n.i != nil:
		return func(f *Frame) { n.i(f) }
	case n.w != nil:
		return func(f *Frame) { n.w(f) }
	}
	return func(f *Frame) { n.r(f) }
}

// nilComparison asks whether something is there.
func (l *lowering) nilComparison(n *ast.BinaryNode, a, b operand) operand {
	o := a
	if a.dim == dimNil {
		o = b
	}
	switch {
	case n.Operator != "==" && n.Operator != "!=":
		return l.mistake(n, "ask with == nil or != nil", "nil is not more or less than anything")
	case o.dim == dimNil || o.dim == dimRecord && o.missing == nil:
		return l.mistake(n, "ask it of a field or fact", "%s is not compared with nil", o.describe())
	case o.missing == nil && o.fails && o.dim != dimList:
		touch, there := o.touch(), n.Operator == "!="
		return condition(sometimes(func(f *Frame) bool { touch(f); return there }))
	case o.missing == nil:
		return condition(always(n.Operator == "!="))
	case n.Operator == "==":
		return condition(sometimes(o.missing))
	}
	return condition(not(sometimes(o.missing)))
}

// compareTexts compares texts byte by byte; words of the language only with
// words of the language. at is where the texts are written.
func (l *lowering) compareTexts(at [2]ast.Node, c comparison, a, b operand) operand {
	out := operand{dim: dimBool, fails: a.fails || b.fails}
	ordered := c.less != c.more
	if b.enum != nil && a.konst != nil {
		a, b, c, at[1] = b, a, c.flip(), at[0]
	}
	switch {
	case a.enum != nil && b.konst != nil && !ordered:
		i, ok := word(a.enum, *b.konst)
		if *b.konst == "" && a.soft {
			i, ok = Missing, true
		}
		if !ok {
			return l.mistake(at[1], didYouMean(*b.konst, a.enum), "%s is never %q", a.name, clip(*b.konst))
		}
		out.truth = truth{holds: compareWord(c, a.ordinal, int64(i)), safe: !out.fails}
		if a.leaf != nil {
			out.truth = atom{leaf: *a.leaf, c: c, v: int64(i)}.truth()
		}
		return out
	case ordered:
		x, y := a.text, b.text
		out.truth = sometimes(func(f *Frame) bool { return c.of(strings.Compare(x(f), y(f))) })
		return out
	}
	x, y, same := a.text, b.text, c.equal
	if b.konst != nil {
		s := *b.konst
		switch {
		case a.symbol != nil && same:
			out.truth = a.symbol.is(s).truth()
			return out
		case a.symbol != nil:
			out.truth = a.symbol.is(s).not().truth()
			return out
		case a.leaf != nil:
			out.truth = surely(a.leaf.is(s, same))
			return out
		}
		out.truth = sometimes(func(f *Frame) bool { return (x(f) == s) == same })
		return out
	}
	out.truth = sometimes(func(f *Frame) bool { return (x(f) == y(f)) == same })
	return out
}

// search is contains, startsWith, endsWith.
func (l *lowering) search(n *ast.BinaryNode) operand {
	a, b := l.present(n.Left, l.lower(n.Left)), l.present(n.Right, l.lower(n.Right))
	if a.dim == dimInvalid || b.dim == dimInvalid {
		return operand{}
	}
	if a.dim != dimText || b.dim != dimText {
		return l.mistake(n, "", "%s needs text on both sides, not %s and %s", n.Operator, a.describe(), b.describe())
	}
	find := map[string]func(s, part string) bool{
		"contains": strings.Contains, "startsWith": strings.HasPrefix, "endsWith": strings.HasSuffix,
	}[n.Operator]
	x, y := a.text, b.text
	return operand{dim: dimBool, fails: true, truth: sometimes(func(f *Frame) bool { return find(x(f), y(f)) })}
}
