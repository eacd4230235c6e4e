package main

import (
	"fmt"
	"math/rand/v2"
	"testing/fstest"

	"example.com/spillway/rules"
)

// A question is what guardrails look at: amounts in cents, rates in hundredths
// of a percent, dates in days. An engine that knows no missing value asks Has.
type question struct {
	Amount, Fee, Owed, Cost, Violation, Limit, FeesThisCycle int64
	Cutoff, Mapr, Cycles, FeesForEvent                       int64
	Date, NextDay                                            int64
	State, Channel, Penalty                                  string
	Expedited, Agency, InAgreement, MailOnDueDate, Covered   bool
	PresentedAgain, HasNextDay, HasViolation, HasLimit       bool
}

// A verdict says which of the guardrails are hit: a bit for each.
type verdict uint32

// A judge answers questions, which it was given beforehand in the form that it
// likes best.
type judge interface {
	judge(i int) verdict
}

// guards are twenty guardrails of card_act.yaml and penalty_fees.yaml: those
// that look at no lists, which few of the engines can, when and test in one.
func guards() []guard {
	all := []guard{
		{ours: `payment.facts.penalty == "none" && fee.amount > 0 && not (payment.facts.channel == "agent" && payment.facts.expedited)`,
			common: `Penalty == "none" && Fee > 0 && !(Channel == "agent" && Expedited)`},
		{ours: `account.facts.state == "OK" && payment.facts.penalty == "none" && fee.amount > min(payment.facts.processing_cost, percent(4, payment.amount))`,
			common: `State == "OK" && Penalty == "none" && Fee * 25 > (Cost * 25 < Amount ? Cost * 25 : Amount)`,
			plain:  `State == "OK" && Penalty == "none" && (Fee > Cost || Fee * 25 > Amount)`},
		{ours: `account.facts.agency && payment.facts.penalty == "none" && fee.amount > 0 && not account.facts.fee_in_agreement`,
			common: `Agency && Penalty == "none" && Fee > 0 && !InAgreement`},
		{ours: `not (account.facts.cutoff_hour >= 17)`, common: `!(Cutoff >= 17)`, plain: `Cutoff < 17`},
		{ours: `payment.facts.penalty == "late" && payment.facts.channel == "mail" && not account.facts.mail_on_due_date && payment.date <= (account.facts.next_business_day ?? payment.date) && fee.amount > 0`,
			common: `Penalty == "late" && Channel == "mail" && !MailOnDueDate && Date <= (HasNextDay ? NextDay : Date) && Fee > 0`,
			plain:  `Penalty == "late" && Channel == "mail" && !MailOnDueDate && (!HasNextDay || Date <= NextDay) && Fee > 0`},
		{ours: `account.facts.covered_borrower && account.facts.mapr > 36`, common: `Covered && Mapr > 3600`},
		{ours: `payment.facts.penalty == "late" && fee.amount > 8`, common: `Penalty == "late" && Fee > 800`},
		{ours: `payment.facts.penalty in ` + penalties + ` && fee.amount > (payment.facts.violation_amount ?? fee.amount)`,
			common: `Penalty in ` + penalties + ` && Fee > (HasViolation ? Violation : Fee)`,
			plain:  plainPenalties + ` && HasViolation && Fee > Violation`},
		{ours: `payment.facts.penalty in ["declined_transaction", "inactivity", "closure"] && not (fee.amount == 0)`,
			common: `Penalty in ["declined_transaction", "inactivity", "closure"] && !(Fee == 0)`,
			plain:  `(Penalty == "declined_transaction" || Penalty == "inactivity" || Penalty == "closure") && Fee != 0`},
		{ours: `payment.facts.penalty == "returned" && payment.facts.presented_again && not (fee.amount == 0)`,
			common: `Penalty == "returned" && PresentedAgain && !(Fee == 0)`, plain: `Penalty == "returned" && PresentedAgain && Fee != 0`},
		{ours: `payment.facts.penalty != "none" && payment.facts.fees_for_event >= 1 && not (fee.amount == 0)`,
			common: `Penalty != "none" && FeesForEvent >= 1 && !(Fee == 0)`, plain: `Penalty != "none" && FeesForEvent >= 1 && Fee != 0`},
		{ours: `payment.facts.penalty == "over_limit" && fee.amount > 0 && account.owed - account.facts.fees_this_cycle <= (account.credit_limit ?? account.owed)`,
			common: `Penalty == "over_limit" && Fee > 0 && Owed - FeesThisCycle <= (HasLimit ? Limit : Owed)`,
			plain:  `Penalty == "over_limit" && Fee > 0 && (HasLimit && Owed - FeesThisCycle <= Limit || !HasLimit && FeesThisCycle >= 0)`},
	}
	for _, harbor := range harbors {
		all = append(all, guard{
			ours:   fmt.Sprintf(`payment.facts.penalty in %s && fee.amount > (payment.facts.cycles_since_same > 6 ? %d : %d)`, penalties, harbor[0], harbor[1]),
			common: fmt.Sprintf(`Penalty in %s && Fee > (Cycles > 6 ? %d : %d)`, penalties, harbor[0]*100, harbor[1]*100),
			plain:  fmt.Sprintf(`%s && (Cycles > 6 && Fee > %d || Cycles <= 6 && Fee > %d)`, plainPenalties, harbor[0]*100, harbor[1]*100),
		})
	}
	return all
}

