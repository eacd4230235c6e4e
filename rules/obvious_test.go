package rules

import (
	"math/big"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"example.com/spillway/money"
)

// The second evaluator: contract 4.1 as a plain walk over the tree, with every
// number a fraction. It is slow, and nothing in it is clever. It trusts that an
// expression was checked; the compiler it is compared with has done that.
//
// Its values are *big.Rat (money in major units, rates in percent, days),
// string, bool, Date, thing, sequence, and nil or noText for what is missing.
type obvious struct {
	text  []rune
	vars  thing
	elems []any // what # is, innermost last
	steps int
}

// A thing is a record: its fields by name.
type thing map[string]any

// noText is text of the language that is missing: it reads as "".
type noText struct{}

// A sequence hands out its elements one by one, each unread: elements are
// looked at only as far as they are needed.
type sequence func(yield func(elem func() any) bool)

// A wreck is panicked with when an expression fails.
type wreck struct{ why string }

func wrecked(why string) any { panic(wreck{why}) }

// evaluate gives the value of an expression, or why it fails.
func (o *obvious) evaluate(n ast.Node) (v any, why string) {
	defer func() {
		if r := recover(); r != nil {
			w, ok := r.(wreck)
			if !ok {
				panic(r)
			}
			why = w.why
		}
	}()
	return o.read(n), ""
}

// read is the value of a node that is needed: failing where it is missing.
func (o *obvious) read(n ast.Node) any {
	switch v := o.eval(n).(type) {
	case nil:
		return wrecked("is missing")
	case noText:
		return ""
	default:
		return v
	}
}

func (o *obvious) rat(n ast.Node) *big.Rat { return o.read(n).(*big.Rat) }
func (o *obvious) bool(n ast.Node) bool    { return o.read(n).(bool) }
func (o *obvious) string(n ast.Node) string {
	return o.read(n).(string)
}

// eval is the value of a node, which may be missing.
func (o *obvious) eval(n ast.Node) any {
	switch n := n.(type) {
	case *ast.NilNode:
		return nil
	case *ast.BoolNode:
		return n.Value
	case *ast.IntegerNode, *ast.FloatNode:
		r, _ := new(big.Rat).SetString(string(o.text[n.Location().From:n.Location().To]))
		return r
	case *ast.StringNode:
		return n.Value
	case *ast.IdentifierNode:
		return o.vars[n.Value]
	case *ast.PointerNode:
		return o.elems[len(o.elems)-1].(func() any)()
	case *ast.MemberNode:
		return o.eval(n.Node).(thing)[n.Property.(*ast.StringNode).Value]
	case *ast.UnaryNode:
		switch n.Operator {
		case "-":
			return new(big.Rat).Neg(o.rat(n.Node))
		case "+":
			return o.rat(n.Node)
		}
		return !o.bool(n.Node)
	case *ast.ConditionalNode:
		if o.bool(n.Cond) {
			return o.read(n.Exp1)
		}
		return o.read(n.Exp2)
	case *ast.ArrayNode:
		return o.listed(n.Nodes)
	case *ast.BinaryNode:
		return o.binary(n)
	case *ast.BuiltinNode:
		return o.call(n.Name, n.Arguments)
	case *ast.CallNode:
		if of, ok := n.Callee.(*ast.MemberNode); ok {
			return o.unpaid(o.read(of.Node).(thing), n.Arguments)
		}
		return o.call(n.Callee.(*ast.IdentifierNode).Value, n.Arguments)
	}
	panic("a node that nobody expected")
}

func isMissing(v any) bool {
	if t, ok := v.(thing); ok && t["flat"] == nil && t["percentage"] == nil && t["type"] == (noText{}) {
		return true // payment.fee
	}
	return v == nil || v == noText{}
}

