package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"example.com/spillway/engine"
	"example.com/spillway/loanpro"
)

const applyLong = `Apply payments to accounts.

A REQUEST is a file, or - for standard input (the default), with
{"account": .., "payment": ..} in JSON or YAML. JSON files may hold several,
one after the other. Each is answered on a line of its own, in order, with the
receipt, the refusal or the error.

With --format loanpro, requests are the bodies that LoanPro's LMS takes for
logging and processing payments, on the account in the file of --account, and
refusals are answered as it answers them.

Exit: 0 all applied; 2 a bad document or policy, or a rule that failed;
3 refused. Of several the worst: 2, then 3.`

func applyCommand(std stdio) *cobra.Command {
	a := applier{out: std.out}
	var policyFile, accountFile string
	cmd := &cobra.Command{
		Use:   "apply --policy POLICY [REQUEST...]",
		Short: "Apply payments to accounts",
		Long:  applyLong,
		RunE: func(_ *cobra.Command, requests []string) error {
			if err := checkFormat(a.format, accountFile); err != nil {
				return err
			}
			policy, err := loadPolicy(policyFile)
			if err == nil && accountFile != "" {
				a.policy = policy
				err = a.readAccount(accountFile)
			}
			if err != nil {
				fmt.Fprintln(std.err, err)
				return exit(exitBad)
			}
			a.policy = policy
			return a.all(std, requests)
		},
	}
	cmd.Flags().StringVarP(&policyFile, "policy", "p", "", "the policy's file")
	cmd.Flags().StringVar(&a.format, "format", formatSpillway, "the form of requests and refusals: spillway, loanpro")
	cmd.Flags().StringVar(&accountFile, "account", "", "the account's file, with --format loanpro")
	cmd.Flags().BoolVar(&a.text, "text", false, "answer in text for people")
	cmd.Flags().BoolVar(&a.pretty, "pretty", false, "indent the JSON")
	_ = cmd.MarkFlagRequired("policy") // fails only for a flag that is not there
	return cmd
}

// An applier answers requests.
type applier struct {
	policy       *engine.Policy
	account      engine.Account // of --format loanpro
	format       string
	out          io.Writer
	text, pretty bool
	worst        int // exit code so far
	buf          []byte
}

func (a *applier) all(std stdio, requests []string) error {
	if len(requests) == 0 {
		requests = []string{"-"}
	}
	for _, name := range requests {
		err := a.file(std.in, name)
		if err != nil {
			fmt.Fprintf(std.err, "spillway: %v\n", err)
			a.worst = exitBad
		}
	}
	if a.worst != exitOK {
		return exit(a.worst)
	}
	return nil
}

// file answers the requests of one file.
func (a *applier) file(stdin io.Reader, name string) error {
	if name == "-" {
		return a.stream(stdin, "stdin")
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return a.stream(f, name)
}

func (a *applier) stream(r io.Reader, name string) error {
	if a.format == formatLoanpro {
		return a.foreign(r, name)
	}
	l := newLine(a)
	var last error
	for q, err := range incoming(reading{r, l}, name) {
		if last = err; err != nil || !l.take(&q) {
			break
		}
	}
	return errors.Join(l.end(), last)
}

// note keeps the worst outcome for the exit code.
func (a *applier) note(err error) {
	var refusal *engine.Refusal
	switch {
	case err == nil:
	case errors.As(err, &refusal):
		if a.worst == exitOK {
			a.worst = exitRefused
		}
	default:
		a.worst = exitBad
	}
}

func (a *applier) write(id string, receipt *engine.Receipt, answer error) error {
	a.buf = a.append(a.buf[:0], id, receipt, answer)
	_, err := a.out.Write(a.buf)
	return err
}

// append appends an answer, and the end of its line.
func (a *applier) append(dst []byte, id string, receipt *engine.Receipt, answer error) []byte {
	switch {
	case a.text:
		dst = append(dst, textOf(a.policy.Currency(), id, receipt, answer)...)
	case a.pretty:
		var indented bytes.Buffer
		_ = json.Indent(&indented, a.document(nil, id, receipt, answer), "", "  ") // it is JSON: it was written here
		dst = append(dst, indented.Bytes()...)
	default:
		dst = a.document(dst, id, receipt, answer)
	}
	return append(dst, '\n')
}

// document appends an answer in the form of the requests.
func (a *applier) document(dst []byte, id string, receipt *engine.Receipt, answer error) []byte {
	if a.format == formatLoanpro {
		return loanpro.AppendAnswer(dst, id, receipt, answer)
	}
	return engine.AppendAnswer(dst, id, receipt, answer)
}
