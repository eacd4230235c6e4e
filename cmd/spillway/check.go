package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"example.com/spillway/rules"
)

const checkLong = `Check policies: every mistake and lint, with its place, its line and a hint.

A lint is what is no mistake but looks like one.

Exit: 0 no mistakes; 1 mistakes; 2 a file that cannot be read.`

func checkCommand(std stdio) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "check POLICY...",
		Short: "Check policies for mistakes",
		Long:  checkLong,
		Args:  cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, names []string) error {
			if err := oneOf("format", format, "text", "json", "sarif"); err != nil {
				return err
			}
			return check(std, names, format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text, json or sarif")
	return cmd
}

// A finding is a mistake or a lint.
type finding struct {
	*rules.Error
	lint bool
}

// check reads policies and prints what is wrong with them.
func check(std stdio, names []string, format string) error {
	var all []finding
	code := exitOK
	for _, name := range names {
		found, err := findings(name)
		if err != nil {
			fmt.Fprintf(std.err, "spillway: %v\n", err)
			code = exitBad
		}
		all = append(all, found...)
	}
	if code == exitOK && mistakes(all) > 0 {
		code = exitFailed
	}
	if err := printFindings(std.out, all, format); err != nil {
		return err
	}
	if code != exitOK {
		return exit(code)
	}
	return nil
}

// findings are the mistakes of a policy or, if it has none, its lints. The
// error says that it cannot be read.
func findings(name string) (all []finding, err error) {
	policy, err := loadPolicy(name)
	var found rules.Errors
	if errors.As(err, &found) {
		for _, mistake := range found {
			all = append(all, finding{Error: mistake})
		}
		return all, nil
	}
	if err != nil {
		return nil, err
	}
	for _, lint := range policy.Lints() {
		all = append(all, finding{Error: lint, lint: true})
	}
	return all, nil
}

func mistakes(all []finding) (n int) {
	for _, f := range all {
		if !f.lint {
			n++
		}
	}
	return n
}

func printFindings(out io.Writer, all []finding, format string) error {
	switch format {
	case "json":
		return printJSON(out, findingsJSON(all))
	case "sarif":
		return printJSON(out, sarifOf(all))
	}
	for _, f := range all {
		if _, err := fmt.Fprintln(out, f.Underlined()); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "%s, %s\n", plural(mistakes(all), "mistake"), plural(len(all)-mistakes(all), "lint"))
	return err
}

// plural counts things: 1 lint, 2 lints.
func plural(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// printJSON prints a value, indented, without escaping what HTML would want.
func printJSON(out io.Writer, value any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}

type findingJSON struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Width   int    `json:"width"`
	Kind    string `json:"kind"` // mistake or lint
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
	Source  string `json:"source,omitempty"` // the line, whole
}

func (f finding) kind() string {
	if f.lint {
		return "lint"
	}
	return "mistake"
}

func findingsJSON(all []finding) []findingJSON {
	list := []findingJSON{}
	for _, f := range all {
		list = append(list, findingJSON{f.Pos.File, f.Pos.Line, f.Pos.Col, max(f.Width, 1), f.kind(), f.Message, f.Hint, f.Error.Line})
	}
	return list
}
