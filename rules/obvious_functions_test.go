package rules

import (
	"math/big"
	"time"

	"github.com/expr-lang/expr/ast"

	"example.com/spillway/money"
)

// call is a function of contract 4.1.
func (o *obvious) call(name string, args []ast.Node) any {
	switch name {
	case "any":
		return o.exists(args, true)
	case "none":
		return !o.exists(args, true)
	case "all":
		return !o.exists(args, false)
	case "one":
		return o.count(args) == 1
	case "count":
		return big.NewRat(o.count(args), 1)
	case "filter":
		return o.filter(o.list(args[0]), args[1])
	case "map":
		return o.mapped(o.list(args[0]), args[1])
	case "sum":
		list := o.list(args[0])
		if len(args) == 2 {
			list = o.mapped(list, args[1])
		}
		return o.sum(list)
	case "min", "max":
		return o.extreme(name, args)
	case "abs":
		return new(big.Rat).Abs(o.rat(args[0]))
	case "round":
		return o.round(args)
	case "percent":
		product := new(big.Rat).Mul(o.rat(args[0]), o.rat(args[1]))
		return product.Mul(product, big.NewRat(1, 100))
	case "paid":
		return o.paid(args)
	}
	return o.calendar(name, args)
}

func (o *obvious) extreme(name string, args []ast.Node) any {
	if array, ok := args[0].(*ast.ArrayNode); ok && len(args) == 1 {
		args = array.Nodes
	}
	best := o.read(args[0])
	for _, arg := range args[1:] {
		v := o.read(arg)
		if sign := order(v, best); name == "min" && sign < 0 || name == "max" && sign > 0 {
			best = v
		}
	}
	return best
}

func (o *obvious) round(args []ast.Node) any {
	x := o.rat(args[0])
	mode := money.HalfUp
	if len(args) == 3 {
		mode, _ = money.ParseRounding(o.string(args[2]))
	}
	return roundTo(x, o.rat(args[1]).Num().Int64(), mode)
}

// paid is what lines of one component and bucket come to; nil is any.
func (o *obvious) paid(args []ast.Node) any {
	o.touch(args)
	total := new(big.Rat)
	for _, line := range o.vars["receipt"].(thing)["lines"].([]thing) {
		if o.meets(line, args) {
			total.Add(total, line["amount"].(*big.Rat))
		}
	}
	return total
}

// unpaid is what an account owes on such balances, credits aside.
func (o *obvious) unpaid(account thing, args []ast.Node) any {
	o.touch(args)
	total := new(big.Rat)
	for _, balance := range account["balances"].([]thing) {
		if owed := balance["owed"].(*big.Rat); owed.Sign() > 0 && o.meets(balance, args) {
			total.Add(total, owed)
		}
	}
	return total
}

// touch reads what is asked for, also where there is nothing to ask it of.
func (o *obvious) touch(args []ast.Node) {
	for _, arg := range args {
		if _, skip := arg.(*ast.NilNode); !skip {
			o.read(arg)
		}
	}
}

// meets says whether a line or balance is of the component and bucket asked for.
func (o *obvious) meets(t thing, args []ast.Node) bool {
	for i, field := range []string{"component", "bucket"}[:len(args)] {
		if _, skip := args[i].(*ast.NilNode); !skip && text(t[field]) != o.string(args[i]) {
			return false
		}
	}
	return true
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func (o *obvious) calendar(name string, args []ast.Node) any {
	if name == "date" {
		return dayOf(args[0].(*ast.StringNode).Value)
	}
	d := o.read(args[0]).(Date)
	t := timeOf(d)
	switch name {
	case "days":
		return big.NewRat(int64(o.read(args[1]).(Date))-int64(d), 1)
	case "add_days":
		n := o.whole(args[1])
		return inCalendar(new(big.Int).Add(n, big.NewInt(int64(d))))
	case "add_months":
		return addMonths(t, o.whole(args[1]))
	case "year":
		return big.NewRat(int64(t.Year()), 1)
	case "month":
		return big.NewRat(int64(t.Month()), 1)
	case "day":
		return big.NewRat(int64(t.Day()), 1)
	case "weekday":
		return big.NewRat(int64((t.Weekday()+6)%7+1), 1)
	case "month_start":
		return dateOf(time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC))
	}
	panic("a function that nobody knows: " + name)
}

func (o *obvious) whole(n ast.Node) *big.Int {
	r := o.rat(n)
	if !r.IsInt() {
		wrecked("is no whole number")
	}
	return r.Num()
}

// day0 is the day before 0001-01-01.
func day0() time.Time { return time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC) }

func timeOf(d Date) time.Time { return day0().AddDate(0, 0, int(d)) }

func dateOf(t time.Time) Date { return Date(t.Unix()/86400 - day0().Unix()/86400) }

// dayOf reads a date that is known to be one.
func dayOf(text string) Date {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return dateOf(t)
}

func inCalendar(day *big.Int) any {
	last := int64(dayOf("9999-12-31"))
	if day.Sign() <= 0 || day.Cmp(big.NewInt(last)) > 0 {
		return wrecked("is beyond the calendar")
	}
	return Date(day.Int64())
}

// addMonths keeps the day, or takes the last of a shorter month.
func addMonths(t time.Time, n *big.Int) any {
	if n.CmpAbs(big.NewInt(200_000)) > 0 {
		return wrecked("is beyond the calendar")
	}
	first := time.Date(t.Year(), t.Month()+time.Month(n.Int64()), 1, 0, 0, 0, 0, time.UTC)
	if first.Year() < 1 || first.Year() > 9999 {
		return wrecked("is beyond the calendar")
	}
	last := first.AddDate(0, 1, -1).Day()
	return dateOf(first.AddDate(0, 0, min(t.Day(), last)-1))
}
