package main

import (
	"fmt"
	"slices"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// The guardrails by their places in the policy: its own, then those included.
const (
	requestNeeds = iota
	requestOwn
	requestMinimum
	autopayDisputed
	disputedLast
	feeForPaying
	oklahoma
	collectorAuthority
	advisoryOpinion
	cutoffTime
	mailAfterDue
	military
	creditBalance
	harbor2010
	harbor2014
	harbor2015
	harbor2016First
	harbor2016
	harbor2019
	harbor2020
	harbor2022
	lateFeeVacated
	aboveViolation
	noAmountNoFee
	secondReturn
	oneFeePerEvent
	overLimitByFees
	firstYearFees
)

// date is a date known when the program is written.
func date(year, month, day int) engine.Date {
	d, _ := rules.DateOf(year, month, day)
	return d
}

var (
	in2010Feb = date(2010, 2, 22)
	in2010Aug = date(2010, 8, 22)
	in2014    = date(2014, 1, 1)
	in2015    = date(2015, 1, 1)
	in2016    = date(2016, 1, 1)
	in2016Jun = date(2016, 6, 27)
	in2017Oct = date(2017, 10, 3)
	in2019    = date(2019, 1, 1)
	in2020    = date(2020, 1, 1)
	in2021Nov = date(2021, 11, 30)
	in2022    = date(2022, 1, 1)
	in2022Jul = date(2022, 7, 5)
	in2022Nov = date(2022, 11, 1)
	in2024May = date(2024, 5, 14)
	in2025Apr = date(2025, 4, 15)
	in2025May = date(2025, 5, 12)
	in1970    = date(1970, 1, 1)
)

// hit notes a guardrail that was hit.
func (h *handPolicy) hit(i int, p *engine.Payment, message string) {
	g := &h.guards[i]
	h.hits = append(h.hits, engine.Hit{Guardrail: g.Name, Severity: g.Severity, Message: message, Cite: g.Cite, At: g.At,
		Ignored: p.IgnoreGuardrails && g.Overridable})
}

// plain is the message of a guardrail whose message has no expressions.
func (h *handPolicy) plain(i int) string { return h.guards[i].Message.Texts[0] }

// requestGuards are those of the request stage, in the policy's order.
func (h *handPolicy) requestGuards(c *handCard, p *handPayment, fee engine.Fee) {
	h.directionGuards(c, p)
	today, pay := p.Date, &p.Payment
	none := p.penalty == "none"
	if p.autopay && p.noticeDays >= 3 && p.Amount > undisputed(c) {
		h.hit(autopayDisputed, pay, h.plain(autopayDisputed))
	}
	if today >= in2010Feb && none && fee.Amount > 0 && !(p.channel == "agent" && p.expedited) {
		h.hit(feeForPaying, pay, fmt.Sprintf("A fee of %s for paying by %s: only for expedited service by a live representative.", usd(fee.Amount), p.channel))
	}
	if today >= in2022Nov && c.state == "OK" && none && fee.Amount*25 > min(p.processingCost*25, p.Amount) {
		h.hit(oklahoma, pay, "The fee of "+usd(fee.Amount)+" is above the processing cost or 4 %.")
	}
	if today >= in2021Nov && c.agency && none && fee.Amount > 0 && !c.feeInAgreement {
		h.hit(collectorAuthority, pay, h.plain(collectorAuthority))
	}
	if today >= in2022Jul && today < in2025May && c.agency && none && fee.Amount > 0 && !c.feeInAgreement {
		h.hit(advisoryOpinion, pay, h.plain(advisoryOpinion))
	}
	if c.cutoffHour < 17 {
		h.hit(cutoffTime, pay, h.plain(cutoffTime))
	}
	if p.penalty == "late" && p.channel == "mail" && !c.mailOnDueDate && fee.Amount > 0 &&
		(c.nextBusinessDay == 0 || today <= c.nextBusinessDay) {
		h.hit(mailAfterDue, pay, h.plain(mailAfterDue))
	}
	if today >= in2017Oct && c.covered && c.mapr > 36e10 {
		h.hit(military, pay, "A military annual percentage rate of "+c.mapr.String()+" is above 36.")
	}
	h.harborGuards(p, fee.Amount)
	h.penaltyGuards(c, p, fee.Amount)
}

// directionGuards are about what the payer asks for.
func (h *handPolicy) directionGuards(c *handCard, p *handPayment) {
	asked, sum := false, engine.Amount(0)
	for i := range p.Directed {
		asked = asked || p.Directed[i].Amount > 0
		sum += p.Directed[i].Amount
	}
	if asked && !slices.ContainsFunc(c.balances, func(b handBalance) bool { return b.deferred || b.secured }) {
		h.hit(requestNeeds, &p.Payment, h.plain(requestNeeds))
	}
	if asked && !p.consumersOwnRequest {
		h.hit(requestOwn, &p.Payment, h.plain(requestOwn))
	}
	if minimum := h.minimumDue(c); sum <= p.Amount && sum > p.Amount-min(p.Amount, minimum) {
		h.hit(requestMinimum, &p.Payment, "Only what exceeds the minimum of "+usd(minimum)+" is the consumer's to direct.")
	}
}

func (h *handPolicy) minimumDue(c *handCard) engine.Amount {
	minimum, set := c.MinimumDue.Get()
	if !set {
		for i := range c.balances {
			minimum += h.rows[i].due
		}
	}
	return minimum
}

func undisputed(c *handCard) (sum engine.Amount) {
	for i := range c.balances {
		if !c.balances[i].disputed {
			sum += c.balances[i].Owed
		}
	}
	return sum
}

// harborGuards are the safe harbors of 12 CFR 1026.52(b)(1)(ii), year by year.
func (h *handPolicy) harborGuards(p *handPayment, fee engine.Amount) {
	switch p.penalty {
	case "late", "returned", "over_limit", "declined_check":
	default:
		return
	}
	guard, first, again := -1, engine.Amount(0), engine.Amount(0)
	switch today := p.Date; {
	case today < in2010Aug:
		return
	case today < in2014:
		guard, first, again = harbor2010, 25, 35
	case today < in2015:
		guard, first, again = harbor2014, 26, 37
	case today < in2016:
		guard, first, again = harbor2015, 27, 38
	case today < in2016Jun:
		guard, first, again = harbor2016First, 27, 37
	case today < in2019:
		guard, first, again = harbor2016, 27, 38
	case today < in2020:
		guard, first, again = harbor2019, 28, 39
	case today < in2022:
		guard, first, again = harbor2020, 29, 40
	default:
		guard, first, again = harbor2022, 30, 41
	}
	limit := first
	if p.cyclesSinceSame <= 6 {
		limit = again
	}
	if fee > limit*100 {
		h.hit(guard, &p.Payment, fmt.Sprintf("%s is above the safe harbor of $%d, $%d for a repeat within six cycles.", usd(fee), first, again))
	}
}

// penaltyGuards are the other limits on penalty fees.
func (h *handPolicy) penaltyGuards(c *handCard, p *handPayment, fee engine.Amount) {
	today, pay := p.Date, &p.Payment
	if p.penalty == "late" && fee > 8_00 && today >= in2024May && today < in2025Apr {
		h.hit(lateFeeVacated, pay, h.plain(lateFeeVacated))
	}
	if today < in2010Feb {
		return
	}
	switch p.penalty {
	case "late", "returned", "over_limit", "declined_check":
		if today >= in2010Aug && p.hasViolation && fee > p.violation {
			h.hit(aboveViolation, pay, usd(fee)+" is more than the dollar amount associated with the violation.")
		}
	case "declined_transaction", "inactivity", "closure":
		if today >= in2010Aug && fee != 0 {
			h.hit(noAmountNoFee, pay, "No dollar amount is associated with "+p.penalty+".")
		}
	}
	if today >= in2010Aug && p.penalty == "returned" && p.presentedAgain && fee != 0 {
		h.hit(secondReturn, pay, h.plain(secondReturn))
	}
	if today >= in2010Aug && p.penalty != "none" && p.feesForEvent >= 1 && fee != 0 {
		h.hit(oneFeePerEvent, pay, h.plain(oneFeePerEvent))
	}
	if p.penalty == "over_limit" && fee > 0 {
		var owed engine.Amount
		for i := range c.balances {
			owed += c.balances[i].Owed
		}
		if owed-c.feesThisCycle <= c.CreditLimit.Or(owed) {
			h.hit(overLimitByFees, pay, h.plain(overLimitByFees))
		}
	}
	h.firstYear(c, p, fee)
}

func (h *handPolicy) firstYear(c *handCard, p *handPayment, fee engine.Amount) {
	switch p.penalty {
	case "none", "late", "returned", "over_limit":
		return
	}
	opened := c.opened
	if opened == 0 {
		opened = in1970
	}
	if end, _ := opened.AddMonths(12); p.Date < end && (c.firstYearFees+fee)*4 > c.limitAtOpening {
		h.hit(firstYearFees, &p.Payment, h.plain(firstYearFees))
	}
}

// resultGuards are those that see the receipt.
func (h *handPolicy) resultGuards(out *engine.Receipt, c *handCard) {
	var ofDisputed, others engine.Amount
	touched, credit := false, false
	for i := range out.Lines {
		line := &out.Lines[i]
		if disputedBucket(c, line.Bucket) {
			touched = true
			ofDisputed += line.Amount
		} else {
			others += line.Amount
		}
		credit = credit || line.Bucket == "credit" && line.Amount > 1_00
	}
	if touched && others < undisputed(c) {
		h.hit(disputedLast, &out.Payment, h.plain(disputedLast))
	}
	if credit {
		h.hit(creditBalance, &out.Payment, h.plain(creditBalance))
	}
}

func disputedBucket(c *handCard, bucket string) bool {
	for i := range c.balances {
		if c.balances[i].disputed && c.balances[i].Bucket == bucket {
			return true
		}
	}
	return false
}

// verdict refuses the payment if a hit does, and lists those that do not.
func (h *handPolicy) verdict(out *engine.Receipt, p *handPayment) error {
	out.Warnings = out.Warnings[:0]
	if len(h.hits) == 0 {
		return nil
	}
	refusal := engine.Refusal{Type: "GuardrailEvaluationException", Code: 409}
	refused := false
	for i := range h.hits {
		hit := &h.hits[i]
		if hit.Severity == rules.SeverityWarning {
			refusal.Warnings = append(refusal.Warnings, hit.Message)
		}
		if hit.Ignored || hit.Severity == rules.SeverityNotice {
			out.Warnings = append(out.Warnings, *hit)
			continue
		}
		if hit.Severity == rules.SeverityError && refusal.Message == "" {
			refusal.Message = hit.Message
		}
		refused = true
	}
	if !refused {
		return nil
	}
	refusal.Hits = slices.Clone(h.hits)
	return &refusal
}

// usd writes an amount.
func usd(a engine.Amount) string { return fmt.Sprintf("%d.%02d", a/100, a%100) }
