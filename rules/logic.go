package rules

import (
	"slices"

	"github.com/expr-lang/expr/ast"
)

// logic is and, or: the right side is looked at only if it can change the answer.
// A and B and C is A and (B and C), so that the first decides with one call.
func (l *lowering) logic(n *ast.BinaryNode) operand {
	var terms []truth
	bad := false
	for _, term := range termsOf(n) {
		t := l.condition(term)
		bad = bad || t.holds == nil
		terms = append(terms, t)
	}
	if bad {
		return operand{}
	}
	join := or
	if isAnd(n) {
		join = and
	}
	t := terms[len(terms)-1]
	for i := len(terms) - 2; i >= 0; i-- {
		t = join(terms[i], t)
	}
	return operand{dim: dimBool, truth: t, fails: true}
}

func isAnd(n *ast.BinaryNode) bool { return n.Operator == "&&" || n.Operator == "and" }

// termsOf lists what a chain of ands, or of ors, joins.
func termsOf(n *ast.BinaryNode) []ast.Node {
	terms := []ast.Node{n.Right}
	left := n.Left
	for {
		chain, ok := left.(*ast.BinaryNode)
		if !ok || !isLogic(chain) || isAnd(chain) != isAnd(n) {
			break
		}
		terms = append(terms, chain.Right)
		left = chain.Left
	}
	terms = append(terms, left)
	slices.Reverse(terms)
	return terms
}

func isLogic(n *ast.BinaryNode) bool {
	return isAnd(n) || n.Operator == "||" || n.Operator == "or"
}
