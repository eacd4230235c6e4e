package rules

import "example.com/spillway/money"

// A Layout says where the fields of each record lie in a [Frame]: first those
// of the language, at the offsets named below, then the declared facts. It is
// made once for a policy and does not change.
type Layout struct {
	Currency money.Currency
	Payment  Record
	Account  Record
	Balance  Record

	payment, account, child, balance, fee, receipt record
	line, share, direction, terms, splitTerms      record
}

// Missing is the word of a field that is not there.
const Missing = -1 << 63

// Words and texts of a payment. Booleans are 0 or 1, words of the policy
// language the numbers of their constants.
const (
	PaymentAmount = iota
	PaymentDate
	PaymentStatus
	PaymentMode
	PaymentPayoff
	PaymentRecovery
	PaymentResetPastDue
	PaymentEarly
	PaymentIgnoreGuardrails
	PaymentApplying
	PaymentFeeType // Missing: the payment sets no terms
	PaymentFeeFlat
	PaymentFeePercentage
	PaymentShared     // Missing: the payment is not split
	PaymentDirections // how many
	paymentSize

	PaymentID       = 0
	PaymentTypeName = 1
	PaymentTo       = 2 // the id of the account paid
	PaymentMethod   = 3
	PaymentExtra    = 4
	PaymentSplit    = 5 // the split's name
	paymentTexts    = 6
)

// Words and texts of an account.
const (
	AccountOwed = iota // the totals
	AccountDue
	AccountPastDue
	AccountCreditLimit // or Missing
	AccountCreditHeld
	AccountMinimumDue
	AccountDaysPastDue
	AccountTaken
	AccountAPR // the highest of its own balances, or Missing
	AccountRollsUp
	AccountBalances // how many balances of its own
	AccountBalance  // the index of its first balance; the others follow
	AccountChild    // the index of its first child, -1: none
	AccountSister   // the index of its parent's next child, -1: none
	accountSize

	AccountID      = 0
	AccountProgram = 1
	AccountKind    = 2
	accountTexts   = 3
)

// Words and texts of a balance.
const (
	BalanceOwed = iota
	BalanceDue
	BalancePastDue
	BalanceTaken
	BalanceDueDate // or Missing
	BalanceAPR     // or Missing
	balanceSize

	BalanceBucket    = 0
	BalanceComponent = 1
	balanceTexts     = 2
)

// Words and texts of what guardrails see beside payment and account.
const (
	FeeAmount = 0
	FeeKind   = 1
	feeSize   = 2

	ReceiptCharged   = 0
	ReceiptUnapplied = 1
	ReceiptLines     = 2 // how many
	ReceiptShares    = 3 // how many
	receiptSize      = 4

	LineAmount    = 0
	LineDue       = 1
	LineAhead     = 2
	lineSize      = 3
	LineAccount   = 0
	LineBucket    = 1
	LineComponent = 2
	LineWaterfall = 3
	LineTier      = 4
	lineTexts     = 5

	ShareAmount  = 0
	shareSize    = 1
	ShareAccount = 0
	ShareSplit   = 1
	ShareTier    = 2
	shareTexts   = 3

	DirectionAmount    = 0
	directionSize      = 1
	DirectionBucket    = 0
	DirectionComponent = 1
	directionTexts     = 2
)

// newLayout lays out the records of the language and the declared facts.
func newLayout(currency money.Currency, account, balance, payment []FactDecl) *Layout {
	l := &Layout{
		Currency:   currency,
		fee:        record{name: "fee", fields: feeFields, words: feeSize},
		receipt:    record{name: "receipt", fields: receiptFields, words: receiptSize},
		line:       record{name: "line", fields: lineFields, words: lineSize, texts: lineTexts},
		share:      record{name: "share", fields: shareFields, words: shareSize, texts: shareTexts},
		direction:  record{name: "direction", fields: directionFields, words: directionSize, texts: directionTexts},
		terms:      record{name: "payment.fee", fields: termsFields},
		splitTerms: record{name: "payment.split", fields: splitFields},
		payment:    record{name: "payment", fields: paymentFields, words: paymentSize, texts: paymentTexts},
		account:    record{name: "account", fields: accountFields, words: accountSize, texts: accountTexts},
		balance:    record{name: "balance", fields: balanceFields, words: balanceSize, texts: balanceTexts},
	}
	l.Payment = l.payment.declare(payment)
	l.Account = l.account.declare(account)
	l.Balance = l.balance.declare(balance)
	l.child = l.account
	l.child.name = "child"
	l.child.fields = map[string]field{"apr": optional(rateAt(AccountAPR))}
	for name, f := range l.account.fields {
		l.child.fields[name] = f
	}
	return l
}
