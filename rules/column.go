package rules

import (
	"regexp"
	"unicode"
	"unicode/utf8"
)

// Each of these finds the column at which a line of YAML likely went wrong.

func firstText(line string) (col, width int) {
	for i, r := range []rune(line) {
		if r != ' ' && r != '\t' {
			return i + 1, 1
		}
	}
	return 1, 1
}

// found is the column of a byte offset, that of the first text if it is none.
func found(line string, at []int) (col, width int) {
	if at == nil {
		return firstText(line)
	}
	from, to := at[len(at)-2], at[len(at)-1]
	return utf8.RuneCountInString(line[:from]) + 1, max(1, utf8.RuneCountInString(line[from:to]))
}

var (
	quotedText   = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'[^']*'`)
	colonAfter   = regexp.MustCompile(`^[^:]*:(?:[^\s:][^:]*:)*\s.*?(:)(?:\s|$)`)
	reservedText = regexp.MustCompile("(?:^|[-:,\\[{?]\\s)\\s*([\t@`%])")
	bracketText  = regexp.MustCompile(`[\[{]`)
	quoteText    = regexp.MustCompile(`(?:^|[-:,\[{]\s*)\s*(["'])`)
	escapeText   = regexp.MustCompile(`\\[^0abt\tnvfre "'\\N_LPxuU]`)
	aliasText    = regexp.MustCompile(`(?:^|[-:,\[{]\s)\s*([*&])`)
)

// secondColon is the ":" after that of the line's key, quoted ones aside.
func secondColon(line string) (col, width int) {
	hidden := quotedText.ReplaceAllStringFunc(line, func(s string) string {
		b := make([]byte, len(s))
		for i := range b {
			b[i] = '_'
		}
		return string(b)
	})
	at := colonAfter.FindStringSubmatchIndex(hidden)
	if at == nil {
		return firstText(line)
	}
	return found(line, at)
}

func reserved(line string) (col, width int) {
	return found(line, reservedText.FindStringSubmatchIndex(line))
}
func firstBracket(line string) (col, width int) {
	return found(line, bracketText.FindStringIndex(line))
}
func firstQuote(line string) (col, width int) {
	return found(line, quoteText.FindStringSubmatchIndex(line))
}
func backslash(line string) (col, width int) { return found(line, escapeText.FindStringIndex(line)) }
func aliasStart(line string) (col, width int) {
	return found(line, aliasText.FindStringSubmatchIndex(line))
}

func control(line string) (col, width int) {
	for i, r := range []rune(line) {
		if r != '\t' && unicode.IsControl(r) {
			return i + 1, 1
		}
	}
	return 1, 1
}
