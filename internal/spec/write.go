package spec

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// A Written is a case to be written down, with what came of it.
type Written struct {
	Name     string
	Comments []string // lines above the case
	Policy   *engine.Policy
	Account  engine.Account
	Payment  engine.Payment
	Receipt  engine.Receipt
	Err      error
	Broken   []string // the invariants that it is to say are broken
}

// Write gives the text of a case as spec files have it, in a list of cases. It
// expects what came, but for invariants: those must be broken that the case
// says are.
func (w *Written) Write() string {
	r := result{policy: w.Policy, currency: w.Policy.Currency(), account: w.Account, receipt: w.Receipt, err: w.Err}
	var b strings.Builder
	fmt.Fprintf(&b, "  - name: %s\n", scalar("", w.Name))
	for _, line := range w.Comments {
		fmt.Fprintf(&b, "    # %s\n", line)
	}
	b.WriteString("    account:" + accountText(document(w.Account.AppendJSON(nil, r.currency)), "      ") + "\n")
	b.WriteString("    payment: " + flow("", document(w.Payment.AppendJSON(nil, r.currency))) + "\n")
	b.WriteString("    expect:\n")
	for _, line := range r.written(w.Broken) {
		b.WriteString("      " + line + "\n")
	}
	return b.String()
}

// written are the expectations that the result meets.
func (r *result) written(broken []string) (lines []string) {
	switch r.outcome() {
	case "refused":
		names := r.refused("")
		return []string{"refused: " + names}
	case "invalid":
		return []string{"input_error: " + scalar("", r.fault())}
	case "failed":
		return []string{"failed: " + scalar("", r.fault())}
	}
	lines = append(lines, "lines: "+r.lines().flow())
	if len(r.receipt.Shares) > 0 {
		lines = append(lines, "shares: "+r.shares().flow())
	}
	lines = append(lines, "unapplied: "+r.currency.Format(r.receipt.Unapplied))
	if fee, ok := r.receipt.Fee.Get(); ok {
		lines = append(lines, "fee: "+r.currency.Format(fee.Amount))
	}
	if len(r.policy.Invariants()) > 0 {
		quoted := make([]string, len(broken))
		for i, name := range broken {
			quoted[i] = scalar("", name)
		}
		lines = append(lines, "broken: "+listed(quoted))
	}
	return lines
}

// flow is the figures as a mapping on one line.
func (f figures) flow() string {
	pairs := make([]string, len(f.names))
	for i, name := range f.names {
		pairs[i] = scalar("", name) + ": " + f.values[name]
	}
	return "{" + strings.Join(pairs, ", ") + "}"
}

// document is the tree of a document that the engine wrote.
func document(text []byte) *rules.Node {
	n, err := rules.ParseJSON("document", text)
	if err != nil {
		return &rules.Node{Kind: rules.Text, Text: string(text)}
	}
	return n
}

// accountText is an account in YAML: its own fields on lines, a balance on each.
func accountText(n *rules.Node, indent string) string {
	var b strings.Builder
	for i, key := range n.Keys {
		value := n.Items[i]
		switch {
		case key.Text == "balances" && len(value.Items) > 0:
			b.WriteString("\n" + indent + "balances:")
			for _, item := range value.Items {
				b.WriteString("\n" + indent + "  - " + flow("", item))
			}
		case key.Text == "children":
			b.WriteString("\n" + indent + "children:")
			for _, item := range value.Items {
				child := accountText(item, indent+"    ")
				b.WriteString("\n" + indent + "  - " + strings.TrimLeft(child, "\n "))
			}
		default:
			b.WriteString("\n" + indent + key.Text + ": " + flow(key.Text, value))
		}
	}
	return b.String()
}

// leftOut are the values that a document means when it says nothing.
var leftOut = map[string]string{"status": "active", "mode": "log"}

// flow is a value in YAML on one line. key is the one it belongs to.
func flow(key string, n *rules.Node) string {
	switch n.Kind {
	case rules.Map:
		return "{" + strings.Join(pairs(key, n), ", ") + "}"
	case rules.List:
		parts := make([]string, len(n.Items))
		for i, item := range n.Items {
			parts[i] = flow(key, item)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case rules.Text:
		return scalar(key, n.Text)
	}
	return n.Text
}

// pairs are the keys of a mapping with their values, but for those of a document
// that say what it means anyway.
func pairs(key string, n *rules.Node) (all []string) {
	for i, k := range n.Keys {
		value, within := n.Items[i], k.Text
		if leftOut[k.Text] == value.Text && key == "" && value.Kind == rules.Text {
			continue
		}
		if key == "facts" {
			within = "fact"
		}
		all = append(all, scalar("", k.Text)+": "+flow(within, value))
	}
	return all
}

// flowEntry is one entry of a mapping that belongs to key, none if it says what
// a document means when it says nothing.
func flowEntry(key string, k, value *rules.Node) []string {
	if meant := leftOut[k.Text]; meant != "" && meant == value.Text && key == "" {
		return nil
	}
	within := k.Text
	if key == "facts" {
		within = "fact"
	}
	return []string{scalar("", k.Text) + ": " + flow(within, value)}
}

// amountKeys are the keys whose texts may be written as numbers or dates.
var amountKeys = []string{"owed", "due", "past_due", "apr", "credit_limit", "credit_held", "minimum_due", "amount", "amounts",
	"flat", "percentage", "date", "due_date"}

var plainText = regexp.MustCompile(`^(\.?\.?/)*[\pL_][\pL\pN_ ./'"()=<>+*-]*$`)

// scalar is a text in YAML, quoted where it must be.
func scalar(key, text string) string {
	if slices.Contains(amountKeys, key) {
		return text
	}
	word := strings.ToLower(text)
	reserved := slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}, word)
	if key != "fact" && plainText.MatchString(text) && !reserved && text == strings.TrimSpace(text) {
		return text
	}
	return strconv.Quote(text)
}

// Quoted is a text as YAML has it, in quotes where it needs them.
func Quoted(text string) string { return scalar("", text) }

// Facts is a host's own fields as YAML has them.
func Facts(facts engine.Facts, currency money.Currency) string {
	a := engine.Account{Facts: facts}
	return flow("facts", document(a.AppendJSON(nil, currency)).Get("facts"))
}
