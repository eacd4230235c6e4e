package enginetest

import (
	"fmt"
	"strconv"
	"strings"
)

// String is the policy as YAML.
func (p *Policy) String() string {
	var w printer
	w.pair("policy", p.Name)
	w.pair("version", p.Version)
	if p.OwnDecimals {
		w.line("currency: {code: %s, decimals: %d}", p.Code, p.Decimals)
	} else {
		w.line("currency: %s", p.Code)
	}
	w.pair("override", p.Override)
	w.facts(p.Facts)
	if len(p.Counted)+len(p.FreesCredit) > 0 {
		w.line("statuses:")
		w.indent = "  "
		w.list("counted", p.Counted)
		w.list("frees_credit", p.FreesCredit)
	}
	section(&w, "payment_types", p.PaymentTypes, (*printer).paymentType)
	section(&w, "waterfalls", p.Waterfalls, (*printer).waterfall)
	section(&w, "splits", p.Splits, (*printer).split)
	section(&w, "fees", p.Fees, (*printer).fee)
	section(&w, "guardrails", p.Guardrails, (*printer).guardrail)
	return w.text.String()
}

// A printer writes YAML. Texts are always quoted, so that YAML eats none.
type printer struct {
	text   strings.Builder
	indent string
	item   bool // the next line is the first of a list's item
}

// section writes the entries of one kind.
func section[T any](w *printer, key string, entries []T, entry func(*printer, *T)) {
	w.indent = ""
	if len(entries) == 0 {
		return
	}
	w.line("%s:", key)
	w.indent = "    "
	for i := range entries {
		w.item = true
		entry(w, &entries[i])
	}
	w.indent = ""
}

func (w *printer) line(format string, args ...any) {
	indent := w.indent
	if w.item {
		indent = indent[2:] + "- "
		w.item = false
	}
	fmt.Fprintf(&w.text, indent+format+"\n", args...)
}

// pair writes a key that is left out when it has no value.
func (w *printer) pair(key, value string) {
	if value != "" {
		w.line("%s: %s", key, strconv.Quote(value))
	}
}

func (w *printer) expr(key string, e *Expr) {
	if e != nil {
		w.line("%s: %s", key, strconv.Quote(e.String()))
	}
}

func (w *printer) list(key string, words []string) {
	if len(words) > 0 {
		w.line("%s: %s", key, quotedList(words))
	}
}

