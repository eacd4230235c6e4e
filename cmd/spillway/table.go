package main

import (
	"strings"
	"unicode/utf8"
)

// A table is rows of cells that are printed in columns.
type table struct {
	right int // how many columns, from the first, are set flush right
	rows  [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// titled prints the table, indented, below a title; nothing when it has no
// rows. Headings stand above the columns.
func (t *table) titled(title string, headings ...string) string {
	if len(t.rows) == 0 {
		return ""
	}
	if len(headings) > 0 {
		t.rows = append([][]string{headings}, t.rows...)
	}
	widths := t.widths()
	var b strings.Builder
	b.WriteString(title + "\n")
	for _, row := range t.rows {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i < t.right {
				cell = pad + cell
			} else {
				cell += pad
			}
			line.WriteString("  " + cell)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

func (t *table) widths() (widths []int) {
	for _, row := range t.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}
