package enginetest

import (
	"fmt"
	"slices"
	"strings"

	"example.com/spillway/engine"
)

// DrawPolicy draws a policy that loads.
func DrawPolicy(src Source) *Policy {
	d := drawPolicy{src: src, policy: &Policy{Name: "drawn", Version: pick(src, "", "1")}}
	d.currency()
	if oneIn(src, 6) {
		return d.plain()
	}
	d.policy.Override = pick(src, "", "all", "warnings")
	d.facts()
	d.statuses()
	for i := range 1 + src.Intn(3) {
		d.policy.Waterfalls = append(d.policy.Waterfalls, d.waterfall([]string{"first", "second", "third"}[i]))
	}
	for i := range 1 + src.Intn(3) {
		d.policy.PaymentTypes = append(d.policy.PaymentTypes, d.paymentType(i))
	}
	for i := range src.Intn(3) {
		d.policy.Splits = append(d.policy.Splits, d.split(i))
	}
	for i := range src.Intn(3) {
		d.policy.Fees = append(d.policy.Fees, d.fee(fmt.Sprint("fee", i)))
	}
	for i := range src.Intn(4) {
		d.policy.Guardrails = append(d.policy.Guardrails, d.guardrail(fmt.Sprint("guard", i)))
	}
	return d.policy
}

// plain draws a policy of one tier without conditions: what it may take is then
// plain to see, and most payments come to it.
func (d *drawPolicy) plain() *Policy {
	t := Tier{Name: "t0", Take: pick(d.src, "", "due", "past_due", "owed", "")}
	if oneIn(d.src, 3) {
		t.Cap = literal(Money, d.amount(pick(d.src, 1, 5, 33_33, 100_00)))
	}
	for range pick(d.src, 0, 1, 1, 2) {
		t.Order = append(t.Order, d.plainKey())
	}
	t.Share = pick(d.src, "", "in_turn", "pro_rata", "pro_rata", "equal")
	switch t.Share {
	case "pro_rata":
		t.By = pick(d.src, "", "take", "due", "owed")
	case "", "in_turn":
		t.Whole = pick(d.src, "", "", "true", "bucket")
	}
	t.Counts = pick(d.src, "", "", "not", "ahead", "due")
	p := d.policy
	p.Waterfalls = []Waterfall{{Name: "first", Leftover: pick(d.src, "", "", "credit"), Tiers: []Tier{t}}}
	p.PaymentTypes = []PaymentType{{Name: "regular", Waterfall: "first"}}
	return p
}

func (d *drawPolicy) plainKey() Key {
	if list := pick(d.src, "", "component", "bucket"); list != "" {
		return d.words(list, wordsOf[list])
	}
	return Key{Expr: field(name{path: "balance.apr", kind: Rate}), Direction: pick(d.src, "", "asc", "desc")}
}

type drawPolicy struct {
	src    Source
	policy *Policy
	tiers  int // so far, for their names
}

// expr is an expression that may read what the scope has.
func (d *drawPolicy) expr(kind Kind, s scope) *Expr {
	return drawExpr{d.src, d.policy, s}.value(kind, 2)
}

// maybe is such an expression, or none.
func (d *drawPolicy) maybe(kind Kind, s scope) *Expr {
	if d.src.Intn(3) < 2 {
		return nil
	}
	return d.expr(kind, s)
}

func (d *drawPolicy) currency() {
	p := d.policy
	switch d.src.Intn(6) {
	case 3:
		p.Code, p.Decimals = "JPY", 0
	case 4:
		p.Code, p.Decimals = "BHD", 3
	case 5:
		p.Code, p.Decimals, p.OwnDecimals = "USD", 4, true
	default:
		p.Code, p.Decimals = "USD", 2
	}
}

// facts declares some of a few facts of each type.
func (d *drawPolicy) facts() {
	for _, f := range []FactDecl{
		{"account", "state", "string", "", true}, {"account", "score", "number", "0", true},
		{"account", "opened", "date", "", false}, {"balance", "disputed", "bool", "false", true},
		{"balance", "weight", "number", "1", true}, {"balance", "expires", "date", "", false},
		{"balance", "tag", "string", "", false}, {"payment", "channel", "string", "web", true},
		{"payment", "cost", "money", "0", true}, {"payment", "partner", "rate", "", false},
		{"balance", "limit", "money", "", false},
	} {
		if d.src.Intn(3) == 2 {
			d.policy.Facts = append(d.policy.Facts, f)
		}
	}
}

func (d *drawPolicy) statuses() {
	if oneIn(d.src, 4) {
		d.policy.Counted = pick(d.src, []string{"active", "settled"}, []string{"active", "pending", "settled", "reversed"})
	}
	if d.src.Intn(3) == 2 {
		d.policy.FreesCredit = pick(d.src, []string{"active", "settled"}, []string{"settled"})
	}
}