const (
	penalties      = `["late", "returned", "over_limit", "declined_check"]`
	plainPenalties = `(Penalty == "late" || Penalty == "returned" || Penalty == "over_limit" || Penalty == "declined_check")`
)

// harbors are the safe harbors of the years, for a first fee and for a repeat.
var harbors = [][2]int64{{25, 35}, {26, 37}, {27, 38}, {27, 37}, {27, 38}, {28, 39}, {29, 40}, {30, 41}}

// A guard is one guardrail: as a policy has it, in words that the usual
// expression engines share, and, where it differs, without their ?: and in.
type guard struct{ ours, common, plain string }

// bare is the guard without ?: and in.
func (g guard) bare() string {
	if g.plain == "" {
		return g.common
	}
	return g.plain
}

// drawQuestion draws a payment that seldom hits a guardrail.
func drawQuestion(r *rand.Rand) question {
	one := func(in int) bool { return r.IntN(in) == 0 }
	q := question{
		Amount: 1 + r.Int64N(1000_00), Owed: r.Int64N(7000_00), Cost: r.Int64N(20_00),
		Violation: r.Int64N(60_00), Limit: r.Int64N(6000_00), FeesThisCycle: r.Int64N(100_00), Cutoff: 17 + r.Int64N(4),
		Mapr: r.Int64N(40_00), Cycles: r.Int64N(12), FeesForEvent: r.Int64N(2), Date: 738000 + r.Int64N(100), NextDay: 738000 + r.Int64N(100),
		State: []string{"CO", "OK", "NY"}[r.IntN(3)], Channel: []string{"web", "agent", "mail"}[r.IntN(3)], Penalty: "none",
		Expedited: one(2), Agency: one(5), InAgreement: one(2), MailOnDueDate: one(2), Covered: one(4), PresentedAgain: one(3),
		HasNextDay: one(2), HasViolation: one(2), HasLimit: !one(3),
	}
	if one(3) {
		q.Fee = r.Int64N(12_00)
	}
	if one(10) {
		q.Cutoff = 15
	}
	if one(2) {
		q.Penalty = []string{"late", "returned", "over_limit", "declined_check", "closure"}[r.IntN(5)]
		q.Fee = r.Int64N(45_00)
	}
	return q
}

// asked is how many questions the judges are timed on, one after another: few
// enough for all of them to stay in the processor's first cache.
const asked = 16

// guardsContest compares ways to ask the twenty guardrails.
func guardsContest() ([]contest, error) {
	random := rand.New(rand.NewPCG(7, 7))
	var questions []question
	for range 2000 {
		questions = append(questions, drawQuestion(random))
	}
	hand := byHand(questions)
	contenders := []struct {
		name   string
		make   func([]question) (judge, error)
		atMost float64
		faster float64
	}{
		{name: "spillway", make: newOurs},
		{name: "Go by hand", make: func(q []question) (judge, error) { return byHand(q), nil }, atMost: 3},
		{name: "expr, its own VM, amounts in cents", make: newExpr},
		{name: "cel-go, amounts in cents", make: newCEL, faster: 20},
		{name: "govaluate, in floats", make: newGovaluate},
		{name: "grule, amounts in cents", make: newGrule, faster: 100},
		{name: "OPA, prepared query, amounts in cents", make: newOPA, faster: 500},
		{name: "shopspring/decimal by hand", make: newShopspring},
		{name: "govalues/decimal by hand", make: newGovalues},
	}
	c := contest{what: "20 guardrails"}
	for _, one := range contenders {
		j, err := one.make(questions)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", one.name, err)
		}
		for i := range questions {
			if got, want := j.judge(i), hand.judge(i); got != want {
				return nil, fmt.Errorf("%s says %020b of %+v, not %020b", one.name, got, questions[i], want)
			}
		}
		c.contenders = append(c.contenders, contender{name: one.name, atMost: one.atMost, faster: one.faster, run: func(n int) {
			for i := range n {
				j.judge(i % asked)
			}
		}})
	}
	return []contest{c}, nil
}

