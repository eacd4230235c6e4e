package main

import (
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"example.com/spillway/engine"
)

const replayLong = `Run accounts through their events: payments, transitions and adjustments.

A HISTORY is a file, or - for standard input (the default), with
{"account": .., "events": [..]} in JSON or YAML. JSON files may hold several, one
after the other; {"account": ..} alone begins a history whose events follow, one
each. Each history is answered on a line of its own: its receipts, its changes,
the account at the end, and a running statement.

POLICY may be a set of dated policies: the one in force on an event's date
decides it. With --compare, the answer is what leads from each history to
another: OTHER is a file with as many histories, or another policy.

Exit: 0 nothing was skipped; 2 a bad document or policy, or a rule that failed;
3 a payment or transition was refused. Of several the worst: 2, then 3.`

func replayCommand(std stdio) *cobra.Command {
	var policyFile, other string
	r := replayer{out: std.out}
	cmd := &cobra.Command{
		Use:   "replay --policy POLICY [HISTORY...]",
		Short: "Run accounts through their events",
		Long:  replayLong,
		RunE: func(_ *cobra.Command, files []string) error {
			set, err := loadSet(policyFile)
			if err == nil {
				r.set = set
				err = r.compareWith(other)
			}
			if err != nil {
				fmt.Fprintln(std.err, err)
				return exit(exitBad)
			}
			debug.SetGCPercent(400) // histories are short-lived: collecting less often is twice as fast
			r.progress = newProgress(std.err, files)
			err = eachFile(std, files, &r.worst, r.stream)
			r.progress.done()
			return err
		},
	}
	cmd.Flags().StringVarP(&policyFile, "policy", "p", "", "the policy's file, or that of a set of policies")
	cmd.Flags().StringVar(&other, "compare", "", "say what leads to OTHER: a file of histories, or a policy")
	cmd.Flags().BoolVar(&r.text, "text", false, "answer in text for people")
	cmd.Flags().BoolVar(&r.pretty, "pretty", false, "indent the JSON")
	_ = cmd.MarkFlagRequired("policy") // fails only for a flag that is not there
	return cmd
}

// A replayer answers histories.
type replayer struct {
	set      *engine.Set
	other    *engine.Set   // to compare with, in place of set
	others   []accountLife // to compare with, one for each history
	compares bool
	out      io.Writer
	text     bool
	pretty   bool
	worst    int
	nth      int // history that is read
	progress *progress
}

// An accountLife is an account and its events, or why they cannot be read.
type accountLife struct {
	account engine.Account
	events  []engine.Event
	err     error
}

// compareWith reads what is to be compared with, if anything is.
func (r *replayer) compareWith(file string) error {
	if file == "" {
		return nil
	}
	r.compares = true
	policy, err := isPolicy(file)
	if err != nil {
		return err
	}
	if policy {
		r.other, err = loadSet(file)
		return err
	}
	return openFile(nil, file, func(in io.Reader, name string) error {
		for life, err := range lives(in, name, r.set.Currency()) {
			if err == nil {
				err = life.err
			}
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			r.others = append(r.others, life)
		}
		return nil
	})
}

// stream answers the histories of one file, in order, several at a time.
func (r *replayer) stream(in io.Reader, name string) error {
	return inOrder(lives(r.progress.reading(in), name, r.set.Currency()), r.job, func(a answer) error {
		r.worst = worse(r.worst, a.err)
		r.progress.add(a.events)
		return writeLine(r.out, a.document, r.pretty && !r.text)
	})
}

// An answer is what answers one history.
type answer struct {
	document []byte
	events   int
	err      error // that weighs most
}

// job gives the work that answers the next history.
func (r *replayer) job(life accountLife) func() answer {
	nth := r.nth
	r.nth++
	return func() answer { return r.answer(life, nth) }
}

func (r *replayer) answer(life accountLife, nth int) answer {
	history, err := life.replay(r.set)
	a := answer{events: len(life.events)}
	if err == nil {
		a.err = history.Worst()
		if !r.compares {
			a.document = r.document(history)
			return a
		}
		var other *engine.History
		if other, err = r.replayOther(life, nth); err == nil {
			a.document = r.difference(history.Compare(other))
			return a
		}
	}
	a.err = err
	if a.document = engine.AppendAnswer(nil, "", nil, err); r.text {
		a.document = []byte(strings.TrimSuffix(faultText("", err), "\n"))
	}
	return a
}

func (r *replayer) document(h *engine.History) []byte {
	if r.text {
		return []byte(historyText(r.set.Currency(), h))
	}
	return h.AppendJSON(nil)
}

func (r *replayer) difference(v *engine.Revision) []byte {
	if r.text {
		return []byte(revisionText(r.set.Currency(), v))
	}
	return v.AppendJSON(nil)
}

// replayOther replays what the nth history is compared with.
func (r *replayer) replayOther(life accountLife, nth int) (*engine.History, error) {
	if r.other != nil {
		return life.replay(r.other)
	}
	if nth >= len(r.others) {
		return nil, &engine.InputError{Why: fmt.Sprintf("there is no history %d to compare with", nth+1)}
	}
	return r.others[nth].replay(r.set)
}

func (l *accountLife) replay(set *engine.Set) (*engine.History, error) {
	if l.err != nil {
		return nil, l.err
	}
	return set.Replay(l.account, l.events)
}
