package rules

import (
	"fmt"
	"slices"
	"strings"
)

// nearest gives the known word that text was most likely meant to be, or "":
// the one with the fewest letters changed, left out, added or swapped, if
// those are few for its length. Of equals it is the one that starts most alike.
func nearest(text string, known []string) string {
	text = strings.ToLower(text)
	if len(text) > maxWord {
		return ""
	}
	best, least := "", max(1, len(text)/3)+1
	for _, word := range known {
		if word == "" || len(word) > maxWord {
			continue
		}
		d := distance(text, strings.ToLower(word))
		if d < least || d == least && best != "" && alike(text, word) > alike(text, best) {
			best, least = word, d
		}
	}
	return best
}

// alike is the number of bytes with which both start.
func alike(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// maxWord is the length in bytes beyond which nobody meant a known word.
const maxWord = 64

// distance counts the edits that turn a into b, a swap of neighbours as one.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}

// didYouMean is the hint for an unknown word: the nearest known one or, if none
// is near, all of them when they are few.
func didYouMean(text string, known []string) string {
	if word := nearest(text, known); word != "" {
		return fmt.Sprintf("did you mean %q?", word)
	}
	known = slices.DeleteFunc(slices.Clone(known), func(w string) bool { return w == "" })
	if len(known) == 0 || len(known) > 16 {
		return ""
	}
	return "known: " + strings.Join(known, ", ")
}
