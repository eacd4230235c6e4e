package main

import (
	govalues "github.com/govalues/decimal"
	"github.com/shopspring/decimal"
)

// byHand is the guardrails as Go functions on integers.
type byHand []question

func (b byHand) judge(i int) (v verdict) {
	q := &b[i]
	set := func(n int, hit bool) {
		if hit {
			v |= 1 << n
		}
	}
	set(0, q.Penalty == "none" && q.Fee > 0 && !(q.Channel == "agent" && q.Expedited))
	set(1, q.State == "OK" && q.Penalty == "none" && q.Fee*25 > min(q.Cost*25, q.Amount))
	set(2, q.Agency && q.Penalty == "none" && q.Fee > 0 && !q.InAgreement)
	set(3, q.Cutoff < 17)
	set(4, q.Penalty == "late" && q.Channel == "mail" && !q.MailOnDueDate && (!q.HasNextDay || q.Date <= q.NextDay) && q.Fee > 0)
	set(5, q.Covered && q.Mapr > 36_00)
	set(6, q.Penalty == "late" && q.Fee > 8_00)
	set(7, q.bounded() && q.HasViolation && q.Fee > q.Violation)
	set(8, (q.Penalty == "declined_transaction" || q.Penalty == "inactivity" || q.Penalty == "closure") && q.Fee != 0)
	set(9, q.Penalty == "returned" && q.PresentedAgain && q.Fee != 0)
	set(10, q.Penalty != "none" && q.FeesForEvent >= 1 && q.Fee != 0)
	set(11, q.Penalty == "over_limit" && q.Fee > 0 && q.Owed-q.FeesThisCycle <= q.limit())
	for n, harbor := range harbors {
		limit := harbor[1]
		if q.Cycles > 6 {
			limit = harbor[0]
		}
		set(12+n, q.bounded() && q.Fee > limit*100)
	}
	return v
}

// bounded says whether the penalty is one whose fee has a safe harbor.
func (q *question) bounded() bool {
	return q.Penalty == "late" || q.Penalty == "returned" || q.Penalty == "over_limit" || q.Penalty == "declined_check"
}

func (q *question) limit() int64 {
	if q.HasLimit {
		return q.Limit
	}
	return q.Owed
}

// A decimals is the amounts of a question in decimals of type D.
type decimals[D any] struct {
	question
	amount, fee, owed, cost, violation, limit, feesThisCycle, mapr D
}

func decimalsOf[D any](questions []question, of func(hundredths int64) D) []decimals[D] {
	all := make([]decimals[D], len(questions))
	for i, q := range questions {
		all[i] = decimals[D]{q, of(q.Amount), of(q.Fee), of(q.Owed), of(q.Cost), of(q.Violation), of(q.limit()), of(q.FeesThisCycle), of(q.Mapr)}
	}
	return all
}

// shopspring is the guardrails by hand on shopspring's decimals.
type shopspring struct {
	questions []decimals[decimal.Decimal]
	limits    [][2]decimal.Decimal
	four      decimal.Decimal
	eight     decimal.Decimal
	most      decimal.Decimal
}

func newShopspring(questions []question) (judge, error) {
	s := &shopspring{four: decimal.New(4, -2), eight: decimal.NewFromInt(8), most: decimal.NewFromInt(36)}
	s.questions = decimalsOf(questions, func(h int64) decimal.Decimal { return decimal.New(h, -2) })
	for _, h := range harbors {
		s.limits = append(s.limits, [2]decimal.Decimal{decimal.NewFromInt(h[0]), decimal.NewFromInt(h[1])})
	}
	return s, nil
}

