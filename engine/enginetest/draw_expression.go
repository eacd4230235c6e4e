package enginetest

import (
	"fmt"
	"strconv"
)

// drawExpr draws expressions for one place of a policy.
type drawExpr struct {
	src    Source
	policy *Policy // its facts are declared
	scope  scope
}

// value is an expression of a kind, no deeper than depth.
func (d drawExpr) value(kind Kind, depth int) *Expr {
	if depth <= 0 || d.src.Intn(3) == 0 {
		return d.leaf(kind)
	}
	if d.src.Intn(8) == 7 && kind != Days {
		return &Expr{Op: Cond, Kind: kind, Args: []*Expr{d.value(Bool, depth-1), d.value(kind, depth-1), d.value(kind, depth-1)}}
	}
	switch kind {
	case Money:
		return d.money(depth)
	case Number:
		return d.number(depth)
	case Days:
		return call(Days, "days", d.value(Date, depth-1), d.value(Date, depth-1))
	case Date:
		return d.date(depth)
	case Bool:
		return d.condition(depth)
	}
	return d.leaf(kind)
}

// leaf is a field, a missing one with a second choice, or a literal.
func (d drawExpr) leaf(kind Kind) *Expr {
	switch d.src.Intn(8) {
	case 0, 1, 2, 3:
		if names := d.policy.namesOf(kind, d.scope, false); len(names) > 0 {
			return field(pick(d.src, names...))
		}
	case 4:
		if names := d.policy.namesOf(kind, d.scope, true); len(names) > 0 && kind != Bool {
			return binary(kind, "??", field(pick(d.src, names...)), d.literal(kind, factWords))
		}
	case 5: // it may fail
		if names := d.policy.namesOf(kind, d.scope, true); len(names) > 0 && oneIn(d.src, 4) {
			return field(pick(d.src, names...))
		}
	}
	return d.literal(kind, factWords)
}

func field(n name) *Expr { return &Expr{Op: Field, Kind: n.kind, Text: n.path} }

// literal is a value written out.
func (d drawExpr) literal(kind Kind, words []string) *Expr {
	switch kind {
	case Money, Number:
		return literal(kind, pick(d.src, "0", "1", "0.01", "33.33", "100", "2.5", "0.005", "1000000"))
	case Rate:
		return literal(kind, pick(d.src, "0", "9.99", "15.99", "20"))
	case Days:
		return literal(kind, pick(d.src, "0", "1", "30", "90"))
	case Date:
		return call(Date, "date", literal(Text, strconv.Quote(drawDay(d.src).String())))
	case Bool:
		return literal(kind, pick(d.src, "true", "false"))
	}
	return literal(kind, strconv.Quote(pick(d.src, words...)))
}

func (d drawExpr) money(depth int) *Expr {
	a := func() *Expr { return d.value(Money, depth-1) }
	factor := func() *Expr { return literal(Number, pick(d.src, "2", "0.5", "3", "0.0725")) }
	switch d.src.Intn(12) {
	case 0:
		return binary(Money, "+", a(), a())
	case 1:
		return binary(Money, "-", a(), a())
	case 2:
		return binary(Money, "*", d.moneyField(), factor())
	case 3:
		return binary(Money, "/", a(), literal(Number, pick(d.src, "3", "7", "0.3")))
	case 4:
		return call(Money, "percent", literal(Number, pick(d.src, "1", "2.5", "33.3333")), a())
	case 5:
		return call(Money, "min", a(), a())
	case 6:
		return call(Money, "max", a(), a(), a())
	case 7:
		return call(Money, "abs", a())
	case 8:
		return &Expr{Op: Unary, Kind: Money, Text: "-", Args: []*Expr{d.moneyField()}}
	case 9:
		return d.round(a())
	case 10:
		return d.sum()
	}
	return d.paid(d.moneyField())
}

// moneyField is money that is no literal, for operators whose answer would be a
// plain number else.
func (d drawExpr) moneyField() *Expr {
	return field(pick(d.src, d.policy.namesOf(Money, d.scope, false)...))
}

func (d drawExpr) round(e *Expr) *Expr {
	places := literal(Number, pick(d.src, "2", "0", "1"))
	if mode := pick(d.src, "", "half_up", "half_even", "down", "up"); mode != "" {
		return call(e.Kind, "round", e, places, literal(Text, strconv.Quote(mode)))
	}
	return call(e.Kind, "round", e, places)
}

// sum adds up a field of the elements of a list, or of those of them that
// fulfil a condition.
func (d drawExpr) sum() *Expr {
	list := d.list()
	over := &Expr{Op: Field, Kind: Records, Text: list.path}
	if d.src.Intn(2) == 1 {
		over = call(Records, "filter", over, d.elementCondition(list))
	}
	return call(Money, "sum", over, element(pick(d.src, d.policy.elementsOf(list, Money, false)...)))
}

func element(n name) *Expr { return &Expr{Op: Element, Kind: n.kind, Text: n.path} }

// list draws a list that the scope has.
func (d drawExpr) list() listName {
	var can []listName
	for _, list := range listNames {
		if d.scope.has(list.needs) {
			can = append(can, list)
		}
	}
	return pick(d.src, can...)
}

// paid is what the receipt's lines pay, where there is a receipt.
func (d drawExpr) paid(otherwise *Expr) *Expr {
	if !d.scope.has(ofResult) {
		return otherwise
	}
	component := func() *Expr { return d.literal(Text, wordsOf["component"]) }
	bucket := func() *Expr { return d.literal(Text, wordsOf["bucket"]) }
	switch d.src.Intn(4) {
	case 0:
		return call(Money, "paid")
	case 1:
		return call(Money, "paid", component())
	case 2:
		return call(Money, "paid", component(), bucket())
	}
	return call(Money, "paid", literal(Text, "nil"), bucket())
}

