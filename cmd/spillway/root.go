package main

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// The exit codes. Of a stream of payments the worst counts, and exitBad is
// worse than exitRefused.
const (
	exitOK      = 0
	exitFailed  = 1 // tests or checks failed
	exitBad     = 2 // bad usage, document or policy, or a rule that failed
	exitRefused = 3
)

// An exit is an exit code on its way up to main. What there is to say has been
// said already.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// stdio are the streams of a run.
type stdio struct {
	in       io.Reader
	out, err io.Writer
}

// run runs the command line and gives its exit code.
func run(args []string, std stdio) int {
	root := &cobra.Command{
		Use:               "spillway",
		Short:             "Spillway decides where each cent of a payment goes.",
		Version:           version(),
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.AddCommand(applyCommand(std), checkCommand(std), testCommand(std), transitionCommand(std), replayCommand(std), schemaCommand(std), verifyCommand(std))
	root.SetArgs(longRun(args))
	root.SetIn(std.in)
	root.SetOut(std.out)
	root.SetErr(std.err)
	err := root.Execute()
	var code exit
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &code):
		return int(code)
	default:
		fmt.Fprintf(std.err, "spillway: %v\n", err)
		return exitBad
	}
}

// longRun lets the flag --run be written -run, as go test has it.
func longRun(args []string) []string {
	args = append([]string(nil), args...)
	for i, arg := range args {
		if arg == "-run" || strings.HasPrefix(arg, "-run=") {
			args[i] = "-" + arg
		}
	}
	return args
}

// version is the version of the module that the binary was built from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}

// oneOf refuses a flag's value that is none of known.
func oneOf(flag, value string, known ...string) error {
	for _, k := range known {
		if value == k {
			return nil
		}
	}
	return fmt.Errorf("--%s %q: must be one of %s", flag, value, strings.Join(known, ", "))
}
