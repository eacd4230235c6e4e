package rules

import (
	"maps"
	"slices"

	"example.com/spillway/money"
	"github.com/expr-lang/expr/ast"
)

// A function lowers a call. It is given as many arguments as it takes.
type function struct {
	usage       string
	least, most int
	lower       func(l *lowering, n ast.Node, args []ast.Node) operand
}

// many is the most arguments of a function that takes any number.
const many = 1000

// functions are those of the language.
func functions() map[string]function {
	return map[string]function{
		"any":         {"any(LIST, CONDITION)", 2, 2, (*lowering).quantify},
		"all":         {"all(LIST, CONDITION)", 2, 2, (*lowering).quantify},
		"none":        {"none(LIST, CONDITION)", 2, 2, (*lowering).quantify},
		"one":         {"one(LIST, CONDITION)", 2, 2, (*lowering).count},
		"count":       {"count(LIST, CONDITION)", 1, 2, (*lowering).count},
		"filter":      {"filter(LIST, CONDITION)", 2, 2, (*lowering).filterCall},
		"map":         {"map(LIST, VALUE)", 2, 2, (*lowering).mapCall},
		"sum":         {"sum(LIST, VALUE)", 1, 2, (*lowering).sum},
		"min":         {"min(A, B)", 1, many, (*lowering).extreme},
		"max":         {"max(A, B)", 1, many, (*lowering).extreme},
		"abs":         {"abs(NUMBER)", 1, 1, (*lowering).abs},
		"round":       {`round(NUMBER, PLACES, "half_up")`, 2, 3, (*lowering).round},
		"percent":     {"percent(RATE, AMOUNT)", 2, 2, (*lowering).percent},
		"days":        {"days(FROM, TO)", 2, 2, (*lowering).days},
		"date":        {`date("2024-07-15")`, 1, 1, (*lowering).date},
		"add_days":    {"add_days(DATE, DAYS)", 2, 2, (*lowering).addDays},
		"add_months":  {"add_months(DATE, MONTHS)", 2, 2, (*lowering).addMonths},
		"year":        {"year(DATE)", 1, 1, (*lowering).calendar},
		"month":       {"month(DATE)", 1, 1, (*lowering).calendar},
		"day":         {"day(DATE)", 1, 1, (*lowering).calendar},
		"weekday":     {"weekday(DATE)", 1, 1, (*lowering).calendar},
		"month_start": {"month_start(DATE)", 1, 1, (*lowering).calendar},
		"paid":        {`paid("interest", "cash")`, 0, 2, (*lowering).paid},
	}
}

// call is name(arguments).
func (l *lowering) call(n ast.Node, name string, args []ast.Node) operand {
	table := functions()
	fn, ok := table[name]
	switch {
	case name == "now":
		return l.mistake(n, "use payment.date", "there is no now(): the engine has no clock")
	case name == "unpaid":
		return l.mistake(n, `write account.unpaid("interest")`, "unpaid is asked of an account")
	case !ok:
		return l.mistake(n, didYouMean(name, slices.Sorted(maps.Keys(table))), "unknown function %q", name)
	case len(args) > 0 && args[0].Location().To > 0 && args[0].Location().From < n.Location().From:
		return l.mistake(n, "write "+fn.usage, "| is not part of the policy language")
	case l.before(n.Location().From, "::"):
		return l.mistake(n, "write "+fn.usage, ":: is not part of the policy language")
	case len(args) < fn.least || len(args) > fn.most:
		return l.mistake(n, "write "+fn.usage, "%s has %d arguments", name, len(args))
	case name == "paid" && !l.scope.seesReceipt():
		return l.mistake(n, elsewhere["receipt"], "there is no paid() here")
	}
	return fn.lower(l, n, args)
}

// callName is the name under which a function was called.
func callName(n ast.Node) string {
	switch n := n.(type) {
	case *ast.BuiltinNode:
		return n.Name
	case *ast.CallNode:
		return n.Callee.(*ast.IdentifierNode).Value
	}
	return ""
}

