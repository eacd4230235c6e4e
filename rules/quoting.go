package rules

import (
	"regexp"
	"strings"
)

// expr compiles the expression that is a value; nil if it is not there or
// wrong. YAML may have eaten a part of it: then the hint says so.
func (p *policyParser) expr(n *Node, scope Scope, want Want) *Expr {
	if n == nil || n.Kind == Null {
		return nil
	}
	if n.Kind == List || n.Kind == Map {
		hint := "write it in one text"
		if n.Kind == Map {
			hint = `quote an expression that contains ": " or starts with {`
		} else if n.style == styleFlow {
			hint = "quote an expression that starts with ["
		}
		p.mistake(n, hint, "an expression is expected, got %s", n.Kind.describe(""))
		return nil
	}
	return p.compilePart(n, scalarPart{text: n.Text}, scope, want)
}

// A scalarPart is a part of a scalar's text, from one of its characters on.
type scalarPart struct {
	text string
	from int
}

// compilePart compiles the expression in a part of a scalar.
func (p *policyParser) compilePart(n *Node, part scalarPart, scope Scope, want Want) *Expr {
	p.texts = append(p.texts, part.text)
	before := len(p.mistakes)
	e := p.compiler.compile(exprSource{part.text, func(i int) Pos { return n.At(part.from + i) }}, scope, want)
	if len(p.mistakes) > before {
		if hint := n.eaten(); hint != "" {
			p.mistakes[before].Hint = hint
		}
	}
	return e
}

// eaten says, of an expression with a mistake, how YAML may have cut it short
// and what to do; "" if it has not.
func (n *Node) eaten() string {
	if n.style != stylePlain || n.src == nil || !cutShort(n.Text) {
		return ""
	}
	t := n.trace()
	rest := strings.TrimLeft(t.text[t.next:], " \t")
	switch {
	case strings.HasPrefix(rest, "#") && len(rest) < len(t.text[t.next:]):
		return `YAML reads " #" as a comment, which ends the expression: quote the expression`
	case rest != "" && strings.IndexByte(",]}[{?", rest[0]) >= 0:
		return "YAML ends a text in [ ] or { } at each of , [ ] { } ?: quote the expression"
	}
	return ""
}

var unfinished = regexp.MustCompile(`(?:[-+*/%<>=&|!?:,.(\[{]|\b(?:and|or|not|in|contains|startsWith|endsWith))\s*$`)

// cutShort says whether the text is only the beginning, or the end, of an
// expression: brackets or quotes are open, or an operator is the last of it.
func cutShort(text string) bool {
	for _, pair := range []string{"()", "[]", "{}"} {
		if strings.Count(text, pair[:1]) != strings.Count(text, pair[1:]) {
			return true
		}
	}
	return strings.Count(text, `"`)%2 == 1 || strings.Count(text, `'`)%2 == 1 || unfinished.MatchString(text)
}
