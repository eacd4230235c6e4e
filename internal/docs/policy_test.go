package docs_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"example.com/spillway/engine"
	"example.com/spillway/internal/spec"
)

// TestPoliciesLoad loads every YAML block. One that has cases is a spec, and
// is run; one that starts with policy: is a policy; one that starts with a
// comment that names a file is that file, for others to include; any other is
// a part of a policy, and is completed.
func TestPoliciesLoad(t *testing.T) {
	for _, doc := range documents(t) {
		files := fstest.MapFS{}
		for _, b := range blocks(t, doc, "yaml") {
			if name, ok := strings.CutPrefix(b.first(), "# "); ok && strings.HasSuffix(name, ".yaml") {
				files[name] = &fstest.MapFile{Data: []byte(b.text)}
			}
		}
		for _, b := range blocks(t, doc, "yaml") {
			t.Run(b.name(), func(t *testing.T) { tryPolicy(t, files, &b) })
		}
	}
}

func tryPolicy(t *testing.T, files fstest.MapFS, b *block) {
	switch {
	case strings.Contains(b.text, "\ncases:"):
		runSpec(t, b)
	case strings.HasPrefix(b.text, "policy:"):
		load(t, files, b.text)
	default:
		load(t, nil, completed(b.text))
	}
}

// load loads the text of a policy that may include files.
func load(t *testing.T, files fstest.MapFS, text string) {
	t.Helper()
	all := fstest.MapFS{"policy.yaml": &fstest.MapFile{Data: []byte(text)}}
	for name, file := range files {
		all[name] = file
	}
	if _, err := engine.Load(all, "policy.yaml"); err != nil {
		t.Errorf("%v", err)
	}
}

func runSpec(t *testing.T, b *block) {
	t.Helper()
	file, err := spec.Load(fstest.MapFS{"spec.yaml": &fstest.MapFile{Data: []byte(b.text)}}, "spec.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range file.Cases {
		for _, difference := range c.Run() {
			t.Errorf("%s: %v", c.Name, difference)
		}
	}
}

// rest is what a part of a policy may leave out, by key. The facts are those
// that docs/policy.md declares.
var rest = []struct{ key, text string }{
	{"policy", "policy: part\n"},
	{"currency", "currency: USD\n"},
	{"payment_types", "payment_types: [{name: any, waterfall: WATERFALL}]\n"},
	{"waterfalls", "waterfalls: [{name: standard, tiers: [{tier: everything}]}]\n"},
	{"facts", `facts:
  account: {state: string, opened: date, score: number}
  balance: {deferred: bool, disputed: bool, expires: date, priority: number}
  payment: {channel: string, processing_cost: money}
`},
}

// completed is a part of a policy with all that it leaves out.
func completed(part string) string {
	text := part
	for _, r := range rest {
		if !strings.Contains("\n"+part, "\n"+r.key+":") {
			text += strings.ReplaceAll(r.text, "WATERFALL", firstWaterfall(part))
		}
	}
	return text
}

// firstWaterfall is the name of the first waterfall of a part of a policy.
func firstWaterfall(part string) string {
	_, after, ok := strings.Cut("\n"+part, "\nwaterfalls:")
	if !ok {
		return "standard"
	}
	_, name, _ := strings.Cut(after, "name: ")
	end := strings.IndexAny(name, ",\n")
	return name[:end]
}

// TestExpressionsCompile compiles every expression of the tables that have a
// column of them, where its names are known.
func TestExpressionsCompile(t *testing.T) {
	n := 0
	for _, doc := range documents(t) {
		for _, r := range expressionRows(t, doc) {
			for _, expression := range codes(r.cell) {
				n++
				t.Run(fmt.Sprintf("%s:%d/%s", r.doc, r.line, expression), func(t *testing.T) {
					load(t, nil, completed(around(expression)))
				})
			}
		}
	}
	if n == 0 {
		t.Error("there are no tables of expressions")
	}
}

// around is a part of a policy with an expression in it: in a message, which
// takes any value but a list; or where balance is known, as the key of an order.
func around(expression string) string {
	quote := func(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
	switch {
	case strings.HasPrefix(expression, "["):
		return "guardrails: [{name: g, forbid: " + quote("5 in "+expression) + "}]\n"
	case strings.Contains(expression, "balance."):
		return "waterfalls: [{name: w, tiers: [{tier: a, order: [" + quote(expression) + "]}]}]\n"
	}
	return "guardrails: [{name: g, stage: result, forbid: payment.amount > 5, message: " + quote("{{"+expression+"}}") + "}]\n"
}
