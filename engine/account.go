package engine

import (
	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// Amount, Rate and Date are the engine's quantities, so that a host needs one
// import: write $25.00 as 25_00, see [money.Amount], [money.Rate], [rules.Date].
type (
	Amount = money.Amount
	Rate   = money.Rate
	Date   = rules.Date
)

// ParseDate reads a date written YYYY-MM-DD.
func ParseDate(text string) (Date, error) { return rules.ParseDate(text) }

// An Opt is a value that may be absent. The zero Opt is absent.
type Opt[T any] struct {
	value T
	ok    bool
}

// Some is an Opt that has v.
func Some[T any](v T) Opt[T] { return Opt[T]{v, true} }

// Get gives the value, and whether there is one.
func (o Opt[T]) Get() (value T, ok bool) { return o.value, o.ok }

// Or gives the value, or d when there is none.
func (o Opt[T]) Or(d T) T {
	if o.ok {
		return o.value
	}
	return d
}

// An Account is what one borrower owes on one contract, with the accounts
// linked to it. The zero value of each optional field means what a document
// means that leaves the field out.
type Account struct {
	ID          string      // unique in the tree; default "account" for the root
	Program     string      // default: the parent's
	Kind        string      // any word: line, loan, ...
	CreditLimit Opt[Amount] // absent: no limit
	CreditHeld  Amount      // credit that counted payments have not freed yet
	MinimumDue  Opt[Amount] // still to be paid of the minimum; default: the sum of Due of its own balances
	DaysPastDue int
	RollsUp     RollsUp // of a child: what of it counts in its parent's totals
	Facts       Facts
	Balances    []Balance
	Children    []Account // at most 8 levels below the root
}

// A Balance is one amount owed. Bucket and Component together are unique
// within an account; the order of balances is the last tie-break everywhere.
type Balance struct {
	Bucket    string      // default "main"
	Component string      // required: interest, principal, fees, ...
	Owed      Amount      // all that is outstanding; below zero only in bucket credit, component credit
	Due       Opt[Amount] // of Owed, what has come due; default by DueDate
	PastDue   Opt[Amount] // of Due, what is overdue; default by DueDate
	DueDate   Date        // zero: none
	APR       Opt[Rate]
	Facts     Facts
}

// What a root is called that has no id, a bucket that has no name, and the
// balance of the money that the lender owes back.
const (
	rootID          = "account"
	mainBucket      = "main"
	creditBucket    = "credit"
	creditComponent = "credit"
)

// bucket is the balance's bucket by its name.
func (b *Balance) bucket() string {
	if b.Bucket == "" {
		return mainBucket
	}
	return b.Bucket
}

// isCredit says whether the balance is money that the lender owes back.
func (b *Balance) isCredit() bool {
	return b.Bucket == creditBucket && b.Component == creditComponent
}

// dues gives what of the balance has come due and what is overdue on a day,
// from its due date where it does not say so itself.
func (b *Balance) dues(today Date) (due, pastDue Amount) {
	if b.isCredit() {
		return 0, 0
	}
	due, ok := b.Due.Get()
	if !ok && b.DueDate <= today { // a balance without a date is due
		due = b.Owed
	}
	pastDue, ok = b.PastDue.Get()
	if !ok && b.DueDate != 0 && b.DueDate < today {
		pastDue = due
	}
	return due, pastDue
}

// RollsUp says what of a child counts in its parent's totals.
type RollsUp = rules.RollsUp

// What of a child counts in its parent's totals.
const (
	RollsUpAll       = rules.RollsUpAll
	RollsUpPrincipal = rules.RollsUpPrincipal
	RollsUpNone      = rules.RollsUpNone
)
