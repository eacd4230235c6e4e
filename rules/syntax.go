package rules

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// syntax notes what yaml could not read. yaml tells a line only, and not
// always the right one; the column is looked for.
func (m *Mistakes) syntax(src *source, err error) {
	if second := (secondDocument{}); errors.As(err, &second) {
		line := second.line
		for line > 1 && !strings.HasPrefix(src.line(line), "---") {
			line--
		}
		m.Add(Pos{src.file, line, 1}, 3, "put it in a file of its own", "a second document in the file")
		return
	}
	line, problem := splitYAMLError(err)
	told := explain(problem)
	if slices.Contains(blockProblems, problem) {
		line = firstBad(src, problem)
	}
	line = told.likelyLine(src, min(max(line, 1), len(src.starts)))
	text := src.line(line)
	col, width := told.find(text)
	if tab := indentTab(text); tab > 0 {
		told, col, width = tabbed, tab, 1
	}
	m.Add(Pos{src.file, line, col}, width, told.hint, "%s", told.message)
}

// likelyLine is the line near the one that yaml tells where the problem shows:
// one that is not empty, for a tab one with a tab, for brackets one with brackets.
func (c complaint) likelyLine(src *source, line int) int {
	shows := func(text string) bool { return strings.TrimSpace(text) != "" }
	switch {
	case c.message == tabbed.message:
		for n := line; n <= min(line+100, len(src.starts)); n++ {
			if indentTab(src.line(n)) > 0 {
				return n
			}
		}
	case strings.Contains(c.problem, "expected ','"):
		shows = func(text string) bool { return strings.ContainsAny(text, "[{") }
	}
	for n := line; n > 0; n-- {
		if shows(src.line(n)) {
			return n
		}
	}
	return line
}

var yamlLine = regexp.MustCompile(`^line (\d+): `)

// splitYAMLError takes yaml's message apart. Its parser counts lines from 0,
// its scanner from 1, and neither tells the first line.
func splitYAMLError(err error) (line int, problem string) {
	problem = strings.TrimPrefix(err.Error(), "yaml: ")
	if found := yamlLine.FindStringSubmatch(problem); found != nil {
		line, _ = strconv.Atoi(found[1])
		problem = problem[len(found[0]):]
	}
	if strings.HasPrefix(problem, "did not find expected ',' or") || problem == "did not find expected node content" {
		line++
	}
	return line, problem
}

// A complaint tells one problem of yaml's to an author.
type complaint struct {
	problem string // what yaml's message begins with
	message string
	hint    string
	find    func(line string) (col, width int)
}

const quoteIt = "quote a text or expression that contains "

var tabbed = complaint{message: "a tab in the indentation", hint: "indent with spaces", find: firstText}

var complaints = []complaint{
	{"mapping values are not allowed", `a ": " where no key can be`,
		quoteIt + `": ", and check the indentation`, secondColon},
	{"found character that cannot start any token", "a character that no value starts with",
		"quote a text or expression that starts with it", reserved},
	{"found a tab character", tabbed.message, tabbed.hint, firstText},
	{"could not find expected ':'", `a key without its ":"`,
		"check the indentation, or quote a text of more than one line", firstText},
	{"did not find expected key", "this line does not belong to the list or mapping above it",
		"check its indentation; " + quoteIt + "quotes, brackets or braces", firstText},
	{"did not find expected '-' indicator", `a "- " is missing, or the indentation is wrong`,
		"every entry of a list starts in the same column", firstText},
	{"did not find expected ',' or ']'", `a list in brackets that does not end, or has no "," between two values`,
		quoteIt + `", [ ] { } ?"`, firstBracket},
	{"did not find expected ',' or '}'", `a mapping in braces that does not end, or has no "," between two keys`,
		quoteIt + `", [ ] { } ?"`, firstBracket},
	{"did not find expected node content", "a value is missing, or starts with a character that no value starts with",
		"quote a text or expression that starts with , ] } or %", firstBracket},
	{"block sequence entries are not allowed", `a "- " where no list can be`,
		"put the list on lines of its own, below its key", firstText},
	{"found unexpected end of stream", "a quote that is not closed", "", firstQuote},
	{"found unknown escape character", `an escape that YAML does not know`,
		`within double quotes write "\\" for a backslash, or use single quotes`, backslash},
	{"found unexpected document indicator", "a quote that is not closed", "", firstQuote},
	{"did not find expected alphabetic", `an alias or anchor without a name`,
		`quote a text or expression that starts with "*" or "&"`, aliasStart},
	{"did not find expected comment or line break", `text after a "|" or ">"`,
		`quote a text or expression that starts with "|" or ">"`, firstText},
	{"did not find expected <document start>", "text after the end of the document",
		"check the indentation; " + quoteIt + `quotes or brackets`, firstText},
	{"unknown anchor", "aliases are not allowed", `write the value out, or quote a text that starts with "*"`, aliasStart},
	{"control characters are not allowed", "a control character", "remove it", control},
}

// blockProblems are those where yaml tells where the list or mapping begins,
// not where it goes wrong.
var blockProblems = []string{
	"did not find expected key", "did not find expected '-' indicator",
	"did not find expected <document start>", "control characters are not allowed",
}

func explain(problem string) complaint {
	for _, c := range complaints {
		if strings.HasPrefix(problem, c.problem) {
			return c
		}
	}
	return complaint{message: "this is not YAML: " + problem, find: firstText}
}

// firstBad is the line with which the problem begins: the lines before it can
// be read, or at least have another problem.
func firstBad(src *source, problem string) int {
	good, bad := 0, len(src.starts)
	for good+1 < bad {
		middle := (good + bad) / 2
		_, err := readYAML(src.text[:src.starts[middle]])
		if err == nil {
			good = middle
			continue
		}
		if _, p := splitYAMLError(err); p == problem {
			bad = middle
		} else {
			good = middle
		}
	}
	return bad
}

func indentTab(line string) int {
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	return strings.Index(indent, "\t") + 1
}
