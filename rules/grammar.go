package rules

import (
	"errors"
	"strings"
	"unicode"

	"github.com/expr-lang/expr/file"
)

// syntaxError gives the place, in characters, and the words of an error of
// expr's parser.
func syntaxError(text string, err error) (at int, message string) {
	var e *file.Error
	if !errors.As(err, &e) {
		return 0, err.Error()
	}
	at, message = e.From, e.Message
	switch {
	case strings.HasPrefix(message, "unexpected token EOF"), strings.HasPrefix(message, "unexpected end"):
		message = "the expression ends too early"
	case strings.HasPrefix(message, "unexpected token "):
		_, token, _ := strings.Cut(message, "(")
		message = "did not expect " + strings.TrimSuffix(token, ")")
	case strings.HasPrefix(message, "invalid char escape"), strings.HasPrefix(message, "unable to unescape"):
		message = "the text has an escape that does not exist"
	case strings.HasSuffix(message, "value out of range"):
		at, message = numberBefore(text, at), "the number is too large"
	case strings.HasPrefix(message, "bad number"), strings.HasPrefix(message, "invalid"), strings.Contains(message, "is too large"):
		at, message = numberBefore(text, at), "this is no number that can be read"
	case strings.HasPrefix(message, "expected name"):
		message = "a name must follow the dot"
	case strings.HasPrefix(message, "expected at least"):
		message = "an argument is missing"
	case strings.HasPrefix(message, "wrap predicate"):
		message = "sequences with ; are not part of the policy language"
	case strings.HasPrefix(message, "a map key"):
		message = "maps are not part of the policy language"
	case strings.HasPrefix(message, "unrecognized character"):
		message = "no expression has this character"
	case strings.Contains(message, "coalesce"):
		message = "?? cannot stand beside another operator"
	case strings.Contains(message, "maximum allowed nodes"):
		message = "the expression has more than 1000 parts"
	case strings.HasPrefix(message, "literal not terminated"):
		message = "the quote is not closed"
	}
	return at, message
}

// numberBefore is where the number begins that stands at a place or before it:
// the parser tells what follows it.
func numberBefore(text string, at int) int {
	runes := []rune(text)
	part := func(r rune) bool { return r == '_' || r == '.' || unicode.IsLetter(r) || unicode.IsDigit(r) }
	found := 0
	for i := 0; i <= at && i < len(runes); i++ {
		if unicode.IsDigit(runes[i]) && (i == 0 || !part(runes[i-1])) {
			found = i
		}
	}
	return found
}

// syntaxHint says what to do about a syntax error.
func syntaxHint(text, message string) string {
	switch {
	case strings.HasPrefix(message, "??"):
		return "put parentheses around it: (A ?? B)"
	case message == `did not expect "."`, message == `did not expect "#"`:
		return "# and .field stand for an element only within any, all, filter, sum and the like"
	case strings.HasPrefix(message, "the expression has more"):
		return "split it into several rules"
	case strings.HasPrefix(message, "the quote"):
		return "close it"
	case strings.Contains(text, "=") && !strings.Contains(text, "==") && !strings.ContainsAny(text, "<>!"):
		return "compare with =="
	}
	return ""
}
