package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"example.com/spillway/engine"
	"example.com/spillway/loanpro"
	"example.com/spillway/rules"
)

// A format is a form of requests, and of the answers to them.
const (
	formatSpillway = "spillway"
	formatLoanpro  = "loanpro"
)

// foreign answers the requests of a stream in a form that brings no account.
func (a *applier) foreign(r io.Reader, name string) error {
	for src, err := range rules.Values(r) {
		var fault *rules.ValueError
		switch {
		case errors.As(err, &fault):
			err = &engine.InputError{Why: fmt.Sprintf("%s: %v", name, err)}
			a.note(err)
			err = a.write("", nil, err)
		case err == nil:
			err = a.loanpro(src)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// loanpro answers one request of LoanPro's LMS, which may hold several
// payments, in its own form.
func (a *applier) loanpro(src []byte) error {
	requests, err := loanpro.Read(src, a.policy.Currency())
	if err != nil {
		a.note(err)
		return a.write("", nil, err)
	}
	for i := range requests {
		receipt, err := requests[i].Apply(a.policy, a.account)
		a.note(err)
		if err := a.write(requests[i].Payment.ID, &receipt, err); err != nil {
			return err
		}
	}
	return nil
}

// readAccount reads the account that requests are for that bring none.
func (a *applier) readAccount(name string) error {
	src, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	n, err := rules.ParseDocument(name, src)
	if err != nil {
		return err
	}
	a.account, err = engine.DecodeAccount(n, "account", a.policy.Currency())
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// checkFormat refuses flags that do not go together.
func checkFormat(format, account string) error {
	if err := oneOf("format", format, formatSpillway, formatLoanpro); err != nil {
		return err
	}
	if (format == formatLoanpro) != (account != "") {
		return errors.New("--format loanpro goes with --account: its requests bring no account")
	}
	return nil
}
