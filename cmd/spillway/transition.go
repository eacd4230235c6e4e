package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

const transitionLong = `Give payments that were applied another status.

A REQUEST is a file, or - for standard input (the default), with
{"account": .., "receipt": .., "transition": {"status": .., "date": ..}} in JSON
or YAML: the account as it now is, and the receipt of the payment in its last
state. JSON files may hold several, one after the other. Each is answered on a
line of its own with the change, the refusal or the error.

POLICY may be a set of dated policies: the one in force on the date decides.

Exit: 0 all changed; 2 a bad document or policy, or a rule that failed;
3 refused or not allowed. Of several the worst: 2, then 3.`

func transitionCommand(std stdio) *cobra.Command {
	var policyFile string
	c := changer{out: std.out}
	cmd := &cobra.Command{
		Use:   "transition --policy POLICY [REQUEST...]",
		Short: "Settle, void, dispute or take back payments",
		Long:  transitionLong,
		RunE: func(_ *cobra.Command, requests []string) error {
			set, err := loadSet(policyFile)
			if err != nil {
				fmt.Fprintln(std.err, err)
				return exit(exitBad)
			}
			c.set = set
			return eachFile(std, requests, &c.worst, c.stream)
		},
	}
	cmd.Flags().StringVarP(&policyFile, "policy", "p", "", "the policy's file, or that of a set of policies")
	cmd.Flags().BoolVar(&c.pretty, "pretty", false, "indent the JSON")
	_ = cmd.MarkFlagRequired("policy") // fails only for a flag that is not there
	return cmd
}

// A changer answers transitions.
type changer struct {
	set    *engine.Set
	out    io.Writer
	pretty bool
	worst  int // exit code so far
}

func (c *changer) stream(r io.Reader, name string) error {
	for n, err := range requests(r, name) {
		var fault *engine.InputError
		if err != nil && !errors.As(err, &fault) {
			return err
		}
		if err := c.answer(n, err); err != nil {
			return err
		}
	}
	return nil
}

// answer makes one transition, and says what came of it. A request that could
// not be read comes with the reason.
func (c *changer) answer(n *rules.Node, err error) error {
	var (
		account    engine.Account
		receipt    engine.Receipt
		transition engine.Transition
		change     engine.Change
	)
	if err == nil {
		account, receipt, transition, err = engine.DecodeTransition(n, c.set.Currency())
	}
	if err == nil {
		change, err = c.set.Transition(account, receipt, transition)
	}
	c.worst = worse(c.worst, err)
	return writeLine(c.out, engine.AppendChange(nil, receiptID(n), &change, err), c.pretty)
}

// receiptID finds the payment's id even in a request that is wrong elsewhere.
func receiptID(request *rules.Node) string {
	if request == nil || request.Kind != rules.Map {
		return ""
	}
	if receipt := request.Get("receipt"); receipt != nil {
		return paymentID(receipt)
	}
	return ""
}

// writeLine writes a document on a line of its own, or indented.
func writeLine(out io.Writer, document []byte, pretty bool) error {
	if pretty {
		var indented bytes.Buffer
		if err := json.Indent(&indented, document, "", "  "); err != nil {
			return err
		}
		document = indented.Bytes()
	}
	_, err := out.Write(append(document, '\n'))
	return err
}

// worse is the worse of the exit code so far and that of an answer.
func worse(worst int, answer error) int {
	var refusal *engine.Refusal
	switch {
	case answer == nil || worst == exitBad:
		return worst
	case errors.As(answer, &refusal):
		return exitRefused
	default:
		return exitBad
	}
}
