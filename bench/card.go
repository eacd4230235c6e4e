package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// A cardCase is one payment on a card, as the engine takes it and as the
// function written by hand does.
type cardCase struct {
	account engine.Account
	payment engine.Payment
	hand    handCard
	paid    handPayment
}

// cardPolicy is testdata/policies/card_act.yaml of the repository as it was when
// the function by hand was written: the two must say the same.
func cardPolicy() (*engine.Policy, *rules.Policy, error) {
	read, err := rules.Load(os.DirFS("testdata"), "card_act.yaml")
	if err != nil {
		return nil, nil, err
	}
	return engine.Compile(read), read, nil
}

// day is a date as it is written.
func day(text string) engine.Date {
	d, err := engine.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// percent is a rate of so many hundredths of a percent.
func percent(hundredths int) engine.Rate { return engine.Rate(hundredths) * 1e8 }

// benchmarkCard is the case that is timed: eight balances, a fee for expedited
// service, 22 of the policy's 28 guardrails in force.
func benchmarkCard() *cardCase {
	b := func(bucket, component string, owed, due int, apr int) handBalance {
		balance := engine.Balance{Bucket: bucket, Component: component, Owed: engine.Amount(owed), Due: engine.Some(engine.Amount(due))}
		if apr >= 0 {
			balance.APR = engine.Some(percent(apr))
		}
		return handBalance{Balance: balance}
	}
	c := &cardCase{}
	c.hand = handCard{
		Account: engine.Account{ID: "card-4417", Program: "consumer_card", Kind: "line",
			CreditLimit: engine.Some(engine.Amount(6000_00)), MinimumDue: engine.Some(engine.Amount(85_00))},
		state: "CO", opened: day("2023-03-01"), cutoffHour: 17, mailOnDueDate: true,
		balances: []handBalance{
			b("purchases", "interest", 31_25, 31_25, -1), b("purchases", "principal", 1840_00, 25_00, 1999),
			b("cash_advances", "interest", 6_80, 6_80, -1), b("cash_advances", "principal", 300_00, 13_75, 2749),
			b("balance_transfers", "principal", 1200_00, 0, 499), b("furniture", "principal", 650_00, 0, 2699),
			b("late", "fees", 30_00, 30_00, -1), b("held", "principal", 75_00, 0, 1999),
		},
	}
	c.hand.balances[5].deferred, c.hand.balances[5].expires, c.hand.balances[5].lastCycle = true, day("2025-06-30"), day("2025-06-01")
	c.hand.balances[7].disputed = true
	c.paid = handPayment{
		Payment: engine.Payment{ID: "p-1", Amount: 500_00, Date: day("2024-08-15"), Mode: engine.Process, Method: "ach"},
		channel: "agent", expedited: true, consumersOwnRequest: true, penalty: "none", cyclesSinceSame: 99,
	}
	c.complete()
	return c
}

// complete makes the engine's documents out of those of the function.
func (c *cardCase) complete() {
	h, p := &c.hand, &c.paid
	c.account = h.Account
	c.account.Facts = engine.Facts{
		{Name: "state", Value: engine.TextValue(h.state)}, {Name: "agency", Value: engine.BoolValue(h.agency)},
		{Name: "fee_in_agreement", Value: engine.BoolValue(h.feeInAgreement)}, {Name: "covered_borrower", Value: engine.BoolValue(h.covered)},
		{Name: "mapr", Value: engine.RateValue(h.mapr)}, {Name: "cutoff_hour", Value: engine.NumberValue(fmt.Sprint(h.cutoffHour))},
		{Name: "mail_on_due_date", Value: engine.BoolValue(h.mailOnDueDate)}, {Name: "opened", Value: engine.DateValue(h.opened)},
		{Name: "limit_at_opening", Value: engine.MoneyValue(h.limitAtOpening)},
		{Name: "first_year_fees", Value: engine.MoneyValue(h.firstYearFees)}, {Name: "fees_this_cycle", Value: engine.MoneyValue(h.feesThisCycle)},
	}
	if h.nextBusinessDay != 0 {
		c.account.Facts = append(c.account.Facts, engine.Fact{Name: "next_business_day", Value: engine.DateValue(h.nextBusinessDay)})
	}
	c.account.Balances = nil
	for _, b := range h.balances {
		balance := b.Balance
		if b.deferred {
			balance.Facts = engine.Facts{{Name: "deferred", Value: engine.BoolValue(true)},
				{Name: "expires", Value: engine.DateValue(b.expires)}, {Name: "last_cycle", Value: engine.DateValue(b.lastCycle)}}
		}
		if b.disputed {
			balance.Facts = append(balance.Facts, engine.Fact{Name: "disputed", Value: engine.BoolValue(true)})
		}
		c.account.Balances = append(c.account.Balances, balance)
	}
	p.Facts = engine.Facts{
		{Name: "channel", Value: engine.TextValue(p.channel)}, {Name: "expedited", Value: engine.BoolValue(p.expedited)},
		{Name: "processing_cost", Value: engine.MoneyValue(p.processingCost)}, {Name: "autopay", Value: engine.BoolValue(p.autopay)},
		{Name: "notice_business_days", Value: engine.NumberValue(fmt.Sprint(p.noticeDays))},
		{Name: "consumers_own_request", Value: engine.BoolValue(p.consumersOwnRequest)}, {Name: "penalty", Value: engine.TextValue(p.penalty)},
		{Name: "cycles_since_same", Value: engine.NumberValue(fmt.Sprint(p.cyclesSinceSame))},
		{Name: "fees_for_event", Value: engine.NumberValue(fmt.Sprint(p.feesForEvent))}, {Name: "presented_again", Value: engine.BoolValue(p.presentedAgain)},
	}
	if p.hasViolation {
		p.Facts = append(p.Facts, engine.Fact{Name: "violation_amount", Value: engine.MoneyValue(p.violation)})
	}
	c.payment = p.Payment
}

// cardContest compares ApplyTo and Apply with the function written by hand.
func cardContest() ([]contest, error) {
	policy, read, err := cardPolicy()
	if err != nil {
		return nil, err
	}
	hand := newHandPolicy(read)
	random := rand.New(rand.NewPCG(6, 6))
	applied := 0
	for range 20_000 {
		ok, err := drawCard(random).agrees(policy, hand)
		if err != nil {
			return nil, err
		}
		if ok {
			applied++
		}
	}
	if applied < 5_000 {
		return nil, fmt.Errorf("only %d of the drawn payments were applied", applied)
	}
	c := benchmarkCard()
	if ok, err := c.agrees(policy, hand); !ok || err != nil {
		return nil, fmt.Errorf("the case that is timed is not applied: %w", err)
	}
	var receipt, byHand engine.Receipt
	documents := c.documents()
	applyTo := func(n int) {
		for range n {
			must(policy.ApplyTo(&receipt, &c.account, &c.payment))
		}
	}
	byFunction := func(checked bool) func(int) {
		return func(n int) {
			for range n {
				must(hand.apply(&byHand, &c.hand, &c.paid, checked))
			}
		}
	}
	fromDocuments := func(n int) {
		for range n {
			must(hand.applyDocuments(&byHand, documents))
		}
	}
	apply := func(n int) {
		for range n {
			_, err := policy.Apply(c.account, c.payment)
			must(err)
		}
	}
	return []contest{
		{"`ApplyTo`, `card_act.yaml`, 28 guardrails, a fee, 8 balances", []contender{
			{name: "ApplyTo", run: applyTo},
			{name: "a function by hand, from the same documents", run: fromDocuments, atMost: 3},
			{name: "the function, the documents read into its own structs beforehand", run: byFunction(true), atMost: 3},
			{name: "and without checks of its input", run: byFunction(false)},
		}},
		{"`Apply`, the same", []contender{
			{name: "Apply", run: apply},
			{name: "ApplyTo", run: applyTo, atMost: 2},
		}},
	}, nil
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// agrees says whether the payment is applied, and that both do the same with it.
func (c *cardCase) agrees(policy *engine.Policy, hand *handPolicy) (applied bool, err error) {
	var ours, theirs, read engine.Receipt
	err1 := policy.ApplyTo(&ours, &c.account, &c.payment)
	err2 := hand.apply(&theirs, &c.hand, &c.paid, true)
	err3 := hand.applyDocuments(&read, c.documents())
	var refused1, refused2 *engine.Refusal
	switch {
	case !reflect.DeepEqual(err2, err3):
		return false, fmt.Errorf("by hand, the documents give %v, not %v", err3, err2)
	case err1 == nil && err2 == nil:
		return true, errors.Join(difference(&ours, &theirs), difference(&read, &theirs))
	case errors.As(err1, &refused1) && errors.As(err2, &refused2):
		if !reflect.DeepEqual(refused1, refused2) {
			return false, fmt.Errorf("refused otherwise:\n%+v\n%+v", refused1, refused2)
		}
		return false, nil
	}
	return false, fmt.Errorf("the engine says %v, the function %v", err1, err2)
}

// difference compares the fields of two receipts that anyone can see.
func difference(a, b *engine.Receipt) error {
	x, y := reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()
	for i := range x.NumField() {
		field := x.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		if field.Type.Kind() == reflect.Slice && x.Field(i).Len() == 0 && y.Field(i).Len() == 0 {
			continue
		}
		if !reflect.DeepEqual(x.Field(i).Interface(), y.Field(i).Interface()) {
			return fmt.Errorf("%s differs:\n%+v\n%+v", field.Name, x.Field(i), y.Field(i))
		}
	}
	return nil
}
