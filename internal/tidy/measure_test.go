package tidy_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

// parsed is a file with the given text.
func parsed(t *testing.T, text string) *file {
	t.Helper()
	tokens := token.NewFileSet()
	tree, err := parser.ParseFile(tokens, "p.go", "package p\n"+text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return &file{name: "p.go", tokens: tokens, ast: tree}
}

func TestNesting(t *testing.T) {
	for body, want := range map[string]int{
		"x()": 0,
		"if a { x() } else if b { x() } else { x() }":       1,
		"for range a { if b { x() } }":                      2,
		"switch a { case 1: if b { x() } }":                 2,
		"for { switch { default: if a { if b { x() } } } }": 4,
		"if a { return func() { if b { x() } } }":           1,
		"if f(func() { for { if b { x() } } }) { x() }":     2,
		"if a { x() } else { if b { x() } }":                2,
		"if a { x() } else if b { for { if c { x() } } }":   3,
	} {
		fn := parsed(t, "func f() { "+body+" }").ast.Decls[0].(*ast.FuncDecl)
		if got := nesting(fn.Body); got != want {
			t.Errorf("nesting(%s) = %d, want %d", body, got, want)
		}
	}
}

func TestParameters(t *testing.T) {
	for signature, want := range map[string]int{
		"func f()":                   0,
		"func f(a, b int, c string)": 3,
		"func f(a int, format string, args ...any)": 2,
		"func (r *t) f(a, b int)":                   2,
	} {
		fn := parsed(t, signature+" {}").ast.Decls[0].(*ast.FuncDecl)
		if got := parameters(fn); got != want {
			t.Errorf("parameters(%s) = %d, want %d", signature, got, want)
		}
	}
}

func TestChangesAreFound(t *testing.T) {
	const variables = "var a, m, s, p = 1, map[string]int{}, []int{1}, struct{ n int }{}\n"
	for body, want := range map[string]int{
		"a = 2":                              1,
		"a++":                                1,
		"m[``] = 1":                          1,
		"s[0], p.n = 1, 2":                   2,
		"_ = &p.n":                           1,
		"delete(m, ``); clear(s)":            2,
		"for a = range s { }":                1,
		"a := 1; a++; b := m[``]; b = 2":     0,
		"for i := range s { _ = s[i] }":      0,
		"_ = append(s, a); _ = p.n + len(m)": 0,
	} {
		f := parsed(t, variables+"func f() { "+body+" }")
		p, got := resolve("p", []*file{f}), 0
		ast.Inspect(f.ast, func(n ast.Node) bool {
			for _, target := range changed(n) {
				if p.variable(target) != nil {
					got++
				}
			}
			return true
		})
		if got != want {
			t.Errorf("%s changes %d package variables, want %d", body, got, want)
		}
	}
}
