// Package faults_test plants faults in the code, to see that the tests find
// them: those of the patches here, and mutants. The tree is never touched: go
// test -overlay reads a changed file in place of the true one.
package faults_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
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

// A tester is the tests of one package, built.
type tester struct {
	folder string // of the package
	binary string
}

// buildTests builds a package's tests with some files replaced by other text.
// The verdict is passed if they build.
func buildTests(t *testing.T, replaced map[string]string, pkg string) (tester, verdict, string) {
	t.Helper()
	binary, err := filepath.Abs(filepath.Join(t.TempDir(), "tests"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "test", "-c", "-vet=off", "-o", binary, "-overlay="+overlay(t, replaced), pkg)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return tester{}, unbuilt, string(out)
	}
	return tester{filepath.Join(root, pkg), binary}, passed, ""
}

// run runs the tests with a mutant switched on, 0 for none, for at most some
// seconds of the processor's time, so that it does not matter what else the
// machine does. It returns the time they took.
func (b tester) run(t *testing.T, seconds, mutant int, args ...string) (verdict, string, time.Duration) {
	t.Helper()
	limited := fmt.Sprintf(`ulimit -t %d; exec "$@"`, seconds)
	cmd := exec.Command("sh", append([]string{"-c", limited, "sh", b.binary, "-test.timeout=20m"}, args...)...)
	cmd.Dir = b.folder
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", variable, mutant))
	out, err := cmd.CombinedOutput()
	text, state := string(out), cmd.ProcessState
	if state == nil {
		t.Fatal(err)
	}
	took := state.UserTime() + state.SystemTime()
	status, _ := state.Sys().(syscall.WaitStatus)
	switch {
	case err == nil:
		return passed, text, took
	case status.Signaled(), strings.Contains(text, "SIGXCPU"), strings.Contains(text, "panic: test timed out"):
		return endless, text, took
	}
	return failed, text, took
}

// goTest runs a package's tests with some files replaced by other text, and
// gives what they print.
func goTest(t *testing.T, replaced map[string]string, pkg string) (verdict, string) {
	t.Helper()
	b, v, text := buildTests(t, replaced, pkg)
	if v == passed {
		v, text, _ = b.run(t, 300, 0)
	}
	return v, text
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
