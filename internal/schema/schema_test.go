package schema_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"example.com/spillway/engine"
	"example.com/spillway/internal/schema"
	"example.com/spillway/rules"
)

// TestEveryDocumentFitsItsSchema holds all documents of testdata to the schema
// of their kind, and the receipts that come of them.
func TestEveryDocumentFitsItsSchema(t *testing.T) {
	testdata := os.DirFS("../../testdata")
	schemas := map[string]*jsonschema.Schema{}
	for _, kind := range schema.Kinds() {
		schemas[kind] = compiled(t, kind)
	}
	counted := map[string]int{}
	err := fs.WalkDir(testdata, ".", func(name string, entry fs.DirEntry, err error) error {
		ext := path.Ext(name)
		if err != nil || entry.IsDir() || ext != ".yaml" && ext != ".json" || strings.Contains(name, "mistakes") {
			return err
		}
		src, err := fs.ReadFile(testdata, name)
		if err != nil {
			return err
		}
		n, err := rules.ParseDocument(name, src)
		if err != nil {
			return err
		}
		kind := kindOf(n)
		counted[kind]++
		if s := schemas[kind]; s != nil {
			if err := s.Validate(valueOf(n, kind)); err != nil {
				t.Errorf("%s is no %s: %v", name, kind, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"request", "events", "policy", "spec"} {
		if counted[kind] == 0 {
			t.Errorf("there is no %s in testdata", kind)
		}
	}
}

// TestWhatComesOutFitsItsSchema holds the receipts of a card's year to theirs,
// with the transitions of some.
func TestWhatComesOutFitsItsSchema(t *testing.T) {
	receipts, transitions := compiled(t, "receipt"), compiled(t, "transition")
	policy, err := engine.Load(os.DirFS("../../testdata"), "policies/card_act.yaml")
	if err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile("../../testdata/replay/card_year.yaml")
	if err != nil {
		t.Fatal(err)
	}
	n, err := rules.ParseDocument("card_year.yaml", src)
	if err != nil {
		t.Fatal(err)
	}
	account, events, err := engine.DecodeReplay(n, policy.Currency())
	if err != nil {
		t.Fatal(err)
	}
	history, err := policy.Replay(account, events)
	if err != nil {
		t.Fatal(err)
	}
	end := string(history.End.AppendJSON(nil, policy.Currency()))
	for i := range history.Entries {
		receipt := history.Entries[i].Now()
		if receipt == nil {
			continue
		}
		document := string(receipt.AppendJSON(nil))
		if err := receipts.Validate(parsed(t, document)); err != nil {
			t.Errorf("%s: %v", document, err)
		}
		request := `{"account":` + end + `,"receipt":` + document + `,"transition":{"status":"reversed","date":"2025-09-01"}}`
		if err := transitions.Validate(parsed(t, request)); err != nil {
			t.Errorf("%s: %v", request, err)
		}
	}
}

func TestASchemaRefusesWhatIsWrong(t *testing.T) {
	for kind, documents := range map[string][]string{
		"request": {
			`{"account": {}}`,
			`{"account": {"balances": [{"component": "p"}]}, "payment": {"amount": 1, "date": "2024-01-01"}}`,
			`{"account": {}, "payment": {"amount": "1e3", "date": "2024-01-01"}}`,
			`{"account": {}, "payment": {"amount": 1, "date": "2024-01-01", "amuont": 1}}`,
		},
		"events": {`{"account": {}, "events": [{"payment": {"amount": 1, "date": "2024-01-01"}, "adjust": []}]}`},
		"policy": {`{"policy": "p", "currency": "USD", "waterfalls": [{"name": "w", "tiers": [{"tier": "t", "tkae": "due"}]}]}`},
		"spec":   {`{"cases": [{"name": "n", "expect": {"line": {}}}]}`},
	} {
		s := compiled(t, kind)
		for _, document := range documents {
			if s.Validate(parsed(t, document)) == nil {
				t.Errorf("%s fits the schema of a %s", document, kind)
			}
		}
	}
}

func compiled(t *testing.T, kind string) *jsonschema.Schema {
	t.Helper()
	document, err := schema.For(kind)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(kind, parsed(t, string(document))); err != nil {
		t.Fatal(err)
	}
	s, err := compiler.Compile(kind)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func parsed(t *testing.T, document string) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(document)))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// kindOf says what kind of document a file of testdata is, by its keys.
func kindOf(n *rules.Node) string {
	for _, known := range [][2]string{
		{"cases", "spec"}, {"policies", "set"}, {"events", "events"}, {"receipt", "transition"}, {"payment", "request"}, {"policy", "policy"},
	} {
		if n.Kind == rules.Map && n.Get(known[0]) != nil {
			return known[1]
		}
	}
	return ""
}

// valueOf is a document as a validator takes it. Of a spec, cases whose
// documents are wrong by intent are left out.
func valueOf(n *rules.Node, kind string) any {
	switch n.Kind {
	case rules.Map:
		m := map[string]any{}
		for i, k := range n.Keys {
			m[k.Text] = valueOf(n.Items[i], kind)
		}
		return m
	case rules.List:
		list := []any{}
		for _, item := range n.Items {
			if kind != "spec" || !wrongByIntent(item) {
				list = append(list, valueOf(item, kind))
			}
		}
		return list
	case rules.Number:
		return json.Number(n.Text)
	case rules.Bool:
		return n.Text == "true"
	case rules.Null:
		return nil
	}
	return n.Text
}

func wrongByIntent(n *rules.Node) bool {
	if n.Kind != rules.Map {
		return false
	}
	if expect := n.Get("expect"); expect != nil && expect.Kind == rules.Map && expect.Get("input_error") != nil {
		return true
	}
	return n.Get("policy_error") != nil
}
