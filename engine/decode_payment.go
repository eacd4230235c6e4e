package engine

import "example.com/spillway/rules"

var (
	paymentKeys = []string{"id", "amount", "date", "type", "account", "status", "mode", "method", "fee",
		"split", "directed", "extra", "payoff", "recovery", "reset_past_due", "early", "ignore_guardrails", "facts"}
	feeKeys       = []string{"type", "flat", "percentage"}
	splitKeys     = []string{"type", "amounts"}
	directionKeys = []string{"bucket", "component", "amount"}
)

func (d *decoder) payment(n *rules.Node) (p Payment) {
	d.fields(n, paymentKeys, func(key string, v *rules.Node) {
		switch key {
		case "id":
			p.ID = d.text(v)
		case "amount":
			p.Amount = d.amount(v)
		case "date":
			p.Date = d.date(v)
		case "type":
			p.Type = d.name(v)
		case "account":
			p.Account = d.text(v)
		case "status":
			p.Status = Status(d.word(v, rules.StatusWords()))
		case "mode":
			p.Mode = Mode(d.word(v, rules.ModeWords()))
		case "method":
			p.Method = d.text(v)
		case "fee":
			p.Fee = Some(d.feeTerms(v))
		case "split":
			p.Split = Some(d.splitTerms(v))
		case "directed":
			d.list(v, func(v *rules.Node) { p.Directed = append(p.Directed, d.direction(v)) })
		case "extra":
			p.Extra = d.text(v)
		case "facts":
			p.Facts = d.facts(v)
		default:
			*p.flag(key) = d.flag(v)
		}
	})
	d.require(n, "amount", "date")
	return p
}

// flag is where the payment keeps the flag that documents call key.
func (p *Payment) flag(key string) *bool {
	switch key {
	case "payoff":
		return &p.Payoff
	case "recovery":
		return &p.Recovery
	case "reset_past_due":
		return &p.ResetPastDue
	case "early":
		return &p.Early
	default:
		return &p.IgnoreGuardrails
	}
}

func (d *decoder) feeTerms(n *rules.Node) (t FeeTerms) {
	d.fields(n, feeKeys, func(key string, v *rules.Node) {
		switch key {
		case "type":
			t.Type = FeeType(d.word(v, rules.FeeTypeWords()))
		case "flat":
			t.Flat = d.amount(v)
		case "percentage":
			t.Percentage = d.rate(v)
		}
	})
	d.require(n, "type")
	d.require(n, feeParts(t.Type)...)
	return t
}

// feeParts names what a fee of type t is made of.
func feeParts(t FeeType) []string {
	switch t {
	case Waive:
		return nil
	case Flat:
		return []string{"flat"}
	case Percentage:
		return []string{"percentage"}
	default:
		return []string{"flat", "percentage"}
	}
}

func (d *decoder) splitTerms(n *rules.Node) (t SplitTerms) {
	d.fields(n, splitKeys, func(key string, v *rules.Node) {
		if key == "type" {
			t.Type = d.name(v)
			return
		}
		d.entries(v, func(id string, v *rules.Node) {
			t.Amounts = append(t.Amounts, SplitAmount{Account: id, Amount: d.amount(v)})
		})
	})
	return t
}

func (d *decoder) direction(n *rules.Node) (r Direction) {
	d.fields(n, directionKeys, func(key string, v *rules.Node) {
		switch key {
		case "bucket":
			r.Bucket = d.text(v)
		case "component":
			r.Component = d.text(v)
		case "amount":
			r.Amount = d.amount(v)
		}
	})
	d.require(n, "component", "amount")
	r.Bucket = r.bucket()
	return r
}
