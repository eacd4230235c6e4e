package rules

import "github.com/expr-lang/expr/ast"

// span gives the first character of a node and the one after its last, as far
// as the tree tells.
func (l *lowering) span(n ast.Node) (from, to int) {
	at := n.Location()
	from, to = at.From, at.To
	parts := parts(n)
	if _, ok := n.(*ast.ConditionalNode); ok { // its own place is what follows it
		from, to = l.span(parts[0])
	}
	for _, part := range parts {
		a, b := l.span(part)
		from, to = min(from, a), max(to, b)
	}
	from = min(from, max(len(l.runes)-1, 0))
	return from, max(min(to, len(l.runes)), from+1)
}

// place is where a node begins.
func (l *lowering) place(n ast.Node) Pos {
	from, _ := l.span(n)
	return l.src.at(from)
}

// start is where the expression begins: its first character that is no space.
func (l *lowering) start() Pos {
	for i, r := range l.runes {
		if !isSpace(r) {
			return l.src.at(i)
		}
	}
	return l.src.at(0)
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

// word is the source text of a node's own token.
func (l *lowering) word(n ast.Node) string {
	at := n.Location()
	if at.From < 0 || at.To > len(l.runes) || at.From > at.To {
		return ""
	}
	return string(l.runes[at.From:at.To])
}

// before says whether mark stands before a character, spaces aside.
func (l *lowering) before(at int, mark string) bool {
	for at > 0 && isSpace(l.runes[at-1]) {
		at--
	}
	return at >= len(mark) && string(l.runes[at-len(mark):at]) == mark
}

// parts are the nodes that a node is made of.
func parts(n ast.Node) []ast.Node {
	switch n := n.(type) {
	case *ast.BinaryNode:
		return []ast.Node{n.Left, n.Right}
	case *ast.UnaryNode:
		return []ast.Node{n.Node}
	case *ast.MemberNode:
		return []ast.Node{n.Node, n.Property}
	case *ast.ConditionalNode:
		return []ast.Node{n.Cond, n.Exp1, n.Exp2}
	case *ast.PredicateNode:
		return []ast.Node{n.Node}
	case *ast.ArrayNode:
		return n.Nodes
	case *ast.BuiltinNode:
		return n.Arguments
	case *ast.CallNode:
		return append([]ast.Node{n.Callee}, n.Arguments...)
	}
	return nil
}

// weigh takes the nodes of a tree from what is left of a limit. It gives less
// than 0 if they are more: expr's parser hangs the b of a < b < c twice in the
// tree, so that a small text can make a tree without end.
func weigh(n ast.Node, left int) int {
	left--
	for _, part := range parts(n) {
		if left < 0 {
			break
		}
		left = weigh(part, left)
	}
	return left
}
