package faults_test

import (
	"flag"
	"go/parser"
	"go/token"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var (
	mutated = flag.String("mutants", "", "measure the tests of this package, a folder from the module's root, by mutation")
	only    = flag.String("files", "", "mutate these files only, separated by commas")
	sample  = flag.Int("sample", 0, "try this many of the mutants, drawn at random; 0: all")
	seed    = flag.Int64("seed", 1, "what the sample is drawn from")
	tests   = flag.String("tests", "", "run these tests only, as go test -run does")
)

// TestMutants changes one spot of a package at a time, and tells which changes
// its tests do not notice. It judges nothing: docs/testing.md says what lives
// and why. Some mutants never end and some eat memory: run it below ulimit -v.
func TestMutants(t *testing.T) {
	if *mutated == "" {
		t.Skip("not asked for: see docs/testing.md")
	}
	if v, text := goTest(t, nil, "./"+*mutated, "-run", *tests); v != passed {
		t.Fatalf("without a fault the tests do not pass:\n%s", text)
	}
	all := mutantsOf(t, filepath.Join(root, *mutated))
	drawn := rand.New(rand.NewSource(*seed)).Perm(len(all))
	if *sample > 0 && *sample < len(all) {
		drawn = drawn[:*sample]
	}
	slices.Sort(drawn)
	seen := map[verdict]int{}
	for _, i := range drawn {
		m := all[i]
		v, _ := goTest(t, map[string]string{m.file: m.source}, "./"+*mutated, "-vet=off", "-failfast", "-timeout=60s", "-run", *tests)
		seen[v]++
		if v != failed {
			t.Logf("%s: %s:%d:%d: %s", v, filepath.Base(m.file), m.at.Line, m.at.Column, m.what)
		}
	}
	found, tried := seen[failed]+seen[endless], len(drawn)-seen[unbuilt]
	t.Logf("%d mutants of %d in all; %d do not build; of %d, %d found (%d of them never end), %d live: %.1f %%",
		len(drawn), len(all), seen[unbuilt], tried, found, seen[endless], seen[passed], 100*float64(found)/float64(max(tried, 1)))
}

// mutantsOf lists the mutants of a package's sources, in the order of the text.
func mutantsOf(t *testing.T, dir string) (all []mutant) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no sources in %s: %v", dir, err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || *only != "" && !slices.Contains(strings.Split(*only, ","), filepath.Base(name)) {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tokens := token.NewFileSet()
		parsed, err := parser.ParseFile(tokens, name, source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		m := mutator{file: name, source: string(source), tokens: tokens}
		m.walk(parsed)
		all = append(all, m.found...)
	}
	return all
}
