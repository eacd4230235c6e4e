package main

import (
	"fmt"
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/money"
)

// historyText is a history for people: the running statement, then what was
// skipped and why.
func historyText(currency money.Currency, h *engine.History) string {
	var b strings.Builder
	b.WriteString(statementText(currency, h))
	for i := range h.Entries {
		if e := &h.Entries[i]; e.Err != nil {
			event := &h.Events[e.Event]
			fmt.Fprintf(&b, "skipped: %v %s %s: %v\n", e.Date, eventWord(event), eventID(event), e.Err)
		}
	}
	return b.String()
}

func statementText(currency money.Currency, h *engine.History) string {
	t := table{right: 6}
	for _, line := range h.Statement() {
		event := &h.Events[line.Event]
		credit := ""
		if available, ok := line.AvailableCredit.Get(); ok {
			credit = currency.Format(available)
		}
		t.add(currency.Format(line.Change), currency.Format(line.Owed), currency.Format(line.Due),
			currency.Format(line.PastDue), currency.Format(line.MinimumDue), credit,
			line.Date.String(), line.Account, eventWord(event), eventID(event))
	}
	return t.titled("statement", "change", "owed", "due", "past due", "minimum", "credit", "date", "account", "event", "payment")
}

// eventWord says what an event does.
func eventWord(e *engine.Event) string {
	switch {
	case e.Payment != nil:
		return "payment"
	case e.Transition != nil:
		return e.Transition.Status.String()
	default:
		return "adjustment"
	}
}

// eventID is the id of the payment that an event is about.
func eventID(e *engine.Event) string {
	switch {
	case e.Payment != nil:
		return e.Payment.ID
	case e.Transition != nil:
		return e.Transition.ID
	default:
		return ""
	}
}

// revisionText is what leads from one history to another, for people.
func revisionText(currency money.Currency, r *engine.Revision) string {
	var b strings.Builder
	t := table{}
	for i := range r.Receipts {
		v := &r.Receipts[i]
		t.add(v.ID, decisionText(currency, v.Old), "->", decisionText(currency, v.New))
	}
	b.WriteString(t.titled("receipts"))
	changes := engine.Receipt{Deltas: r.Deltas, Totals: r.Totals}
	b.WriteString(deltasText(currency, &changes))
	b.WriteString(totalsText(currency, &changes))
	return b.String()
}

// decisionText is what became of a payment, in a line.
func decisionText(currency money.Currency, e *engine.Entry) string {
	switch {
	case e == nil:
		return "not there"
	case e.Err != nil:
		return e.Err.Error()
	}
	var parts []string
	for _, l := range e.Now().Lines {
		parts = append(parts, fmt.Sprintf("%s.%s %s", l.Bucket, l.Component, currency.Format(l.Amount)))
	}
	if e.Now().Unapplied != 0 {
		parts = append(parts, "unapplied "+currency.Format(e.Now().Unapplied))
	}
	return e.Now().Payment.Status.String() + ": " + strings.Join(parts, ", ")
}
