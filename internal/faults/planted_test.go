package faults_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var planted = flag.Bool("planted", false, "plant the faults of the patches here, and see that the tests find each")

// TestPlanted plants the fault of each patch. What is above the diff says
//
//	What:           what is wrong, in a sentence
//	Found by:       the packages whose tests must all fail
//	Counterexample: a regular expression of what a failed test prints
//	Of at most two: a regular expression that is in that once or twice: a balance
//
// The last two are for faults whose counterexample needs two balances at most.
func TestPlanted(t *testing.T) {
	if !*planted {
		t.Skip("not asked for: see docs/testing.md")
	}
	patches, err := filepath.Glob("*.patch")
	if err != nil || len(patches) < 10 {
		t.Fatalf("%d faults, want ten at least: %v", len(patches), err)
	}
	for _, name := range patches {
		t.Run(strings.TrimSuffix(name, ".patch"), func(t *testing.T) {
			f := readFault(t, name)
			replaced := f.apply(t)
			for _, pkg := range f.foundBy {
				v, printed := goTest(t, replaced, pkg)
				if v != failed {
					t.Errorf("%s: %s in %s:\n%s", f.what, v, pkg, printed)
				}
				f.judge(t, printed)
			}
		})
	}
}

// A fault is one patch.
type fault struct {
	patch          string // its path
	what           string
	foundBy        []string
	counterexample string
	balance        string
}

func readFault(t *testing.T, name string) (f fault) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if f.patch, err = filepath.Abs(name); err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(string(text), "\n--- ")
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.TrimSpace(value)
		switch key {
		case "What":
			f.what = value
		case "Found by":
			f.foundBy = strings.Fields(value)
		case "Counterexample":
			f.counterexample = value
		case "Of at most two":
			f.balance = value
		}
	}
	if f.what == "" || len(f.foundBy) == 0 {
		t.Fatalf("%s does not say what is wrong and who finds it", name)
	}
	return f
}

// apply gives the patched files, by the paths of the true ones.
func (f *fault) apply(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(f.patch)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	replaced := map[string]string{}
	for _, match := range regexp.MustCompile(`(?m)^--- a/(.*)$`).FindAllStringSubmatch(string(text), -1) {
		source, err := os.ReadFile(filepath.Join(root, match[1]))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(match[1])), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, match[1]), source)
		replaced[match[1]] = ""
	}
	cmd := exec.Command("git", "apply", f.patch)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the code has changed: make the patch anew: %v\n%s", err, out)
	}
	patched := map[string]string{}
	for name := range replaced {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		patched[filepath.Join(root, name)] = string(text)
	}
	return patched
}

// judge holds the first counterexample that was printed to two balances.
func (f *fault) judge(t *testing.T, printed string) {
	t.Helper()
	if f.counterexample == "" {
		return
	}
	example := regexp.MustCompile(f.counterexample).FindString(printed)
	if n := len(regexp.MustCompile(f.balance).FindAllString(example, -1)); n < 1 || n > 2 {
		t.Errorf("the counterexample has %d balances, want one or two:\n%s", n, example)
	} else {
		t.Logf("%s", example)
	}
}
