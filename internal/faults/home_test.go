package faults_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// A home is an expression or a statement that can be written so that it is true
// to the source or to a mutant, as a switch says.
type home struct {
	from, to int    // in the text
	form     string // of what is put around it
	kind     string // of an expression that is a closure's result: its type
}

// The forms. Each holds the switch, the mutant's code and, behind it, the true
// code with what closes it.
const (
	truth     = "(%[1]s && (%[2]s) || !%[1]s && ("
	closure   = "func() %[3]s { if %[1]s { return %[2]s }; return "
	statement = "if %[1]s { %[2]s } else { "
	aside     = "func() { if %[1]s { %[2]s } else { "
)

// ends says what closes a form.
var ends = map[string]string{truth: "))", closure: " }()", statement: " }", aside: " } }()"}

// open is what goes before the true code, with the mutant's.
func (h *home) open(on, mutated string) string {
	return fmt.Sprintf(h.form+"%.0[2]s%.0[3]s", on, mutated, h.kind)
}

// homeOf tells what can be put around an expression; above are the nodes that it
// is in. What must be a constant has no home.
func (m *mutator) homeOf(e ast.Expr, above []ast.Node) *home {
	known, ok := m.info.Types[e]
	if _, folded := e.(*ast.BinaryExpr); folded && known.Value != nil {
		return nil // it might overflow
	}
	if !ok || known.Type == nil || m.constant(e, known, above) {
		return nil
	}
	h := &home{from: m.tokens.Position(e.Pos()).Offset, to: m.tokens.Position(e.End()).Offset}
	basic, _ := known.Type.(*types.Basic)
	switch {
	case basic != nil && (basic.Kind() == types.Bool || basic.Kind() == types.UntypedBool):
		h.form = truth
	case basic != nil && (basic.Info()&types.IsUntyped != 0 || basic.Info()&types.IsString != 0):
		return nil
	default:
		h.form = closure
		h.kind, ok = m.named(known.Type)
	}
	if !ok {
		return nil
	}
	return h
}

// named writes a type as this file can, if it can.
func (m *mutator) named(of types.Type) (text string, ok bool) {
	ok = true
	text = types.TypeString(of, func(p *types.Package) string {
		if p == m.pkg {
			return ""
		}
		name, imported := m.imports[m.file][p.Path()]
		ok = ok && imported
		return name
	})
	return text, ok
}

// constant reports whether an expression must be a constant, or cannot be told
// from one.
func (m *mutator) constant(e ast.Expr, known types.TypeAndValue, above []ast.Node) bool {
	var inside ast.Node = e
	for i := len(above) - 1; i >= 0; i-- {
		switch n := above[i].(type) {
		case *ast.GenDecl:
			return n.Tok == token.CONST
		case *ast.ArrayType:
			if n.Len == inside {
				return true
			}
		case *ast.KeyValueExpr:
			if n.Key == inside && known.Value != nil {
				return true
			}
		case ast.Expr:
			if known.Value != nil && m.info.Types[n].Value != nil {
				return true // part of a constant
			}
		}
		inside = above[i]
	}
	return false
}

// homeOfName is the home of true and false, and of a call of min or max.
func (m *mutator) homeOfName(name *ast.Ident, above []ast.Node) *home {
	call, ok := above[len(above)-1].(*ast.CallExpr)
	if ok && call.Fun == name {
		return m.homeOf(call, above[:len(above)-1])
	}
	return m.homeOf(name, above)
}

// homeOfStatement tells what can be put around a statement.
func (m *mutator) homeOfStatement(n ast.Stmt, above []ast.Node) *home {
	h := &home{from: m.tokens.Position(n.Pos()).Offset, to: m.tokens.Position(n.End()).Offset, form: aside}
	switch above[len(above)-1].(type) {
	case *ast.BlockStmt, *ast.CaseClause:
		h.form = statement
	case *ast.ForStmt, *ast.IfStmt, *ast.SwitchStmt:
	default:
		return nil
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok == token.DEFINE {
			return nil
		}
	case *ast.ExprStmt:
		call, _ := n.X.(*ast.CallExpr)
		if call == nil {
			return nil
		}
		if name, ok := call.Fun.(*ast.Ident); ok && name.Name == "panic" {
			return nil // it may be what ends a function
		}
	case *ast.BranchStmt:
		if n.Label != nil || h.form == aside || !looped(above) {
			return nil
		}
	}
	return h
}

// looped reports whether what is below these nodes is in a loop of its function.
func looped(above []ast.Node) bool {
	for i := len(above) - 1; i >= 0; i-- {
		switch above[i].(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return true
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		}
	}
	return false
}
