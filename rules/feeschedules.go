package rules

import "example.com/spillway/money"

var feeKeys = []string{"name", "actions", "programs", "when", "type", "flat", "percentage", "minimum", "maximum",
	"round", "terms", "collect", "charge_to", "refund"}

// fees reads all fee schedules.
func (p *policyParser) fees(entries []*Node) {
	names := names{p: p, kind: "fee"}
	for _, n := range entries {
		if o, ok := p.object(n, "a fee", feeKeys); ok {
			f := Fee{Entry: names.entry(o), ChargeBucket: "fees", ChargeComponent: "fees"}
			p.fee(o, &f)
			p.policy.Fees = append(p.policy.Fees, f)
		}
	}
}

func (p *policyParser) fee(o object, f *Fee) {
	f.When = p.expr(o.get("when"), ScopeFee, WantBool)
	f.Type = FeeType(o.word("type", feeTypeWords, int(Waive)))
	f.Flat, _ = o.amount("flat")
	if n := o.get("percentage"); n != nil {
		f.Percentage, _ = o.rate(n, "percentage")
	}
	f.Minimum, f.HasMinimum = o.amount("minimum")
	f.Maximum, f.HasMaximum = o.amount("maximum")
	f.Round = p.rounding(o)
	f.PaymentTerms = o.word("terms", []string{"policy", "payment"}, 0) == 1
	f.Collect = Collect(o.word("collect", collectWords, int(OnTop)))
	f.Refund = o.bool("refund", false)
	if n := o.get("charge_to"); n != nil {
		p.chargeTo(n, f)
	}
	p.feeActions(o, f)
	if f.HasMinimum && f.HasMaximum && f.Minimum > f.Maximum {
		p.mistake(o.get("minimum"), "", "the minimum is above the maximum")
	}
	p.feeTerms(o, f)
}

// feeActions reads what the fee is for. What a transition costs can only be
// charged to a balance: there is no money on its way to take it from.
func (p *policyParser) feeActions(o object, f *Fee) {
	f.Actions = p.actions(o)
	const paying = ActionSet(1<<ActionLog | 1<<ActionProcess)
	if f.Actions&^paying != 0 && f.Collect != ChargeAfter {
		p.mistake(o.key("actions"), "add collect: charge_after", "a fee for what happens to a payment later can only be charged")
	}
	if f.Actions&^paying != 0 && (f.PaymentTerms || f.Refund) {
		p.mistake(o.second("terms", "refund"), "leave it out", "a fee for what happens to a payment later has its own terms, and stays")
	}
}

func (p *policyParser) rounding(o object) money.Rounding {
	words := money.RoundingWords()
	r, _ := money.ParseRounding(words[o.word("round", words, 0)])
	return r
}

func (p *policyParser) chargeTo(n *Node, f *Fee) {
	o, ok := p.object(n, "charge_to", []string{"bucket", "component"})
	if !ok {
		return
	}
	if bucket := o.text("bucket"); bucket != "" {
		f.ChargeBucket = bucket
	}
	if component := o.text("component"); component != "" {
		f.ChargeComponent = component
	}
}

// feeTerms notes terms that the type needs and the schedule has not, unless
// the payment brings them; and those that it has for nothing.
func (p *policyParser) feeTerms(o object, f *Fee) {
	if o.broken("type", feeTypeWords) || f.PaymentTerms {
		return
	}
	o.need("type", "one of waive, flat, percentage, lesser, greater, sum")
	if !o.has("type") {
		return
	}
	flat := f.Type == Flat || f.Type >= Lesser
	percentage := f.Type >= PercentageFee
	p.feeTerm(o, f.Type, "flat", flat)
	p.feeTerm(o, f.Type, "percentage", percentage)
}

func (p *policyParser) feeTerm(o object, t FeeType, key string, needed bool) {
	switch {
	case needed && o.lacks(key):
		p.mistake(o.node, "add "+key+", or terms: payment", "a fee of type %s has no %s", t, key)
	case !needed && o.has(key):
		n := o.key(key)
		p.Lint(n.Pos, n.width(), "", "a fee of type %s does not use %s", t, key)
	}
}
