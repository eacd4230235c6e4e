package rules

import "example.com/spillway/money"

// A record is what the compiler knows of a record: its fields by name, and
// its size.
type record struct {
	name         string
	fields       map[string]field
	facts        map[string]field // nil: it has none
	words, texts int
}

// A field is one field of a record.
type field struct {
	dim       dim
	word      int
	text      int                   // of text
	optional  bool                  // the word may be Missing
	enum      []string              // of text that is one of these words: the word holds which
	symbols   *symbols              // of a fact that is text
	low, high int64                 // of what is counted: the bounds of the word
	list      listKind              // of lists
	record    func(*Layout) *record // of what has fields of its own, in the same record
	computed  bool                  // not stored: see computedFields
}

// The bounds of what a document may say.
const (
	maxRate  = int64(money.MaxRate)
	maxMoney = int64(money.Max)
	maxTotal = 9_000 * maxMoney // of an account tree
	maxCount = 1_000_000_000    // of days past due
)

// MaxTotal is the most that an account tree may owe in all.
const MaxTotal = money.Amount(maxTotal)

// MaxDays is the most that days_past_due may be.
const MaxDays = maxCount

func amountAt(word int, low int64) field {
	return field{dim: dimMoney, word: word, low: low, high: maxMoney}
}
func totalAt(word int) field     { return field{dim: dimMoney, word: word, low: -maxTotal, high: maxTotal} }
func rateAt(word int) field      { return field{dim: dimRate, word: word, low: -maxRate, high: maxRate} }
func flagAt(word int) field      { return field{dim: dimBool, word: word, high: 1} }
func dateAt(word int) field      { return field{dim: dimDate, word: word, low: 1, high: int64(MaxDate)} }
func textAt(at int) field        { return field{dim: dimText, text: at} }
func listOf(kind listKind) field { return field{dim: dimList, list: kind} }
func optional(f field) field     { f.optional = true; return f }
func oneOf(word int, words []string) field {
	return field{dim: dimText, word: word, enum: words, high: int64(len(words) - 1)}
}

var paymentFields = map[string]field{
	"id":                textAt(PaymentID),
	"amount":            amountAt(PaymentAmount, 1),
	"date":              dateAt(PaymentDate),
	"type":              textAt(PaymentTypeName),
	"account":           textAt(PaymentTo),
	"status":            oneOf(PaymentStatus, statusWords),
	"mode":              oneOf(PaymentMode, modeWords),
	"method":            textAt(PaymentMethod),
	"extra":             textAt(PaymentExtra),
	"payoff":            flagAt(PaymentPayoff),
	"recovery":          flagAt(PaymentRecovery),
	"reset_past_due":    flagAt(PaymentResetPastDue),
	"early":             flagAt(PaymentEarly),
	"ignore_guardrails": flagAt(PaymentIgnoreGuardrails),
	"applying":          amountAt(PaymentApplying, 0),
	"directed":          listOf(directions),
	"fee":               {dim: dimRecord, optional: true, word: PaymentFeeType, record: func(l *Layout) *record { return &l.terms }},
	"split":             {dim: dimRecord, optional: true, word: PaymentShared, record: func(l *Layout) *record { return &l.splitTerms }},
}

var termsFields = map[string]field{
	"type":       optional(oneOf(PaymentFeeType, feeTypeWords)),
	"flat":       optional(amountAt(PaymentFeeFlat, 0)),
	"percentage": optional(rateAt(PaymentFeePercentage)),
}

var splitFields = map[string]field{"type": textAt(PaymentSplit)}

var accountFields = map[string]field{
	"id":               textAt(AccountID),
	"program":          textAt(AccountProgram),
	"kind":             textAt(AccountKind),
	"owed":             totalAt(AccountOwed),
	"due":              totalAt(AccountDue),
	"past_due":         totalAt(AccountPastDue),
	"credit_limit":     optional(amountAt(AccountCreditLimit, 0)),
	"credit_held":      amountAt(AccountCreditHeld, 0),
	"available_credit": {dim: dimMoney, optional: true, computed: true, low: -maxTotal - maxMoney, high: maxTotal + maxMoney},
	"minimum_due":      totalAt(AccountMinimumDue),
	"days_past_due":    {dim: dimDays, word: AccountDaysPastDue, high: maxCount},
	"taken":            totalAt(AccountTaken),
	"rolls_up":         oneOf(AccountRollsUp, rollsUpWords),
	"balances":         listOf(balances),
	"children":         listOf(children),
}

var balanceFields = map[string]field{
	"bucket":    textAt(BalanceBucket),
	"component": textAt(BalanceComponent),
	"owed":      amountAt(BalanceOwed, -maxMoney),
	"due":       amountAt(BalanceDue, 0),
	"past_due":  amountAt(BalancePastDue, 0),
	"due_date":  optional(dateAt(BalanceDueDate)),
	"apr":       optional(rateAt(BalanceAPR)),
	"state":     {dim: dimText, enum: stateWords, computed: true, high: 2},
	"taken":     amountAt(BalanceTaken, 0),
}

var feeFields = map[string]field{
	"amount": amountAt(FeeAmount, 0),
	"type":   oneOf(FeeKind, feeTypeWords),
}

var receiptFields = map[string]field{
	"lines":     listOf(lines),
	"shares":    listOf(shares),
	"fee":       {dim: dimRecord, record: func(l *Layout) *record { return &l.fee }},
	"charged":   totalAt(ReceiptCharged),
	"unapplied": amountAt(ReceiptUnapplied, 0),
}

var lineFields = map[string]field{
	"account":   textAt(LineAccount),
	"bucket":    textAt(LineBucket),
	"component": textAt(LineComponent),
	"amount":    amountAt(LineAmount, 0),
	"due":       amountAt(LineDue, 0),
	"ahead":     amountAt(LineAhead, 0),
	"waterfall": textAt(LineWaterfall),
	"tier":      textAt(LineTier),
}

var shareFields = map[string]field{
	"account": textAt(ShareAccount),
	"amount":  amountAt(ShareAmount, 0),
	"split":   textAt(ShareSplit),
	"tier":    textAt(ShareTier),
}

var directionFields = map[string]field{
	"bucket":    textAt(DirectionBucket),
	"component": textAt(DirectionComponent),
	"amount":    amountAt(DirectionAmount, -maxMoney),
}

var factFields = [...]field{
	FactBool:   {dim: dimBool, high: 1},
	FactString: {dim: dimText},
	FactNumber: {dim: dimNumber},
	FactMoney:  {dim: dimMoney, low: -maxMoney, high: maxMoney},
	FactRate:   {dim: dimRate, low: -maxRate, high: maxRate},
	FactDate:   {dim: dimDate, low: 1, high: int64(MaxDate)},
}
