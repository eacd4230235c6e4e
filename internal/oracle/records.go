package oracle

import (
	"encoding/json"
	"strings"

	"example.com/spillway/engine/enginetest"
)

// see is a scene with payment and account in it.
func (d *decision) see(a *account, applying num) scene {
	return scene{d, map[string]record{"payment": d.paymentRecord(applying), "account": d.accountRecord(a)}, nil}
}

// with is the scene with one more name in it.
func (s scene) with(name string, r record) scene {
	names := map[string]record{name: r}
	for k, v := range s.names {
		names[k] = v
	}
	return scene{s.decision, names, s.element}
}

// fact is a declared fact, its default, or nil.
func (d *decision) fact(of string, facts map[string]any, name string) value {
	for _, f := range d.policy.Facts {
		if f.Of != of || f.Name != name {
			continue
		}
		given := facts[name]
		switch {
		case given != nil:
			return typed(f.Type, given)
		case !f.HasDefault:
			return nil
		case f.Type == "string" || f.Type == "date":
			return typedText(f.Type, f.Default)
		case f.Type == "bool":
			return f.Default == "true"
		}
		return typed(f.Type, json.Number(f.Default))
	}
	return nil
}

func (d *decision) paymentRecord(applying num) record {
	p := d.payment
	return func(path string) value {
		if name, ok := strings.CutPrefix(path, "facts."); ok {
			return d.fact("payment", p.Facts, name)
		}
		if field, ok := strings.CutPrefix(path, "fee."); ok {
			return d.terms(field)
		}
		switch path {
		case "amount":
			return d.major(p.amount)
		case "applying":
			return d.major(applying)
		case "date":
			return p.date
		case "type":
			return d.kind.Name
		case "account":
			return d.paid.ID
		case "directed":
			return d.directedRecords()
		}
		return map[string]value{
			"id": p.ID, "method": p.Method, "extra": p.Extra, "status": p.Status, "mode": p.Mode,
			"payoff": p.Payoff, "recovery": p.Recovery, "reset_past_due": p.ResetPastDue, "early": p.Early,
			"ignore_guardrails": p.IgnoreGuardrails,
		}[path]
	}
}

// terms is a field of the payment's own fee terms.
func (d *decision) terms(field string) value {
	fee := d.payment.Fee
	switch {
	case fee == nil:
		return nil
	case field == "type":
		return fee.Type
	case field == "flat":
		return d.major(d.minor(fee.Flat))
	}
	return percentage(fee.Percentage)
}

func percentage(text *string) num {
	if text == nil {
		return whole(0)
	}
	return parse(*text)
}

func (d *decision) directedRecords() []record {
	var list []record
	for _, to := range d.payment.Directed {
		list = append(list, fields{"bucket": to.Bucket, "component": to.Component, "amount": d.major(to.amount)}.record())
	}
	return list
}

// fields are the fields of a record that are known beforehand.
type fields map[string]value

func (f fields) record() record { return func(path string) value { return f[path] } }

// accountRecord is an account as it is now. While a split is at hand, what its
// earlier tiers handed to the account lowers what it owes.
func (d *decision) accountRecord(a *account) record {
	return func(path string) value {
		if name, ok := strings.CutPrefix(path, "facts."); ok {
			return d.fact("account", a.Facts, name)
		}
		switch path {
		case "id":
			return a.ID
		case "program":
			return a.Program
		case "kind":
			return a.Kind
		case "rolls_up":
			return a.RollsUp
		case "days_past_due":
			return whole(a.DaysPastDue)
		case "balances":
			var list []record
			for _, b := range a.Balances {
				list = append(list, d.balanceRecord(b))
			}
			return list
		case "children":
			var list []record
			for _, c := range a.Children {
				list = append(list, d.accountRecord(c))
			}
			return list
		case "apr":
			return a.highest()
		}
		return d.accountAmount(a, path)
	}
}

// highest is the highest rate of the account's own balances.
func (a *account) highest() value {
	var found value
	for _, b := range a.Balances {
		if b.apr != nil && (found == nil || b.apr.Cmp(found.(num)) > 0) {
			found = b.apr
		}
	}
	return found
}

