package enginetest

// A Policy is a policy as a structure: every feature of the language can be
// drawn, taken away again by shrinking, and printed as YAML by [Policy.String].
// A field that is "" or nil is left out, and has its default.
//
// Amounts, rates and dates are texts, as a policy writes them.
type Policy struct {
	Name, Version string
	Code          string // of the currency
	Decimals      int    // of the currency
	OwnDecimals   bool   // the currency is written with its decimals
	Override      string
	Facts         []FactDecl
	Counted       []string
	FreesCredit   []string
	PaymentTypes  []PaymentType
	Waterfalls    []Waterfall
	Splits        []Split
	Fees          []Fee
	Guardrails    []Guardrail
}

// A FactDecl declares one of the host's own fields.
type FactDecl struct {
	Of         string // account, balance, payment
	Name       string
	Type       string // bool, string, number, money, rate, date
	Default    string
	HasDefault bool
}

// A PaymentType chooses a waterfall.
type PaymentType struct {
	Name      string
	ID        int // 0: none
	Programs  []string
	Waterfall string   // "": one of Choices
	Choices   []Choice // the first whose When holds
}

// A Choice is one conditional waterfall of a payment type.
type Choice struct {
	When *Expr
	Use  string
}

// A Waterfall is a list of tiers.
type Waterfall struct {
	Name              string
	Leftover          string
	Directed          string
	DirectedAfter     string
	InvalidDirections string
	Undo              []string
	Tiers             []Tier
}

// A Tier is one step of a waterfall or split.
type Tier struct {
	Name     string
	Use      string // of another waterfall, all tiers; nothing else is then set
	When     *Expr
	Where    *Expr
	Take     string // a word
	TakeExpr *Expr  // in place of Take
	Cap      *Expr
	Order    []Key
	Share    string
	By       string // a word
	ByExpr   *Expr  // in place of By
	Whole    string // true, bucket
	Counts   string
}

// A Key is one key of a tier's order: an expression, or a list of words whose
// inner lists are ties.
type Key struct {
	Expr      *Expr
	Direction string // asc, desc
	List      string // component, bucket, state, child
	Words     [][]string
}

// A Split shares a payment among linked accounts.
type Split struct {
	Name        string
	ID          int // 0: none
	Programs    []string
	Among       string
	Fee         string
	Leftover    string
	Tiers       []Tier
	Percentages []Percentage // in place of Tiers
}

// A Percentage is the part of one child.
type Percentage struct{ Child, Percent string }

// A Fee is a fee schedule.
type Fee struct {
	Name             string
	Programs         []string
	Actions          []string // of what happens to a payment later; nil: of paying
	When             *Expr
	Type             string
	Flat, Percentage string
	Minimum, Maximum string
	Round            string
	Terms            string
	Collect          string
	ChargeBucket     string // "": charge_to is left out
	ChargeComponent  string
	Refund           bool
}

// A Guardrail stops a payment, or says something about it.
type Guardrail struct {
	Name         string
	Programs     []string
	Actions      []string
	When         *Expr
	Forbid       *Expr
	Require      *Expr // in place of Forbid
	Severity     string
	Message      []Part
	Cite         string
	Stage        string
	From, Until  string
	CannotIgnore bool // overridable: false
}

// A Part of a message is text or, where Expr is set, an expression.
type Part struct {
	Text string
	Expr *Expr
}
