package rules

import (
	"github.com/expr-lang/expr/ast"
)

// listKind is a list that records have.
type listKind uint8

const (
	balances listKind = iota
	children
	lines
	shares
	directions
	listKinds
	single // no list: one element of a list written out
)

// A list is known at load but for its elements: parts one after another, each
// the elements of one loop, or a single one, that meet conditions. filter and
// map only add to that; nothing is built at run time.
type list struct {
	parts []part
}

// listOf is the list of a record in a register, looped over by the next free
// register.
func (l *lowering) listOf(kind listKind, reg int) list {
	if l.depth >= maxLoops {
		return list{}
	}
	loop := regLoop + l.slot()
	r := map[listKind]*record{
		balances: &l.layout.balance, children: &l.layout.child, lines: &l.layout.line,
		shares: &l.layout.share, directions: &l.layout.direction,
	}[kind]
	return list{[]part{{
		kind: kind, of: reg, reg: loop, words: r.words, texts: r.texts, at: l.start(),
		elem: operand{dim: dimRecord, record: r, reg: loop, name: r.name},
	}}}
}

// array is a list written out.
func (l *lowering) array(n *ast.ArrayNode) operand {
	out := operand{dim: dimList, fails: true}
	l.depth++ // the items are read within the loop over them
	defer func() { l.depth-- }()
	for _, item := range n.Nodes {
		o, top := l.measured(item)
		switch {
		case o.dim == dimInvalid:
			return o
		case o.dim == dimList || o.dim == dimRecord || o.dim == dimNil:
			return l.mistake(item, "", "a list written out has numbers, texts, dates or conditions, not %s", o.describe())
		}
		out.list.parts = append(out.list.parts, part{kind: single, elem: o, node: item, top: top, at: l.place(item)})
	}
	return out
}

// slot gives out the free slot to a loop: its register. What is evaluated within
// the loop must use higher ones.
func (l *lowering) slot() int {
	l.high = max(l.high, l.depth+1)
	return l.depth
}

// measured lowers a node that will be evaluated within a loop, and gives the
// first slot that it leaves alone.
func (l *lowering) measured(n ast.Node) (o operand, top int) {
	around := l.high
	l.high = 0
	o = l.present(n, l.lower(n))
	top = l.high
	l.high = max(around, top)
	return o, top
}

// listArgument lowers a node that must be a list.
func (l *lowering) listArgument(n ast.Node) (list, bool) {
	o := l.lower(n)
	switch {
	case o.dim == dimInvalid:
		return list{}, false
	case o.dim != dimList:
		l.mistake(n, "lists are account.balances, account.children, payment.directed, receipt.lines and [a, b]", "a list is needed, this is %s", o.describe())
		return list{}, false
	case l.depth >= maxLoops:
		l.tooDeep(n)
		return list{}, false
	}
	return o.list, true
}

func (l *lowering) tooDeep(n ast.Node) operand {
	return l.mistake(n, "split the rule", "lists stand more than %d deep in one another", maxLoops)
}

// pointer is #, or the record of a leading dot.
func (l *lowering) pointer(n *ast.PointerNode) operand {
	if n.Name != "" {
		return l.mistake(n, "", "#%s is not part of the policy language", n.Name)
	}
	if len(l.elem) == 0 {
		return l.mistake(n, "", "# stands for an element only within any, all, filter, sum and the like")
	}
	return l.elem[len(l.elem)-1]
}

// within lowers a predicate's body for the elements of one part, and gives the
// first slot that it leaves alone. The body may read the element within loops
// of its own: they start above those of the element.
func (l *lowering) within(p part, n ast.Node) (o operand, top int) {
	depth := l.depth
	l.depth = max(depth+1, p.top)
	l.elem = append(l.elem, p.elem)
	o, top = l.measured(predicateBody(n))
	l.elem = l.elem[:len(l.elem)-1]
	l.depth = depth
	return o, max(top, p.top)
}

// unused lowers a predicate's body for the elements of a list that has none, to
// find its mistakes.
func (l *lowering) unused(li list, n ast.Node) {
	if len(li.parts) == 0 {
		l.within(part{}, n)
	}
}

// filter keeps the elements that meet a condition.
func (l *lowering) filter(li list, n ast.Node) (list, bool) {
	out := list{}
	l.unused(li, n)
	for _, p := range li.parts {
		o, _ := l.within(p, n)
		if o.dim != dimBool {
			if o.dim != dimInvalid {
				l.mistake(n, "compare it with something", "a condition is needed, this is %s", o.describe())
			}
			return list{}, false
		}
		p.where = and(p.where, o.truth)
		out.parts = append(out.parts, p)
	}
	return out, true
}

// mapped replaces each element by an expression of it.
func (l *lowering) mapped(li list, n ast.Node) (list, bool) {
	out := list{}
	l.unused(li, n)
	for _, p := range li.parts {
		o, top := l.within(p, n)
		if o.dim == dimInvalid || o.dim == dimList || o.dim == dimNil {
			if o.dim != dimInvalid {
				l.mistake(n, "", "a list of %s is not part of the policy language", o.describe())
			}
			return list{}, false
		}
		p.elem, p.top = o, top
		out.parts = append(out.parts, p)
	}
	return out, true
}
