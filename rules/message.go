package rules

import (
	"strings"
	"unicode/utf8"
)

// maxMessage is how long a message may be.
const maxMessage = 4000

// message takes a text apart into itself and the {{expressions}} in it.
func (p *policyParser) message(n *Node, scope Scope) Message {
	text, ok := p.scalar(n, "message")
	if !ok {
		return Message{Texts: []string{""}}
	}
	if len(text) > maxMessage {
		p.mistake(n, "", "a message has more than %d bytes, the limit", maxMessage)
		text = ""
	}
	var m Message
	rest := text
	at := func(rest string) int { return utf8.RuneCountInString(text[:len(text)-len(rest)]) }
	for {
		open := strings.Index(rest, "{{")
		if stray := strings.Index(rest, "}}"); stray >= 0 && (open < 0 || stray < open) {
			p.Add(n.At(at(rest[stray:])), 2, "write {{expression}}", "}} without {{ before it")
		}
		if open < 0 {
			m.Texts = append(m.Texts, rest)
			return m
		}
		m.Texts = append(m.Texts, rest[:open])
		inner := rest[open+2:]
		end := closing(inner)
		if end < 0 {
			p.Add(n.At(at(rest[open:])), 2, "write {{expression}}", "{{ without }} after it")
			m.Texts = append(m.Texts, "")
			m.Exprs = append(m.Exprs, nil)
			return m
		}
		m.Exprs = append(m.Exprs, p.messageExpr(n, inner[:end], at(inner), scope))
		rest = inner[end+2:]
	}
}

func (p *policyParser) messageExpr(n *Node, inner string, from int, scope Scope) *Expr {
	expr := strings.TrimSpace(inner)
	if expr == "" {
		p.Add(n.At(from-2), 4, "", "{{ }} without an expression")
		return nil
	}
	from += utf8.RuneCountInString(inner[:strings.Index(inner, expr)])
	return p.compilePart(n, scalarPart{expr, from}, scope, WantText)
}

// closing finds the }} that ends an expression: not one in a quote, nor one
// whose first brace closes a brace of the expression.
func closing(text string) int {
	depth := 0
	quote := byte(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quote != 0 && c == '\\' && quote != '`':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case c == '{':
			depth++
		case c == '}' && depth == 0 && strings.HasPrefix(text[i:], "}}"):
			return i
		case c == '}':
			depth--
		}
	}
	return -1
}
