package enginetest

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/money"
)

// documents writes the account and the events, indented.
func (l *Life) documents(currency money.Currency, indent string) string {
	var b strings.Builder
	b.WriteString(indent + "account: ")
	b.Write(l.Account.AppendJSON(nil, currency))
	b.WriteString("\n" + indent + "events:\n")
	for i := range l.Events {
		b.WriteString(indent + "  - " + writtenEvent(&l.Events[i], currency) + "\n")
	}
	return b.String()
}

// writtenEvent is an event as a document has it.
func writtenEvent(e *engine.Event, currency money.Currency) string {
	order := fmt.Sprintf(`, "order": %d}`, e.Order)
	switch {
	case e.Payment != nil:
		return `{"payment": ` + string(e.Payment.AppendJSON(nil, currency)) + order
	case e.Transition != nil:
		t := e.Transition
		f := fields{currency: currency}
		f.text("id", t.ID)
		f.text("status", t.Status.String())
		f.amount("amount", t.Amount)
		f.text("reason", t.Reason)
		if t.IgnoreGuardrails {
			f.add("ignore_guardrails", "true")
		}
		return fmt.Sprintf(`{"transition": {%s}, "date": "%v"%s`, f, t.Date, order)
	}
	parts := make([]string, len(e.Adjust))
	for i := range e.Adjust {
		parts[i] = writtenAdjustment(&e.Adjust[i], currency)
	}
	return fmt.Sprintf(`{"adjust": [%s], "date": "%v"%s`, strings.Join(parts, ", "), e.Date, order)
}

func writtenAdjustment(a *engine.Adjustment, currency money.Currency) string {
	f := fields{currency: currency}
	f.text("account", a.Account)
	f.text("bucket", a.Bucket)
	f.text("component", a.Component)
	f.amount("owed", a.Owed)
	f.amount("due", a.Due)
	f.amount("past_due", a.PastDue)
	f.amount("minimum_due", a.MinimumDue)
	f.amount("credit_limit", a.CreditLimit)
	if day, ok := a.DueDate.Get(); ok {
		f.text("due_date", day.String())
	}
	if days, ok := a.DaysPastDue.Get(); ok {
		f.add("days_past_due", strconv.Itoa(days))
	}
	return "{" + f.String() + "}"
}

// fields are what stands between the braces of a JSON object.
type fields struct {
	list     []string
	currency money.Currency
}

// String joins the fields.
func (f fields) String() string { return strings.Join(f.list, ", ") }

func (f *fields) add(key, value string) { f.list = append(f.list, strconv.Quote(key)+": "+value) }

func (f *fields) text(key, value string) {
	if value != "" {
		f.add(key, string(quoted(value)))
	}
}

func (f *fields) amount(key string, a engine.Opt[engine.Amount]) {
	if amount, ok := a.Get(); ok {
		f.text(key, f.currency.Format(amount))
	}
}
