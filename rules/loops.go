package rules

import (
	"math/big"

	"github.com/expr-lang/expr/ast"
)

// A part is the elements of one loop, or a single element, of a list.
type part struct {
	kind         listKind
	of, reg      int   // the registers of the record that has the list, and of the loop
	words, texts int   // of one element
	where        truth // which elements are in; zero: all
	elem         operand
	node         ast.Node // of a single element: where it is written
	at           Pos      // where a loop that never ends is reported
	top          int      // the first slot that evaluating elem leaves alone
}

// A cursor is where in a part a loop stands.
type cursor struct {
	ref  Ref
	left int64 // how many elements are to come; of children the index of the next, -1: none
}

// first is the cursor before the first element.
func (p *part) first(f *Frame) cursor {
	of := f.at[p.of].W
	switch p.kind {
	case balances:
		i := int(f.Words[of+AccountBalance])
		return cursor{Ref{f.balances.W + i*p.words, f.balances.T + i*p.texts}, f.Words[of+AccountBalances]}
	case children:
		return cursor{left: f.Words[of+AccountChild]}
	case lines:
		return cursor{f.lists[lines], f.Words[of+ReceiptLines]}
	case shares:
		return cursor{f.lists[shares], f.Words[of+ReceiptShares]}
	case directions:
		return cursor{f.lists[directions], f.Words[of+PaymentDirections]}
	}
	return cursor{left: 1}
}

// next puts the register on the next element that is in, and says whether there
// is one.
func (p *part) next(f *Frame, c *cursor) bool {
	for {
		switch {
		case p.kind == children:
			if c.left < 0 {
				return false
			}
			f.at[p.reg] = f.Account(int(c.left))
			c.left = f.Words[f.at[p.reg].W+AccountSister]
		case c.left <= 0:
			return false
		default:
			c.left--
			if p.kind != single {
				f.at[p.reg] = c.ref
				c.ref.W += p.words
				c.ref.T += p.texts
			}
		}
		if !f.step(p) {
			return false
		}
		if p.where.holds == nil || p.where.holds(f) {
			return !f.failed
		}
	}
}

// existing is the condition that exists asks. It begins with how many elements there
// are, where that is a word.
func existing(li list, holds []truth) truth {
	t := sometimes(exists(li, holds))
	if len(li.parts) == 1 && li.parts[0].isRecords() {
		some := atom{leaf: li.parts[0].size(), c: comparisons[">="], v: 1}
		return and(some.truth(), t)
	}
	return t
}

// size is where the number of the elements is, of records.
func (p *part) size() leaf {
	return leaf{p.of, map[listKind]int{
		balances: AccountBalances, lines: ReceiptLines, shares: ReceiptShares, directions: PaymentDirections,
	}[p.kind]}
}

// exists says whether a condition holds for any element. holds has the
// condition of each part.
func exists(li list, holds []truth) func(*Frame) bool {
	if len(li.parts) == 1 {
		return li.parts[0].exists(holds[0])
	}
	var found []func(*Frame) bool
	for i := range li.parts {
		found = append(found, li.parts[i].exists(holds[i]))
	}
	return func(f *Frame) bool {
		for _, one := range found {
			if one(f) {
				return true
			}
		}
		return false
	}
}

func (p *part) exists(holds truth) func(*Frame) bool {
	if !p.isRecords() {
		return func(f *Frame) bool {
			for c := p.first(f); p.next(f, &c); {
				if holds.holds(f) {
					return true
				}
			}
			return false
		}
	}
	g := gateOf(p.reg, and(p.where, holds))
	return func(f *Frame) bool {
		c, looked, found := p.first(f), int64(0), false
		for ; looked < c.left && !found && !f.failed; looked++ {
			found = g.open(f, c.ref) && g.pass(f, c.ref)
			c.ref.W += p.words
			c.ref.T += p.texts
		}
		return f.spend(p, looked) && found
	}
}

// counting counts the elements.
func counting(li list) num {
	return counted(func(f *Frame) int64 {
		n := int64(0)
		for i := range li.parts {
			p := &li.parts[i]
			for c := p.first(f); p.next(f, &c); {
				n++
			}
		}
		return n
	}, big.NewRat(1, 1), 0, budget)
}

// summing adds the elements up. values holds the number of each part.
func summing(li list, values []num) num {
	if len(values) == 0 {
		return integer(0)
	}
	unit, fits := commonUnit(values)
	if !fits {
		return summingRats(li, values)
	}
	out := num{unit: unit, low: new(big.Int), high: new(big.Int)}
	reads := make([]num, len(values))
	for i, v := range values {
		v = v.count()
		v = v.times(new(big.Rat).Quo(v.unit, unit).Num())
		if v.r != nil {
			return summingRats(li, values)
		}
		most := big.NewInt(1)
		if li.parts[i].kind != single {
			most = big.NewInt(budget)
		}
		out.low.Add(out.low, new(big.Int).Mul(lesser(v.low, new(big.Int)), most))
		out.high.Add(out.high, new(big.Int).Mul(greater(v.high, new(big.Int)), most))
		reads[i] = v
	}
	if !fitsWide(out.low, out.high) {
		return summingRats(li, values)
	}
	gates := make([]gate, len(reads))
	for i := range gates {
		gates[i] = gateOf(li.parts[i].reg, li.parts[i].where)
	}
	out.w = func(f *Frame) wide {
		total := wide{}
		for i := range reads {
			total = total.add(li.parts[i].sum(f, &reads[i], &gates[i]))
		}
		return total
	}
	return out
}

// sum adds up a value of each element; g is the gate of those that are in.
func (p *part) sum(f *Frame, v *num, g *gate) (total wide) {
	switch {
	case v.i == nil:
		for c := p.first(f); p.next(f, &c); {
			total = total.add(v.w(f))
		}
	case !p.isRecords():
		for c := p.first(f); p.next(f, &c); {
			total = total.add(widen(v.i(f)))
		}
	default:
		c, looked := p.first(f), int64(0)
		for ; looked < c.left && !f.failed; looked++ {
			if g.open(f, c.ref) && g.pass(f, c.ref) {
				total = total.add(widen(v.i(f)))
			}
			c.ref.W += p.words
			c.ref.T += p.texts
		}
		f.spend(p, looked)
	}
	return total
}

func summingRats(li list, values []num) num {
	reads := make([]func(*Frame) *big.Rat, len(values))
	for i, v := range values {
		reads[i] = v.rat()
	}
	return exact(func(f *Frame) *big.Rat {
		total := new(big.Rat)
		for i := range li.parts {
			p := &li.parts[i]
			for c := p.first(f); p.next(f, &c); {
				f.spendSize(total.Add(total, reads[i](f)))
			}
		}
		return total
	})
}

// commonUnit is a unit in which all the numbers can be counted, if none is exact.
func commonUnit(values []num) (*big.Rat, bool) {
	var unit *big.Rat
	for _, v := range values {
		if v.r != nil {
			return nil, false
		}
		if v = v.count(); unit == nil {
			unit = v.unit
		}
		unit = gcd(unit, v.unit)
	}
	return unit, true
}
