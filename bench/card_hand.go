package main

import (
	"errors"

	"example.com/spillway/engine"
	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// A handCard is an account as a program would hold it that knows this one
// policy: its facts are fields. Balances are here, not in the Account.
type handCard struct {
	engine.Account
	balances        []handBalance
	state           string
	agency          bool
	feeInAgreement  bool
	covered         bool
	mapr            engine.Rate
	cutoffHour      int64
	mailOnDueDate   bool
	nextBusinessDay engine.Date
	opened          engine.Date
	limitAtOpening  engine.Amount
	firstYearFees   engine.Amount
	feesThisCycle   engine.Amount
}

type handBalance struct {
	engine.Balance
	deferred, disputed, secured bool
	expires, lastCycle          engine.Date
}

type handPayment struct {
	engine.Payment
	channel, penalty                          string
	expedited, autopay, consumersOwnRequest   bool
	presentedAgain, hasViolation              bool
	processingCost, violation                 engine.Amount
	noticeDays, cyclesSinceSame, feesForEvent int64
}

// A handPolicy is card_act.yaml as a Go program: the payment type regular, with
// its waterfall, fees and guardrails. The names, citations and places that a
// receipt carries come from a table, as constants would.
type handPolicy struct {
	id        engine.PolicyID
	guards    []rules.Guardrail // names, severities, citations and places
	waterfall rules.Pos
	tiers     [4]rules.Pos
	penalty   rules.Pos
	fee       rules.Pos

	rows  []handRow // of the balances, and of a charge and a credit
	order []int     // of the tier at hand
	hits  []engine.Hit
	weigh weighing
}

// A handRow is what becomes of a balance.
type handRow struct {
	owed, due, pastDue engine.Amount
	touched            bool
}

func newHandPolicy(p *rules.Policy) *handPolicy {
	h := &handPolicy{id: engine.PolicyID{Name: p.Name, Version: p.Version, Digest: p.Digest}, guards: p.Guardrails}
	w := p.Waterfalls[0]
	h.waterfall, h.penalty, h.fee = w.At, p.Fees[0].At, p.Fees[1].At
	for i := range h.tiers {
		h.tiers[i] = w.Tiers[i].At
	}
	return h
}

// apply is the whole decision.
func (h *handPolicy) apply(out *engine.Receipt, c *handCard, p *handPayment, checked bool) error {
	if checked {
		if err := check(c, p); err != nil {
			return err
		}
	}
	h.begin(out, c, p)
	fee := h.assess(out, p)
	h.hits = h.hits[:0]
	h.requestGuards(c, p, fee)
	if err := h.verdict(out, p); err != nil {
		return err
	}
	counted := p.Status == engine.Active || p.Status == engine.Pending || p.Status == engine.Settled
	if counted {
		h.pour(out, c, p)
		if fee.Collect == rules.ChargeAfter && fee.Amount > 0 {
			h.charge(out, c, fee.Amount)
		}
		h.settle(out, c, p)
	}
	h.resultGuards(out, c)
	if err := h.verdict(out, p); err != nil {
		return err
	}
	if counted && !h.balanced(out) {
		return errors.New("the lines are not the amount")
	}
	return nil
}

// begin makes the receipt one of this payment, and the rows those of the card.
func (h *handPolicy) begin(out *engine.Receipt, c *handCard, p *handPayment) {
	*out = engine.Receipt{Policy: h.id, Payment: p.Payment, Charged: p.Amount,
		Warnings: out.Warnings[:0], Charges: out.Charges[:0], Lines: out.Lines[:0], Shares: out.Shares[:0],
		Deltas: out.Deltas[:0], Totals: out.Totals[:0]}
	out.Payment.Type, out.Payment.Account = "regular", c.ID
	h.rows = h.rows[:0]
	for i := range c.balances {
		b := &c.balances[i]
		due, pastDue := dues(&b.Balance, p.Date)
		h.rows = append(h.rows, handRow{owed: b.Owed, due: due, pastDue: pastDue})
	}
	if p.ResetPastDue {
		panic("the function by hand does not reset past_due")
	}
}

// dues is what has come due of a balance, and what is overdue.
func dues(b *engine.Balance, today engine.Date) (due, pastDue engine.Amount) {
	due, ok := b.Due.Get()
	if !ok && b.DueDate <= today {
		due = b.Owed
	}
	pastDue, ok = b.PastDue.Get()
	if !ok && b.DueDate != 0 && b.DueDate < today {
		pastDue = due
	}
	return due, pastDue
}

// assess is the policy's two fee schedules.
func (h *handPolicy) assess(out *engine.Receipt, p *handPayment) engine.Fee {
	terms, given := p.Fee.Get()
	fee := engine.Fee{}
	switch {
	case p.penalty != "none":
		fee = engine.Fee{Schedule: "penalty", Type: engine.Waive, Collect: rules.ChargeAfter, At: h.penalty}
		if given {
			fee.Type, fee.Amount = terms.Type, terms.Flat
		}
	case p.channel == "agent" && p.expedited:
		part, _ := percent(5_00).Of(p.Amount, money.HalfUp)
		fee = engine.Fee{Schedule: "convenience_fee", Type: engine.Lesser, Amount: max(min(10_00, part), 1_00), At: h.fee}
		out.Charged += fee.Amount
	default:
		return fee
	}
	out.Fee = engine.Some(fee)
	return fee
}

// charge adds a penalty fee to the card.
func (h *handPolicy) charge(out *engine.Receipt, c *handCard, fee engine.Amount) {
	out.Charges = append(out.Charges, engine.Charge{Account: c.ID, Bucket: "penalty_fees", Component: "fees", Amount: fee})
	for i := range c.balances {
		if c.balances[i].Component == "fees" && c.balances[i].Bucket == "penalty_fees" {
			h.rows[i].owed += fee
			h.rows[i].due += fee
			h.rows[i].touched = true
			return
		}
	}
	panic("the function by hand opens no balance for fees")
}

// settle writes what changed.
func (h *handPolicy) settle(out *engine.Receipt, c *handCard, p *handPayment) {
	total := engine.Total{Account: c.ID}
	minimum, set := c.MinimumDue.Get()
	var taken engine.Amount
	for i := range out.Lines {
		taken += out.Lines[i].Amount
	}
	for i := range h.rows {
		row := &h.rows[i]
		if i < len(c.balances) && !set {
			due, _ := dues(&c.balances[i].Balance, p.Date)
			minimum += due
		}
		if !row.touched {
			continue
		}
		delta := engine.Delta{Account: c.ID, Bucket: "credit", Component: "credit", Owed: row.owed, Due: row.due, PastDue: row.pastDue}
		if i < len(c.balances) {
			b := &c.balances[i]
			due, pastDue := dues(&b.Balance, p.Date)
			delta.Bucket, delta.Component = b.Bucket, b.Component
			delta.Owed, delta.Due, delta.PastDue = row.owed-b.Owed, row.due-due, row.pastDue-pastDue
		}
		total.Owed += delta.Owed
		total.Due += delta.Due
		total.PastDue += delta.PastDue
		out.Deltas = append(out.Deltas, delta)
	}
	if len(out.Deltas) == 0 {
		return
	}
	total.MinimumDue = max(0, minimum-taken) - minimum
	if _, limited := c.CreditLimit.Get(); limited {
		available := -total.Owed
		if p.Status == engine.Pending { // its lines do not free credit yet
			available -= taken
		}
		total.AvailableCredit = engine.Some(available)
	}
	out.Totals = append(out.Totals, total)
	out.State.Held = len(out.Lines) > 0 && p.Status == engine.Pending
	if p.Mode == engine.Process {
		out.Move = engine.Some(engine.Move{Amount: out.Charged, Method: p.Method})
	}
}

// balanced is the last look at the receipt: what was paid is what was taken.
func (h *handPolicy) balanced(out *engine.Receipt) bool {
	sum := out.Unapplied
	for i := range out.Lines {
		sum += out.Lines[i].Amount
	}
	for i := range h.rows {
		row := &h.rows[i]
		if row.pastDue < 0 || row.due < row.pastDue || max(row.owed, 0) < row.due {
			return false
		}
	}
	return sum == out.Payment.Amount
}