func quotedList(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = strconv.Quote(word)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

func (w *printer) id(id int) {
	if id != 0 {
		w.line("id: %d", id)
	}
}

func (w *printer) facts(facts []FactDecl) {
	if len(facts) == 0 {
		return
	}
	w.line("facts:")
	for _, of := range []string{"account", "balance", "payment"} {
		w.indent = "  "
		first := true
		for _, f := range facts {
			if f.Of != of {
				continue
			}
			if first {
				w.line("%s:", of)
				first = false
			}
			given := ""
			if f.HasDefault {
				given = ", default: " + f.written()
			}
			w.line("  %s: {type: %s%s}", f.Name, f.Type, given)
		}
	}
	w.indent = ""
}

// written is the default as YAML writes it.
func (f *FactDecl) written() string {
	if f.Type == "string" || f.Type == "date" {
		return strconv.Quote(f.Default)
	}
	return f.Default
}

func (w *printer) paymentType(t *PaymentType) {
	w.pair("name", t.Name)
	w.id(t.ID)
	w.list("programs", t.Programs)
	w.pair("waterfall", t.Waterfall)
	if len(t.Choices) == 0 {
		return
	}
	w.line("waterfall:")
	for _, c := range t.Choices {
		when := ""
		if c.When != nil {
			when = "when: " + strconv.Quote(c.When.String()) + ", "
		}
		w.line("  - {%suse: %s}", when, strconv.Quote(c.Use))
	}
}

func (w *printer) waterfall(f *Waterfall) {
	w.pair("name", f.Name)
	w.pair("leftover", f.Leftover)
	w.pair("directed", f.Directed)
	w.pair("directed_after", f.DirectedAfter)
	w.pair("invalid_directions", f.InvalidDirections)
	w.list("undo", f.Undo)
	w.tiers(f.Tiers)
}

func (w *printer) tiers(tiers []Tier) {
	if len(tiers) == 0 {
		return
	}
	w.line("tiers:")
	w.indent += "    "
	for i := range tiers {
		w.item = true
		w.tier(&tiers[i])
	}
	w.indent = w.indent[4:]
}

func (w *printer) tier(t *Tier) {
	w.pair("use", t.Use)
	w.pair("tier", t.Name)
	w.expr("when", t.When)
	w.expr("where", t.Where)
	w.pair("take", t.Take)
	w.expr("take", t.TakeExpr)
	w.expr("cap", t.Cap)
	if len(t.Order) > 0 {
		keys := make([]string, len(t.Order))
		for i := range t.Order {
			keys[i] = t.Order[i].written()
		}
		w.line("order: [%s]", strings.Join(keys, ", "))
	}
	w.pair("share", t.Share)
	w.pair("by", t.By)
	w.expr("by", t.ByExpr)
	if t.Whole != "" {
		w.line("whole: %s", t.Whole)
	}
	w.pair("counts", t.Counts)
}

// written is the key as YAML writes it.
func (k *Key) written() string {
	if k.Expr != nil {
		return strconv.Quote(strings.TrimSpace(k.Expr.String() + " " + k.Direction))
	}
	words := make([]string, len(k.Words))
	for i, tied := range k.Words {
		words[i] = quotedList(tied)
		if len(tied) == 1 {
			words[i] = strconv.Quote(tied[0])
		}
	}
	return "{" + k.List + ": [" + strings.Join(words, ", ") + "]}"
}

func (w *printer) split(s *Split) {
	w.pair("name", s.Name)
	w.id(s.ID)
	w.list("programs", s.Programs)
	w.pair("among", s.Among)
	w.pair("fee", s.Fee)
	w.pair("leftover", s.Leftover)
	w.tiers(s.Tiers)
	if len(s.Percentages) == 0 {
		return
	}
	parts := make([]string, len(s.Percentages))
	for i, p := range s.Percentages {
		parts[i] = strconv.Quote(p.Child) + ": " + p.Percent
	}
	w.line("percentages: {%s}", strings.Join(parts, ", "))
}

func (w *printer) fee(f *Fee) {
	w.pair("name", f.Name)
	w.list("programs", f.Programs)
	w.list("actions", f.Actions)
	w.expr("when", f.When)
	w.pair("type", f.Type)
	w.pair("flat", f.Flat)
	w.pair("percentage", f.Percentage)
	w.pair("minimum", f.Minimum)
	w.pair("maximum", f.Maximum)
	w.pair("round", f.Round)
	w.pair("terms", f.Terms)
	w.pair("collect", f.Collect)
	if f.ChargeBucket != "" {
		w.line("charge_to: {bucket: %s, component: %s}", strconv.Quote(f.ChargeBucket), strconv.Quote(f.ChargeComponent))
	}
	if f.Refund {
		w.line("refund: true")
	}
}

func (w *printer) guardrail(g *Guardrail) {
	w.pair("name", g.Name)
	w.list("programs", g.Programs)
	w.list("actions", g.Actions)
	w.expr("when", g.When)
	w.expr("forbid", g.Forbid)
	w.expr("require", g.Require)
	w.pair("severity", g.Severity)
	var message strings.Builder
	for _, part := range g.Message {
		message.WriteString(part.Text)
		if part.Expr != nil {
			message.WriteString("{{" + part.Expr.String() + "}}")
		}
	}
	w.pair("message", message.String())
	w.pair("cite", g.Cite)
	w.pair("stage", g.Stage)
	w.pair("from", g.From)
	w.pair("until", g.Until)
	if g.CannotIgnore {
		w.line("overridable: false")
	}
}
