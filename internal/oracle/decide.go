// Package oracle decides payments a second time: slowly, obviously, and from
// the documentation alone, so that the engine's answers can be held against it.
//
// It shares no code with the engine. Policies reach it as the structures that
// [enginetest] draws, accounts and payments as JSON.
package oracle

import (
	"strconv"

	"example.com/spillway/engine/enginetest"
)

// Decide says what a policy makes of a payment on an account, both JSON.
func Decide(policy *enginetest.Policy, account, payment []byte) (out Outcome) {
	d := &decision{policy: policy}
	defer func() {
		if r := recover(); r != nil {
			s, ok := r.(stop)
			if !ok {
				panic(r)
			}
			out = Outcome(s)
		}
	}()
	return d.decide(account, payment)
}

// An Outcome is the whole answer. Amounts are written out as documents have them.
type Outcome struct {
	Kind string // applied, refused, invalid, failed
	// Of an input error, its path. Of a failed rule, its name.
	Path, Rule string
	// Of a refusal. The message only where it is a guardrail's.
	Type, Message string
	Warnings      []string
	Hits          []Hit // of a receipt: its warnings
	// Of a receipt.
	PaymentType, Account string
	Fee                  *Fee
	Charged, Unapplied   string
	Lines                []Line
	Shares               []Share
	Deltas               []Delta
	Totals               []Total
	Move                 string // its amount, "" for none
}

// A Hit is a guardrail that was hit.
type Hit struct {
	Guardrail, Severity, Message, Cite string
	Ignored                            bool
}

// A Fee is what the payment costs.
type Fee struct {
	Schedule, Type, Amount, Collect string
	Each                            []Part
}

// A Part is an amount of an account.
type Part struct{ Account, Amount string }

// A Line is what a tier took for a balance.
type Line struct {
	Account, Bucket, Component, Amount, Due, Ahead, Waterfall, Tier string
}

// A Share is what a tier of a split handed to an account.
type Share struct{ Account, Amount, Split, Tier string }

// A Delta is how a balance changes.
type Delta struct{ Account, Bucket, Component, Owed, Due, PastDue string }

// A Total is how an account's totals change.
type Total struct{ Account, Owed, Due, PastDue, MinimumDue, AvailableCredit string }

// A stop ends a decision early: refused, invalid or failed.
type stop Outcome

func invalid(path string) { panic(stop{Kind: "invalid", Path: path}) }

// fails ends the decision because the rule at hand cannot be evaluated.
func (d *decision) fails() { panic(stop{Kind: "failed", Rule: d.rule}) }

// refuses ends the decision because the policy turns the payment away.
func (d *decision) refuses(kind, message string) {
	s := stop{Kind: "refused", Type: kind, Message: message, Hits: d.hits}
	for _, h := range d.hits {
		if h.Severity == "warning" {
			s.Warnings = append(s.Warnings, h.Message)
		}
	}
	panic(s)
}

// A decision is what is known so far.
type decision struct {
	policy  *enginetest.Policy
	payment *payment
	root    *account // as it becomes
	before  *account // as it was given
	paid    *account
	kind    *enginetest.PaymentType
	split   *enginetest.Split // of the policy
	byHand  map[string]num    // of the payment
	shared  *sharing
	fees    []fee
	hits    []Hit
	lines   []line
	rest    num // unapplied
	rule    string
}

// decide follows the order of evaluation that docs/policy.md gives.
func (d *decision) decide(account, payment []byte) Outcome {
	d.read(account, payment)
	d.check()
	d.lookUp()
	d.assess()
	d.checkDirected()
	d.guard("request")
	d.checkFees()
	if d.counted() {
		d.apply()
	}
	d.guard("result")
	return d.receipt()
}

// counted says whether the payment's status changes balances.
func (d *decision) counted() bool {
	return contains(d.policy.Counted, d.payment.Status, "active", "pending", "settled")
}

// contains says whether a list, or where it is empty its default, has a word.
func contains(list []string, word string, otherwise ...string) bool {
	if len(list) == 0 {
		list = otherwise
	}
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}

// serves says whether an entry for programs is for an account.
func serves(programs []string, a *account) bool { return contains(programs, a.Program, a.Program) }

// apply moves the money: charges, shares, waterfalls, resets.
func (d *decision) apply() {
	d.charge("charge_before")
	switch {
	case d.payment.Split == nil:
		d.pour(d.paid, sub(d.payment.amount, d.fromPayment(d.paid)), d.payment.Directed)
	default:
		if d.shared == nil {
			d.share(sub(d.payment.amount, d.fromPayment(d.paid)))
		}
		d.payShares()
	}
	d.charge("charge_after")
	if d.payment.ResetPastDue {
		for _, b := range d.paid.Balances {
			if b.pastDue.Sign() > 0 {
				b.pastDue, b.changed = whole(0), true
			}
		}
	}
}

// lookUp decides the account that is paid, the payment type and the split.
func (d *decision) lookUp() {
	p := d.payment
	d.checkAccountFacts()
	d.paid = d.root
	if p.Account != "" {
		if d.paid = d.root.find(p.Account); d.paid == nil {
			invalid("payment.account")
		}
	}
	d.kind = d.paymentType(d.paid)
	d.checkFacts("payment", p.Facts, "payment")
	if p.Split == nil {
		return
	}
	if len(d.paid.Children) == 0 {
		invalid("payment.split")
	}
	if p.Split.Type == "" {
		d.readByHand()
		return
	}
	if d.split = d.splitType(p.Split.Type); d.split == nil {
		invalid("payment.split.type")
	}
	for _, part := range d.split.Percentages {
		if c := d.paid.find(part.Child); c == nil || c.parent != d.paid {
			invalid("payment.split")
		}
	}
}

// paymentType is the type by name, by id, or the first that serves the account.
func (d *decision) paymentType(a *account) *enginetest.PaymentType {
	for _, by := range []func(*enginetest.PaymentType) bool{
		func(t *enginetest.PaymentType) bool { return d.payment.Type == "" || t.Name == d.payment.Type },
		func(t *enginetest.PaymentType) bool { return t.ID != 0 && strconv.Itoa(t.ID) == d.payment.Type },
	} {
		for i := range d.policy.PaymentTypes {
			if t := &d.policy.PaymentTypes[i]; serves(t.Programs, a) && by(t) {
				return t
			}
		}
	}
	invalid("payment.type")
	return nil
}

func (d *decision) splitType(name string) *enginetest.Split {
	for i := range d.policy.Splits {
		s := &d.policy.Splits[i]
		if serves(s.Programs, d.paid) && (s.Name == name || s.ID != 0 && strconv.Itoa(s.ID) == name) {
			return s
		}
	}
	return nil
}

// readByHand reads the amounts that a payment brings for the paid account and
// its children.
func (d *decision) readByHand() {
	d.byHand = map[string]num{}
	for id, text := range d.payment.Split.Amounts {
		a := d.root.find(id)
		if a == nil || a != d.paid && a.parent != d.paid {
			invalid("payment.split.amounts." + id)
		}
		d.byHand[id] = d.minor(&text)
	}
}

func itoa(i int) string { return strconv.Itoa(i) }
