package rules

import "example.com/spillway/money"

// A Policy is a policy that was read and found without mistakes: every name
// resolved, every expression compiled. It is what [engine.Compile] runs.
type Policy struct {
	Name, Version string
	Digest        string // "sha256:..." over the values of all its files, see digest.go
	Currency      money.Currency
	OverrideAll   bool // what ignore_guardrails bypasses: all, or warnings only
	Counted       StatusSet
	FreesCredit   StatusSet
	Layout        *Layout // of the frames its expressions run on, declared facts included
	PaymentTypes  []PaymentType
	Waterfalls    []Waterfall
	Orderings     int // how many orders are shared: see [Tier]
	Splits        []Split
	Fees          []Fee
	Guardrails    []Guardrail
	Invariants    []Invariant
	Lints         []*Error // what is no mistake but looks like one, sorted
}

// An Entry is what all named entries of a policy have.
type Entry struct {
	Name     string
	At       Pos      // of the entry
	Programs []string // none: all programs
	named    Pos      // of its name
}

// Serves says whether the entry is for accounts of program.
func (e *Entry) Serves(program string) bool {
	for _, p := range e.Programs {
		if p == program {
			return true
		}
	}
	return len(e.Programs) == 0
}

// A PaymentType chooses a waterfall. The first choice whose When holds is taken.
type PaymentType struct {
	Entry
	ID      int64
	HasID   bool
	Choices []Choice
}

// A Choice is one conditional waterfall of a payment type.
type Choice struct {
	When      *Expr // nil: always
	Waterfall int   // index into Policy.Waterfalls
	At        Pos
}

// A Waterfall is a list of tiers, those of the waterfalls it uses in place.
type Waterfall struct {
	Entry
	Leftover          Leftover // LeftoverUnapplied, LeftoverCredit or LeftoverRefuse
	Directed          Directed
	DirectedAfter     int // index into Tiers, -1: before the first
	InvalidDirections InvalidDirections
	Undo              []string // components, in the order in which a partial reversal takes them back
	Tiers             []Tier
}

// A Tier is one step of a waterfall or split. Expressions that are nil have
// their default: When and Where hold, Cap is no cap.
type Tier struct {
	Name     string // "" when the policy gives none
	At       Pos
	named    Pos // of its name
	When     *Expr
	Where    *Expr
	Take     Measure // MeasureOwed, MeasureDue, MeasurePastDue, MeasureExpr
	TakeExpr *Expr
	Cap      *Expr
	Order    []OrderKey
	Share    Share
	By       Measure // MeasureTake, MeasureDue, MeasureOwed, MeasureExpr
	ByExpr   *Expr
	Whole    Whole
	Counts   Counts
	Sure     bool // what it asks of a balance behind Where cannot fail
	Ordering int  // tiers of one number take in turn, in the same order; 0: no other does like this one
}

// An OrderKey is one key of a tier's order.
type OrderKey struct {
	At        Pos
	Expr      *Expr // nil when List is set
	Desc      bool
	List      ListKey
	Positions map[string]int // of a list key: the position of each of its words, ties sharing one
	words     []string       // those of a short list, with positions in step: comparing them takes less than hashing
	positions []int
}

// A Split shares a payment among linked accounts, by tiers or by percentages.
type Split struct {
	Entry
	ID          int64
	HasID       bool
	Family      bool // among: family
	Fee         SplitFee
	Leftover    Leftover // LeftoverParent, LeftoverUnapplied or LeftoverRefuse
	Tiers       []Tier
	Percentages []Percentage // in the order of the policy; none when it has tiers
}

// A Percentage is the part of one child.
type Percentage struct {
	Child   string
	Percent money.Rate
}

// A Fee is one fee schedule.
type Fee struct {
	Entry
	Actions         ActionSet
	When            *Expr
	Type            FeeType
	Flat            money.Amount
	Percentage      money.Rate
	Minimum         money.Amount
	Maximum         money.Amount
	HasMinimum      bool
	HasMaximum      bool
	Round           money.Rounding
	PaymentTerms    bool // terms: payment
	Collect         Collect
	ChargeBucket    string
	ChargeComponent string
	Refund          bool
}

// A Guardrail is one compliance rule.
type Guardrail struct {
	Entry
	Actions     ActionSet
	When        *Expr
	Test        *Expr // of forbid or require
	Require     bool  // Test must hold; else it must not
	TestAt      Pos
	Severity    Severity
	Message     Message
	Cite        string
	Result      bool // stage: result
	From, Until Date // in force from the day From on, no longer on Until; zero: no bound
	Overridable bool
}

// A Message is text with expressions in it: Texts[0], Exprs[0], Texts[1], ...
// It has one text more than expressions.
type Message struct {
	Texts []string
	Exprs []*Expr
}
