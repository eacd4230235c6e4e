package main

import (
	"errors"
	"fmt"
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/money"
)

// textOf is an answer for people: what was decided, then where each amount
// went and which line of the policy sent it there.
func textOf(currency money.Currency, id string, receipt *engine.Receipt, err error) string {
	var refusal *engine.Refusal
	switch {
	case err == nil:
		return receiptText(currency, receipt)
	case errors.As(err, &refusal):
		return refusalText(id, refusal)
	default:
		return faultText(id, err)
	}
}

func receiptText(currency money.Currency, r *engine.Receipt) string {
	var b strings.Builder
	fmt.Fprintf(&b, "applied: %s of %s %s on %v, by %s %s\n", named(r.Payment.ID),
		currency.Format(r.Payment.Amount), currency.Code(), r.Payment.Date, r.Policy.Name, r.Policy.Version)
	b.WriteString(linesText(currency, r))
	b.WriteString(sharesText(currency, r))
	b.WriteString(sumsText(currency, r))
	b.WriteString(deltasText(currency, r))
	b.WriteString(totalsText(currency, r))
	b.WriteString(hitsText(r.Warnings))
	return b.String()
}

// linesText lists the lines, each with its tier and the tier's place.
func linesText(currency money.Currency, r *engine.Receipt) string {
	t := table{right: 1}
	for _, l := range r.Lines {
		ahead := ""
		if l.Ahead != 0 {
			ahead = "ahead " + currency.Format(l.Ahead)
		}
		t.add(currency.Format(l.Amount), l.Account, l.Bucket+"."+l.Component, l.Waterfall+": "+l.Tier, l.At.String(), ahead)
	}
	return t.titled("lines")
}

func sharesText(currency money.Currency, r *engine.Receipt) string {
	t := table{right: 1}
	for _, s := range r.Shares {
		t.add(currency.Format(s.Amount), s.Account, s.Split+": "+s.Tier)
	}
	return t.titled("shares")
}

// sumsText gives what the payment comes to.
func sumsText(currency money.Currency, r *engine.Receipt) string {
	t := table{right: 1}
	t.add(currency.Format(r.Unapplied), "unapplied")
	if fee, ok := r.Fee.Get(); ok {
		terms := fmt.Sprintf("fee (%v, %v)", fee.Type, fee.Collect)
		if fee.Schedule != "" {
			terms = fmt.Sprintf("fee %s (%v, %v)", fee.Schedule, fee.Type, fee.Collect)
		}
		t.add(currency.Format(fee.Amount), terms)
	}
	t.add(currency.Format(r.Charged), "charged")
	if move, ok := r.Move.Get(); ok {
		t.add(currency.Format(move.Amount), strings.TrimSpace("to be moved "+move.Method))
	}
	return t.titled("sums")
}

func deltasText(currency money.Currency, r *engine.Receipt) string {
	t := table{right: 3}
	for _, d := range r.Deltas {
		t.add(currency.Format(d.Owed), currency.Format(d.Due), currency.Format(d.PastDue), d.Account, d.Bucket+"."+d.Component)
	}
	return t.titled("changes", "owed", "due", "past due")
}

func totalsText(currency money.Currency, r *engine.Receipt) string {
	t := table{right: 5}
	for _, d := range r.Totals {
		credit := ""
		if c, ok := d.AvailableCredit.Get(); ok {
			credit = currency.Format(c)
		}
		t.add(currency.Format(d.Owed), currency.Format(d.Due), currency.Format(d.PastDue),
			currency.Format(d.MinimumDue), credit, d.Account)
	}
	return t.titled("totals", "owed", "due", "past due", "minimum due", "credit")
}

func refusalText(id string, e *engine.Refusal) string {
	message := e.Message
	if message == "" {
		message = "there are warnings"
	}
	return fmt.Sprintf("refused: %s: %s (%s)\n%s", named(id), message, e.Type, hitsText(e.Hits))
}

func hitsText(hits []engine.Hit) string {
	var t table
	for _, h := range hits {
		ignored := ""
		if h.Ignored {
			ignored = "ignored"
		}
		t.add(h.Severity.String(), h.Guardrail, h.At.String(), h.Message, h.Cite, ignored)
	}
	return t.titled("guardrails")
}

// faultText is what a document or a rule is at fault for.
func faultText(id string, err error) string {
	outcome := "failed"
	var input *engine.InputError
	if errors.As(err, &input) {
		outcome = "invalid"
	}
	return fmt.Sprintf("%s: %s: %v\n", outcome, named(id), err)
}

// named names a payment that may have no id.
func named(id string) string {
	if id == "" {
		return "payment"
	}
	return "payment " + id
}
