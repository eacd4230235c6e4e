package main

import (
	"errors"
	"io"
	"iter"
	"os"
	"runtime"

	"example.com/spillway/engine"
	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// lives gives the histories in r, in order: each a document with account and
// events, or one with an account only and the documents after it that are its
// events. An error of the sequence is the reader's, and the last.
func lives(r io.Reader, name string, currency money.Currency) iter.Seq2[accountLife, error] {
	return func(yield func(accountLife, error) bool) {
		var open *accountLife
		finish := func() bool {
			life := open
			open = nil
			return life == nil || yield(*life, nil)
		}
		for n, err := range requests(r, name) {
			var fault *engine.InputError
			if err != nil && !errors.As(err, &fault) {
				yield(accountLife{}, err)
				return
			}
			if err == nil && open != nil && isEvent(n) {
				open.add(n, currency)
				continue
			}
			if !finish() {
				return
			}
			next := begin(n, err, currency)
			open = &next
		}
		finish()
	}
}

// isEvent says whether a document is an event.
func isEvent(n *rules.Node) bool {
	return n.Kind == rules.Map && n.Get("account") == nil
}

// begin is the history that a document begins, or is.
func begin(n *rules.Node, err error, currency money.Currency) (life accountLife) {
	switch {
	case err != nil:
		life.err = err
	case n.Kind == rules.Map && len(n.Keys) == 1 && n.Keys[0].Text == "account":
		life.account, life.err = engine.DecodeAccount(n.Items[0], "account", currency)
	default:
		life.account, life.events, life.err = engine.DecodeReplay(n, currency)
	}
	return life
}

// add adds an event on a line of its own.
func (l *accountLife) add(n *rules.Node, currency money.Currency) {
	event, err := engine.DecodeEvent(n, "", currency)
	if l.err == nil {
		l.err = err
	}
	l.events = append(l.events, event)
}

// inOrder does a job for each item of a sequence, as many at a time as there
// are processors, and hands the answers out in the order of the items.
func inOrder[I, A any](items iter.Seq2[I, error], job func(I) func() A, hand func(A) error) error {
	waiting := make(chan chan A, 2*runtime.GOMAXPROCS(0))
	stop := make(chan struct{})
	var broken error // of the reader
	go func() {
		defer close(waiting)
		for item, err := range items {
			if err != nil {
				broken = err
				return
			}
			work, answer := job(item), make(chan A, 1)
			select {
			case waiting <- answer:
				go func() { answer <- work() }()
			case <-stop:
				return
			}
		}
	}()
	for answer := range waiting {
		if err := hand(<-answer); err != nil {
			close(stop)
			return err
		}
	}
	return broken
}

// isPolicy says whether a file holds a policy or a set of policies.
func isPolicy(file string) (bool, error) {
	if !isYAML(file) {
		return false, nil
	}
	src, err := os.ReadFile(file)
	if err != nil {
		return false, err
	}
	n, err := rules.ParseYAML(file, src)
	if err != nil {
		return false, err
	}
	return n.Kind == rules.Map && (n.Get("policy") != nil || n.Get("policies") != nil), nil
}
