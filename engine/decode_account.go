package engine

import "example.com/spillway/rules"

var (
	accountKeys = []string{"id", "program", "kind", "credit_limit", "credit_held", "minimum_due",
		"days_past_due", "rolls_up", "facts", "balances", "children"}
	balanceKeys = []string{"bucket", "component", "owed", "due", "past_due", "due_date", "apr", "facts"}
)

func (d *decoder) account(n *rules.Node) (a Account) {
	d.fields(n, accountKeys, func(key string, v *rules.Node) {
		switch key {
		case "id":
			a.ID = d.text(v)
		case "program":
			a.Program = d.text(v)
		case "kind":
			a.Kind = d.text(v)
		case "credit_limit":
			a.CreditLimit = Some(d.amount(v))
		case "credit_held":
			a.CreditHeld = d.amount(v)
		case "minimum_due":
			a.MinimumDue = Some(d.amount(v))
		case "days_past_due":
			a.DaysPastDue = d.count(v)
		case "rolls_up":
			a.RollsUp = RollsUp(d.word(v, rules.RollsUpWords()))
		case "facts":
			a.Facts = d.facts(v)
		case "balances":
			d.list(v, func(v *rules.Node) { a.Balances = append(a.Balances, d.balance(v)) })
		case "children":
			d.list(v, func(v *rules.Node) { a.Children = append(a.Children, d.account(v)) })
		}
	})
	return a
}

func (d *decoder) balance(n *rules.Node) (b Balance) {
	d.fields(n, balanceKeys, func(key string, v *rules.Node) {
		switch key {
		case "bucket":
			b.Bucket = d.text(v)
		case "component":
			b.Component = d.text(v)
		case "owed":
			b.Owed = d.amount(v)
		case "due":
			b.Due = Some(d.amount(v))
		case "past_due":
			b.PastDue = Some(d.amount(v))
		case "due_date":
			b.DueDate = d.date(v)
		case "apr":
			b.APR = Some(d.rate(v))
		case "facts":
			b.Facts = d.facts(v)
		}
	})
	d.require(n, "component", "owed")
	b.Bucket = b.bucket()
	return b
}

// facts reads a host's own fields. Whether they are of the types that the
// policy declares is for the policy to say.
func (d *decoder) facts(n *rules.Node) (facts Facts) {
	d.entries(n, func(key string, v *rules.Node) {
		facts = append(facts, Fact{Name: key, Value: d.value(v)})
	})
	return facts
}

func (d *decoder) value(n *rules.Node) Value {
	switch n.Kind {
	case rules.Text:
		return TextValue(n.Text)
	case rules.Number:
		return NumberValue(n.Text)
	case rules.Bool:
		return BoolValue(n.Text == "true")
	case rules.Null:
		return Value{}
	default:
		d.fail("must be text, a number, a bool, a date or null, not %s", described(n))
		return Value{}
	}
}
