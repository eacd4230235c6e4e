package rules

import (
	"math/big"

	"github.com/expr-lang/expr/ast"
)

// dateArgument lowers an argument that must be a date, and reads its days.
func (l *lowering) dateArgument(n ast.Node) (operand, bool) {
	o := l.present(n, l.lower(n))
	if o.dim != dimInvalid && o.dim != dimDate {
		hint := "declare the fact as date"
		if o.konst != nil {
			hint = `write date("2024-07-15")`
		}
		l.mistake(n, hint, "a date is needed, this is %s", o.describe())
	}
	return o, o.dim == dimDate
}

// date is date("2024-07-15").
func (l *lowering) date(_ ast.Node, args []ast.Node) operand {
	o := l.lower(args[0])
	switch {
	case o.dim == dimInvalid:
		return o
	case o.konst == nil:
		return l.mistake(args[0], "a fact declared as date is one already", "date() takes a date in quotes")
	}
	d, err := ParseDate(*o.konst)
	if err != nil {
		return l.mistake(args[0], "", "%q %v", clip(*o.konst), err)
	}
	return operand{dim: dimDate, num: integer(int64(d))}
}

// days is the whole days from a to b.
func (l *lowering) days(_ ast.Node, args []ast.Node) operand {
	a, ok1 := l.dateArgument(args[0])
	b, ok2 := l.dateArgument(args[1])
	if !ok1 || !ok2 {
		return operand{}
	}
	return operand{dim: dimDays, fails: a.fails || b.fails, num: add(neg(a.num), b.num)}
}

// addDays and addMonths move a date; beyond the calendar they fail.
func (l *lowering) addDays(n ast.Node, args []ast.Node) operand {
	return l.move(n, args, func(d Date, by int64) (Date, bool) {
		ok := by >= -int64(MaxDate) && by <= int64(MaxDate) && int64(d)+by >= 1 && int64(d)+by <= int64(MaxDate)
		return d + Date(by), ok
	})
}

func (l *lowering) addMonths(n ast.Node, args []ast.Node) operand {
	return l.move(n, args, Date.AddMonths)
}

func (l *lowering) move(n ast.Node, args []ast.Node, step func(Date, int64) (Date, bool)) operand {
	d, ok1 := l.dateArgument(args[0])
	by, ok2 := l.numberArgument(args[1])
	if !ok1 || !ok2 {
		return operand{}
	}
	if by.dim == dimMoney || by.dim == dimRate {
		return l.mistake(args[1], "", "a number of days or months is needed, this is %s", by.describe())
	}
	count, ok := l.whole(args[1], by.num)
	if !ok {
		return operand{}
	}
	from, at := d.num.word(), l.place(n)
	return operand{dim: dimDate, fails: true, num: counted(func(f *Frame) int64 {
		to, ok := step(Date(from(f)), count(f))
		if !ok && !f.failed {
			f.fail(at, "is beyond the calendar")
		}
		return int64(to)
	}, big.NewRat(1, 1), 0, int64(MaxDate))}
}

// word reads a date's days. A choice between constant dates may be counted in
// a coarser unit.
func (n num) word() func(*Frame) int64 { return inUnits(n).i }

// whole reads a number that must be whole.
func (l *lowering) whole(n ast.Node, v num) (read func(*Frame) int64, ok bool) {
	switch {
	case v.konst != nil && !(v.konst.IsInt() && v.konst.Num().IsInt64()):
		l.mistake(n, "write a whole number of days or months", "%s is no whole number", v.konst.RatString())
		return nil, false
	case v.r == nil && v.count().unit.IsInt():
		if v = inUnits(v); v.i != nil {
			return v.i, true
		}
	}
	exact, at := v.rat(), l.place(n)
	return func(f *Frame) int64 {
		r := exact(f)
		switch {
		case !r.IsInt():
			f.fail(at, "is no whole number")
			return 0
		case !r.Num().IsInt64():
			f.fail(at, "is beyond the calendar")
			return 0
		}
		return r.Num().Int64()
	}, true
}

// calendar is year, month, day, weekday and month_start of a date.
func (l *lowering) calendar(n ast.Node, args []ast.Node) operand {
	d, ok := l.dateArgument(args[0])
	if !ok {
		return operand{}
	}
	read := d.num.word()
	part := map[string]func(Date) int64{
		"year":        func(d Date) int64 { y, _, _ := d.Civil(); return int64(y) },
		"month":       func(d Date) int64 { _, m, _ := d.Civil(); return int64(m) },
		"day":         func(d Date) int64 { _, _, day := d.Civil(); return int64(day) },
		"weekday":     func(d Date) int64 { return int64(d.Weekday()) },
		"month_start": func(d Date) int64 { _, _, day := d.Civil(); return int64(d) - int64(max(day, 1)) + 1 },
	}[callName(n)]
	high := map[string]int64{"year": 9999, "month": 12, "day": 31, "weekday": 7, "month_start": int64(MaxDate)}[callName(n)]
	out := operand{dim: dimNumber, fails: d.fails}
	if callName(n) == "month_start" {
		out.dim = dimDate
	}
	out.num = counted(func(f *Frame) int64 { return part(Date(read(f))) }, big.NewRat(1, 1), 0, high)
	return out
}
