package verify

import (
	"fmt"
	"io"
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/internal/spec"
	"example.com/spillway/money"
)

// Text writes the report for people: what was found, each with its case, then
// how many cases there were.
func (r *Report) Text(out io.Writer, policy *engine.Policy) error {
	var b strings.Builder
	for i := range r.Findings {
		r.Findings[i].text(&b, policy)
	}
	fmt.Fprintf(&b, "%d cases, seed %d: %d applied, %d refused, %d failed, %d not accepted\n",
		r.Cases, r.Seed, r.Applied, r.Refused, r.Failed, r.Invalid)
	fmt.Fprintf(&b, "%d broken, %s, %s\n", r.Count(Broken), plural(r.Count(Flaw), "flaw"), plural(r.Count(Note), "note"))
	_, err := io.WriteString(out, b.String())
	return err
}

func plural(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

func (f *Finding) text(b *strings.Builder, policy *engine.Policy) {
	fmt.Fprintf(b, "%s: %s", f.Kind, f.Name)
	if f.At.Line > 0 {
		fmt.Fprintf(b, " (%v)", f.At)
	}
	fmt.Fprintf(b, "\n    %s\n", strings.ReplaceAll(f.Says, "\n", "\n    "))
	if f.Cite != "" {
		fmt.Fprintf(b, "    %s\n", f.Cite)
	}
	if f.Trial == nil || f.Kind == Note {
		return
	}
	for _, line := range f.Trial.words(policy) {
		fmt.Fprintf(b, "        %s\n", line)
	}
}

// words tell a case: who owes what, what is paid, what comes of it.
func (t *Trial) words(policy *engine.Policy) (lines []string) {
	w := teller{policy.Currency()}
	lines = w.account(lines, &t.Account)
	lines = append(lines, w.payment(&t.Payment))
	if t.Err != nil {
		return append(lines, "answer: "+t.Err.Error())
	}
	return append(lines, w.receipt(t)...)
}

// A teller puts documents in words.
type teller struct{ money.Currency }

func (w teller) account(lines []string, a *engine.Account) []string {
	var says []string
	if a.Program != "" {
		says = append(says, "program "+a.Program)
	}
	if limit, ok := a.CreditLimit.Get(); ok {
		says = append(says, "a limit of "+w.Format(limit))
	}
	if minimum, ok := a.MinimumDue.Get(); ok {
		says = append(says, "a minimum of "+w.Format(minimum))
	}
	if a.Kind != "" {
		says = append(says, "kind "+a.Kind)
	}
	if a.RollsUp != engine.RollsUpAll {
		says = append(says, "rolls up "+a.RollsUp.String())
	}
	if a.CreditHeld > 0 {
		says = append(says, w.Format(a.CreditHeld)+" of credit held")
	}
	if a.DaysPastDue > 0 {
		says = append(says, fmt.Sprintf("%d days past due", a.DaysPastDue))
	}
	for i := range a.Balances {
		says = append(says, w.balance(&a.Balances[i]))
	}
	if len(says) == 0 {
		says = append(says, "nothing owed")
	}
	lines = append(lines, fmt.Sprintf("%s: %s%s", idOf(a), strings.Join(says, ", "), w.facts(a.Facts)))
	for i := range a.Children {
		lines = w.account(lines, &a.Children[i])
	}
	return lines
}

func (w teller) balance(b *engine.Balance) string {
	says := bucketOf(b.Bucket) + "." + b.Component + " owes " + w.Format(b.Owed)
	if due, ok := b.Due.Get(); ok {
		says += ", " + w.Format(due) + " of it due"
	}
	if pastDue, ok := b.PastDue.Get(); ok {
		says += ", " + w.Format(pastDue) + " past due"
	}
	if b.DueDate != 0 {
		says += ", due on " + b.DueDate.String()
	}
	if apr, ok := b.APR.Get(); ok {
		says += ", at " + apr.String() + " %"
	}
	return says + w.facts(b.Facts)
}

func (w teller) payment(p *engine.Payment) string {
	says := fmt.Sprintf("payment: %s on %v", w.Format(p.Amount), p.Date)
	for _, part := range []struct{ name, value string }{
		{" of type ", p.Type}, {" on ", p.Account}, {" by ", p.Method}, {" with extra ", p.Extra},
	} {
		if part.value != "" {
			says += part.name + part.value
		}
	}
	if split, ok := p.Split.Get(); ok {
		parts := []string{split.Type}
		for _, part := range split.Amounts {
			parts = append(parts, w.Format(part.Amount)+" to "+part.Account)
		}
		says += ", split " + strings.TrimPrefix(strings.Join(parts, " and "), " and ")
	}
	if p.Status != engine.Active {
		says += ", " + p.Status.String()
	}
	if terms, ok := p.Fee.Get(); ok {
		says += fmt.Sprintf(", its own fee %v of %s and %v %%", terms.Type, w.Format(terms.Flat), terms.Percentage)
	}
	for _, flag := range []struct {
		name string
		set  bool
	}{
		{"payoff", p.Payoff}, {"recovery", p.Recovery}, {"early", p.Early},
		{"reset_past_due", p.ResetPastDue}, {"ignore_guardrails", p.IgnoreGuardrails},
	} {
		if flag.set {
			says += ", " + flag.name
		}
	}
	for i := range p.Directed {
		d := &p.Directed[i]
		says += fmt.Sprintf(", %s of it to %s.%s", w.Format(d.Amount), bucketOf(d.Bucket), d.Component)
	}
	return says + w.facts(p.Facts)
}

// facts are the host's own fields, if there are any.
func (w teller) facts(list engine.Facts) string {
	if len(list) == 0 {
		return ""
	}
	return ", facts " + spec.Facts(list, w.Currency)
}

// receipt tells where the money went.
func (w teller) receipt(t *Trial) (lines []string) {
	for i := range t.Receipt.Shares {
		s := &t.Receipt.Shares[i]
		lines = append(lines, fmt.Sprintf("share: %s to %s", w.Format(s.Amount), s.Account))
	}
	for i := range t.Receipt.Lines {
		l := &t.Receipt.Lines[i]
		lines = append(lines, fmt.Sprintf("line: %s to %s.%s of %s, by tier %q of %s", w.Format(l.Amount), l.Bucket, l.Component, l.Account, l.Tier, l.Waterfall))
	}
	if fee, ok := t.Receipt.Fee.Get(); ok {
		lines = append(lines, fmt.Sprintf("fee: %s, %v", w.Format(fee.Amount), fee.Collect))
	}
	if t.Receipt.Unapplied > 0 {
		lines = append(lines, "unapplied: "+w.Format(t.Receipt.Unapplied))
	}
	return lines
}
