// Package docs_test holds the documents to what they show: policies load, specs
// pass, requests are answered, expressions compile, Go is what examples run.
package docs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../.."

// A block is a fenced block of a document.
type block struct {
	doc  string
	line int
	lang string
	text string
}

func (b *block) name() string { return fmt.Sprintf("%s:%d", b.doc, b.line) }

// first is the first line of the block.
func (b *block) first() string {
	line, _, _ := strings.Cut(b.text, "\n")
	return line
}

// blocks gives the fenced blocks of a document that are in a language.
func blocks(t *testing.T, doc, lang string) (all []block) {
	t.Helper()
	open := false
	for i, line := range strings.Split(read(t, doc), "\n") {
		marked, fence := strings.CutPrefix(line, "```")
		switch {
		case fence && open:
			open = false
		case fence:
			open = true
			all = append(all, block{doc: doc, line: i + 1, lang: marked})
		case open:
			all[len(all)-1].text += line + "\n"
		}
	}
	if open {
		t.Fatalf("%s: a block does not end", doc)
	}
	var chosen []block
	for _, b := range all {
		if b.lang == lang {
			chosen = append(chosen, b)
		}
	}
	return chosen
}

// A row is a row of a table whose first column is headed Expression.
type row struct {
	doc  string
	line int
	cell string
}

// expressionRows gives the rows of a document's tables of expressions.
func expressionRows(t *testing.T, doc string) (rows []row) {
	t.Helper()
	within := false
	for i, line := range strings.Split(read(t, doc), "\n") {
		switch {
		case strings.HasPrefix(line, "| Expression |"):
			within = true
		case !strings.HasPrefix(line, "|"):
			within = false
		case within && !strings.HasPrefix(line, "| ---"):
			rows = append(rows, row{doc, i + 1, firstCell(line)})
		}
	}
	return rows
}

// firstCell is the first cell of a table's row. A | with a backslash before it
// is part of the cell.
func firstCell(line string) string {
	const hidden = "\x00"
	cell, _, _ := strings.Cut(strings.ReplaceAll(line[1:], `\|`, hidden), "|")
	return strings.ReplaceAll(cell, hidden, "|")
}

// codes gives what stands in backquotes in a text.
func codes(text string) (all []string) {
	for i, part := range strings.Split(text, "`") {
		if i%2 == 1 {
			all = append(all, part)
		}
	}
	return all
}

// documents are README.md and all of docs.
func documents(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	docs := []string{"README.md"}
	for _, name := range found {
		docs = append(docs, "docs/"+filepath.Base(name))
	}
	return docs
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