// ours are the guardrails in a policy, and a frame for each question.
type ours struct {
	guards *rules.GuardSet
	first  int // the line of the first: each has its own
	frames []rules.Frame
}

const oursHead = `
policy: guards
version: "1"
currency: USD
facts:
  account: {state: {type: string, default: ""}, agency: {type: bool, default: false}, fee_in_agreement: {type: bool, default: false},
    covered_borrower: {type: bool, default: false}, mapr: {type: rate, default: 0}, cutoff_hour: {type: number, default: 17},
    mail_on_due_date: {type: bool, default: true}, next_business_day: date, fees_this_cycle: {type: money, default: 0}}
  payment: {channel: {type: string, default: web}, expedited: {type: bool, default: false}, processing_cost: {type: money, default: 0},
    penalty: {type: string, default: none}, violation_amount: money, cycles_since_same: {type: number, default: 99},
    fees_for_event: {type: number, default: 0}, presented_again: {type: bool, default: false}}
payment_types: [{name: regular, waterfall: all}]
waterfalls: [{name: all, tiers: [{tier: all}]}]
guardrails:
`

func newOurs(questions []question) (judge, error) {
	text := oursHead
	for i, g := range guards() {
		text += fmt.Sprintf("  - {name: g%d, forbid: %q}\n", i, g.ours)
	}
	policy, err := rules.Load(fstest.MapFS{"p.yaml": {Data: []byte(text)}}, "p.yaml")
	if err != nil {
		return nil, err
	}
	o := &ours{frames: make([]rules.Frame, len(questions))}
	var guards []*rules.Guardrail
	for i := range policy.Guardrails {
		guards = append(guards, &policy.Guardrails[i])
	}
	o.guards, o.first = rules.NewGuardSet(guards), guards[0].At.Line
	for i := range questions {
		layOut(&o.frames[i], policy.Layout, &questions[i])
	}
	return o, nil
}

// layOut lays a question out as the engine does.
func layOut(f *rules.Frame, l *rules.Layout, q *question) {
	f.Reset(l, rules.Sizes{Accounts: 1})
	f.AtAccount(f.Account(0))
	f.Words[rules.PaymentAmount], f.Words[rules.PaymentDate] = q.Amount, q.Date
	w := f.Words[f.Account(0).W:]
	w[rules.AccountOwed], w[rules.AccountCreditLimit] = q.Owed, orMissing(q.Limit, q.HasLimit)
	f.Words[f.Fee().W+rules.FeeAmount] = q.Fee
	const rate = 1e8 // units in a hundredth of a percent
	words := map[string]int64{
		"agency": word(q.Agency), "fee_in_agreement": word(q.InAgreement), "covered_borrower": word(q.Covered), "mapr": q.Mapr * rate,
		"cutoff_hour": q.Cutoff, "mail_on_due_date": word(q.MailOnDueDate), "next_business_day": orMissing(q.NextDay, q.HasNextDay),
		"fees_this_cycle": q.FeesThisCycle, "expedited": word(q.Expedited), "processing_cost": q.Cost,
		"violation_amount": orMissing(q.Violation, q.HasViolation), "cycles_since_same": q.Cycles,
		"fees_for_event": q.FeesForEvent, "presented_again": word(q.PresentedAgain),
	}
	texts := map[string]string{"state": q.State, "channel": q.Channel, "penalty": q.Penalty}
	for _, record := range []struct {
		at    rules.Ref
		slots []rules.FactSlot
	}{{f.Payment(), l.Payment.Facts}, {f.Account(0), l.Account.Facts}} {
		for _, slot := range record.slots {
			f.Words[record.at.W+slot.Word] = words[slot.Name]
			switch slot.Type {
			case rules.FactString:
				slot.Set(f, record.at, rules.FactValue{Text: texts[slot.Name]})
			case rules.FactNumber:
				v, err := rules.ParseFact(slot.Type, rules.Number, fmt.Sprint(words[slot.Name]), l.Currency)
				must(err)
				slot.Set(f, record.at, v)
			}
		}
	}
}

func orMissing(v int64, there bool) int64 {
	if there {
		return v
	}
	return rules.Missing
}

func word(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// today is the day on which the guardrails are asked: all are in force.
const today rules.Date = 738000

func (o *ours) judge(i int) (v verdict) {
	f := &o.frames[i]
	round := o.guards.Ask(rules.ActionLog, today, "")
	for g := round.Next(f); g != nil; g = round.Next(f) {
		v |= 1 << (g.At.Line - o.first)
	}
	return v
}
