package engine

import (
	"strings"

	"example.com/spillway/money"
	"example.com/spillway/rules"
)

var (
	replayKeys     = []string{"account", "events"}
	changeKeys     = []string{"account", "receipt", "transition"}
	eventKeys      = []string{"payment", "transition", "adjust", "date", "order"}
	transitionKeys = []string{"id", "status", "amount", "reason", "date", "ignore_guardrails"}
	adjustKeys     = []string{"account", "bucket", "component", "owed", "due", "past_due", "due_date", "apr",
		"facts", "minimum_due", "credit_limit", "days_past_due"}
)

// DecodeReplay reads {"account": .., "events": [..]}, amounts in currency. The
// error is an [*InputError] that names the field at fault.
func DecodeReplay(n *rules.Node, currency money.Currency) (Account, []Event, error) {
	d := decoder{currency: currency}
	var account Account
	var events []Event
	d.fields(n, replayKeys, func(key string, v *rules.Node) {
		if key == "account" {
			account = d.account(v)
			return
		}
		d.list(v, func(v *rules.Node) { events = append(events, d.event(v)) })
	})
	d.require(n, replayKeys...)
	if d.err != nil {
		return Account{}, nil, d.err
	}
	return account, events, nil
}

// DecodeEvents reads a list of events that stands at path in a greater document.
// Events that were printed and are read again give the same history.
func DecodeEvents(n *rules.Node, path string, currency money.Currency) ([]Event, error) {
	d := decoder{currency: currency, path: []byte(path)}
	var events []Event
	d.list(n, func(v *rules.Node) { events = append(events, d.event(v)) })
	if d.err != nil {
		return nil, d.err
	}
	return events, nil
}

// DecodeEvent reads one event that stands at path in a greater document.
func DecodeEvent(n *rules.Node, path string, currency money.Currency) (Event, error) {
	d := decoder{currency: currency, path: []byte(path)}
	event := d.event(n)
	if d.err != nil {
		return Event{}, d.err
	}
	return event, nil
}

func (d *decoder) event(n *rules.Node) (e Event) {
	var date Date
	d.fields(n, eventKeys, func(key string, v *rules.Node) {
		switch key {
		case "payment":
			p := d.payment(v)
			e.Payment = &p
		case "transition":
			t := d.transition(v)
			e.Transition = &t
		case "adjust":
			e.Adjust = []Adjustment{}
			d.list(v, func(v *rules.Node) { e.Adjust = append(e.Adjust, d.adjustment(v)) })
		case "date":
			date = d.date(v)
		case "order":
			e.Order = d.count(v)
		}
	})
	switch {
	case date == 0:
	case e.Payment != nil && date != e.Payment.Date:
		d.at("date", func() { d.fail("a payment's own date is its event's: leave this one out") })
	case e.Transition != nil && e.Transition.Date != 0 && e.Transition.Date != date:
		d.at("date", func() { d.fail("is not the date of the transition itself") })
	case e.Transition != nil:
		e.Transition.Date = date
	default:
		e.Date = date
	}
	if fault := e.fault(); fault != nil && fault.Field == "" {
		d.fail("%s", fault.Why)
	} else if fault != nil {
		d.at(fault.Field, func() { d.fail("%s", fault.Why) })
	}
	return e
}

func (d *decoder) transition(n *rules.Node) (t Transition) {
	d.fields(n, transitionKeys, func(key string, v *rules.Node) {
		switch key {
		case "id":
			t.ID = d.text(v)
		case "status":
			t.Status = Status(d.word(v, rules.StatusWords()))
		case "amount":
			t.Amount = Some(d.amount(v))
		case "reason":
			t.Reason = d.text(v)
		case "date":
			t.Date = d.date(v)
		case "ignore_guardrails":
			t.IgnoreGuardrails = d.flag(v)
		}
	})
	d.require(n, "status")
	return t
}

func (d *decoder) adjustment(n *rules.Node) (a Adjustment) {
	d.fields(n, adjustKeys, func(key string, v *rules.Node) {
		switch key {
		case "account":
			a.Account = d.text(v)
		case "bucket":
			a.Bucket = d.text(v)
		case "component":
			a.Component = d.text(v)
		case "owed":
			a.Owed = Some(d.signed(v))
		case "due":
			a.Due = Some(d.signed(v))
		case "past_due":
			a.PastDue = Some(d.signed(v))
		case "due_date":
			a.DueDate = Some(d.date(v))
		case "apr":
			a.APR = Some(d.rate(v))
		case "facts":
			a.Facts = Some(d.facts(v))
		case "minimum_due":
			a.MinimumDue = Some(d.amount(v))
		case "credit_limit":
			a.CreditLimit = Some(d.amount(v))
		case "days_past_due":
			a.DaysPastDue = Some(d.count(v))
		}
	})
	return a
}

// signed reads a change of an amount, which may have a plus.
func (d *decoder) signed(n *rules.Node) Amount {
	if number, plus := strings.CutPrefix(n.Text, "+"); plus && number != "" && isDigit(number[0]) {
		unsigned := *n
		unsigned.Text = number
		return d.amount(&unsigned)
	}
	return d.amount(n)
}

// DecodeTransition reads {"account": .., "receipt": .., "transition": ..},
// amounts in currency. Errors are those of [DecodeReceipt].
func DecodeTransition(n *rules.Node, currency money.Currency) (Account, Receipt, Transition, error) {
	d := decoder{currency: currency}
	var account Account
	var t Transition
	d.fields(n, changeKeys, func(key string, v *rules.Node) {
		switch key {
		case "account":
			account = d.account(v)
		case "transition":
			t = d.transition(v)
			d.require(v, "date")
		}
	})
	d.require(n, changeKeys...)
	if d.err != nil {
		return Account{}, Receipt{}, Transition{}, d.err
	}
	receipt, err := DecodeReceipt(n.Get("receipt"), "receipt", currency)
	if err != nil {
		return Account{}, Receipt{}, Transition{}, err
	}
	return account, receipt, t, nil
}
