package faults_test

import (
	"go/ast"
	"go/token"
	"strconv"
)

// A mutant is a source file with one spot changed.
type mutant struct {
	file string
	at   token.Position
	from int // where text stands in for what was there, to to
	to   int
	text string
	what string

	home     *home // what can hold both the true code and the mutant's; nil: nothing
	switched bool  // the switched sources have it
}

// source is the mutant's file.
func (m *mutant) source(text string) string { return text[:m.from] + m.text + text[m.to:] }

// A mutator collects the mutants of one file.
type mutator struct {
	*sources
	file   string
	source string
	found  []*mutant
}

// replace adds the mutant that has text in place of from..to, somewhere in home.
func (m *mutator) replace(from, to token.Pos, text string, home *home) {
	at, end := m.tokens.Position(from), m.tokens.Position(to)
	was := m.source[at.Offset:end.Offset]
	m.found = append(m.found, &mutant{
		file: m.file, at: at, from: at.Offset, to: end.Offset, text: text, home: home,
		what: strconv.Quote(was) + " -> " + strconv.Quote(text),
	})
}

// operators lists what stands in for an operator.
var operators = map[token.Token][]token.Token{
	token.LSS: {token.LEQ, token.GEQ}, token.LEQ: {token.LSS, token.GTR},
	token.GTR: {token.GEQ, token.LEQ}, token.GEQ: {token.GTR, token.LSS},
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL},
	token.LAND: {token.LOR}, token.LOR: {token.LAND},
	token.ADD: {token.SUB}, token.SUB: {token.ADD}, token.MUL: {token.QUO}, token.QUO: {token.MUL}, token.REM: {token.MUL},
	token.SHL: {token.SHR}, token.SHR: {token.SHL}, token.AND: {token.OR}, token.OR: {token.AND},
	token.ADD_ASSIGN: {token.SUB_ASSIGN}, token.SUB_ASSIGN: {token.ADD_ASSIGN},
	token.INC: {token.DEC}, token.DEC: {token.INC}, token.BREAK: {token.CONTINUE}, token.CONTINUE: {token.BREAK},
}

// words lists what stands in for a name.
var words = map[string]string{"min": "max", "max": "min", "true": "false", "false": "true"}

// walk collects the mutants of all that is below a node.
func (m *mutator) walk(top ast.Node) {
	ast.PreorderStack(top, nil, func(n ast.Node, above []ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BinaryExpr:
			m.operator(n.OpPos, n.Op, m.homeOf(n, above))
		case *ast.UnaryExpr:
			if n.Op == token.SUB || n.Op == token.NOT {
				m.replace(n.OpPos, n.X.Pos(), "", m.homeOf(n, above))
			}
		case *ast.Ident:
			if other, ok := words[n.Name]; ok {
				m.replace(n.Pos(), n.End(), other, m.homeOfName(n, above))
			}
		case *ast.BasicLit:
			if i, err := strconv.Atoi(n.Value); err == nil && n.Kind == token.INT {
				m.replace(n.Pos(), n.End(), strconv.Itoa(i+1), m.homeOf(n, above))
			}
		case ast.Stmt:
			m.statement(n, above)
		}
		return true
	})
}

func (m *mutator) operator(at token.Pos, op token.Token, home *home) {
	for _, other := range operators[op] {
		m.replace(at, at+token.Pos(len(op.String())), other.String(), home)
	}
}

// statement turns conditions around and leaves statements out.
func (m *mutator) statement(n ast.Stmt, above []ast.Node) {
	home := m.homeOfStatement(n, above)
	switch n := n.(type) {
	case *ast.IfStmt:
		m.negate(n.Cond)
	case *ast.SwitchStmt:
		if n.Tag != nil {
			return
		}
		for _, clause := range n.Body.List {
			for _, cond := range clause.(*ast.CaseClause).List {
				m.negate(cond)
			}
		}
	case *ast.IncDecStmt:
		m.operator(n.TokPos, n.Tok, home)
	case *ast.BranchStmt:
		m.operator(n.TokPos, n.Tok, home)
	case *ast.ExprStmt:
		m.replace(n.Pos(), n.End(), "", home)
	case *ast.AssignStmt:
		m.operator(n.TokPos, n.Tok, home)
		if n.Tok != token.DEFINE {
			m.replace(n.Pos(), n.End(), "", home)
		}
	}
}

// negate turns a condition around that is no comparison: those are changed by
// their operator.
func (m *mutator) negate(cond ast.Expr) {
	switch cond := cond.(type) {
	case *ast.BinaryExpr:
		if cond.Op != token.LAND && cond.Op != token.LOR {
			return
		}
	case *ast.UnaryExpr:
		return
	}
	from, to := m.tokens.Position(cond.Pos()).Offset, m.tokens.Position(cond.End()).Offset
	m.replace(cond.Pos(), cond.End(), "!("+m.source[from:to]+")", m.homeOf(cond, nil))
}
