package rules

import (
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
	"gopkg.in/yaml.v3"
)

// TestExpressions runs testdata/expressions: on each line an expression and,
// after =>, what it must give, written by hand. A line that begins with @ names
// the world, scope and want of those that follow it. What is expected is
//
//	a figure        25.00, 1/3, 2024-02-29, true, "text"
//	fails: WHY      at run time
//	mistake N: TEXT | HINT   at load, at column N; parts of the message and hint
//	lint: TEXT      it loads, and check says so
//
// Both evaluators must give it.
func TestExpressions(t *testing.T) {
	worlds := readWorlds(t)
	files, err := filepath.Glob("testdata/expressions/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no expressions: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var c suiteCase
		for i, line := range strings.Split(string(data), "\n") {
			if err := c.line(worlds, strings.TrimSpace(line)); err != nil {
				t.Errorf("%s:%d: %s\n\t%v", file, i+1, line, err)
			}
		}
	}
}

func readWorlds(t testing.TB) map[string]*world {
	data, err := os.ReadFile("testdata/expressions/worlds.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	worlds := map[string]*world{}
	top := doc.Content[0]
	for i := 0; i < len(top.Content); i += 2 {
		w, err := readWorld(top.Content[i+1])
		if err != nil {
			t.Fatalf("world %s: %v", top.Content[i].Value, err)
		}
		worlds[top.Content[i].Value] = w
	}
	return worlds
}

func scopes() map[string]Scope {
	return map[string]Scope{"choice": ScopeChoice, "tier": ScopeTier, "balance": ScopeBalance, "split": ScopeSplitTier,
		"child": ScopeChild, "fee": ScopeFee, "request": ScopeRequest, "result": ScopeResult, "invariant": ScopeInvariant}
}

func wants() map[string]Want {
	return map[string]Want{"bool": WantBool, "amount": WantAmount, "weight": WantWeight, "key": WantKey, "text": WantText}
}

// A suiteCase is an expression with what is around it.
type suiteCase struct {
	world *world
	scope Scope
	want  Want
}

func (c *suiteCase) line(worlds map[string]*world, line string) error {
	if line == "" || line[0] == '#' && !strings.Contains(line, " => ") {
		return nil
	}
	if words := strings.Fields(line); words[0] == "@" {
		var ok1, ok2 bool
		c.world = worlds[words[1]]
		c.scope, ok1 = scopes()[words[2]]
		c.want, ok2 = wants()[words[3]]
		if c.world == nil || !ok1 || !ok2 {
			return fmt.Errorf("unknown world, scope or want")
		}
		return nil
	}
	source, want, ok := strings.Cut(line, " => ")
	if !ok {
		return fmt.Errorf("no => in it")
	}
	source, want = expand(strings.TrimSpace(source)), strings.TrimSpace(want)
	kind, detail, _ := strings.Cut(want, ": ")
	switch kind, at, _ := strings.Cut(kind, " "); kind {
	case "mistake":
		return c.mistake(source, at, detail)
	case "lint":
		return c.lint(source, detail)
	}
	return c.figure(source, want)
}

// expand writes out {N TEXT}: TEXT, N times.
func expand(source string) string {
	for {
		from := strings.Index(source, "{{")
		if from < 0 {
			return source
		}
		inner, after, _ := strings.Cut(source[from+2:], "}}")
		count, text, _ := strings.Cut(inner, " ")
		n, _ := strconv.Atoi(count)
		source = source[:from] + strings.Repeat(text, n) + after
	}
}

// compileIn compiles an expression that stands on the first line of file "x".
func compileIn(l *Layout, source string, scope Scope, want Want) (*Expr, *Mistakes) {
	m := &Mistakes{}
	c := &exprCompiler{layout: l, mistakes: m}
	at := func(rune int) Pos { return Pos{"x", 1, rune + 1} }
	return c.compile(exprSource{text: source, at: at}, scope, want), m
}

func (c *suiteCase) mistake(source, at, detail string) error {
	message, hint, _ := strings.Cut(detail, " | ")
	e, m := compileIn(c.world.layout(), source, c.scope, c.want)
	err := m.Err()
	if err == nil || e != nil {
		return fmt.Errorf("loads")
	}
	first := err.(Errors)[0]
	if !strings.Contains(first.Message, message) || !strings.Contains(first.Hint, hint) || at != "" && at != strconv.Itoa(first.Pos.Col) {
		return fmt.Errorf("got %v", err)
	}
	return nil
}

func (c *suiteCase) lint(source, detail string) error {
	e, m := compileIn(c.world.layout(), source, c.scope, c.want)
	lints := m.Lints()
	if e == nil || len(lints) != 1 || !strings.Contains(lints[0].Message, detail) {
		return fmt.Errorf("mistakes %v, lints %v", m.Err(), lints)
	}
	if value, ok := strings.CutPrefix(detail, "always "); ok {
		return c.figure(source, value)
	}
	return nil
}

func (c *suiteCase) figure(source, want string) error {
	l := c.world.layout()
	e, m := compileIn(l, source, c.scope, c.want)
	if e == nil {
		return m.Err()
	}
	fast, err := outcome(e, c.want, c.world.frame(l))
	if err != nil {
		return err
	}
	slow, err := c.world.slowly(e, c.want)
	if err != nil {
		return err
	}
	if fast != want || slow != want && !(strings.HasPrefix(want, "fails") && strings.HasPrefix(slow, "fails")) {
		return fmt.Errorf("compiled it gives %s, obviously %s", fast, slow)
	}
	return nil
}

// outcome is what a compiled expression gives, written as the suite writes it.
// What its methods say must agree.
func outcome(e *Expr, want Want, f *Frame) (string, error) {
	f.failed = false
	var out string
	switch {
	case want == WantBool:
		out = strconv.FormatBool(e.Bool(f))
	case want == WantText:
		out = strconv.Quote(string(e.AppendText(nil, f)))
	case want == WantAmount:
		decimals := f.layout.Currency.Decimals()
		out = fixed(new(big.Rat).Mul(big.NewRat(int64(e.Amount(f)), 1), tenth(decimals)), decimals)
	case e.Missing(f):
		return "missing", nil
	case e.IsText():
		out = strconv.Quote(e.Text(f))
	default:
		n, ok := e.Int(f)
		switch {
		case e.dim == dimBool:
			out = strconv.FormatBool(n == 1)
		case e.dim == dimDate:
			out = Date(e.value.rat()(f).Num().Int64()).String()
		default:
			r := e.Rat(f)
			same := ok == (r.IsInt() && r.Num().IsInt64()) && (!ok || r.Cmp(big.NewRat(n, 1)) == 0)
			if _, failed := f.Failed(); !failed && !same {
				return "", fmt.Errorf("Int gives %d, %v and Rat %v", n, ok, r)
			}
			out = plain(e.value.rat()(f))
		}
	}
	if failure, failed := f.Failed(); failed {
		return "fails: " + failure.Why, nil
	}
	return out, nil
}

// plain writes a number as a decimal if it has an end, else as a fraction.
func plain(r *big.Rat) string {
	for decimals := range 60 {
		if text := r.FloatString(decimals); text != "" {
			if back, _ := new(big.Rat).SetString(text); back.Cmp(r) == 0 {
				return text
			}
		}
	}
	return r.RatString()
}

// slowly is the same by the second evaluator.
func (w *world) slowly(e *Expr, want Want) (string, error) {
	source := e.String()
	tree, err := parser.Parse(source)
	if err != nil {
		return "", err
	}
	o := &obvious{text: []rune(source), vars: w.vars}
	if member, ok := tree.Node.(*ast.MemberNode); ok && want == WantKey && isBareKey(member) && o.eval(member) == nil {
		return "missing", nil
	}
	v, why := o.evaluate(tree.Node)
	decimals := w.currency.Decimals()
	switch v := v.(type) {
	case nil:
	case *big.Rat:
		switch {
		case want == WantAmount:
			v = roundTo(v, int64(decimals), 0)
			limit := new(big.Rat).Mul(big.NewRat(int64(MaxTotal), 1), tenth(decimals))
			if new(big.Rat).Abs(v).Cmp(limit) > 0 {
				return "fails: is out of range", nil
			}
			return v.FloatString(decimals), nil
		case want == WantText:
			return strconv.Quote(shown(v, e.decimals != shortest, decimals)), nil
		}
		return plain(v), nil
	case Date:
		if want == WantText {
			return strconv.Quote(v.String()), nil
		}
		return v.String(), nil
	case string:
		return strconv.Quote(v), nil
	case bool:
		if want == WantText {
			return strconv.Quote(strconv.FormatBool(v)), nil
		}
		return strconv.FormatBool(v), nil
	}
	return "fails: " + why, nil
}

// shown is a number as messages print it.
func shown(v *big.Rat, isMoney bool, decimals int) string {
	if isMoney {
		return roundTo(v, int64(decimals), 0).FloatString(decimals)
	}
	text := strings.TrimRight(roundTo(v, 10, 0).FloatString(10), "0")
	return strings.TrimSuffix(text, ".")
}
