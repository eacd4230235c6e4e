package main

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"github.com/Knetic/govaluate"
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
	"github.com/google/cel-go/cel"
	"github.com/hyperjumptech/grule-rule-engine/ast"
	"github.com/hyperjumptech/grule-rule-engine/builder"
	grule "github.com/hyperjumptech/grule-rule-engine/engine"
	"github.com/hyperjumptech/grule-rule-engine/pkg"
	opa "github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

// fields lists what a question holds, by name.
func (q *question) fields() map[string]any {
	all := map[string]any{}
	v := reflect.ValueOf(*q)
	for i := range v.NumField() {
		all[v.Type().Field(i).Name] = v.Field(i).Interface()
	}
	return all
}

// ofExpr runs the guardrails on expr's own virtual machine, over a struct.
type ofExpr struct {
	programs  []*vm.Program
	machine   vm.VM
	questions []question
}

func newExpr(questions []question) (judge, error) {
	e := &ofExpr{questions: questions}
	for _, g := range guards() {
		program, err := expr.Compile(g.common, expr.Env(&question{}), expr.AsBool())
		if err != nil {
			return nil, err
		}
		e.programs = append(e.programs, program)
	}
	return e, nil
}

func (e *ofExpr) judge(i int) (v verdict) {
	for n, program := range e.programs {
		out, err := e.machine.Run(program, &e.questions[i])
		must(err)
		if out.(bool) {
			v |= 1 << n
		}
	}
	return v
}

// ofCEL runs a program for each guardrail.
type ofCEL struct {
	programs    []cel.Program
	activations []cel.Activation
}

func newCEL(questions []question) (judge, error) {
	var options []cel.EnvOption
	for name, value := range (&question{}).fields() {
		kind := cel.IntType
		switch value.(type) {
		case bool:
			kind = cel.BoolType
		case string:
			kind = cel.StringType
		}
		options = append(options, cel.Variable(name, kind))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		return nil, err
	}
	c := &ofCEL{}
	for _, g := range guards() {
		checked, issues := env.Compile(g.common)
		if issues.Err() != nil {
			return nil, issues.Err()
		}
		program, err := env.Program(checked, cel.EvalOptions(cel.OptOptimize))
		if err != nil {
			return nil, err
		}
		c.programs = append(c.programs, program)
	}
	for i := range questions {
		activation, err := cel.NewActivation(questions[i].fields())
		if err != nil {
			return nil, err
		}
		c.activations = append(c.activations, activation)
	}
	return c, nil
}

func (c *ofCEL) judge(i int) (v verdict) {
	for n, program := range c.programs {
		out, _, err := program.Eval(c.activations[i])
		must(err)
		if out.Value().(bool) {
			v |= 1 << n
		}
	}
	return v
}

// ofGovaluate runs an expression for each guardrail.
type ofGovaluate struct {
	expressions []*govaluate.EvaluableExpression
	parameters  []govaluate.MapParameters
}

func newGovaluate(questions []question) (judge, error) {
	g := &ofGovaluate{}
	for _, one := range guards() {
		text := strings.NewReplacer("[", "(", "]", ")").Replace(one.common)
		expression, err := govaluate.NewEvaluableExpression(text)
		if err != nil {
			return nil, err
		}
		g.expressions = append(g.expressions, expression)
	}
	for i := range questions {
		parameters := govaluate.MapParameters{}
		for name, value := range questions[i].fields() {
			if n, ok := value.(int64); ok {
				value = float64(n)
			}
			parameters[name] = value
		}
		g.parameters = append(g.parameters, parameters)
	}
	return g, nil
}

func (g *ofGovaluate) judge(i int) (v verdict) {
	for n, expression := range g.expressions {
		out, err := expression.Eval(g.parameters[i])
		must(err)
		if out.(bool) {
			v |= 1 << n
		}
	}
	return v
}

// ofGrule asks its engine which rules match.
type ofGrule struct {
	engine   *grule.GruleEngine
	base     *ast.KnowledgeBase
	contexts []ast.IDataContext
	number   map[string]int
}

