package rules

import (
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"
)

// A Vocabulary is what a policy knows of accounts and payments: the words and
// figures that its rules name, by the field that they are held against. Tools
// draw accounts and payments from it that the policy has something to say on.
//
// A field goes by its last name, a fact by "facts." and its name: component,
// method, facts.state. Everything is in the order of the policy, once.
type Vocabulary struct {
	Words   map[string][]string
	Figures map[string][]string // numbers as written
	Numbers []string            // all of them, whatever they are held against
	Dates   []Date
	reads   map[string]bool
}

// Reads says whether an expression of the policy names a field of that name.
func (v *Vocabulary) Reads(field string) bool { return v.reads[field] }

// Vocabulary gathers the policy's vocabulary.
func (p *Policy) Vocabulary() *Vocabulary {
	v := &Vocabulary{Words: map[string][]string{}, Figures: map[string][]string{}, reads: map[string]bool{}}
	for i := range p.PaymentTypes {
		v.programs(&p.PaymentTypes[i].Entry)
		for _, c := range p.PaymentTypes[i].Choices {
			v.exprs(c.When)
		}
	}
	for i := range p.Waterfalls {
		v.tiers(p.Waterfalls[i].Tiers)
	}
	for i := range p.Splits {
		s := &p.Splits[i]
		v.programs(&s.Entry)
		v.tiers(s.Tiers)
		for _, part := range s.Percentages {
			v.word("child", part.Child)
		}
	}
	for i := range p.Fees {
		f := &p.Fees[i]
		v.programs(&f.Entry)
		v.exprs(f.When)
		if f.Collect == ChargeBefore || f.Collect == ChargeAfter {
			v.word("bucket", f.ChargeBucket)
			v.word("component", f.ChargeComponent)
		}
	}
	for i := range p.Guardrails {
		g := &p.Guardrails[i]
		v.programs(&g.Entry)
		v.exprs(g.When, g.Test)
		v.exprs(g.Message.Exprs...)
		v.date(g.From)
		v.date(g.Until)
	}
	for i := range p.Invariants {
		v.programs(&p.Invariants[i].Entry)
		v.exprs(p.Invariants[i].Check)
	}
	return v
}

func (v *Vocabulary) programs(e *Entry) {
	for _, program := range e.Programs {
		v.word("program", program)
	}
}

func (v *Vocabulary) tiers(tiers []Tier) {
	for i := range tiers {
		t := &tiers[i]
		v.exprs(t.When, t.Where, t.Cap, t.TakeExpr, t.ByExpr)
		for k := range t.Order {
			v.exprs(t.Order[k].Expr)
			v.listed(&t.Order[k])
		}
	}
}

// listed notes the words of a list key, in their order.
func (v *Vocabulary) listed(k *OrderKey) {
	var words []string
	for word := range k.Positions {
		words = append(words, word)
	}
	slices.SortFunc(words, func(a, b string) int {
		if k.Positions[a] != k.Positions[b] {
			return k.Positions[a] - k.Positions[b]
		}
		return slices.Compare([]byte(a), []byte(b))
	})
	for _, word := range words {
		v.word(k.List.String(), word)
	}
}

func (v *Vocabulary) word(field, word string) {
	if word != "" && !slices.Contains(v.Words[field], word) {
		v.Words[field] = append(v.Words[field], word)
	}
}

func (v *Vocabulary) date(d Date) {
	if d != 0 && !slices.Contains(v.Dates, d) {
		v.Dates = append(v.Dates, d)
	}
}

// exprs notes what expressions name.
func (v *Vocabulary) exprs(list ...*Expr) {
	for _, e := range list {
		if e == nil {
			continue
		}
		if tree, err := parser.ParseWithConfig(e.text, &conf.Config{MaxNodes: maxExprNodes}); err == nil {
			v.node(tree.Node, []rune(e.text))
		}
	}
}

// node notes what the comparisons and calls below a node name.
func (v *Vocabulary) node(n ast.Node, text []rune) {
	switch n := n.(type) {
	case *ast.MemberNode:
		v.reads[fieldName(n)] = true
	case *ast.IntegerNode, *ast.FloatNode:
		if figure := written(n, text); !slices.Contains(v.Numbers, figure) {
			v.Numbers = append(v.Numbers, figure)
		}
	case *ast.BinaryNode:
		v.compared(n, text)
	case *ast.CallNode:
		v.called(callee(n), n.Arguments)
	case *ast.BuiltinNode:
		v.called(n.Name, n.Arguments)
	}
	for _, part := range parts(n) {
		v.node(part, text)
	}
}

// compared notes the literals on both sides of an operator for the fields on
// both sides.
func (v *Vocabulary) compared(n *ast.BinaryNode, text []rune) {
	switch n.Operator {
	case "and", "&&", "or", "||":
		return
	}
	var s sides
	s.gather(n, text)
	for _, field := range s.fields {
		for _, word := range s.words {
			v.word(field, word)
		}
		for _, figure := range s.figures {
			if !slices.Contains(v.Figures[field], figure) {
				v.Figures[field] = append(v.Figures[field], figure)
			}
		}
	}
}

// called notes the arguments of paid and unpaid, and dates written out.
func (v *Vocabulary) called(name string, args []ast.Node) {
	for i, arg := range args {
		literal, ok := arg.(*ast.StringNode)
		switch {
		case !ok:
		case name == "paid" || name == "unpaid":
			v.word([]string{"component", "bucket"}[min(i, 1)], literal.Value)
		case name == "date":
			if d, err := ParseDate(literal.Value); err == nil {
				v.date(d)
			}
		}
	}
}

// callee is the name of what is called.
func callee(n *ast.CallNode) string {
	switch of := n.Callee.(type) {
	case *ast.IdentifierNode:
		return of.Value
	case *ast.MemberNode:
		return fieldName(of)
	}
	return ""
}

// sides are the fields and literals of an operator's two sides.
type sides struct{ fields, words, figures []string }

func (s *sides) gather(n ast.Node, text []rune) {
	switch n := n.(type) {
	case *ast.MemberNode:
		if name := fieldName(n); name != "" {
			s.fields = append(s.fields, name)
		}
		return
	case *ast.CallNode:
		if name := callee(n); name == "paid" || name == "unpaid" {
			return
		}
	case *ast.BuiltinNode:
		if n.Name == "date" {
			return
		}
	case *ast.StringNode:
		s.words = append(s.words, n.Value)
		return
	case *ast.IntegerNode, *ast.FloatNode:
		s.figures = append(s.figures, written(n, text))
		return
	}
	for _, part := range parts(n) {
		s.gather(part, text)
	}
}

// written is a number as it is written.
func written(n ast.Node, text []rune) string {
	at := n.Location()
	return string(text[at.From:at.To])
}

// fieldName is the last name of a field, with facts before that of a fact.
func fieldName(n *ast.MemberNode) string {
	name, ok := n.Property.(*ast.StringNode)
	if !ok {
		return ""
	}
	if of, ok := n.Node.(*ast.MemberNode); ok && fieldName(of) == "facts" {
		return "facts." + name.Value
	}
	return name.Value
}
