package rules

import (
	"slices"

	"github.com/expr-lang/expr/ast"
)

// quantify is any, all and none.
func (l *lowering) quantify(n ast.Node, args []ast.Node) operand {
	li, ok := l.listArgument(args[0])
	if !ok {
		return operand{}
	}
	l.unused(li, args[1])
	name := callName(n)
	holds := make([]truth, len(li.parts))
	for i, p := range li.parts {
		t, ok := l.predicate(p, args[1])
		if !ok {
			return operand{}
		}
		if name == "all" {
			t = not(t)
		}
		holds[i] = t
	}
	t := existing(li, holds)
	if name != "any" {
		t = not(t)
	}
	return operand{dim: dimBool, fails: true, truth: t}
}

// predicate lowers a condition for the elements of one part.
func (l *lowering) predicate(p part, n ast.Node) (truth, bool) {
	o, _ := l.within(p, n)
	if o.dim != dimBool && o.dim != dimInvalid {
		l.mistake(predicateBody(n), "compare it with something", "a condition is needed, this is %s", o.describe())
	}
	return o.truth, o.dim == dimBool
}

// count is count(LIST), count(LIST, CONDITION) and one(LIST, CONDITION).
func (l *lowering) count(n ast.Node, args []ast.Node) operand {
	li, ok := l.listArgument(args[0])
	if ok && len(args) == 2 {
		li, ok = l.filter(li, args[1])
	}
	if !ok {
		return operand{}
	}
	number := counting(li)
	if callName(n) == "one" {
		return operand{dim: dimBool, fails: true, truth: compareNums(comparisons["=="], number, integer(1))}
	}
	return operand{dim: dimNumber, fails: true, num: number}
}

func (l *lowering) filterCall(_ ast.Node, args []ast.Node) operand {
	li, ok := l.listArgument(args[0])
	if ok {
		li, ok = l.filter(li, args[1])
	}
	if !ok {
		return operand{}
	}
	return operand{dim: dimList, fails: true, list: li}
}

func (l *lowering) mapCall(_ ast.Node, args []ast.Node) operand {
	li, ok := l.listArgument(args[0])
	if ok {
		li, ok = l.mapped(li, args[1])
	}
	if !ok {
		return operand{}
	}
	return operand{dim: dimList, fails: true, list: li}
}

// sum is sum(LIST) of numbers and sum(LIST, VALUE).
func (l *lowering) sum(n ast.Node, args []ast.Node) operand {
	li, ok := l.listArgument(args[0])
	if ok && len(args) == 2 {
		li, ok = l.mapped(li, args[1])
	}
	if !ok {
		return operand{}
	}
	at := args[len(args)-1]
	out := operand{dim: dimNumber, fails: true}
	values := make([]num, len(li.parts))
	for i, p := range li.parts {
		if !p.elem.dim.numeric() {
			return l.mistake(predicateBody(at), "say what to add up: sum(LIST, .amount)", "cannot add up %s", p.elem.describe())
		}
		if !l.agree(n, "add", out, p.elem) {
			return operand{}
		}
		out = common(out, p.elem)
		values[i] = p.elem.num
	}
	out.fails = true
	out.num = summing(li, values)
	return out
}

// in is VALUE in LIST: equal to one of its elements.
func (l *lowering) in(n *ast.BinaryNode) operand {
	l.depth++ // the value is read again for each element
	x := l.present(n.Left, l.lower(n.Left))
	l.depth--
	li, ok := l.listArgument(n.Right)
	if !ok || x.dim == dimInvalid {
		return operand{}
	}
	holds := make([]truth, len(li.parts))
	for i, p := range li.parts {
		item := p.node
		if item == nil {
			item = n.Right
		}
		o := l.equal(item, x, p.elem)
		if o.dim == dimInvalid {
			return o
		}
		holds[i] = o.truth
	}
	found, ok := among(x, li)
	if !ok {
		found = sometimes(exists(li, holds))
	}
	if x.fails { // also where the list is empty
		touch, inner := x.touch(), found.holds
		found = sometimes(func(f *Frame) bool { touch(f); return inner(f) })
	}
	return operand{dim: dimBool, fails: true, truth: found}
}

// among says whether text is one of constant texts: the usual list.
func among(x operand, li list) (found truth, ok bool) {
	var words []string
	for i := range li.parts {
		p := &li.parts[i]
		if p.kind != single || p.where.holds != nil || p.elem.dim != dimText || p.elem.konst == nil {
			return truth{}, false
		}
		words = append(words, *p.elem.konst)
	}
	if x.symbol != nil && len(words) > 0 {
		return x.symbol.isOneOf(words).truth(), true
	}
	read := x.text
	return sometimes(func(f *Frame) bool { return slices.Contains(words, read(f)) }), x.dim == dimText
}

// touch evaluates an operand for nothing but its failures.
func (o operand) touch() func(*Frame) {
	switch o.dim {
	case dimBool:
		return func(f *Frame) { o.truth.holds(f) }
	case dimText:
		return func(f *Frame) { o.text(f) }
	}
	return o.num.touch()
}

// equal is a == b for operands that are lowered already; n is the list or the
// element that b comes from.
func (l *lowering) equal(n ast.Node, a, b operand) operand {
	c := comparisons["=="]
	switch {
	case a.dim.numeric() && b.dim.numeric():
		if !l.agree(n, "compare", a, b) {
			return operand{}
		}
		return condition(compareRead(c, a, b))
	case a.dim == dimDate && b.dim == dimDate:
		return condition(compareRead(c, a, b))
	case a.dim == dimText && b.dim == dimText:
		return l.compareTexts([2]ast.Node{n, n}, c, a, b)
	case a.dim == dimBool && b.dim == dimBool:
		x, y := a.truth.holds, b.truth.holds
		return condition(sometimes(func(f *Frame) bool { return x(f) == y(f) }))
	}
	return l.mistake(n, clashHint(a, b), "%s is never in a list of %s", a.describe(), b.describe())
}

// predicateBody is the node that a predicate wraps.
func predicateBody(n ast.Node) ast.Node {
	if p, ok := n.(*ast.PredicateNode); ok {
		return p.Node
	}
	return n
}
