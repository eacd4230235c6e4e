package rules

// The words that a policy chooses from. Each type's String gives the word as
// policies and documents write it.
type (
	Leftover          uint8
	Directed          uint8
	InvalidDirections uint8
	Measure           uint8
	Share             uint8
	Whole             uint8
	Counts            uint8
	ListKey           uint8
	SplitFee          uint8
	FeeType           uint8
	Collect           uint8
	Severity          uint8
	Action            uint8
	Status            uint8
	Mode              uint8
	RollsUp           uint8
	State             uint8
)

// What becomes of money that no tier took.
const (
	LeftoverUnapplied Leftover = iota
	LeftoverCredit             // waterfalls only
	LeftoverRefuse
	LeftoverParent // splits only, their default
)

// What a waterfall does with a payment's directions.
const (
	DirectedAbsent Directed = iota // such a payment is an input error
	DirectedIgnore
	DirectedFirst
	DirectedOnly
)

// What becomes of directions that cannot be followed.
const (
	InvalidRefuse InvalidDirections = iota
	InvalidIgnore
	InvalidTrim
)

// What a tier measures of a balance or an account.
const (
	MeasureOwed Measure = iota
	MeasureDue
	MeasurePastDue
	MeasureTake // weights only: what the tier takes
	MeasureExpr
)

// How one rank shares when there is not enough for all of it.
const (
	InTurn Share = iota
	ProRata
	Equal
)

// Whether a balance, or a bucket, takes all of its take or nothing.
const (
	WholeNot Whole = iota
	WholeBalance
	WholeBucket
)

// How what is taken counts against the amount due.
const (
	CountsDue Counts = iota
	CountsNot
	CountsAhead
)

// What an order key's list names.
const (
	ListNone ListKey = iota
	ListComponent
	ListBucket
	ListState
	ListChild // splits only
)

// Whose fee a split payment pays.
const (
	FeeOnce SplitFee = iota
	FeeEachSame
	FeeEachOwn
)

// How a fee is computed.
const (
	Waive FeeType = iota
	Flat
	PercentageFee
	Lesser
	Greater
	Sum
)

// How a fee is collected.
const (
	OnTop Collect = iota
	FromPayment
	ChargeAfter
	ChargeBefore
)

// How much a guardrail's hit weighs.
const (
	SeverityError Severity = iota
	SeverityWarning
	SeverityNotice
)

// What a guardrail guards.
const (
	ActionLog Action = iota
	ActionProcess
	ActionSettle
	ActionVoid
	ActionFail
	ActionReverse
	ActionReturn
	ActionChargeBack
)

// The statuses of a payment.
const (
	Active Status = iota
	Pending
	Settled
	Failed
	Voided
	Disputed
	Reversed
	Returned
	ChargedBack
)

// Whether a payment is only recorded or moves money.
const (
	Log Mode = iota
	Process
)

// What of a child counts in its parent's totals.
const (
	RollsUpAll RollsUp = iota
	RollsUpPrincipal
	RollsUpNone
)

// What a balance's dues say of it.
const (
	StateNotDue State = iota
	StateDue
	StatePastDue
)

// An ActionSet is a set of actions.
type ActionSet uint16

// Has says whether the set has a.
func (s ActionSet) Has(a Action) bool { return s&(1<<a) != 0 }

// A StatusSet is a set of statuses.
type StatusSet uint16

// Has says whether the set has st.
func (s StatusSet) Has(st Status) bool { return s&(1<<st) != 0 }

// words lists, for each type above, its words in the order of its constants.
// They are also the known words that messages name.
var (
	leftoverWords = []string{"unapplied", "credit", "refuse", "parent"}
	directedWords = []string{"", "ignore", "first", "only"}
	invalidWords  = []string{"refuse", "ignore", "trim"}
	measureWords  = []string{"owed", "due", "past_due", "take", ""}
	shareWords    = []string{"in_turn", "pro_rata", "equal"}
	wholeWords    = []string{"false", "true", "bucket"}
	countsWords   = []string{"due", "not", "ahead"}
	listKeyWords  = []string{"", "component", "bucket", "state", "child"}
	splitFeeWords = []string{"once", "each_same", "each_own"}
	feeTypeWords  = []string{"waive", "flat", "percentage", "lesser", "greater", "sum"}
	collectWords  = []string{"on_top", "from_payment", "charge_after", "charge_before"}
	severityWords = []string{"error", "warning", "notice"}
	actionWords   = []string{"log", "process", "settle", "void", "fail", "reverse", "return", "charge_back"}
	statusWords   = []string{"active", "pending", "settled", "failed", "voided", "disputed", "reversed", "returned", "charged_back"}
	modeWords     = []string{"log", "process"}
	rollsUpWords  = []string{"all", "principal", "none"}
	stateWords    = []string{"not_due", "due", "past_due"}
)

func (v Leftover) String() string          { return leftoverWords[v] }
func (v Directed) String() string          { return directedWords[v] }
func (v InvalidDirections) String() string { return invalidWords[v] }
func (v Measure) String() string           { return measureWords[v] }
func (v Share) String() string             { return shareWords[v] }
func (v Whole) String() string             { return wholeWords[v] }
func (v Counts) String() string            { return countsWords[v] }
func (v ListKey) String() string           { return listKeyWords[v] }
func (v SplitFee) String() string          { return splitFeeWords[v] }
func (v FeeType) String() string           { return feeTypeWords[v] }
func (v Collect) String() string           { return collectWords[v] }
func (v Severity) String() string          { return severityWords[v] }
func (v Action) String() string            { return actionWords[v] }
func (v Status) String() string            { return statusWords[v] }
func (v Mode) String() string              { return modeWords[v] }
func (v RollsUp) String() string           { return rollsUpWords[v] }
func (v State) String() string             { return stateWords[v] }

// StatusWords are the words of a payment's status.
func StatusWords() []string { return statusWords }

// ModeWords are the words of a payment's mode.
func ModeWords() []string { return modeWords }

// RollsUpWords are the words of what a child rolls up.
func RollsUpWords() []string { return rollsUpWords }

// FeeTypeWords are the words of a fee's type.
func FeeTypeWords() []string { return feeTypeWords }

// word finds text among words. Empty words are not written by anybody.
func word(words []string, text string) (int, bool) {
	for i, w := range words {
		if w == text && w != "" {
			return i, true
		}
	}
	return 0, false
}