func (d drawExpr) number(depth int) *Expr {
	switch d.src.Intn(6) {
	case 0:
		return binary(Number, "+", d.value(Number, depth-1), d.value(Number, depth-1))
	case 1: // it may divide by zero
		return binary(Number, "/", d.moneyField(), d.moneyField())
	case 2:
		return call(Number, pick(d.src, "year", "month", "day", "weekday"), d.value(Date, depth-1))
	case 3:
		list := d.list()
		return call(Number, "count", &Expr{Op: Field, Kind: Records, Text: list.path}, d.elementCondition(list))
	case 4:
		return binary(Number, "%", d.value(Number, depth-1), literal(Number, pick(d.src, "7", "2.5", "3")))
	}
	return d.round(d.value(Number, depth-1))
}

func (d drawExpr) date(depth int) *Expr {
	day := d.value(Date, depth-1)
	switch d.src.Intn(5) {
	case 0:
		return call(Date, "add_days", day, literal(Number, pick(d.src, "1", "30", "0")))
	case 1:
		return call(Date, "add_months", day, literal(Number, pick(d.src, "1", "12", "7")))
	case 2:
		return call(Date, "month_start", day)
	case 3:
		return call(Date, "min", day, d.value(Date, depth-1))
	}
	return call(Date, "max", day, d.value(Date, depth-1))
}

// condition is a condition that is no bare field.
func (d drawExpr) condition(depth int) *Expr {
	switch d.src.Intn(9) {
	case 0:
		return binary(Bool, pick(d.src, "and", "&&"), d.value(Bool, depth-1), d.value(Bool, depth-1))
	case 1:
		return binary(Bool, pick(d.src, "or", "||"), d.value(Bool, depth-1), d.value(Bool, depth-1))
	case 2:
		return &Expr{Op: Unary, Kind: Bool, Text: pick(d.src, "not ", "!"), Args: []*Expr{d.value(Bool, depth-1)}}
	case 3:
		return d.textCondition()
	case 4:
		list := d.list()
		return call(Bool, pick(d.src, "any", "all", "none", "one"), &Expr{Op: Field, Kind: Records, Text: list.path}, d.elementCondition(list))
	case 5:
		return d.isMissing()
	}
	kind := pick(d.src, Money, Money, Money, Number, Days, Date)
	a := d.compared(kind, depth)
	return binary(Bool, pick(d.src, ">", "<", ">=", "<=", "==", "!="), a, d.value(kind, depth-1))
}

// compared is the left side of a comparison: no literal, so that its kind is
// known.
func (d drawExpr) compared(kind Kind, depth int) *Expr {
	if names := d.policy.namesOf(kind, d.scope, false); len(names) > 0 && d.src.Intn(2) == 0 {
		return field(pick(d.src, names...))
	}
	return d.value(kind, depth-1)
}

func (d drawExpr) textCondition() *Expr {
	return d.textTest(field(pick(d.src, d.policy.namesOf(Text, d.scope, false)...)))
}

// textTest compares a text with words that it may be.
func (d drawExpr) textTest(text *Expr) *Expr {
	words := wordsFor(text.Text)
	word := d.literal(Text, words)
	switch d.src.Intn(4) {
	case 0:
		return binary(Bool, pick(d.src, "==", "!="), text, word)
	case 1:
		list := &Expr{Op: List, Args: []*Expr{word, d.literal(Text, words)}}
		if text.Op == Field && d.src.Intn(3) == 2 {
			list = d.mapped()
		}
		return binary(Bool, pick(d.src, "in", "not in"), text, list)
	case 2:
		part := pick(d.src, words...)
		return binary(Bool, pick(d.src, "contains", "startsWith", "endsWith"), text, literal(Text, fmt.Sprintf("%.1q", part)))
	}
	return binary(Bool, "==", text, word)
}

// mapped is the list of a text of each element of a list.
func (d drawExpr) mapped() *Expr {
	list := d.list()
	over := &Expr{Op: Field, Kind: Records, Text: list.path}
	return call(Records, "map", over, element(pick(d.src, d.policy.elementsOf(list, Text, false)...)))
}

// isMissing asks whether something is there.
func (d drawExpr) isMissing() *Expr {
	kind := pick(d.src, Money, Rate, Date)
	names := d.policy.namesOf(kind, d.scope, true)
	if len(names) == 0 {
		return d.textCondition()
	}
	return binary(Bool, pick(d.src, "==", "!="), field(pick(d.src, names...)), literal(kind, "nil"))
}

// elementCondition is a condition that is asked of a list's elements.
func (d drawExpr) elementCondition(list listName) *Expr {
	switch d.src.Intn(4) {
	case 0:
		return d.textTest(element(pick(d.src, d.policy.elementsOf(list, Text, false)...)))
	case 1:
		if names := d.policy.elementsOf(list, Bool, false); len(names) > 0 {
			return element(pick(d.src, names...))
		}
	case 2:
		if names := d.policy.elementsOf(list, Rate, true); len(names) > 0 {
			e := element(pick(d.src, names...))
			return binary(Bool, ">", binary(Rate, "??", e, d.literal(Rate, nil)), d.literal(Rate, nil))
		}
	}
	e := element(pick(d.src, d.policy.elementsOf(list, Money, false)...))
	return binary(Bool, pick(d.src, ">", "<=", "=="), e, d.value(Money, 0))
}
