package rules

import (
	"strings"

	"github.com/expr-lang/expr/ast"
)

// paid sums the lines of a receipt, of one component, of one bucket, or all.
func (l *lowering) paid(n ast.Node, args []ast.Node) operand {
	asked, ok := l.asked(args)
	if !ok {
		return operand{}
	}
	line := l.listOf(lines, regReceipt)
	if len(line.parts) == 0 {
		return l.tooDeep(n)
	}
	asked.at = [2]int{LineComponent, LineBucket}
	amount := counted(loadWord(line.parts[0].reg, LineAmount), tenth(l.layout.Currency.Decimals()), 0, maxMoney)
	return asked.sum(line, amount)
}

// unpaid sums what an account still owes on its own balances, of one component,
// of one bucket, or in all. What the lender owes back does not lower it.
func (l *lowering) unpaid(n ast.Node, account operand, args []ast.Node) operand {
	asked, ok := l.asked(args)
	if !ok {
		return operand{}
	}
	own := l.listOf(balances, account.reg)
	if len(own.parts) == 0 {
		return l.tooDeep(n)
	}
	asked.at = [2]int{BalanceComponent, BalanceBucket}
	owed := loadWord(own.parts[0].reg, BalanceOwed)
	amount := counted(func(f *Frame) int64 { return max(0, owed(f)) }, tenth(l.layout.Currency.Decimals()), 0, maxMoney)
	return asked.sum(own, amount)
}

// method is record.name(arguments). Accounts have one, unpaid.
func (l *lowering) method(n *ast.CallNode, of *ast.MemberNode) operand {
	const usage = `write account.unpaid("interest", "cash")`
	name, ok := of.Property.(*ast.StringNode)
	if !ok || name.Value != "unpaid" {
		return l.mistake(n, "call a function by its name", "there are no methods but unpaid")
	}
	o := l.lower(of.Node)
	account := o.dim == dimRecord && (o.record == &l.layout.account || o.record == &l.layout.child)
	switch {
	case o.dim == dimInvalid:
		return o
	case !account || strings.HasSuffix(o.name, ".facts"):
		return l.mistake(name, usage, "only accounts have unpaid(), this is %s", o.describe())
	case len(n.Arguments) > 2:
		return l.mistake(n, usage, "unpaid has %d arguments", len(n.Arguments))
	}
	return l.unpaid(n, o, n.Arguments)
}

// An asking is which elements paid and unpaid add up: those of a component, of
// a bucket. A nil function asks for any.
type asking struct {
	wanted [2]func(*Frame) string
	at     [2]int       // the texts of an element that they are compared with
	touch  func(*Frame) // fails where one of wanted does, also of an empty list
}

// asked lowers the arguments that name a component and a bucket.
func (l *lowering) asked(args []ast.Node) (a asking, ok bool) {
	a.touch = func(*Frame) {}
	for i, arg := range args {
		l.depth++ // what is asked for is read again for each element
		o := l.lower(arg)
		l.depth--
		if o.dim == dimNil {
			continue
		}
		if o = l.present(arg, o); o.dim != dimText {
			if o.dim != dimInvalid {
				l.mistake(arg, "write the name in quotes, or nil for any", "a component or bucket is needed, this is %s", o.describe())
			}
			return asking{}, false
		}
		a.wanted[i] = o.text
		if before := a.touch; o.fails {
			a.touch = func(f *Frame) { before(f); o.text(f) }
		}
	}
	return a, true
}

// sum adds up the amounts of the elements that are asked for.
func (a asking) sum(li list, amount num) operand {
	p := &li.parts[0]
	for i, want := range a.wanted {
		if have := loadText(p.reg, a.at[i]); want != nil {
			p.where = and(p.where, sometimes(func(f *Frame) bool { return have(f) == want(f) }))
		}
	}
	total := summing(li, []num{amount})
	sum := total.w
	total.w = func(f *Frame) wide { a.touch(f); return sum(f) }
	return operand{dim: dimMoney, power: 1, fails: true, num: total}
}