func (d *drawPolicy) programs() []string {
	switch d.src.Intn(6) {
	case 4:
		return []string{"card"}
	case 5:
		return []string{"card", "loan"}
	}
	return nil
}

func (d *drawPolicy) paymentType(i int) PaymentType {
	t := PaymentType{Name: []string{"regular", "other", "third"}[i]}
	if i > 0 {
		t.Programs = d.programs()
	}
	if d.src.Intn(2) == 1 {
		t.ID = i + 1
	}
	names := make([]string, len(d.policy.Waterfalls))
	for i := range names {
		names[i] = d.policy.Waterfalls[i].Name
	}
	if !oneIn(d.src, 3) {
		t.Waterfall = pick(d.src, names...)
		return t
	}
	for range 1 + d.src.Intn(2) {
		t.Choices = append(t.Choices, Choice{d.expr(Bool, applying), pick(d.src, names...)})
	}
	if d.src.Intn(8) != 7 { // else none may hold
		t.Choices = append(t.Choices, Choice{nil, pick(d.src, names...)})
	}
	return t
}

func (d *drawPolicy) waterfall(name string) Waterfall {
	w := Waterfall{Name: name, Leftover: pick(d.src, "", "unapplied", "credit", "refuse", "credit")}
	for range 1 + d.src.Intn(3) {
		w.Tiers = append(w.Tiers, d.tier(applying|inTier|ofBalance))
	}
	if before := len(d.policy.Waterfalls); before > 0 && oneIn(d.src, 3) {
		used := Tier{Use: d.policy.Waterfalls[d.src.Intn(before)].Name}
		w.Tiers = slices.Insert(w.Tiers, d.src.Intn(len(w.Tiers)+1), used)
	}
	w.Directed = pick(d.src, "first", "ignore", "", "first", "only", "only", "first")
	if w.Directed == "first" && d.src.Intn(2) == 1 {
		if t := pick(d.src, w.Tiers...); t.Use == "" {
			w.DirectedAfter = t.Name
		}
	}
	if oneIn(d.src, 3) {
		w.Undo = pick(d.src, []string{"principal", "interest", "fees"}, []string{"interest"}, []string{"escrow", "principal"})
	}
	if w.Directed == "first" || w.Directed == "only" {
		w.InvalidDirections = pick(d.src, "", "refuse", "ignore", "trim", "trim")
	}
	return w
}

// tier draws a tier of a waterfall or, where a child can be seen, of a split.
func (d *drawPolicy) tier(s scope) Tier {
	of := s.has(ofBalance)
	t := Tier{Name: fmt.Sprint("t", d.tiers)}
	d.tiers++
	outer := s &^ (ofBalance | ofChild)
	takes := 5 // ways to say what it takes
	if !oneIn(d.src, 3) {
		t.When = d.maybe(Bool, outer)
		t.Where = d.maybe(Bool, s)
		t.Cap = d.maybe(Money, outer)
		takes = 6
	}
	switch d.src.Intn(takes) {
	case 2:
		t.Take = "due"
	case 3:
		t.Take = "past_due"
	case 4:
		t.Take = "owed"
	case 5:
		t.TakeExpr = d.expr(Money, s)
	}
	for range d.src.Intn(3) {
		t.Order = append(t.Order, d.key(s))
	}
	d.share(&t, s)
	if t.Share == "" || t.Share == "in_turn" {
		t.Whole = pick(d.src, "", "", "", "true", "bucket")
	}
	if of {
		t.Counts = pick(d.src, "", "", "not", "ahead", "due")
	} else if t.Whole == "bucket" {
		t.Whole = ""
	}
	return t
}

func (d *drawPolicy) share(t *Tier, s scope) {
	t.Share = pick(d.src, "", "in_turn", "pro_rata", "pro_rata", "equal")
	if t.Share != "pro_rata" {
		return
	}
	t.By = pick(d.src, "", "take", "due", "owed", "expression")
	if t.By == "expression" {
		t.By, t.ByExpr = "", d.expr(pick(d.src, Money, Number), s)
	}
}

func (d *drawPolicy) key(s scope) Key {
	if d.src.Intn(2) == 1 {
		if s.has(ofChild) {
			return d.words("child", []string{"a", "b", "c", "a1", "root"})
		}
		list := pick(d.src, "component", "bucket", "state")
		return d.words(list, wordsOf[list])
	}
	who := "balance."
	if s.has(ofChild) {
		who = "child."
	}
	kind, path := Rate, who+"apr"
	if d.src.Intn(3) == 2 && s.has(ofBalance) {
		kind, path = Date, who+"due_date"
	}
	key := Key{Expr: field(name{path: path, kind: kind}), Direction: pick(d.src, "", "asc", "desc")}
	if d.src.Intn(2) == 1 {
		key.Expr = d.expr(pick(d.src, Money, Number, Days, Date, Text, Bool), s)
	}
	return key
}

