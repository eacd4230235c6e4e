package rules

import (
	"math/big"

	"github.com/expr-lang/expr/ast"
)

// arithmetic is + - * / %.
func (l *lowering) arithmetic(n *ast.BinaryNode) operand {
	a, b := l.present(n.Left, l.lower(n.Left)), l.present(n.Right, l.lower(n.Right))
	switch {
	case a.dim == dimInvalid || b.dim == dimInvalid:
		return operand{}
	case !a.dim.numeric() || !b.dim.numeric():
		return l.mistake(n, clashHint(a, b), "cannot calculate %s %s %s", a.describe(), n.Operator, b.describe())
	}
	switch n.Operator {
	case "*":
		return l.product(n, a, b)
	case "/":
		return l.quotient(n, a, b)
	}
	verb := map[string]string{"+": "add", "-": "subtract", "%": "divide"}[n.Operator]
	if !l.agree(n, verb, a, b) {
		return operand{}
	}
	out := common(a, b)
	switch n.Operator {
	case "+":
		out.num = add(a.num, b.num)
	case "-":
		out.num = add(a.num, neg(b.num))
	default:
		if l.isZero(b) {
			return l.mistake(n.Right, "", "divides by zero")
		}
		out.fails = out.fails || b.num.konst == nil
		out.num = rem(a.num, b.num, l.place(n.Right))
	}
	return out
}

// agree says whether two numbers may stand beside one another. A bare number
// agrees with everything: it is in major units, percent or days.
func (l *lowering) agree(n ast.Node, verb string, a, b operand) bool {
	if a.dim == dimNumber || b.dim == dimNumber || a.dim == b.dim && a.power == b.power {
		return true
	}
	l.mistake(n, clashHint(a, b), "cannot %s %s and %s", verb, a.describe(), b.describe())
	return false
}

// clashHint says what to do when two operands do not go together.
func clashHint(a, b operand) string {
	has := func(d dim) bool { return a.dim == d || b.dim == d }
	switch {
	case has(dimMoney) && has(dimText):
		return "write amounts without quotes"
	case has(dimMoney) && has(dimRate):
		return "use percent(RATE, AMOUNT)"
	case has(dimMoney) && has(dimDays):
		return "compare days with days and amounts with amounts"
	case has(dimDate) && has(dimText):
		return `write dates as date("2024-07-15")`
	case has(dimDate):
		return "use days(FROM, TO), add_days or add_months"
	}
	return ""
}

// product is a * b. Days multiply as bare numbers do.
func (l *lowering) product(n ast.Node, a, b operand) operand {
	out := operand{dim: a.dim, power: a.power + b.power, fails: a.fails || b.fails, num: mul(a.num, b.num)}
	bare := func(o operand) bool { return o.dim == dimNumber || o.dim == dimDays }
	switch {
	case a.dim == dimMoney && b.dim == dimMoney:
	case a.dim == dimDays && b.dim == dimDays:
		out.dim = dimNumber
	case bare(a) && !(b.dim == dimNumber && a.dim == dimDays):
		out.dim = b.dim
	case bare(b):
	case a.dim == dimRate && b.dim == dimRate:
		return l.mistake(n, "use percent(RATE, RATE)", "cannot multiply a rate by a rate")
	default:
		return l.mistake(n, "use percent(RATE, AMOUNT)", "cannot multiply %s by %s", a.describe(), b.describe())
	}
	return out.settle()
}

// quotient is a / b.
func (l *lowering) quotient(n *ast.BinaryNode, a, b operand) operand {
	if l.isZero(b) {
		return l.mistake(n.Right, "", "divides by zero")
	}
	out := operand{dim: a.dim, power: a.power - b.power, fails: true}
	switch {
	case a.dim == dimRate && b.dim == dimMoney, b.dim == dimRate && a.dim != dimRate:
		return l.mistake(n, "use percent(RATE, AMOUNT)", "cannot divide %s by %s", a.describe(), b.describe())
	case a.dim == dimMoney || b.dim == dimMoney:
		out.dim = dimMoney
	case a.dim == b.dim:
		out.dim = dimNumber
	}
	if b.num.konst != nil {
		out.fails = a.fails
		out.num = mul(a.num, constant(new(big.Rat).Inv(b.num.konst)))
	} else {
		out.num = quo(a.num, b.num, l.place(n.Right))
	}
	return out.settle()
}

// settle makes money to the power of 0 a bare number.
func (o operand) settle() operand {
	if o.dim == dimMoney && o.power == 0 {
		o.dim = dimNumber
	}
	if o.dim != dimMoney {
		o.power = 0
	}
	return o
}

func (l *lowering) isZero(o operand) bool { return o.num.konst != nil && o.num.konst.Sign() == 0 }
