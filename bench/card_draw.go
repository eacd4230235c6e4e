package main

import (
	"math/rand/v2"

	"example.com/spillway/engine"
)

// drawCard draws a card and a payment on it, of those that the function by hand
// knows: a regular payment, without directions.
func drawCard(r *rand.Rand) *cardCase {
	c := &cardCase{}
	one := func(in int) bool { return r.IntN(in) == 0 }
	cents := func(most int) engine.Amount { return engine.Amount(r.IntN(most)) }
	c.hand = handCard{
		Account: engine.Account{ID: "card", Program: "consumer_card"},
		state:   []string{"CO", "OK", ""}[r.IntN(3)], agency: one(4), feeInAgreement: one(2), covered: one(3),
		mapr: percent(r.IntN(45_00)), cutoffHour: 17 + int64(r.IntN(5)), mailOnDueDate: one(2),
		opened: day("2023-03-01") + engine.Date(r.IntN(900)), limitAtOpening: cents(1000_00),
		firstYearFees: cents(300_00), feesThisCycle: cents(200_00),
	}
	if one(8) {
		c.hand.cutoffHour = 16
	}
	if one(2) {
		c.hand.nextBusinessDay = day("2024-08-14") + engine.Date(r.IntN(4))
	}
	if !one(3) {
		c.hand.CreditLimit = engine.Some(cents(6000_00))
	}
	if !one(3) {
		c.hand.MinimumDue = engine.Some(cents(200_00))
	}
	for _, bucket := range []string{"purchases", "cash", "furniture", "penalty_fees"} {
		for _, component := range []string{"principal", "interest", "fees", "insurance"} {
			if one(2) || bucket+component == "penalty_feesfees" {
				c.hand.balances = append(c.hand.balances, drawBalance(r, bucket, component))
			}
		}
	}
	c.paid = drawPayment(r)
	c.complete()
	return c
}

func drawBalance(r *rand.Rand, bucket, component string) handBalance {
	one := func(in int) bool { return r.IntN(in) == 0 }
	b := handBalance{disputed: one(10), deferred: one(5)}
	b.Bucket, b.Component, b.Owed = bucket, component, engine.Amount(r.IntN(300_00))
	if one(2) {
		b.Due = engine.Some(engine.Amount(r.IntN(int(b.Owed) + 1)))
	}
	if one(3) {
		b.DueDate = day("2024-08-01") + engine.Date(r.IntN(30))
	}
	if !one(4) {
		b.APR = engine.Some(percent(5_00 * r.IntN(6)))
	}
	if b.deferred {
		b.expires = day("2024-08-01") + engine.Date(r.IntN(90))
		b.lastCycle = b.expires - 29
	}
	return b
}

func drawPayment(r *rand.Rand) handPayment {
	one := func(in int) bool { return r.IntN(in) == 0 }
	p := handPayment{
		Payment: engine.Payment{ID: "p", Amount: 1 + engine.Amount(r.IntN(1500_00)), Date: day("2024-08-15"), Method: "ach",
			IgnoreGuardrails: one(2)},
		channel: []string{"web", "mail", "agent"}[r.IntN(3)], penalty: "none", expedited: one(2), autopay: one(4),
		consumersOwnRequest: one(2), presentedAgain: one(2), processingCost: engine.Amount(r.IntN(12_00)),
		noticeDays: int64(r.IntN(6)), cyclesSinceSame: int64(r.IntN(12)), feesForEvent: int64(r.IntN(2)),
	}
	if one(4) {
		p.Date = day("2009-06-01") + engine.Date(r.IntN(16*365))
	}
	if one(3) {
		p.Mode = engine.Process
	}
	p.Status = []engine.Status{engine.Active, engine.Active, engine.Pending, engine.Settled, engine.Failed}[r.IntN(5)]
	if one(4) {
		words := []string{"late", "returned", "over_limit", "declined_check", "inactivity", "other"}
		p.penalty = words[r.IntN(len(words))]
		p.Fee = engine.Some(engine.FeeTerms{Type: engine.Flat, Flat: engine.Amount(r.IntN(45_00))})
		if p.hasViolation = one(2); p.hasViolation {
			p.violation = engine.Amount(r.IntN(60_00))
		}
	}
	return p
}
