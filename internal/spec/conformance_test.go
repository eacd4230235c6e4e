package spec_test

import (
	"cmp"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/spillway/internal/spec"
)

var update = flag.Bool("update", false, "write docs/conformance.md")

const conformance = "../../docs/conformance.md"

// TestConformance holds the table of all specs to the specs.
func TestConformance(t *testing.T) {
	want := conformanceText(t, os.DirFS("../../testdata"))
	if *update {
		if err := os.WriteFile(conformance, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(conformance); err != nil || string(got) != want {
		t.Errorf("docs/conformance.md is stale (%v): go test ./internal/spec -run TestConformance -update", err)
	}
}

// A row is what the table says of a file, or of all files of an area.
type row struct {
	name    string
	from    string
	files   int
	cases   int
	passing int
	origins map[string]int // cases by origin
}

// areas says of each folder of specs where its cases come from.
var areas = map[string]string{
	"capped":             "our own vectors for progressive filling, checked by a second program in exact fractions",
	"fineract":           "Apache Fineract: figures of its tests, and of its own processor on generated problems",
	"fineract_replay":    "Apache Fineract: the same as histories of events",
	"loanpro":            "public documents of LoanPro's LMS, and the requests of the seed documents",
	"numscript":          "the test scripts of formancehq/numscript",
	"own":                "our own, one for each promise of the policy language that no other case holds",
	"policies":           "the example policies of testdata/policies, each with its cases",
	"prorata":            "the tests of money libraries, where they agree with largest remainder",
	"regulation":         "statutes, regulations, official interpretations, rules of card networks and servicers",
	"semantics":          "our own, one settled point of the language each",
	"semantics/mistakes": "policies that must not load, each for one reason",
	"tricky":             "our own, where cents, ties, dates and limits are easy to get wrong",
}

const preamble = `# Conformance

What the specs of this repository hold the engine to, and whether they pass. Written by
` + "`go test ./internal/spec -run TestConformance -update`" + ` from ` + "`testdata/specs`" + `; the same test fails when it is stale. How to run
them: ` + "`spillway test testdata/specs`" + ` ([testing](testing.md)). Every case names its source; here they are counted by origin, those
with the most cases first.

`

func conformanceText(t *testing.T, testdata fs.FS) string {
	folders := map[string][]row{}
	for _, name := range specFiles(t, testdata) {
		folder := strings.TrimPrefix(path.Dir(name), "specs/")
		folders[folder] = append(folders[folder], fileRow(t, testdata, name))
	}
	var names []string
	for folder := range folders {
		names = append(names, folder)
	}
	slices.Sort(names)
	var out strings.Builder
	out.WriteString(preamble)
	out.WriteString("| Area | From | Files | Cases | Passing |\n| --- | --- | ---: | ---: | ---: |\n")
	all := row{}
	for _, folder := range names {
		sum := total(folders[folder])
		all = total([]row{all, sum})
		fmt.Fprintf(&out, "| [%s](#%s) | %s | %d | %d | %d |\n",
			folder, strings.ReplaceAll(folder, "/", ""), areas[folder], sum.files, sum.cases, sum.passing)
	}
	fmt.Fprintf(&out, "| **all** | | **%d** | **%d** | **%d** |\n", all.files, all.cases, all.passing)
	for _, folder := range names {
		writeArea(&out, folder, folders[folder])
	}
	return out.String()
}

// writeArea lists the files of a folder, in a sentence where each is one case.
func writeArea(out *strings.Builder, folder string, rows []row) {
	if len(rows) > 1 && total(rows).cases == len(rows) {
		fmt.Fprintf(out, "\n## %s\n\nOne case each:", folder)
		for i, r := range rows {
			fmt.Fprintf(out, "%s\n[%s](../testdata/%s)", strings.Repeat(",", min(i, 1)), strings.TrimSuffix(path.Base(r.name), ".yaml"), r.name)
		}
		out.WriteString(".\n")
		return
	}
	fmt.Fprintf(out, "\n## %s\n\n| File | What | Sources | Cases | Passing |\n| --- | --- | --- | ---: | ---: |\n", folder)
	for _, r := range rows {
		fmt.Fprintf(out, "| [%s](../testdata/%s) | %s | %s | %d | %d |\n",
			path.Base(r.name), r.name, cell(r.from), cell(listed(r.origins)), r.cases, r.passing)
	}
}

func total(rows []row) (sum row) {
	for _, r := range rows {
		sum.files += r.files
		sum.cases += r.cases
		sum.passing += r.passing
	}
	return sum
}

// fileRow runs the cases of a file.
func fileRow(t *testing.T, testdata fs.FS, name string) row {
	src, err := fs.ReadFile(testdata, name)
	if err != nil {
		t.Fatal(err)
	}
	file, err := spec.Load(testdata, name)
	if err != nil {
		t.Fatal(err)
	}
	r := row{name: name, from: header(string(src)), files: 1, cases: len(file.Cases), origins: map[string]int{}}
	for _, c := range file.Cases {
		if len(c.Run()) == 0 {
			r.passing++
		}
		for _, origin := range origins(c.Source) {
			r.origins[origin]++
		}
	}
	return r
}

var sentenceEnd = regexp.MustCompile(`[.:] [A-Z]`)

// header is the first sentence of the comment at the top of a file.
func header(src string) string {
	var words []string
	for line := range strings.Lines(src) {
		comment, ok := strings.CutPrefix(line, "#")
		if !ok {
			break
		}
		words = append(words, strings.TrimSpace(comment))
	}
	text := strings.Join(words, " ")
	if end := sentenceEnd.FindStringIndex(text); end != nil && text[end[0]] == '.' {
		text = text[:end[0]]
	}
	return strings.TrimSuffix(text, ".")
}

// What stands in a source for one case, and not for where it is from.
var (
	caseNumber = regexp.MustCompile(`^[A-Z]\d{4}, `)
	repository = regexp.MustCompile(`^[\w.-]+/[\w.-]+@[0-9a-f]+`)
	address    = regexp.MustCompile(`^[\w-]+(\.[\w-]+)+/`)
	detail     = regexp.MustCompile(`( \(|, comment| as ).*`)
)

// origins says where a case is from: laws without the comment, repositories
// without the file, sites without the page.
func origins(source string) (all []string) {
	source = caseNumber.ReplaceAllString(source, "")
	switch {
	case source == "own" || strings.HasPrefix(source, "own,") || strings.HasPrefix(source, "own:") || strings.HasPrefix(source, "own "):
		return []string{"own"}
	case strings.HasPrefix(source, "contract ") && !strings.HasPrefix(source, "contract of"):
		return []string{"the contract"}
	case strings.HasPrefix(source, "seed "):
		return []string{"the seed documents"}
	case repository.MatchString(source):
		return []string{repository.FindString(source)}
	}
	for _, part := range strings.Split(detail.ReplaceAllString(source, ""), "; ") {
		if site := address.FindString(part); site != "" {
			part = strings.TrimSuffix(site, "/")
		}
		if part != "" && !slices.Contains(all, part) {
			all = append(all, part)
		}
	}
	return all
}

// shown is how many origins of a file the table names.
const shown = 4

// listed names the origins with the most cases.
func listed(origins map[string]int) string {
	var names []string
	for name := range origins {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(origins[b], origins[a]), strings.Compare(a, b))
	})
	if more := len(names) - shown; more > 1 {
		names = append(names[:shown], fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, "; ")
}

// cell is a text as a cell of a table.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