func (o *obvious) binary(n *ast.BinaryNode) any {
	switch n.Operator {
	case "and", "&&":
		return o.bool(n.Left) && o.bool(n.Right)
	case "or", "||":
		return o.bool(n.Left) || o.bool(n.Right)
	case "??":
		if v := o.eval(n.Left); !isMissing(v) {
			return v
		}
		return o.eval(n.Right)
	case "in":
		return o.in(o.read(n.Left), o.list(n.Right))
	case "==", "!=":
		return o.equal(n) == (n.Operator == "==")
	case "<", "<=", ">", ">=":
		sign := order(o.read(n.Left), o.read(n.Right))
		return map[string]bool{"<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}[n.Operator]
	case "contains":
		s, part := o.string(n.Left), o.string(n.Right)
		return strings.Contains(s, part)
	case "startsWith":
		s, part := o.string(n.Left), o.string(n.Right)
		return strings.HasPrefix(s, part)
	case "endsWith":
		s, part := o.string(n.Left), o.string(n.Right)
		return strings.HasSuffix(s, part)
	}
	return o.arithmetic(n.Operator, o.rat(n.Left), o.rat(n.Right))
}

func (o *obvious) equal(n *ast.BinaryNode) bool {
	_, left := n.Left.(*ast.NilNode)
	_, right := n.Right.(*ast.NilNode)
	switch {
	case left:
		return isMissing(o.eval(n.Right))
	case right:
		return isMissing(o.eval(n.Left))
	}
	return order(o.read(n.Left), o.read(n.Right)) == 0
}

// order compares two values of one kind.
func order(a, b any) int {
	switch a := a.(type) {
	case *big.Rat:
		return a.Cmp(b.(*big.Rat))
	case string:
		return strings.Compare(a, b.(string))
	case Date:
		return int(a) - int(b.(Date))
	case bool:
		if a == b.(bool) {
			return 0
		}
		return 1
	}
	panic("values that nobody compares")
}

func (o *obvious) arithmetic(operator string, a, b *big.Rat) *big.Rat {
	switch operator {
	case "+":
		return new(big.Rat).Add(a, b)
	case "-":
		return new(big.Rat).Sub(a, b)
	case "*":
		return new(big.Rat).Mul(a, b)
	}
	if b.Sign() == 0 {
		wrecked("divides by zero")
	}
	q := new(big.Rat).Quo(a, b)
	if operator == "/" {
		return q
	}
	whole := new(big.Rat).SetInt(new(big.Int).Quo(q.Num(), q.Denom()))
	return new(big.Rat).Sub(a, whole.Mul(whole, b)) // the sign of the dividend
}

// listed is a list written out.
func (o *obvious) listed(nodes []ast.Node) sequence {
	elems := slices.Clone(o.elems)
	return func(yield func(func() any) bool) {
		for _, n := range nodes {
			if !yield(func() any { return o.with(elems, func() any { return o.read(n) }) }) {
				return
			}
		}
	}
}

// with evaluates something with other elements around it.
func (o *obvious) with(elems []any, do func() any) any {
	around := o.elems
	o.elems = elems
	defer func() { o.elems = around }()
	return do()
}

// body is a predicate's body for one element.
func (o *obvious) body(elem func() any, n ast.Node) func() any {
	elems := append(slices.Clone(o.elems), elem)
	return func() any { return o.with(elems, func() any { return o.read(predicateBody(n)) }) }
}

// list is a node that is a list, each element counted against the budget.
func (o *obvious) list(n ast.Node) sequence {
	switch v := o.eval(n).(type) {
	case sequence:
		if _, written := n.(*ast.ArrayNode); written {
			return o.counted(v)
		}
		return v
	case []thing:
		return o.counted(func(yield func(func() any) bool) {
			for _, t := range v {
				if !yield(func() any { return t }) {
					return
				}
			}
		})
	}
	panic("a list that is none")
}

func (o *obvious) counted(s sequence) sequence {
	return func(yield func(func() any) bool) {
		s(func(elem func() any) bool {
			if o.steps++; o.steps > 1_000_000 {
				wrecked("looks at more than 1,000,000 elements")
			}
			return yield(elem)
		})
	}
}

func (o *obvious) in(x any, list sequence) bool {
	found := false
	list(func(elem func() any) bool {
		found = order(x, elem()) == 0
		return !found
	})
	return found
}

// filter keeps what meets a condition.
func (o *obvious) filter(list sequence, n ast.Node) sequence {
	elems := slices.Clone(o.elems)
	return func(yield func(func() any) bool) {
		list(func(elem func() any) bool {
			keep := o.with(elems, func() any { return o.body(elem, n)() }).(bool)
			return !keep || yield(elem)
		})
	}
}

func (o *obvious) mapped(list sequence, n ast.Node) sequence {
	elems := slices.Clone(o.elems)
	return func(yield func(func() any) bool) {
		list(func(elem func() any) bool {
			return yield(func() any { return o.with(elems, func() any { return o.body(elem, n)() }) })
		})
	}
}

// exists says whether any element of a list makes a condition what it should be.
func (o *obvious) exists(args []ast.Node, should bool) bool {
	found := false
	o.list(args[0])(func(elem func() any) bool {
		found = o.body(elem, args[1])().(bool) == should
		return !found
	})
	return found
}

func (o *obvious) count(args []ast.Node) int64 {
	list := o.list(args[0])
	if len(args) == 2 {
		list = o.filter(list, args[1])
	}
	n := int64(0)
	list(func(func() any) bool { n++; return true })
	return n
}

func (o *obvious) sum(list sequence) *big.Rat {
	total := new(big.Rat)
	list(func(elem func() any) bool {
		total = new(big.Rat).Add(total, elem().(*big.Rat))
		return true
	})
	return total
}

// roundTo is x to so many decimals.
func roundTo(x *big.Rat, places int64, mode money.Rounding) *big.Rat {
	ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(max(places, -places)), nil))
	if places < 0 {
		ten.Inv(ten)
	}
	scaled := new(big.Rat).Mul(x, ten)
	size := new(big.Rat).Abs(scaled)
	floor := new(big.Int).Quo(size.Num(), size.Denom())
	rest := new(big.Rat).Sub(size, new(big.Rat).SetInt(floor))
	half := rest.Cmp(big.NewRat(1, 2))
	odd := new(big.Int).And(floor, big.NewInt(1)).Sign() != 0
	if map[money.Rounding]bool{
		money.HalfUp: half >= 0, money.HalfEven: half > 0 || half == 0 && odd, money.Down: false, money.Up: rest.Sign() > 0,
	}[mode] {
		floor.Add(floor, big.NewInt(1))
	}
	out := new(big.Rat).SetInt(floor)
	if x.Sign() < 0 {
		out.Neg(out)
	}
	return out.Quo(out, ten)
}
