package faults_test

import (
	"cmp"
	"flag"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
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
// and why. Some mutants eat memory: run it below ulimit -v.
//
// Most mutants are built at once, and an environment variable switches them on;
// those that cannot be are built one by one.
func TestMutants(t *testing.T) {
	if *mutated == "" {
		t.Skip("not asked for: see docs/testing.md")
	}
	dir, err := filepath.Abs(filepath.Join(root, *mutated))
	if err != nil {
		t.Fatal(err)
	}
	all, drawn, e := prepare(t, dir)
	seen := map[verdict]int{}
	for i, m := range drawn {
		v := e.judge(t, m, i+1)
		seen[v]++
		if v != failed {
			t.Logf("%s: %s:%d:%d: %s", v, filepath.Base(m.file), m.at.Line, m.at.Column, m.what)
		}
	}
	found, tried := seen[failed]+seen[endless], len(drawn)-seen[unbuilt]
	t.Logf("%d mutants of %d in all; %d do not build; of %d, %d found (%d of them never end), %d live: %.1f %%",
		len(drawn), all, seen[unbuilt], tried, found, seen[endless], seen[passed], 100*float64(found)/float64(max(tried, 1)))
}

// An examination is what the mutants of one package go through.
type examination struct {
	*sources
	switched tester
	rounds   []string // of the tests
	limit    int      // of seconds, after which a mutant never ends
}

// prepare draws mutants, builds all that can be at once, and sees that the tests
// pass when none is switched on. all says how many there are to draw from.
func prepare(t *testing.T, dir string) (all int, drawn []*mutant, e *examination) {
	t.Helper()
	s, files := readSources(t, dir)
	drawn = s.mutants(files, strings.FieldsFunc(*only, func(r rune) bool { return r == ',' }))
	all = len(drawn)
	if *sample > 0 && *sample < all {
		picked := rand.New(rand.NewSource(*seed)).Perm(all)[:*sample]
		slices.Sort(picked)
		for i, at := range picked {
			drawn[i] = drawn[at]
		}
		drawn = drawn[:*sample]
	}
	b, v, text := buildTests(t, s.switched(dir, drawn), "./"+*mutated)
	if v != passed {
		t.Fatalf("with all mutants: %s", text)
	}
	v, text, took := b.run(t, 600, 0, "-test.v", "-test.run="+*tests)
	if v != passed {
		t.Fatalf("without a fault the tests do not pass:\n%s", text)
	}
	e = &examination{s, b, rounds(text), 2 + int(2*took/time.Second)}
	t.Logf("the tests take %v of the processor, in %d rounds", took.Round(time.Second/10), len(e.rounds))
	return all, drawn, e
}

// rounds parts tests by the time they took, into patterns for go test -run: the
// quick ones first, all at once, then the slow ones, which most mutants spare.
func rounds(printed string) (patterns []string) {
	type timed struct {
		name    string
		seconds float64
	}
	var all []timed
	total := 0.0
	for _, match := range regexp.MustCompile(`(?m)^--- PASS: (\w+) \(([0-9.]+)s\)`).FindAllStringSubmatch(printed, -1) {
		seconds, _ := strconv.ParseFloat(match[2], 64)
		all = append(all, timed{match[1], seconds})
		total += seconds
	}
	slices.SortStableFunc(all, func(a, b timed) int { return cmp.Compare(a.seconds, b.seconds) })
	var quick []string
	for _, test := range all {
		if test.seconds <= total/20 {
			quick = append(quick, test.name)
			continue
		}
		patterns = append(patterns, "^"+test.name+"$")
	}
	return append([]string{"^(" + strings.Join(quick, "|") + ")$"}, patterns...)
}

// judge runs the tests with one mutant, until some fail.
func (e *examination) judge(t *testing.T, m *mutant, number int) (v verdict) {
	t.Helper()
	b := e.switched
	if !m.switched {
		b, v, _ = buildTests(t, map[string]string{m.file: m.source(e.texts[m.file])}, "./"+*mutated)
		if v != passed {
			return v
		}
		defer os.Remove(b.binary)
	}
	for _, round := range e.rounds {
		v, _, _ = b.run(t, e.limit, number, "-test.failfast", "-test.run="+round)
		if v != passed {
			return v
		}
	}
	return passed
}