func (s *shopspring) judge(i int) (v verdict) {
	q := &s.questions[i]
	set := func(n int, hit bool) {
		if hit {
			v |= 1 << n
		}
	}
	set(0, q.Penalty == "none" && q.fee.IsPositive() && !(q.Channel == "agent" && q.Expedited))
	set(1, q.State == "OK" && q.Penalty == "none" && q.fee.GreaterThan(decimal.Min(q.cost, q.amount.Mul(s.four))))
	set(2, q.Agency && q.Penalty == "none" && q.fee.IsPositive() && !q.InAgreement)
	set(3, q.Cutoff < 17)
	set(4, q.Penalty == "late" && q.Channel == "mail" && !q.MailOnDueDate && (!q.HasNextDay || q.Date <= q.NextDay) && q.fee.IsPositive())
	set(5, q.Covered && q.mapr.GreaterThan(s.most))
	set(6, q.Penalty == "late" && q.fee.GreaterThan(s.eight))
	set(7, q.bounded() && q.HasViolation && q.fee.GreaterThan(q.violation))
	set(8, (q.Penalty == "declined_transaction" || q.Penalty == "inactivity" || q.Penalty == "closure") && !q.fee.IsZero())
	set(9, q.Penalty == "returned" && q.PresentedAgain && !q.fee.IsZero())
	set(10, q.Penalty != "none" && q.FeesForEvent >= 1 && !q.fee.IsZero())
	set(11, q.Penalty == "over_limit" && q.fee.IsPositive() && q.owed.Sub(q.feesThisCycle).LessThanOrEqual(q.limit))
	for n, limits := range s.limits {
		limit := limits[1]
		if q.Cycles > 6 {
			limit = limits[0]
		}
		set(12+n, q.bounded() && q.fee.GreaterThan(limit))
	}
	return v
}

// ofGovalues is the guardrails by hand on govalues' decimals.
type ofGovalues struct {
	questions []decimals[govalues.Decimal]
	limits    [][2]govalues.Decimal
	four      govalues.Decimal
	eight     govalues.Decimal
	most      govalues.Decimal
}

func newGovalues(questions []question) (judge, error) {
	of := func(hundredths int64) govalues.Decimal { return govalues.MustNew(hundredths, 2) }
	g := &ofGovalues{questions: decimalsOf(questions, of), four: of(4), eight: of(8_00), most: of(36_00)}
	for _, h := range harbors {
		g.limits = append(g.limits, [2]govalues.Decimal{of(h[0] * 100), of(h[1] * 100)})
	}
	return g, nil
}

func (g *ofGovalues) judge(i int) (v verdict) {
	q := &g.questions[i]
	set := func(n int, hit bool) {
		if hit {
			v |= 1 << n
		}
	}
	set(0, q.Penalty == "none" && q.fee.IsPos() && !(q.Channel == "agent" && q.Expedited))
	if q.State == "OK" && q.Penalty == "none" {
		share, err := q.amount.Mul(g.four)
		must(err)
		set(1, q.fee.Cmp(q.cost.Min(share)) > 0)
	}
	set(2, q.Agency && q.Penalty == "none" && q.fee.IsPos() && !q.InAgreement)
	set(3, q.Cutoff < 17)
	set(4, q.Penalty == "late" && q.Channel == "mail" && !q.MailOnDueDate && (!q.HasNextDay || q.Date <= q.NextDay) && q.fee.IsPos())
	set(5, q.Covered && q.mapr.Cmp(g.most) > 0)
	set(6, q.Penalty == "late" && q.fee.Cmp(g.eight) > 0)
	set(7, q.bounded() && q.HasViolation && q.fee.Cmp(q.violation) > 0)
	set(8, (q.Penalty == "declined_transaction" || q.Penalty == "inactivity" || q.Penalty == "closure") && !q.fee.IsZero())
	set(9, q.Penalty == "returned" && q.PresentedAgain && !q.fee.IsZero())
	set(10, q.Penalty != "none" && q.FeesForEvent >= 1 && !q.fee.IsZero())
	if q.Penalty == "over_limit" && q.fee.IsPos() {
		net, err := q.owed.Sub(q.feesThisCycle)
		must(err)
		set(11, net.Cmp(q.limit) <= 0)
	}
	for n, limits := range g.limits {
		limit := limits[1]
		if q.Cycles > 6 {
			limit = limits[0]
		}
		set(12+n, q.bounded() && q.fee.Cmp(limit) > 0)
	}
	return v
}
