package rules

import (
	"github.com/expr-lang/expr/ast"

	"example.com/spillway/money"
)

// finish makes an expression of what was lowered, if it is what is wanted.
func (l *lowering) finish(n ast.Node, o operand, want Want) *Expr {
	e := &Expr{at: l.start(), text: l.src.text}
	if want == WantKey && isBareKey(n) {
		e.missing = o.missing
	} else {
		o = l.present(n, o)
	}
	switch {
	case o.dim == dimInvalid:
		return nil
	case o.dim == dimRecord || o.dim == dimList || o.dim == dimNil:
		l.mistake(n, "", "a value is needed, this is %s", o.describe())
	case want == WantBool && o.dim != dimBool:
		l.mistake(n, "compare it with something", "a condition is needed, this is %s", o.describe())
	case want == WantAmount && !(o.dim == dimNumber || o.dim == dimMoney && o.power == 1):
		l.mistake(n, "", "an amount is needed, this is %s", o.describe())
	case want == WantWeight && !o.dim.numeric():
		l.mistake(n, "", "a number is needed, this is %s", o.describe())
	}
	e.dim, e.read, e.truth, e.gate = o.dim, o.text, o.truth, leading(o.truth)
	e.decimals = shortest
	if o.dim == dimMoney && o.power == 1 {
		e.decimals = l.layout.Currency.Decimals()
	}
	e.value = o.num.count()
	if want == WantKey && e.value.i != nil {
		e.word = e.value.leaf
	}
	if want == WantAmount && o.dim.numeric() {
		decimals := l.layout.Currency.Decimals()
		e.value = inUnits(mul(round(o.num, decimals, money.HalfUp), constant(tenth(-decimals))))
	}
	if _, literal := n.(*ast.BoolNode); want == WantBool && o.truth.known && !literal {
		from, to := l.span(n)
		l.mistakes.Lint(l.src.at(from), to-from, "take it away, or say what was meant", "always %t", o.truth.value)
	}
	return e
}

// bareKeys are the order keys that may be missing: such a balance or child is
// the last.
var bareKeys = map[string]bool{"balance.apr": true, "child.apr": true, "balance.due_date": true}

func isBareKey(n ast.Node) bool {
	member, ok := n.(*ast.MemberNode)
	if !ok {
		return false
	}
	of, ok1 := member.Node.(*ast.IdentifierNode)
	name, ok2 := member.Property.(*ast.StringNode)
	return ok1 && ok2 && bareKeys[of.Value+"."+name.Value]
}

// inUnits is a number that is whole, counted in ones.
func inUnits(n num) num {
	if n = n.count(); n.r != nil {
		return n
	}
	return n.times(n.unit.Num())
}
