package engine_test

import (
	"fmt"
	"math/rand"

	"example.com/spillway/engine"
)

// statementFollowsTotals holds the statement to the totals of receipts and
// changes: what an account owes, and the credit that it has, change by them and
// by nothing else.
func statementFollowsTotals(r *rand.Rand, c drawnCase) error {
	h, err := lifePolicy.Replay(c.Account, drawEvents(r, c))
	if err != nil {
		return err
	}
	now, lines := standing(h), h.Statement()
	for i := range h.Entries {
		e := &h.Entries[i]
		if e.Err != nil {
			continue
		}
		listed := map[string]engine.StatementLine{}
		for len(lines) > 0 && lines[0].Event == e.Event {
			listed[lines[0].Account], lines = lines[0], lines[1:]
		}
		var totals []engine.Total
		if e.Receipt != nil {
			totals = e.Receipt.Totals
		} else if e.Change != nil {
			totals = e.Change.Totals
		}
		for _, total := range totals {
			was, is := now[total.Account], listed[total.Account]
			if is.Account == "" {
				is = was
			}
			credit, limited := total.AvailableCredit.Get()
			if is.Owed-was.Owed != total.Owed || limited && is.AvailableCredit.Or(0)-was.AvailableCredit.Or(0) != credit {
				return fmt.Errorf("event %d: %+v leads from %+v to %+v", e.Event, total, was, is)
			}
		}
		for account, line := range listed {
			if h.Events[e.Event].Adjust == nil && line.Change != 0 && !changed(totals, account) {
				return fmt.Errorf("event %d: %+v is in no total of %+v", e.Event, line, totals)
			}
			now[account] = line
		}
	}
	return nil
}

// standing is how the accounts stand before anything happens, by id.
func standing(h *engine.History) map[string]engine.StatementLine {
	all := map[string]engine.StatementLine{}
	nothing, err := lifePolicy.Replay(h.Start, nil)
	if err != nil {
		panic(err)
	}
	for _, line := range nothing.Opening(1) {
		all[line.Account] = line
	}
	return all
}

func changed(totals []engine.Total, account string) bool {
	for _, total := range totals {
		if total.Account == account {
			return true
		}
	}
	return false
}
