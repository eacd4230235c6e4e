package main

import (
	"errors"

	"example.com/spillway/engine"
	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// check is what a careful function looks at before it moves money: that amounts
// are amounts, dates dates, and that nothing is there twice.
func check(c *handCard, p *handPayment) error {
	switch {
	case p.Amount <= 0 || p.Amount > money.Max:
		return errors.New("amount")
	case p.Date <= 0 || p.Date > rules.MaxDate:
		return errors.New("date")
	case p.Status > engine.ChargedBack || p.Status == engine.Disputed || p.Mode > engine.Process:
		return errors.New("status or mode")
	case p.Type != "" && p.Type != "regular" && p.Type != "1":
		return errors.New("type")
	case p.Account != "" && p.Account != c.ID:
		return errors.New("account")
	}
	if terms, given := p.Fee.Get(); given {
		if terms.Type > engine.Sum || bad(terms.Flat) || terms.Percentage < 0 || terms.Percentage > money.MaxRate {
			return errors.New("fee")
		}
	}
	limit, _ := c.CreditLimit.Get()
	minimum, _ := c.MinimumDue.Get()
	if bad(limit) || bad(minimum) || bad(c.CreditHeld) || c.DaysPastDue < 0 || c.DaysPastDue > rules.MaxDays {
		return errors.New("account")
	}
	return checkBalances(c, p.Date)
}

func checkBalances(c *handCard, today engine.Date) error {
	var total engine.Amount
	for i := range c.balances {
		b := &c.balances[i]
		due, pastDue := dues(&b.Balance, today)
		apr := b.APR.Or(0)
		switch {
		case b.Component == "" || b.Component == "credit":
			return errors.New("component")
		case bad(b.Owed) || due < 0 || due > b.Owed || pastDue < 0 || pastDue > due:
			return errors.New("owed, due, past due")
		case b.DueDate < 0 || b.DueDate > rules.MaxDate || apr > money.MaxRate || apr < -money.MaxRate:
			return errors.New("due date or rate")
		}
		if total += b.Owed; total > rules.MaxTotal {
			return errors.New("owed: too large")
		}
		for j := range i {
			if c.balances[j].Component == b.Component && c.balances[j].Bucket == b.Bucket {
				return errors.New("a balance twice")
			}
		}
	}
	return nil
}

func bad(a engine.Amount) bool { return a < 0 || a > money.Max }
