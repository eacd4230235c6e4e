package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"example.com/spillway/internal/spec"
)

const testLong = `Run spec files: cases with an account, a payment, and what a policy must make
of them.

A PATH is a spec file, or a folder (default: the current one), of which the YAML
files that have cases are run.

Exit: 0 all passed; 1 some failed, or there were none; 2 a path that cannot be read.`

func testCommand(std stdio) *cobra.Command {
	var format, pattern string
	cmd := &cobra.Command{
		Use:   "test [PATH...]",
		Short: "Run spec files",
		Long:  testLong,
		RunE: func(_ *cobra.Command, paths []string) error {
			if err := oneOf("format", format, "text", "json", "junit"); err != nil {
				return err
			}
			chosen, err := regexp.Compile(pattern)
			if err != nil {
				return fmt.Errorf("--run: %v", err)
			}
			return test(std, paths, chosen, format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text, json or junit")
	cmd.Flags().StringVar(&pattern, "run", "", "run only cases whose name this regular expression matches")
	return cmd
}

// test runs the specs of paths and prints how they went.
func test(std stdio, paths []string, chosen *regexp.Regexp, format string) error {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var files []string
	for _, path := range paths {
		found, err := specFiles(path)
		if err != nil {
			return err
		}
		files = append(files, found...)
	}
	var all []fileRun
	for _, name := range files {
		all = append(all, runFile(name, chosen))
	}
	if err := printRuns(std.out, all, format); err != nil {
		return err
	}
	passed, failed := counted(all)
	if passed+failed == 0 {
		fmt.Fprintln(std.err, "spillway: there are no cases to run")
	}
	if failed > 0 || passed == 0 {
		return exit(exitFailed)
	}
	return nil
}

// specFiles are a file itself, or the spec files of a folder, but for those in
// hidden folders.
func specFiles(path string) (names []string, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{filepath.ToSlash(path)}, nil
	}
	err = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && name != path && strings.HasPrefix(entry.Name(), ".") {
			return filepath.SkipDir
		}
		if err != nil || entry.IsDir() || !isYAML(name) {
			return err
		}
		src, err := os.ReadFile(name)
		if err == nil && spec.HasCases(filepath.ToSlash(name), src) {
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	return names, err
}

// A fileRun is how a spec file went.
type fileRun struct {
	name  string
	cases []caseRun
}

// A caseRun is how a case went. The mistakes of a file that does not load are
// a case of their own.
type caseRun struct {
	*spec.Case
	differences []spec.Difference
}

func (c *caseRun) passed() bool { return len(c.differences) == 0 }

func runFile(name string, chosen *regexp.Regexp) fileRun {
	run := fileRun{name: name}
	at, err := locate(name)
	if err != nil {
		return run.broken(err)
	}
	file, err := spec.Load(at.fsys, at.name)
	if err != nil {
		return run.broken(at.restore(err))
	}
	file.Rename(at.restore)
	for _, c := range file.Cases {
		if chosen.MatchString(c.Name) {
			run.cases = append(run.cases, caseRun{c, c.Run()})
		}
	}
	return run
}

// broken makes a failed case of a file that does not load.
func (r fileRun) broken(err error) fileRun {
	r.cases = []caseRun{{
		&spec.Case{Name: "the file loads"},
		[]spec.Difference{{Key: "file", Expected: "a spec file without mistakes", Got: err.Error()}},
	}}
	return r
}

func counted(all []fileRun) (passed, failed int) {
	for _, file := range all {
		p, f := file.counted()
		passed, failed = passed+p, failed+f
	}
	return passed, failed
}

func (r *fileRun) counted() (passed, failed int) {
	for _, c := range r.cases {
		if c.passed() {
			passed++
		} else {
			failed++
		}
	}
	return passed, failed
}

func printRuns(out io.Writer, all []fileRun, format string) error {
	switch format {
	case "json":
		return printJSON(out, runsJSON(all))
	case "junit":
		return printJUnit(out, all)
	default:
		_, err := io.WriteString(out, runsText(all))
		return err
	}
}
