package tidy_test

import (
	"go/ast"
	"path"
	"strings"
	"testing"
)

// The sizes beyond which code is two things.
const (
	maxFileLines     = 400
	maxFunctionLines = 60
	maxParameters    = 4
	maxNesting       = 3
)

func TestFilesAreShort(t *testing.T) {
	for _, f := range sources(t) {
		if n := f.line(f.ast.FileEnd); n > maxFileLines+1 {
			t.Errorf("%s: %d lines, at most %d", f.name, n-1, maxFileLines)
		}
	}
}

func TestFilesAreNamedForWhatTheyHold(t *testing.T) {
	for _, f := range files(t) {
		base := strings.TrimSuffix(strings.TrimSuffix(path.Base(f.name), ".go"), "_test")
		if contains([]string{"util", "utils", "helper", "helpers", "common", "types", "misc"}, base) {
			t.Errorf("%s: a file is named for what it holds", f.name)
		}
	}
}

func TestFunctionsAreShort(t *testing.T) {
	for _, f := range sources(t) {
		for _, decl := range f.ast.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if ok && f.lines(fn) > maxFunctionLines {
				f.wrong(t, fn.Pos(), "%s has %d lines, at most %d", fn.Name.Name, f.lines(fn), maxFunctionLines)
			}
		}
	}
}

func TestParametersAreFew(t *testing.T) {
	for _, f := range sources(t) {
		for _, decl := range f.ast.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if ok && parameters(fn) > maxParameters {
				f.wrong(t, fn.Pos(), "%s has %d parameters, at most %d: make a struct", fn.Name.Name, parameters(fn), maxParameters)
			}
		}
	}
}

// parameters counts what a caller must give: format and args... are one.
func parameters(fn *ast.FuncDecl) int {
	list := fn.Type.Params.List
	n := fn.Type.Params.NumFields()
	if len(list) > 0 {
		if _, variadic := list[len(list)-1].Type.(*ast.Ellipsis); variadic {
			n--
		}
	}
	return n
}

func TestNestingIsShallow(t *testing.T) {
	for _, f := range sources(t) {
		for _, decl := range f.ast.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			if n := nesting(fn.Body); n > maxNesting {
				f.wrong(t, fn.Pos(), "%s is nested %d levels deep, at most %d", fn.Name.Name, n, maxNesting)
			}
		}
	}
}

// nesting is how many conditions, loops and switches stand inside one another
// at most. An else if stands beside its if, and a case adds nothing to its
// switch. A function literal is a function of its own: where it stands adds
// nothing to what is in it.
func nesting(n ast.Node) (deepest int) {
	var visit func(n ast.Node, depth int)
	visit = func(root ast.Node, depth int) {
		deepest = max(deepest, depth)
		ast.Inspect(root, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				visit(n.Body, 0)
				return false
			case *ast.IfStmt:
				visitIf(n, depth, visit)
				return false
			case *ast.ForStmt:
				visit(n.Body, depth+1)
				return false
			case *ast.RangeStmt:
				visit(n.X, depth)
				visit(n.Body, depth+1)
				return false
			case *ast.SwitchStmt:
				visit(n.Body, depth+1)
				return false
			case *ast.TypeSwitchStmt:
				visit(n.Body, depth+1)
				return false
			case *ast.SelectStmt:
				visit(n.Body, depth+1)
				return false
			}
			return true
		})
	}
	visit(n, 0)
	return deepest
}

func visitIf(n *ast.IfStmt, depth int, visit func(n ast.Node, depth int)) {
	visit(n.Cond, depth)
	visit(n.Body, depth+1)
	switch otherwise := n.Else.(type) {
	case *ast.IfStmt:
		visitIf(otherwise, depth, visit)
	case *ast.BlockStmt:
		visit(otherwise, depth+1)
	}
}