func newGrule(questions []question) (judge, error) {
	var text strings.Builder
	g := &ofGrule{engine: grule.NewGruleEngine(), number: map[string]int{}}
	for i, one := range guards() {
		name := fmt.Sprintf("g%d", i)
		g.number[name] = i
		fmt.Fprintf(&text, "rule %s { when %s then Retract(%q); }\n", name, qualified(one.bare()), name)
	}
	library := ast.NewKnowledgeLibrary()
	if err := builder.NewRuleBuilder(library).BuildRuleFromResource("guards", "1", pkg.NewBytesResource([]byte(text.String()))); err != nil {
		return nil, err
	}
	var err error
	if g.base, err = library.NewKnowledgeBaseInstance("guards", "1"); err != nil {
		return nil, err
	}
	for i := range questions {
		data := ast.NewDataContext()
		if err := data.Add("Q", &questions[i]); err != nil {
			return nil, err
		}
		g.contexts = append(g.contexts, data)
	}
	return g, nil
}

// qualified writes Q. before each name.
func qualified(text string) string {
	for name := range (&question{}).fields() {
		for _, before := range []string{" ", "(", "!"} {
			for _, after := range []string{" ", ")"} {
				text = strings.ReplaceAll(" "+text+" ", before+name+after, before+"Q."+name+after)
				text = text[1 : len(text)-1]
			}
		}
	}
	return text
}

func (g *ofGrule) judge(i int) (v verdict) {
	matching, err := g.engine.FetchMatchingRules(g.contexts[i], g.base)
	must(err)
	for _, rule := range matching {
		v |= 1 << g.number[rule.RuleName]
	}
	return v
}

// ofOPA asks a prepared query for the guardrails that are hit.
type ofOPA struct {
	query  rego.PreparedEvalQuery
	inputs []opa.Value
}

func newOPA(questions []question) (judge, error) {
	var module strings.Builder
	module.WriteString("package guards\nimport rego.v1\n")
	for i, one := range guards() {
		for _, alternative := range alternatives(one.bare()) {
			fmt.Fprintf(&module, "hits contains %d if {\n%s}\n", i, alternative)
		}
	}
	query, err := rego.New(rego.Query("data.guards.hits"), rego.Module("guards.rego", module.String())).PrepareForEval(context.Background())
	if err != nil {
		return nil, err
	}
	o := &ofOPA{query: query}
	for i := range questions {
		input, err := opa.InterfaceToValue(questions[i].fields())
		if err != nil {
			return nil, err
		}
		o.inputs = append(o.inputs, input)
	}
	return o, nil
}

// alternatives writes a condition as bodies of Rego rules, one for each way in
// which it can hold: a line for each part of an and.
func alternatives(text string) []string {
	bodies := []string{""}
	for _, part := range split(text, " && ") {
		var longer []string
		for _, choice := range choices(part) {
			for _, body := range bodies {
				longer = append(longer, body+choice)
			}
		}
		bodies = longer
	}
	return bodies
}

// choices are the ways in which a part of an and can hold.
func choices(part string) (bodies []string) {
	inner, ok := strings.CutPrefix(part, "(")
	switch {
	case strings.HasPrefix(part, "!("): // of parts that are all there is: one of them does not hold
		for _, one := range split(part[2:len(part)-1], " && ") {
			bodies = append(bodies, term("!("+one+")"))
		}
		return bodies
	case ok && strings.HasSuffix(part, ")") && strings.Contains(part, `Penalty == "late" ||`):
		return []string{"\tinput.Penalty in {\"late\", \"returned\", \"over_limit\", \"declined_check\"}\n"}
	case ok && strings.HasSuffix(part, ")"):
		for _, one := range split(inner[:len(inner)-1], " || ") {
			bodies = append(bodies, alternatives(one)...)
		}
		return bodies
	}
	return []string{term(part)}
}

// term is one line of Rego.
func term(part string) string {
	part, negated := strings.CutPrefix(part, "!")
	if negated {
		part = strings.Trim(part, "()")
	}
	line := strings.ReplaceAll(qualified(part), "Q.", "input.")
	if negated {
		line = "not " + line
	}
	return "\t" + line + "\n"
}

// split splits text outside of parentheses.
func split(text, by string) (parts []string) {
	depth, from := 0, 0
	for i := range text {
		switch {
		case text[i] == '(':
			depth++
		case text[i] == ')':
			depth--
		case depth == 0 && strings.HasPrefix(text[i:], by):
			parts = append(parts, text[from:i])
			from = i + len(by)
		}
	}
	return append(parts, text[from:])
}

func (o *ofOPA) judge(i int) (v verdict) {
	results, err := o.query.Eval(context.Background(), rego.EvalParsedInput(o.inputs[i]))
	must(err)
	for _, hit := range results[0].Expressions[0].Value.([]any) {
		n, err := hit.(interface{ Int64() (int64, error) }).Int64()
		must(err)
		v |= 1 << n
	}
	return v
}
