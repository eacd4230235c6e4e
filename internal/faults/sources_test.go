package faults_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sources are a package's, without its tests, with what the compiler knows.
type sources struct {
	tokens  *token.FileSet
	texts   map[string]string // by path
	info    types.Info
	pkg     *types.Package
	imports map[string]map[string]string // by path of a file and of a package: the name it has there
}

// readSources reads the package in a folder.
func readSources(t *testing.T, dir string) (*sources, []*ast.File) {
	t.Helper()
	s := &sources{
		tokens: token.NewFileSet(), texts: map[string]string{}, imports: map[string]map[string]string{},
		info: types.Info{Types: map[ast.Expr]types.TypeAndValue{}},
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no sources in %s: %v", dir, err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(s.tokens, name, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		s.texts[name] = string(text)
		files = append(files, file)
	}
	s.check(t, dir, files)
	return s, files
}

// check lets the compiler's own checker say what type everything has.
func (s *sources) check(t *testing.T, dir string, files []*ast.File) {
	t.Helper()
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}", ".")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	compiled := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		compiled[path] = file
	}
	config := types.Config{Importer: importer.ForCompiler(s.tokens, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(compiled[path])
	})}
	if s.pkg, err = config.Check(filepath.Base(dir), s.tokens, files, &s.info); err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		known := map[string]string{}
		for _, spec := range file.Imports {
			path := strings.Trim(spec.Path.Value, `"`)
			for _, p := range s.pkg.Imports() {
				if p.Path() == path {
					known[path] = p.Name()
				}
			}
			if spec.Name != nil {
				known[path] = spec.Name.Name
			}
		}
		s.imports[s.tokens.Position(file.Pos()).Filename] = known
	}
}

// mutants lists the mutants of the files, in the order of the text.
func (s *sources) mutants(files []*ast.File, only []string) (all []*mutant) {
	for _, file := range files {
		name := s.tokens.Position(file.Pos()).Filename
		if len(only) > 0 && !slices.Contains(only, filepath.Base(name)) {
			continue
		}
		m := mutator{sources: s, file: name, source: s.texts[name]}
		m.walk(file)
		all = append(all, m.found...)
	}
	return all
}

// The switch that the sources with all mutants have, and its file.
const (
	switchName   = "mutantOn_"
	switchFile   = "mutants_switch.go"
	variable     = "MUTANT"
	switchSource = `package %s

import (
	"os"
	"strconv"
)

var ` + switchName + `, _ = strconv.Atoi(os.Getenv("` + variable + `"))
`
)

// switched gives sources that hold all mutants with a home at once: an
// environment variable says which of them the code is, by its place in drawn, from 1.
func (s *sources) switched(dir string, drawn []*mutant) map[string]string {
	around := map[string][]wrap{}
	for i, m := range drawn {
		if h := m.home; h != nil {
			text := s.texts[m.file]
			mutated := text[h.from:m.from] + m.text + text[m.to:h.to]
			around[m.file] = append(around[m.file], wrap{h, h.open(fmt.Sprintf("(%s == %d)", switchName, i+1), mutated)})
			m.switched = true
		}
	}
	texts := map[string]string{filepath.Join(dir, switchFile): fmt.Sprintf(switchSource, s.pkg.Name())}
	for name, wraps := range around {
		texts[name] = wrapped(s.texts[name], wraps)
	}
	return texts
}

// A wrap is a home with what opens it.
type wrap struct {
	*home
	opening string
}

// wrapped puts each wrap around its home: the outer ones first where they begin
// together.
func wrapped(text string, wraps []wrap) string {
	slices.SortStableFunc(wraps, func(a, b wrap) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to
	})
	var out strings.Builder
	var inside []wrap
	at := 0
	closeUpTo := func(end int) {
		for len(inside) > 0 && inside[len(inside)-1].to <= end {
			last := inside[len(inside)-1]
			out.WriteString(text[at:last.to] + ends[last.form])
			at, inside = last.to, inside[:len(inside)-1]
		}
	}
	for _, w := range wraps {
		closeUpTo(w.from)
		out.WriteString(text[at:w.from] + w.opening)
		at, inside = w.from, append(inside, w)
	}
	closeUpTo(len(text))
	return out.String() + text[at:]
}
