package oracle

import (
	"strconv"
	"strings"

	"example.com/spillway/engine/enginetest"
)

// A value is a num, a bool, a string, a day, a list of records, a list of
// values, or nil where something is missing. Money is in major units.
type value any

// A record gives its fields by their names.
type record func(path string) value

// A scene is what an expression can see.
type scene struct {
	*decision
	names   map[string]record // payment, account, balance, ...
	element record            // of a list function
}

// eval evaluates an expression that is to give a value.
func (s scene) eval(e *enginetest.Expr) value {
	v := s.read(e)
	if v == nil && e.Text == "payment.fee.type" {
		return "" // text of the language that is missing
	}
	if v == nil {
		s.fails()
	}
	return v
}

// read evaluates an expression that may be missing.
func (s scene) read(e *enginetest.Expr) value {
	switch e.Op {
	case enginetest.Literal:
		return literal(e)
	case enginetest.Field:
		who, field, _ := strings.Cut(e.Text, ".")
		return s.names[who](field)
	case enginetest.Element:
		return s.element(e.Text)
	case enginetest.Unary:
		if e.Text == "-" {
			return sub(whole(0), s.eval(e.Args[0]).(num))
		}
		return !s.eval(e.Args[0]).(bool)
	case enginetest.Cond:
		if s.eval(e.Args[0]).(bool) {
			return s.eval(e.Args[1])
		}
		return s.eval(e.Args[2])
	case enginetest.Call:
		return s.call(e)
	}
	return s.binary(e)
}

func literal(e *enginetest.Expr) value {
	switch {
	case e.Text == "nil":
		return nil
	case e.Text == "true" || e.Text == "false":
		return e.Text == "true"
	case e.Text[0] == '"':
		text, _ := strconv.Unquote(e.Text)
		return text
	}
	return parse(e.Text)
}

func (s scene) binary(e *enginetest.Expr) value {
	a, b := e.Args[0], e.Args[1]
	switch e.Text {
	case "and", "&&":
		return s.eval(a).(bool) && s.eval(b).(bool)
	case "or", "||":
		return s.eval(a).(bool) || s.eval(b).(bool)
	case "??":
		if v := s.read(a); v != nil {
			return v
		}
		return s.eval(b)
	case "in", "not in":
		return s.in(a, b) == (e.Text == "in")
	}
	if b.Text == "nil" {
		return (s.read(a) == nil) == (e.Text == "==")
	}
	x, y := s.eval(a), s.eval(b)
	switch x := x.(type) {
	case num:
		return s.arithmetic(e.Text, x, y.(num))
	case string:
		return texts(e.Text, x, y.(string))
	}
	return compare(e.Text, order(x, y))
}

func (s scene) in(a, list *enginetest.Expr) bool {
	v := s.eval(a)
	found := false
	if list.Op == enginetest.Call { // map
		for _, element := range s.read(list.Args[0]).([]record) {
			inner := scene{s.decision, s.names, element}
			found = order(v, inner.eval(list.Args[1])) == 0 || found
		}
		return found
	}
	for _, e := range list.Args {
		found = order(v, s.eval(e)) == 0 || found
	}
	return found
}

func (s scene) arithmetic(operator string, a, b num) value {
	switch operator {
	case "+":
		return add(a, b)
	case "-":
		return sub(a, b)
	case "*":
		return mul(a, b)
	case "/", "%":
		if b.Sign() == 0 {
			s.fails()
		}
		if operator == "/" {
			return quo(a, b)
		}
		return sub(a, mul(b, rounded(quo(a, b), 0, "down")))
	}
	return compare(operator, a.Cmp(b))
}

func texts(operator, a, b string) bool {
	switch operator {
	case "contains":
		return strings.Contains(a, b)
	case "startsWith":
		return strings.HasPrefix(a, b)
	case "endsWith":
		return strings.HasSuffix(a, b)
	}
	return compare(operator, strings.Compare(a, b))
}

// compare says what an operator makes of an order.
func compare(operator string, order int) bool {
	switch operator {
	case "==":
		return order == 0
	case "!=":
		return order != 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}

// order compares two values of one kind: false before true, text letter by
// letter.
func order(a, b value) int {
	switch a := a.(type) {
	case num:
		return a.Cmp(b.(num))
	case string:
		return strings.Compare(a, b.(string))
	case day:
		return int(a) - int(b.(day))
	}
	if a == b {
		return 0
	}
	if b.(bool) {
		return -1
	}
	return 1
}

// call evaluates a function.
func (s scene) call(e *enginetest.Expr) value {
	switch e.Text {
	case "any", "all", "none", "one", "count", "filter", "sum":
		return s.overList(e)
	case "paid":
		return s.paid(e)
	}
	args := make([]value, len(e.Args))
	for i, arg := range e.Args {
		args[i] = s.eval(arg)
	}
	switch e.Text {
	case "min", "max":
		found := args[0]
		for _, v := range args {
			if c := order(v, found); e.Text == "min" && c < 0 || e.Text == "max" && c > 0 {
				found = v
			}
		}
		return found
	case "abs":
		return most(args[0].(num), sub(whole(0), args[0].(num)))
	case "percent":
		return quo(mul(args[0].(num), args[1].(num)), whole(100))
	case "round":
		mode := "half_up"
		if len(args) > 2 {
			mode = args[2].(string)
		}
		return rounded(args[0].(num), int(args[1].(num).Num().Int64()), mode)
	}
	return s.calendar(e.Text, args)
}

// overList evaluates a function that looks at each element of a list.
func (s scene) overList(e *enginetest.Expr) value {
	list := s.read(e.Args[0]).([]record)
	var kept []record
	sum := whole(0)
	for _, element := range list {
		inner := scene{s.decision, s.names, element}
		if v := inner.eval(e.Args[1]); e.Text == "sum" {
			sum = add(sum, v.(num))
		} else if v.(bool) {
			kept = append(kept, element)
		}
		if stopsAt(e.Text, len(kept), len(list)) {
			break
		}
	}
	switch e.Text {
	case "any":
		return len(kept) > 0
	case "all":
		return len(kept) == len(list)
	case "none":
		return len(kept) == 0
	case "one":
		return len(kept) == 1
	case "count":
		return whole(int64(len(kept)))
	case "filter":
		return kept
	}
	return sum
}

// stopsAt says whether a function knows its answer early.
func stopsAt(function string, kept, _ int) bool {
	return kept > 0 && (function == "any" || function == "none") || kept > 1 && function == "one"
}

// paid adds up the receipt's lines of a component and of a bucket.
func (s scene) paid(e *enginetest.Expr) value {
	sum := whole(0)
	wanted := func(i int, text string) bool {
		return len(e.Args) <= i || e.Args[i].Text == "nil" || s.eval(e.Args[i]).(string) == text
	}
	for _, l := range s.lines {
		if wanted(0, l.Component) && wanted(1, l.Bucket) {
			sum = add(sum, l.amount)
		}
	}
	return s.major(sum)
}

// major is an amount in major units.
func (d *decision) major(a num) num { return quo(a, power(d.policy.Decimals)) }

// holds evaluates a condition; one that is not there holds.
func (s scene) holds(e *enginetest.Expr) bool { return e == nil || s.eval(e).(bool) }

// amount evaluates an amount, in minor units.
func (s scene) amount(e *enginetest.Expr) num {
	return rounded(mul(s.eval(e).(num), power(s.policy.Decimals)), 0, "half_up")
}
