package docs_test

import (
	"encoding/json"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"

	"example.com/spillway/engine"
)

// TestGoIsAnExample holds each Go block of the README to be the body of an
// example of the engine, word for word.
func TestGoIsAnExample(t *testing.T) {
	examples := bodies(read(t, "engine/example_test.go"))
	shown := blocks(t, "README.md", "go")
	if len(shown) == 0 {
		t.Error("README.md shows no Go")
	}
	for _, b := range shown {
		if !examples[b.text] {
			t.Errorf("%s: the block is not the body of an example in engine/example_test.go", b.name())
		}
	}
}

// bodies are the bodies of a file's examples, without their indentation and
// their output.
func bodies(source string) map[string]bool {
	found := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?ms)^func Example\w*\(\) \{\n(.*?)^\}`).FindAllStringSubmatch(source, -1) {
		body, _, _ := strings.Cut(match[1], "\t// Output:")
		body = regexp.MustCompile(`(?m)^\t`).ReplaceAllString(body, "")
		found[strings.TrimRight(body, "\n")+"\n"] = true
	}
	return found
}

// TestDocumentsAreRead reads every JSON block. One that is a request is
// applied, and must not be at fault.
func TestDocumentsAreRead(t *testing.T) {
	policy, err := engine.Load(os.DirFS(root+"/testdata/policies"), "card_act.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range documents(t) {
		for _, b := range blocks(t, doc, "json") {
			t.Run(b.name(), func(t *testing.T) { tryDocument(t, policy, &b) })
		}
	}
}

func tryDocument(t *testing.T, policy *engine.Policy, b *block) {
	if !json.Valid([]byte(b.text)) {
		t.Fatal("this is not JSON")
	}
	if !strings.HasPrefix(b.text, `{"account":`) && !strings.HasPrefix(b.text, "{\n  \"account\":") {
		return
	}
	account, payment, err := policy.ReadRequest("request.json", []byte(b.text))
	if err != nil {
		t.Fatal(err)
	}
	var refusal *engine.Refusal
	if _, err := policy.Apply(account, payment); err != nil && !errors.As(err, &refusal) {
		t.Error(err)
	}
}

// TestLinksLead follows the links of the documents to files and headings.
func TestLinksLead(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	for _, doc := range append(documents(t), "CONTRIBUTING.md", "CHANGELOG.md") {
		for _, match := range link.FindAllStringSubmatch(read(t, doc), -1) {
			if strings.Contains(match[1], "://") {
				continue
			}
			name, heading, _ := strings.Cut(match[1], "#")
			target := doc
			if name != "" {
				target = beside(doc, name)
			}
			if info, err := os.Stat(root + "/" + target); err != nil {
				t.Errorf("%s: %s leads nowhere", doc, match[1])
			} else if heading != "" && (info.IsDir() || !anchors(read(t, target))[heading]) {
				t.Errorf("%s: %s leads to no heading", doc, match[1])
			}
		}
	}
}

// beside is a file as a document names it.
func beside(doc, name string) string {
	at := strings.LastIndex(doc, "/")
	for strings.HasPrefix(name, "../") && at >= 0 {
		doc, name = doc[:at], name[len("../"):]
		at = strings.LastIndex(doc, "/")
	}
	return doc[:at+1] + name
}

// anchors are what a document's headings are linked by.
func anchors(text string) map[string]bool {
	found := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(text, -1) {
		heading := regexp.MustCompile(`[^\w\- ]`).ReplaceAllString(strings.ToLower(match[1]), "")
		found[strings.ReplaceAll(heading, " ", "-")] = true
	}
	return found
}
