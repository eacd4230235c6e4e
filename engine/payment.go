package engine

import "example.com/spillway/rules"

// A Payment is money that a borrower pays, or wants to pay, on an account.
type Payment struct {
	ID      string
	Amount  Amount // above zero
	Date    Date   // "today": the engine has no clock
	Type    string // a payment type's name or numeric id; default: the first of the account's program
	Account string // whose payment it is, any id in the tree; default: the root's
	Status  Status // default Active
	Mode    Mode   // default Log
	Method  string
	Fee     Opt[FeeTerms] // terms set by the caller
	// Split shares the payment among linked accounts; it excludes Directed.
	Split            Opt[SplitTerms]
	Directed         []Direction // where the payer wants the money to go
	Extra            string
	Payoff           bool
	Recovery         bool
	ResetPastDue     bool // after the lines, nothing of the paid account's own balances is past due
	Early            bool
	IgnoreGuardrails bool
	Facts            Facts
}

// FeeTerms are a convenience fee's terms as a caller sets them.
type FeeTerms struct {
	Type       FeeType
	Flat       Amount
	Percentage Rate
}

// SplitTerms say how a payment is shared: by the policy's split Type (a name
// or a numeric id), or by hand in Amounts, never both.
type SplitTerms struct {
	Type    string
	Amounts []SplitAmount
}

// A SplitAmount is what one account gets by hand.
type SplitAmount struct {
	Account string
	Amount  Amount
}

// A Direction asks for part of a payment to go to one balance.
type Direction struct {
	Bucket    string // default "main"
	Component string
	Amount    Amount
}

// bucket is the direction's bucket by its name.
func (d *Direction) bucket() string {
	if d.Bucket == "" {
		return mainBucket
	}
	return d.Bucket
}

// Status, Mode and FeeType are a payment's words.
type (
	Status  = rules.Status
	Mode    = rules.Mode
	FeeType = rules.FeeType
)

// The statuses of a payment. Which of them change balances is the policy's to say.
const (
	Active      = rules.Active
	Pending     = rules.Pending
	Settled     = rules.Settled
	Failed      = rules.Failed
	Voided      = rules.Voided
	Disputed    = rules.Disputed
	Reversed    = rules.Reversed
	Returned    = rules.Returned
	ChargedBack = rules.ChargedBack
)

// Log records a payment; Process says that money is to be moved for it.
const (
	Log     = rules.Log
	Process = rules.Process
)

// The types of fees.
const (
	Waive      = rules.Waive
	Flat       = rules.Flat
	Percentage = rules.PercentageFee
	Lesser     = rules.Lesser
	Greater    = rules.Greater
	Sum        = rules.Sum
)