// numberArgument lowers an argument that must be a number of some kind.
func (l *lowering) numberArgument(n ast.Node) (operand, bool) {
	o := l.present(n, l.lower(n))
	if o.dim != dimInvalid && !o.dim.numeric() {
		l.mistake(n, "", "a number is needed, this is %s", o.describe())
	}
	return o, o.dim.numeric()
}

// extreme is min and max, of arguments or of the elements of a list written out.
func (l *lowering) extreme(n ast.Node, args []ast.Node) operand {
	name := callName(n)
	if array, ok := args[0].(*ast.ArrayNode); ok && len(args) == 1 && len(array.Nodes) > 0 {
		args = array.Nodes
	}
	sign := map[string]int{"min": -1, "max": 1}[name]
	out, ok := l.extremeArgument(args[0])
	for _, arg := range args[1:] {
		next, fine := l.extremeArgument(arg)
		if ok = ok && fine && l.agreeOrDates(arg, name, out, next); !ok {
			return operand{}
		}
		value := pick(out.num, next.num, sign)
		out = common(out, next)
		out.num = value
	}
	if !ok {
		return operand{}
	}
	return out
}

func (l *lowering) extremeArgument(n ast.Node) (operand, bool) {
	o := l.present(n, l.lower(n))
	if o.dim == dimDate {
		return o, true
	}
	if o.dim != dimInvalid && !o.dim.numeric() {
		l.mistake(n, "", "numbers or dates are needed, this is %s", o.describe())
	}
	return o, o.dim.numeric()
}

func (l *lowering) agreeOrDates(n ast.Node, verb string, a, b operand) bool {
	if (a.dim == dimDate) != (b.dim == dimDate) {
		l.mistake(n, clashHint(a, b), "cannot compare %s with %s", a.describe(), b.describe())
		return false
	}
	return a.dim == dimDate || l.agree(n, "take the "+verb+" of", a, b)
}

// abs is a number without its sign.
func (l *lowering) abs(_ ast.Node, args []ast.Node) operand {
	o, ok := l.numberArgument(args[0])
	if !ok {
		return operand{}
	}
	o.num = abs(o.num)
	return o
}

// round is round(x, places, mode).
func (l *lowering) round(_ ast.Node, args []ast.Node) operand {
	o, ok := l.numberArgument(args[0])
	places, fixed := l.lower(args[1]).num.konstInt()
	if !fixed || places < -15 || places > 15 {
		l.mistake(args[1], "write how many decimals, such as 2", "the places to round to must be a whole number from -15 to 15")
		return operand{}
	}
	mode := money.HalfUp
	if len(args) == 3 {
		word := l.lower(args[2])
		known := false
		if word.konst != nil {
			mode, known = money.ParseRounding(*word.konst)
		}
		if !known {
			return l.mistake(args[2], didYouMean(clip(l.word(args[2])), money.RoundingWords()), "unknown rounding mode")
		}
	}
	if !ok {
		return operand{}
	}
	o.num = round(o.num, int(places), mode)
	return o
}

// percent is p percent of x, exact.
func (l *lowering) percent(n ast.Node, args []ast.Node) operand {
	p, ok1 := l.numberArgument(args[0])
	x, ok2 := l.numberArgument(args[1])
	switch {
	case !ok1 || !ok2:
		return operand{}
	case p.dim == dimMoney || p.dim == dimDays:
		return l.mistake(args[0], "write percent(RATE, AMOUNT)", "a rate is needed, this is %s", p.describe())
	}
	out := operand{dim: x.dim, power: x.power, fails: p.fails || x.fails}
	out.num = mul(mul(p.num, x.num), constant(tenth(2)))
	return out
}

// konstInt is a constant whole number.
func (n num) konstInt() (int64, bool) {
	if n.konst == nil || !n.konst.IsInt() || !n.konst.Num().IsInt64() {
		return 0, false
	}
	return n.konst.Num().Int64(), true
}
