package tidy_test

import (
	"go/ast"
	"go/token"
	"testing"
)

func TestExportedIsDocumented(t *testing.T) {
	for _, f := range sources(t) {
		if f.ast.Name.Name == "main" {
			continue
		}
		for _, decl := range f.ast.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Doc == nil && d.Name.IsExported() && exportedReceiver(d) && !selfEvident(d) {
					f.wrong(t, d.Pos(), "%s has no doc comment", d.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					undocumented(t, f, d, spec)
				}
			}
		}
	}
}

// undocumented reports an exported type, constant or variable that neither its
// own comment nor that of its group speaks of.
func undocumented(t *testing.T, f *file, d *ast.GenDecl, spec ast.Spec) {
	t.Helper()
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
			f.wrong(t, s.Pos(), "%s has no doc comment", s.Name.Name)
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			if name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
				f.wrong(t, s.Pos(), "%s has no doc comment", name.Name)
			}
		}
	}
}

func TestPackagesAreDocumented(t *testing.T) {
	first := map[string]*file{}
	documented := map[string]bool{}
	for _, f := range sources(t) {
		if first[f.folder()] == nil {
			first[f.folder()] = f
		}
		documented[f.folder()] = documented[f.folder()] || f.ast.Doc != nil
	}
	for folder, f := range first {
		if !documented[folder] {
			f.wrong(t, token.Pos(f.ast.Package), "package %s has no doc comment", f.ast.Name.Name)
		}
	}
}

// exportedReceiver says whether a function is none of a type that nobody sees.
func exportedReceiver(fn *ast.FuncDecl) bool {
	if fn.Recv == nil {
		return true
	}
	kind := fn.Recv.List[0].Type
	if pointer, ok := kind.(*ast.StarExpr); ok {
		kind = pointer.X
	}
	switch generic := kind.(type) {
	case *ast.IndexExpr:
		kind = generic.X
	case *ast.IndexListExpr:
		kind = generic.X
	}
	name, ok := kind.(*ast.Ident)
	return !ok || name.IsExported()
}

// selfEvident says whether a method does only what its interface says.
func selfEvident(fn *ast.FuncDecl) bool {
	return fn.Recv != nil && contains([]string{"Error", "String", "Unwrap"}, fn.Name.Name)
}
