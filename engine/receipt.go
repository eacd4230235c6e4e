package engine

import (
	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// A Receipt says what a payment does to an account: what it costs, where each
// cent goes and which balances change. It is safe to post as it is.
//
// For every receipt, besides what [Policy.Apply] promises:
//
//   - a balance owes less by its Lines and more by its Charges, and only these
//     and a reset of what is past due make a delta;
//   - every line is above 0, and what the due fell by and what was paid ahead
//     are parts of it;
//   - what is Charged is the payment's amount and what of the fee comes on top,
//     and Move has the same amount;
//   - Deltas and Totals are in the order of the tree, the ancestors of an account
//     that changed among them.
type Receipt struct {
	Policy    PolicyID
	Payment   Payment // as given, defaults filled in
	Warnings  []Hit   // notices, and what ignore_guardrails bypassed
	Fee       Opt[Fee]
	Charged   Amount      // what the payer pays in all
	Charges   []Charge    // what of the fee was added to balances
	Lines     []Line      // in the order taken
	Shares    []SharePart // amounts handed to accounts, per tier of the split
	Unapplied Amount
	Deltas    []Delta // one per balance changed, in tree order
	Totals    []Total // one per account changed, ancestors included, in tree order
	Move      Opt[Move]
	State     State
	currency  money.Currency
}

// A State is what became of a payment since it was applied. [Policy.Transition]
// writes it; the zero State, but for Held, is that of a new receipt.
type State struct {
	Held    bool        // its lines have not freed the credit that they may free
	Was     Opt[Status] // of a disputed payment, its status before
	Undone  Amount      // what was taken back of the payment's amount
	Changes int         // how many transitions it went through
}

// A PolicyID says which policy decided.
type PolicyID struct{ Name, Version, Digest string }

// A Fee is what a payment costs.
type Fee struct {
	Schedule string // "" when the payment's own terms were used without one
	Type     FeeType
	Amount   Amount
	Collect  rules.Collect
	Each     []AccountFee // by account, when a split charges each
	At       rules.Pos    // of the schedule
}

// A Charge is a fee that was added to a balance of an account.
type Charge struct {
	Account, Bucket, Component string
	Amount                     Amount
	Refund                     bool // undoing the payment takes it back too
}

// An AccountFee is one account's part of a split payment's fee.
type AccountFee struct {
	Account string
	Amount  Amount
}

// A Line is what one tier took for one balance.
type Line struct {
	Account, Bucket, Component string
	Amount                     Amount
	Due                        Amount // what the balance's due fell by
	Ahead                      Amount // what was paid ahead of its due date
	Waterfall, Tier            string
	At                         rules.Pos // of the tier
	KeepsDue                   bool      // the tier's counts: not
	Undone                     Amount    // what transitions took back of Amount
}

// A SharePart is what one tier of a split handed to one account.
type SharePart struct {
	Account     string
	Amount      Amount
	Split, Tier string
}

// A Delta is how one balance changes.
type Delta struct {
	Account, Bucket, Component string
	Owed, Due, PastDue         Amount
}

// A Total is how one account's totals change.
type Total struct {
	Account                        string
	Owed, Due, PastDue, MinimumDue Amount
	AvailableCredit                Opt[Amount] // absent without a credit limit
}

// A Move is money to be moved by the host.
type Move struct {
	Amount Amount
	Method string
}

// A Hit is a guardrail that a payment runs into.
type Hit struct {
	Guardrail string
	Severity  rules.Severity
	Message   string
	Cite      string
	At        rules.Pos
	Ignored   bool
}
