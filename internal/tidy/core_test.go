package tidy_test

import (
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"testing"
)

// floatNames lists the functions and methods that take or give floats without
// naming their type.
var floatNames = []string{
	"ParseFloat", "FormatFloat", "AppendFloat", "NewFromFloat", "NewFromFloat32", "InexactFloat64",
	"Float64", "Float32", "SetFloat64", "NewFloat", "Inf", "NaN",
}

func TestNoFloats(t *testing.T) {
	for _, f := range coreSources(t) {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if n.Name == "float64" || n.Name == "float32" {
					f.wrong(t, n.Pos(), "no floats here")
				}
			case *ast.BasicLit:
				if n.Kind == token.FLOAT {
					f.wrong(t, n.Pos(), "no floats here: %s is one until it is converted; write it as an integer", n.Value)
				}
			case *ast.SelectorExpr:
				if contains(floatNames, n.Sel.Name) {
					f.wrong(t, n.Pos(), "no floats here: %s", n.Sel.Name)
				}
			}
			return true
		})
	}
}

func TestNoInit(t *testing.T) {
	for _, f := range sources(t) {
		for _, decl := range f.ast.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				f.wrong(t, fn.Pos(), "no init functions: what is needed is passed along")
			}
		}
	}
}

func TestNoGoroutines(t *testing.T) {
	for _, f := range coreSources(t) {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if statement, ok := n.(*ast.GoStmt); ok {
				f.wrong(t, statement.Pos(), "no goroutines here")
			}
			return true
		})
	}
}

// TestPackageVariablesAreTables holds package variables to being given a value
// once, where they are declared, and to that being no lock, pool or channel.
func TestPackageVariablesAreTables(t *testing.T) {
	for _, f := range sources(t) {
		for _, decl := range f.ast.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.VAR {
				continue
			}
			for _, spec := range d.Specs {
				checkVariable(t, f, spec.(*ast.ValueSpec))
			}
		}
	}
}

func checkVariable(t *testing.T, f *file, spec *ast.ValueSpec) {
	t.Helper()
	if len(spec.Values) == 0 {
		f.wrong(t, spec.Pos(), "%s has no value: package variables are given theirs where they are declared", spec.Names[0].Name)
	}
	ast.Inspect(spec, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ChanType:
			f.wrong(t, n.Pos(), "%s changes: no channels in package variables", spec.Names[0].Name)
		case *ast.SelectorExpr:
			if from, ok := n.X.(*ast.Ident); ok && (from.Name == "sync" || from.Name == "atomic") {
				f.wrong(t, n.Pos(), "%s changes: no %s.%s in package variables", spec.Names[0].Name, from.Name, n.Sel.Name)
			}
		}
		return true
	})
}

// TestPackageVariablesDoNotChange finds what sets, or takes the address of, a
// package variable or a part of it.
func TestPackageVariablesDoNotChange(t *testing.T) {
	packages := map[string][]*file{}
	for _, f := range sources(t) {
		packages[f.folder()] = append(packages[f.folder()], f)
	}
	for folder, ofPackage := range packages {
		p := resolve(folder, ofPackage)
		for _, f := range ofPackage {
			ast.Inspect(f.ast, func(n ast.Node) bool {
				for _, target := range changed(n) {
					if name := p.variable(target); name != nil {
						f.wrong(t, name.Pos(), "%s is a package variable: it must not change", name.Name)
					}
				}
				return true
			})
		}
	}
}

// A resolved package knows what each of its identifiers means.
type resolved struct {
	info  types.Info
	scope *types.Scope
}

// resolve finds out what identifiers of a package mean. What it imports is
// not looked at, so that much of it has no type; its own variables are found
// all the same.
func resolve(folder string, ofPackage []*file) resolved {
	p := resolved{info: types.Info{Uses: map[*ast.Ident]types.Object{}}}
	config := types.Config{Importer: noImports{}, Error: func(error) {}}
	var parsed []*ast.File
	for _, f := range ofPackage {
		parsed = append(parsed, f.ast)
	}
	checked, _ := config.Check(folder, ofPackage[0].tokens, parsed, &p.info) // errors are expected: nothing is imported
	p.scope = checked.Scope()
	return p
}

// variable is the package variable that an expression is, or is a part of.
func (p *resolved) variable(e ast.Expr) *ast.Ident {
	for {
		switch part := e.(type) {
		case *ast.Ident:
			v, ok := p.info.Uses[part].(*types.Var)
			if ok && v.Parent() == p.scope {
				return part
			}
			return nil
		case *ast.SelectorExpr:
			e = part.X
		case *ast.IndexExpr:
			e = part.X
		case *ast.StarExpr:
			e = part.X
		case *ast.ParenExpr:
			e = part.X
		default:
			return nil
		}
	}
}

// changed lists what a statement or expression sets, or lets others set.
func changed(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return n.Lhs
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.RangeStmt:
		return []ast.Expr{n.Key, n.Value}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			return []ast.Expr{n.X}
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.Ident); ok && len(n.Args) > 0 && contains([]string{"delete", "clear", "copy"}, f.Name) {
			return n.Args[:1]
		}
	}
	return nil
}

// noImports imports nothing.
type noImports struct{}

func (noImports) Import(string) (*types.Package, error) {
	return nil, errors.New("nothing is imported")
}
