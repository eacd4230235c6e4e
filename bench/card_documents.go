package main

import (
	"errors"

	"example.com/spillway/engine"
	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// A document is an account or a payment as Spillway is given it: what is the
// host's own comes as a list of named values, not as fields of a struct.
type document struct{ facts []namedValue }

// A namedValue is a fact: its text, or its number, amount, rate, date or flag.
type namedValue struct {
	name, text string
	num        int64
	kind       kind
}

// A kind is what a value is. A fact must be of the one that it is declared as.
type kind uint8

const (
	isText kind = iota
	isFlag
	isNumber
	isAmount
	isRate
	isDate
)

// sound says whether a value can be.
func (v *namedValue) sound() bool {
	switch v.kind {
	case isAmount:
		return -money.Max <= engine.Amount(v.num) && engine.Amount(v.num) <= money.Max
	case isRate:
		return -money.MaxRate <= engine.Rate(v.num) && engine.Rate(v.num) <= money.MaxRate
	case isDate:
		return 0 < v.num && v.num <= int64(rules.MaxDate)
	}
	return true
}

// The kinds of the facts, by the numbers of their fields.
var (
	cardKinds    = []kind{isText, isFlag, isFlag, isFlag, isRate, isNumber, isFlag, isDate, isDate, isAmount, isAmount, isAmount}
	paymentKinds = []kind{isText, isFlag, isAmount, isFlag, isNumber, isFlag, isText, isAmount, isNumber, isNumber, isFlag}
	balanceKinds = []kind{isFlag, isDate, isDate, isFlag, isFlag}
)

// A cardDocuments is a card and a payment on it as documents.
type cardDocuments struct {
	card     handCard    // without its facts, and those of its balances
	paid     handPayment // likewise
	account  document
	payment  document
	balances []document
}

// documents are those that say what the case does.
func (c *cardCase) documents() *cardDocuments {
	h, p := &c.hand, &c.paid
	d := &cardDocuments{card: handCard{Account: h.Account}, paid: handPayment{Payment: p.Payment}}
	d.account.facts = []namedValue{{name: "state", text: h.state}, flagged("agency", h.agency), flagged("fee_in_agreement", h.feeInAgreement),
		flagged("covered_borrower", h.covered), {name: "mapr", num: int64(h.mapr), kind: isRate}, {name: "cutoff_hour", num: h.cutoffHour, kind: isNumber},
		flagged("mail_on_due_date", h.mailOnDueDate), {name: "opened", num: int64(h.opened), kind: isDate},
		{name: "limit_at_opening", num: int64(h.limitAtOpening), kind: isAmount}, {name: "first_year_fees", num: int64(h.firstYearFees), kind: isAmount},
		{name: "fees_this_cycle", num: int64(h.feesThisCycle), kind: isAmount}}
	if h.nextBusinessDay != 0 {
		d.account.facts = append(d.account.facts, namedValue{name: "next_business_day", num: int64(h.nextBusinessDay), kind: isDate})
	}
	d.payment.facts = []namedValue{{name: "channel", text: p.channel}, flagged("expedited", p.expedited),
		{name: "processing_cost", num: int64(p.processingCost), kind: isAmount}, flagged("autopay", p.autopay),
		{name: "notice_business_days", num: p.noticeDays, kind: isNumber}, flagged("consumers_own_request", p.consumersOwnRequest),
		{name: "penalty", text: p.penalty}, {name: "cycles_since_same", num: p.cyclesSinceSame, kind: isNumber},
		{name: "fees_for_event", num: p.feesForEvent, kind: isNumber}, flagged("presented_again", p.presentedAgain)}
	if p.hasViolation {
		d.payment.facts = append(d.payment.facts, namedValue{name: "violation_amount", num: int64(p.violation), kind: isAmount})
	}
	for i := range h.balances {
		b := &h.balances[i]
		d.card.balances = append(d.card.balances, handBalance{Balance: b.Balance})
		var of document
		if b.deferred {
			of.facts = append(of.facts, flagged("deferred", true), namedValue{name: "expires", num: int64(b.expires), kind: isDate},
				namedValue{name: "last_cycle", num: int64(b.lastCycle), kind: isDate})
		}
		if b.disputed {
			of.facts = append(of.facts, flagged("disputed", true))
		}
		d.balances = append(d.balances, of)
	}
	return d
}

func flagged(name string, is bool) namedValue {
	return namedValue{name: name, num: word(is), kind: isFlag}
}

// applyDocuments is the whole decision, from documents.
func (h *handPolicy) applyDocuments(out *engine.Receipt, d *cardDocuments) error {
	c, p := &d.card, &d.paid
	c.cutoffHour, c.mailOnDueDate, c.nextBusinessDay, c.opened = 17, true, 0, 0
	p.consumersOwnRequest, p.cyclesSinceSame, p.hasViolation = true, 99, false
	err := d.account.read(c.fact, cardKinds)
	if err == nil {
		err = d.payment.read(p.fact, paymentKinds)
	}
	for i := range d.balances {
		b := &c.balances[i]
		b.deferred, b.disputed, b.secured, b.expires, b.lastCycle = false, false, false, 0, 0
		if err == nil {
			err = d.balances[i].read(b.fact, balanceKinds)
		}
	}
	if err != nil {
		return err
	}
	return h.apply(out, c, p, true)
}

// read hands each fact to the field that it is for; set gives the number of the
// field, below 0 when there is none for it.
func (d *document) read(set func(*namedValue) int, kinds []kind) error {
	seen := uint64(0)
	for i := range d.facts {
		field := set(&d.facts[i])
		if field < 0 {
			continue
		}
		if f := &d.facts[i]; f.kind != kinds[field] || !f.sound() {
			return errors.New(f.name + ": is no such value")
		}
		if seen&(1<<field) != 0 {
			return errors.New(d.facts[i].name + ": given twice")
		}
		seen |= 1 << field
	}
	return nil
}

func (c *handCard) fact(f *namedValue) int {
	switch f.name {
	case "state":
		c.state = f.text
		return 0
	case "agency":
		c.agency = f.num != 0
		return 1
	case "fee_in_agreement":
		c.feeInAgreement = f.num != 0
		return 2
	case "covered_borrower":
		c.covered = f.num != 0
		return 3
	case "mapr":
		c.mapr = engine.Rate(f.num)
		return 4
	case "cutoff_hour":
		c.cutoffHour = f.num
		return 5
	case "mail_on_due_date":
		c.mailOnDueDate = f.num != 0
		return 6
	case "next_business_day":
		c.nextBusinessDay = engine.Date(f.num)
		return 7
	case "opened":
		c.opened = engine.Date(f.num)
		return 8
	case "limit_at_opening":
		c.limitAtOpening = engine.Amount(f.num)
		return 9
	case "first_year_fees":
		c.firstYearFees = engine.Amount(f.num)
		return 10
	case "fees_this_cycle":
		c.feesThisCycle = engine.Amount(f.num)
		return 11
	}
	return -1
}

func (p *handPayment) fact(f *namedValue) int {
	switch f.name {
	case "channel":
		p.channel = f.text
		return 0
	case "expedited":
		p.expedited = f.num != 0
		return 1
	case "processing_cost":
		p.processingCost = engine.Amount(f.num)
		return 2
	case "autopay":
		p.autopay = f.num != 0
		return 3
	case "notice_business_days":
		p.noticeDays = f.num
		return 4
	case "consumers_own_request":
		p.consumersOwnRequest = f.num != 0
		return 5
	case "penalty":
		p.penalty = f.text
		return 6
	case "violation_amount":
		p.violation, p.hasViolation = engine.Amount(f.num), true
		return 7
	case "cycles_since_same":
		p.cyclesSinceSame = f.num
		return 8
	case "fees_for_event":
		p.feesForEvent = f.num
		return 9
	case "presented_again":
		p.presentedAgain = f.num != 0
		return 10
	}
	return -1
}

func (b *handBalance) fact(f *namedValue) int {
	switch f.name {
	case "deferred":
		b.deferred = f.num != 0
		return 0
	case "expires":
		b.expires = engine.Date(f.num)
		return 1
	case "last_cycle":
		b.lastCycle = engine.Date(f.num)
		return 2
	case "secured":
		b.secured = f.num != 0
		return 3
	case "disputed":
		b.disputed = f.num != 0
		return 4
	}
	return -1
}