// words draws an order of some of a list's words, some of them tied.
func (d *drawPolicy) words(list string, all []string) Key {
	k := Key{List: list}
	left := slices.Clone(all)
	for range 1 + d.src.Intn(len(all)) {
		i := d.src.Intn(len(left))
		word := left[i]
		left = slices.Delete(left, i, i+1)
		if last := len(k.Words) - 1; last >= 0 && d.src.Intn(3) == 2 {
			k.Words[last] = append(k.Words[last], word)
			continue
		}
		k.Words = append(k.Words, []string{word})
	}
	return k
}

func (d *drawPolicy) split(i int) Split {
	s := Split{
		Name: []string{"dues", "rest"}[i], Programs: d.programs(),
		Leftover: pick(d.src, "", "parent", "unapplied", "refuse"), Fee: pick(d.src, "", "once", "each_same", "each_own"),
	}
	if d.src.Intn(2) == 1 {
		s.ID = i + 7
	}
	if oneIn(d.src, 4) {
		s.Percentages = pick(d.src, []Percentage{{"a", "75"}, {"b", "25"}}, []Percentage{{"b", "33.3333"}, {"a", "66.6667"}}, []Percentage{{"a", "100"}})
		return s
	}
	s.Among = pick(d.src, "", "children", "family")
	for range 1 + d.src.Intn(3) {
		s.Tiers = append(s.Tiers, d.tier(applying|inTier|ofChild))
	}
	return s
}

func (d *drawPolicy) fee(name string) Fee {
	f := Fee{
		Name: name, Programs: d.programs(), When: d.maybe(Bool, sees), Type: pick(d.src, "waive", "flat", "percentage", "lesser", "greater", "sum"),
		Round:   pick(d.src, "", "half_up", "half_even", "down", "up"),
		Collect: pick(d.src, "", "on_top", "from_payment", "charge_after", "charge_before"),
		Terms:   pick(d.src, "", "policy", "payment"),
	}
	if f.Type != "waive" && f.Type != "percentage" {
		f.Flat = d.amount(d.src.Intn(3) * 1000)
	}
	if f.Type != "waive" && f.Type != "flat" {
		f.Percentage = pick(d.src, "5", "2.5", "0.333", "100", "0")
	}
	if f.Terms == "payment" && d.src.Intn(3) == 2 {
		f.Type, f.Flat, f.Percentage = "", "", ""
	}
	if d.src.Intn(3) == 2 {
		f.Minimum = d.amount(d.src.Intn(500))
	}
	if d.src.Intn(3) == 2 {
		f.Maximum = d.amount(500 + d.src.Intn(5000))
	}
	if strings.HasPrefix(f.Collect, "charge") {
		f.Refund = d.src.Intn(2) == 1
		if d.src.Intn(2) == 1 {
			f.ChargeBucket, f.ChargeComponent = pick(d.src, "main", "penalty"), pick(d.src, "fees", "principal")
		}
	}
	return f
}

// amount writes minor units as a policy does.
func (d *drawPolicy) amount(minor int) string {
	return formatMinor(engine.Amount(minor), d.policy.Decimals)
}

func (d *drawPolicy) guardrail(name string) Guardrail {
	g := Guardrail{
		Name: name, Programs: d.programs(), Severity: pick(d.src, "notice", "", "error", "warning"),
		Stage: pick(d.src, "", "request", "result"), CannotIgnore: d.src.Intn(3) == 2,
		Cite: pick(d.src, "", "12 CFR 1026"),
	}
	s := ofFee
	if g.Stage == "result" {
		s |= ofResult
	}
	switch d.src.Intn(4) {
	case 2:
		g.Actions = []string{"process"}
	case 3:
		g.Actions = []string{"log", "settle"}
	}
	g.When = d.maybe(Bool, s)
	if d.src.Intn(2) == 0 {
		g.Forbid = d.expr(Bool, s)
	} else {
		g.Require = d.expr(Bool, s)
	}
	g.Message = []Part{{Text: name + " says "}}
	if d.src.Intn(2) == 1 {
		g.Message[0].Expr = d.expr(pick(d.src, Money, Number, Date, Text, Bool, Days, Rate), s)
		g.Message = append(g.Message, Part{Text: "."})
	}
	if d.src.Intn(4) == 3 {
		g.From = drawDay(d.src).String()
	}
	if until := drawDay(d.src).String(); d.src.Intn(4) == 3 && g.From < until {
		g.Until = until
	}
	return g
}
