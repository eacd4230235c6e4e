package tidy_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

const (
	module = "example.com/spillway"
	root   = "../.."
)

// A file is one Go file of the module.
type file struct {
	name   string // from the module's root, with slashes
	test   bool
	tokens *token.FileSet
	ast    *ast.File
}

// folder is where the file stands: "money", "cmd/spillway".
func (f *file) folder() string { return path.Dir(f.name) }

// external says whether the file is of a package x_test.
func (f *file) external() bool { return strings.HasSuffix(f.ast.Name.Name, "_test") }

// line is the line of a place in the file.
func (f *file) line(at token.Pos) int { return f.tokens.Position(at).Line }

// lines is how many lines a node takes up.
func (f *file) lines(n ast.Node) int { return f.line(n.End()) - f.line(n.Pos()) + 1 }

// wrong reports a fault at a place in the file.
func (f *file) wrong(t *testing.T, at token.Pos, format string, args ...any) {
	t.Helper()
	t.Errorf("%s:%d: "+format, append([]any{f.name, f.line(at)}, args...)...)
}

// imports lists the paths that the file imports, each with its place.
func (f *file) imports() map[string]token.Pos {
	paths := map[string]token.Pos{}
	for _, spec := range f.ast.Imports {
		paths[strings.Trim(spec.Path.Value, `"`)] = spec.Pos()
	}
	return paths
}

// files parses every Go file of the module. Folders of test data, hidden ones
// and modules of their own are left out.
func files(t *testing.T) (all []*file) {
	t.Helper()
	tokens := token.NewFileSet()
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skip(name, entry.Name())
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		parsed, err := parser.ParseFile(tokens, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		below, err := filepath.Rel(root, name)
		all = append(all, &file{
			name: filepath.ToSlash(below), test: strings.HasSuffix(name, "_test.go"), tokens: tokens, ast: parsed,
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("no Go files found")
	}
	return all
}

// skip says whether to leave a folder out.
func skip(name, base string) error {
	if name == root {
		return nil
	}
	if base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
		return filepath.SkipDir
	}
	if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
		return filepath.SkipDir
	}
	return nil
}

// sources are the files that are no tests.
func sources(t *testing.T) (some []*file) {
	t.Helper()
	for _, f := range files(t) {
		if !f.test {
			some = append(some, f)
		}
	}
	return some
}

// coreSources are the sources whose answers depend on their arguments only.
func coreSources(t *testing.T) (some []*file) {
	t.Helper()
	for _, f := range sources(t) {
		if _, ok := core[f.folder()]; ok {
			some = append(some, f)
		}
	}
	return some
}