func (d *decision) accountAmount(a *account, path string) value {
	handed := a.handedBelow()
	switch path {
	case "owed":
		return d.major(sub(a.total(owedOf, false), handed))
	case "due":
		return d.major(lowered(a.total(dueOf, false), handed))
	case "past_due":
		return d.major(lowered(a.total(pastDueOf, false), handed))
	case "minimum_due":
		return d.major(lowered(a.minimum, a.handed))
	case "credit_held":
		return d.major(a.held)
	case "taken":
		return d.major(add(a.taken, handed))
	}
	if a.limit == nil {
		return nil
	}
	if path == "credit_limit" {
		return d.major(a.limit)
	}
	return d.major(sub(sub(a.limit, sub(a.total(owedOf, false), handed)), a.held)) // available_credit
}

// lowered is what is left of an amount due.
func lowered(due, by num) num { return positive(sub(due, by)) }

// handedBelow is what a split's tiers handed to the account or, as far as that
// rolls up whole, to its children.
func (a *account) handedBelow() num {
	sum := a.handed
	for _, c := range a.Children {
		if c.RollsUp == "all" {
			sum = add(sum, c.handed)
		}
	}
	return sum
}

func (d *decision) balanceRecord(b *balance) record {
	return func(path string) value {
		if name, ok := strings.CutPrefix(path, "facts."); ok {
			return d.fact("balance", b.Facts, name)
		}
		switch path {
		case "bucket":
			return b.Bucket
		case "component":
			return b.Component
		case "state":
			return b.state()
		case "owed":
			return d.major(b.owed)
		case "due":
			return d.major(b.due)
		case "past_due":
			return d.major(b.pastDue)
		case "taken":
			return d.major(b.taken)
		case "due_date":
			if b.date != nil {
				return *b.date
			}
		case "apr":
			if b.apr != nil {
				return b.apr
			}
		}
		return nil
	}
}

// feeRecord is the fee as guardrails see it.
func (d *decision) feeRecord() record {
	f := fields{"amount": whole(0), "type": "waive"}
	if len(d.fees) > 0 {
		f["type"] = d.fees[0].kind
	}
	for _, fee := range d.fees {
		f["amount"] = add(f["amount"].(num), d.major(fee.amount))
	}
	return f.record()
}

// receiptRecord is the receipt as guardrails see it.
func (d *decision) receiptRecord() record {
	fee := d.feeRecord()
	var lines, shares []record
	for _, l := range d.lines {
		lines = append(lines, fields{
			"account": l.Account, "bucket": l.Bucket, "component": l.Component, "waterfall": l.Waterfall, "tier": l.Tier,
			"amount": d.major(l.amount), "due": d.major(l.due), "ahead": d.major(l.ahead),
		}.record())
	}
	if d.shared != nil && d.counted() {
		for _, s := range d.shared.shares {
			shares = append(shares, fields{"account": s.to.ID, "split": s.split, "tier": s.tier, "amount": d.major(s.amount)}.record())
		}
	}
	return func(path string) value {
		if field, ok := strings.CutPrefix(path, "fee."); ok {
			return fee(field)
		}
		return fields{"charged": d.major(d.charged()), "unapplied": d.major(d.rest), "lines": lines, "shares": shares}[path]
	}
}

// kindOf is the kind of an expression's values: what goes with a plain number
// keeps its own kind.
func kindOf(e *enginetest.Expr) enginetest.Kind {
	switch e.Op {
	case enginetest.Literal:
		if e.Kind == enginetest.Money || e.Kind == enginetest.Rate || e.Kind == enginetest.Days {
			return enginetest.Number
		}
	case enginetest.Unary:
		return kindOf(e.Args[0])
	case enginetest.Cond:
		return either(e.Args[1:])
	case enginetest.Binary:
		if e.Text == "/" && kindOf(e.Args[0]) == kindOf(e.Args[1]) {
			return enginetest.Number
		}
		if e.Kind != enginetest.Bool {
			return either(e.Args)
		}
	case enginetest.Call:
		switch e.Text {
		case "min", "max":
			return either(e.Args)
		case "abs", "round":
			return kindOf(e.Args[0])
		case "percent":
			return kindOf(e.Args[1])
		}
	}
	return e.Kind
}

// either is the kind of values of which some may be plain numbers.
func either(list []*enginetest.Expr) enginetest.Kind {
	for _, e := range list {
		if k := kindOf(e); k != enginetest.Number {
			return k
		}
	}
	return enginetest.Number
}
