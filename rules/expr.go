package rules

import (
	"math/big"

	"example.com/spillway/money"
)

// An Expr is a compiled expression: Go closures over a [Frame]. It is
// immutable and safe for concurrent use; what changes while it runs is in the
// frame. Each method evaluates it once. When that fails, [Frame.Failed] says
// why and the result means nothing.
type Expr struct {
	at       Pos
	text     string
	dim      dim
	truth    truth // of conditions
	gate     gate  // the same, what it asks first in place
	read     func(*Frame) string
	value    num               // numbers, dates, and amounts in minor units
	missing  func(*Frame) bool // of an order key that may be missing
	word     *leaf             // where value reads, if it does nothing else
	decimals int               // of what is printed; shortest: as few as needed
}

// Want says what an expression must give.
type Want uint8

// What expressions may be wanted to give.
const (
	WantBool   Want = iota
	WantAmount      // money, or a number of major units
	WantWeight      // any number
	WantKey         // anything that can be ordered
	WantText        // anything that can be printed
)

// Scope says which variables an expression may use. payment and account are
// in every scope.
type Scope uint8

// The scopes of the policy language.
const (
	ScopeChoice    Scope = iota // a payment type's when
	ScopeTier                   // a waterfall tier's when and cap
	ScopeBalance                // and its where, take, by, order: balance
	ScopeSplitTier              // a split tier's when and cap
	ScopeChild                  // and its where, take, by, order: child
	ScopeFee                    // a fee's when
	ScopeRequest                // a request guardrail: fee
	ScopeResult                 // a result guardrail: fee, receipt, paid()
	ScopeInvariant              // an invariant: account as it is after the receipt, before as it was
)

// seesReceipt says whether there is a receipt to see.
func (s Scope) seesReceipt() bool { return s == ScopeResult || s == ScopeInvariant }

// At is where the expression begins.
func (e *Expr) At() Pos { return e.at }

// String is the expression as written.
func (e *Expr) String() string { return e.text }

// Bool evaluates a condition.
func (e *Expr) Bool(f *Frame) bool {
	g := &e.gate
	if w := f.Words[f.at[g.reg].W+g.at]; w < g.low || g.high < w {
		return false
	}
	if g.rest == nil {
		return true
	}
	f.steps = budget
	return g.rest(f)
}

// Amount evaluates an amount: the exact result, rounded half up to minor
// units. A result beyond [MaxTotal] fails.
func (e *Expr) Amount(f *Frame) money.Amount {
	f.steps = budget
	n, ok := e.narrow(f)
	if !ok || n > maxTotal || n < -maxTotal {
		f.fail(e.at, "is out of range")
		return 0
	}
	return money.Amount(n)
}

// Int evaluates a number as a whole count of a unit that is the same at every
// evaluation of e, and says whether it is such a count and fits: so that
// weights and order keys compare as integers. If it does not, use [Expr.Rat].
// Conditions count as 0 and 1.
func (e *Expr) Int(f *Frame) (int64, bool) {
	f.steps = budget
	if e.truth.holds != nil {
		if e.truth.holds(f) {
			return 1, true
		}
		return 0, true
	}
	return e.narrow(f)
}

func (e *Expr) narrow(f *Frame) (int64, bool) {
	switch {
	case e.value.i != nil:
		return e.value.i(f), true
	case e.value.w != nil:
		return e.value.w(f).narrow()
	case e.value.r != nil:
		r := e.value.r(f)
		return r.Num().Int64(), r.IsInt() && r.Num().IsInt64()
	}
	return 0, false
}

// Rat evaluates a number exactly, in the unit of Int if that has one.
func (e *Expr) Rat(f *Frame) *big.Rat {
	f.steps = budget
	switch {
	case e.value.i != nil:
		return new(big.Rat).SetInt64(e.value.i(f))
	case e.value.w != nil:
		return new(big.Rat).SetInt(e.value.w(f).big())
	}
	return e.value.rat()(f)
}

// IsText says whether the expression gives text.
func (e *Expr) IsText() bool { return e.dim == dimText }

// Text evaluates text.
func (e *Expr) Text(f *Frame) string {
	f.steps = budget
	return e.read(f)
}

// Word gives the word of an order key that is a field as it is, the same as Int,
// or [Missing], and whether the key is such a field.
func (e *Expr) Word(f *Frame) (word int64, ok bool) {
	if e.word == nil {
		return 0, false
	}
	return f.Words[f.at[e.word.reg].W+e.word.at], true
}

// Missing says whether an order key is missing: a bare balance.apr, child.apr
// or balance.due_date that is not there. Other keys fail when they are read.
func (e *Expr) Missing(f *Frame) bool {
	return e.missing != nil && e.missing(f)
}
