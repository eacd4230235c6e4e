// Package faults_test plants faults in the code, to see that the tests find
// them: those of planted/, and mutants. The tree is never touched: go test
// -overlay reads a changed file in place of the true one.
package faults_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../.."

// A verdict is what the tests say of a fault.
type verdict string

const (
	failed  verdict = "found"
	passed  verdict = "LIVES"
	endless verdict = "never ends"
	unbuilt verdict = "does not build"
)

// goTest runs a package's tests with some files replaced by other text, and
// gives what they print.
func goTest(t *testing.T, replaced map[string]string, pkg string, args ...string) (verdict, string) {
	t.Helper()
	cmd := exec.Command("go", append([]string{"test", "-timeout=5m", "-overlay=" + overlay(t, replaced), pkg}, args...)...)
	cmd.Dir = root
	out, err := cmd.CombinedOutput()
	text := string(out)
	switch {
	case err == nil:
		return passed, text
	case strings.Contains(text, "[build failed]"), strings.Contains(text, "[setup failed]"):
		return unbuilt, text
	case strings.Contains(text, "panic: test timed out"):
		return endless, text
	}
	return failed, text
}

// overlay writes the file that go build -overlay reads.
func overlay(t *testing.T, replaced map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	paths := map[string]string{}
	for name, text := range replaced {
		original, err := filepath.Abs(name)
		if err != nil {
			t.Fatal(err)
		}
		paths[original] = filepath.Join(dir, filepath.Base(name))
		write(t, paths[original], []byte(text))
	}
	data, err := json.Marshal(map[string]any{"Replace": paths})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "overlay.json")
	write(t, name, data)
	return name
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
