package loanpro

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"text/tabwriter"
)

// The package's documentation has every field and every word as the tables do
// that the code runs on.
func TestDocumentation(t *testing.T) {
	source, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{
		fieldTable("Fields of a line of credit's request", onLine()),
		fieldTable("Fields of a loan's payment", onLoan()),
		"// # Words\n//\n" + aligned(wordRows()),
	} {
		if !strings.Contains(string(source), table) {
			t.Errorf("doc.go must have:\n%s", table)
		}
	}
}

func fieldTable(title string, fields []field) string {
	var rows strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&rows, "%s\t%s\t%s\n", f.name, f.to, f.note)
	}
	return "// # " + title + "\n//\n" + aligned(rows.String())
}

func wordRows() string {
	var rows strings.Builder
	addWords(&rows, "status", lineStatuses())
	addWords(&rows, "", loanStatuses())
	addWords(&rows, "fee type", lineFeeTypes())
	addWords(&rows, "", loanFeeTypes())
	addWords(&rows, "extra", extras())
	addWords(&rows, "echeck auth type", echeckAuths())
	addWords(&rows, "split fee", SplitFees())
	addWords(&rows, "reversal reason", ReversalReasons()[:5])
	rows.WriteString("\tnacha.returnCode.r01 to r35\tnacha R01 to R35\n")
	return rows.String()
}

func addWords[T any](rows *strings.Builder, kind string, words []Word[T]) {
	for i, w := range words {
		if i > 0 {
			kind = ""
		}
		fmt.Fprintf(rows, "%s\t%s\t%v\n", kind, w.Word, w.Means)
	}
}

// aligned gives rows as a comment's code block, in columns.
func aligned(rows string) string {
	var text strings.Builder
	columns := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprint(columns, rows)
	columns.Flush()
	var block strings.Builder
	for row := range strings.Lines(text.String()) {
		block.WriteString("//\t" + strings.TrimRight(row, " \n") + "\n")
	}
	return block.String()
}
