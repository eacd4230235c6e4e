package main

import (
	"fmt"
	"math"
	"strconv"
	"testing/fstest"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

const loanPolicy = `
policy: loan
version: "1"
currency: USD
payment_types: [{name: regular, waterfall: past_due_first}]
waterfalls:
  - name: past_due_first
    tiers:
      - tier: past due
        take: past_due
        order: [balance.due_date, {component: [fees, penalty, interest, principal]}]
      - tier: due
        take: due
        order: [balance.due_date, {component: [fees, penalty, interest, principal]}]
      - tier: ahead
        order: [balance.due_date, {component: [fees, penalty, interest, principal]}]
        counts: ahead
`

func loadText(text string) (*engine.Policy, *rules.Policy, error) {
	read, err := rules.Load(fstest.MapFS{"p.yaml": {Data: []byte(text)}}, "p.yaml")
	if err != nil {
		return nil, nil, err
	}
	return engine.Compile(read), read, nil
}

// loan is one of so many installments of four components, a quarter of them
// past due, and a payment that reaches into those to come.
func loan(installments int) (engine.Account, engine.Payment) {
	a := engine.Account{ID: "loan"}
	today := day("2024-06-15")
	for i := range installments {
		due := today + engine.Date((i-installments/4)*30-1)
		for n, component := range []string{"principal", "interest", "penalty", "fees"} {
			a.Balances = append(a.Balances, engine.Balance{
				Bucket: strconv.Itoa(i + 1), Component: component, Owed: engine.Amount(10_000 + 700*i - 2_000*n), DueDate: due,
			})
		}
	}
	return a, engine.Payment{ID: "p", Amount: engine.Amount(installments) * 180_00, Date: today}
}

// A handLoan is the policy as a Go function.
type handLoan struct {
	id        engine.PolicyID
	waterfall string
	tiers     [3]rules.Pos
	rows      []handRow
	order     []int
	places    []int
}

func loanPlace(component string) int {
	switch component {
	case "fees":
		return 0
	case "penalty":
		return 1
	case "interest":
		return 2
	case "principal":
		return 3
	}
	return 4
}

func (h *handLoan) apply(out *engine.Receipt, a *engine.Account, p *engine.Payment) {
	*out = engine.Receipt{Policy: h.id, Payment: *p, Charged: p.Amount, Lines: out.Lines[:0], Deltas: out.Deltas[:0], Totals: out.Totals[:0]}
	out.Payment.Type, out.Payment.Account = "regular", a.ID
	h.rows, h.order, h.places = h.rows[:0], h.order[:0], h.places[:0]
	var minimum engine.Amount
	for i := range a.Balances {
		due, pastDue := dues(&a.Balances[i], p.Date)
		minimum += due
		h.rows = append(h.rows, handRow{owed: a.Balances[i].Owed, due: due, pastDue: pastDue})
		h.places = append(h.places, loanPlace(a.Balances[i].Component))
		if h.places[i] < 4 {
			h.order = append(h.order, i)
		}
	}
	sort(h.order, func(x, y int) bool { // installments come in order: few steps
		dx, dy := dueOrLast(&a.Balances[x]), dueOrLast(&a.Balances[y])
		return dx < dy || dx == dy && h.places[x] < h.places[y]
	})
	rest := p.Amount
	for tier, name := range [...]string{"past due", "due", "ahead"} {
		for _, i := range h.order {
			row := &h.rows[i]
			if rest == 0 {
				break
			}
			take := [...]engine.Amount{row.pastDue, row.due, row.owed}[tier]
			if take = min(take, rest); take <= 0 {
				continue
			}
			h.line(out, a, i, take, tier, name)
			rest -= take
		}
	}
	out.Unapplied = rest
	h.settle(out, a, p, minimum)
}

func dueOrLast(b *engine.Balance) engine.Date {
	if b.DueDate == 0 {
		return math.MaxInt32
	}
	return b.DueDate
}

func (h *handLoan) line(out *engine.Receipt, a *engine.Account, i int, take engine.Amount, tier int, name string) {
	row, b := &h.rows[i], &a.Balances[i]
	due := row.due
	row.owed -= take
	row.due = max(0, row.due-take)
	row.pastDue = max(0, row.pastDue-take)
	row.touched = true
	line := engine.Line{Account: a.ID, Bucket: b.Bucket, Component: b.Component, Amount: take, Due: due - row.due,
		Waterfall: h.waterfall, Tier: name, At: h.tiers[tier]}
	if tier == 2 {
		line.Ahead = max(0, take-due)
	}
	out.Lines = append(out.Lines, line)
}

func (h *handLoan) settle(out *engine.Receipt, a *engine.Account, p *engine.Payment, minimum engine.Amount) {
	total := engine.Total{Account: a.ID}
	for i := range h.rows {
		row, b := &h.rows[i], &a.Balances[i]
		if !row.touched {
			continue
		}
		due, pastDue := dues(b, p.Date)
		delta := engine.Delta{Account: a.ID, Bucket: b.Bucket, Component: b.Component, Owed: row.owed - b.Owed, Due: row.due - due, PastDue: row.pastDue - pastDue}
		total.Owed += delta.Owed
		total.Due += delta.Due
		total.PastDue += delta.PastDue
		out.Deltas = append(out.Deltas, delta)
	}
	total.MinimumDue = max(0, minimum-(p.Amount-out.Unapplied)) - minimum
	out.Totals = append(out.Totals, total)
}

// installmentContests compare the waterfall with one by hand, and with itself on
// ten times the balances.
func installmentContests() ([]contest, error) {
	policy, read, err := loadText(loanPolicy)
	if err != nil {
		return nil, err
	}
	hand := &handLoan{id: policy.ID(), waterfall: read.Waterfalls[0].Name}
	for i := range hand.tiers {
		hand.tiers[i] = read.Waterfalls[0].Tiers[i].At
	}
	var runs []func(int)
	for _, installments := range []int{12, 120} {
		account, payment := loan(installments)
		var ours, theirs engine.Receipt
		for _, amount := range []engine.Amount{1, 150_00, payment.Amount, 1e9} {
			paid := payment
			paid.Amount = amount
			if err := policy.ApplyTo(&ours, &account, &paid); err != nil {
				return nil, err
			}
			hand.apply(&theirs, &account, &paid)
			if err := difference(&ours, &theirs); err != nil {
				return nil, fmt.Errorf("%d installments: %w", installments, err)
			}
		}
		runs = append(runs, func(n int) {
			for range n {
				must(policy.ApplyTo(&ours, &account, &payment))
			}
		}, func(n int) {
			for range n {
				hand.apply(&theirs, &account, &payment)
			}
		})
	}
	what := "`ApplyTo`, 12 installments x 4 components, past due first"
	return []contest{
		{what, []contender{{name: "ApplyTo", run: runs[0]}, {name: "a function by hand, without input checks", run: runs[1], atMost: 4}}},
		{"`ApplyTo`, 120 installments x 4 components", []contender{
			{name: "ApplyTo", run: runs[2]}, {name: "12 installments", run: runs[0], atMost: 13}, {name: "a function by hand, without input checks", run: runs[3]}}},
	}, nil
}
