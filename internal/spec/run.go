package spec

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// A Difference is one thing that came out other than expected.
type Difference struct {
	Key      string // of expect, and what of it: "lines: main.interest"
	Expected string
	Got      string
}

func (d Difference) String() string {
	return fmt.Sprintf("%s: expected %s, got %s", d.Key, d.Expected, d.Got)
}

// Run applies the case's payment, or replays its events, and says what of the result is not as
// expected: nothing, when the case passes.
func (c *Case) Run() []Difference {
	switch {
	case c.policyError != "":
		return c.runPolicyError()
	case c.policy.err != nil:
		return []Difference{{"policy", "a policy that loads", c.policy.err.Error()}}
	case c.HasEvents:
		return c.runEvents()
	}
	r := result{policy: c.policy.Policy, currency: c.policy.Currency()}
	r.account, r.receipt, r.err = c.apply(r.currency)
	return r.differences(c.expect)
}

// runPolicyError holds a policy to not loading for the reason expected.
func (c *Case) runPolicyError() []Difference {
	got := "a policy that loads"
	if c.policy.err != nil {
		got = c.policy.err.Error()
		if strings.Contains(got, c.policyError) {
			return nil
		}
	}
	return []Difference{{"policy_error", c.policyError, got}}
}

func (c *Case) apply(currency money.Currency) (engine.Account, engine.Receipt, error) {
	payment, err := engine.DecodePayment(c.payment, "payment", currency)
	if err != nil {
		return engine.Account{}, engine.Receipt{}, err
	}
	account, err := engine.DecodeAccount(c.account, "account", currency)
	if err != nil {
		return engine.Account{}, engine.Receipt{}, err
	}
	receipt, err := c.policy.Apply(account, payment)
	return account, receipt, err
}

// A result is what came of a payment.
type result struct {
	policy   *engine.Policy
	currency money.Currency
	account  engine.Account
	receipt  engine.Receipt
	err      error
}

func (r *result) differences(expect []expectation) (all []Difference) {
	if wanted, got := outcomeOf(expect), r.outcome(); wanted != got {
		return []Difference{{"outcome", wanted, r.described()}}
	}
	for _, e := range expect {
		all = append(all, compared(e, r.figures(e))...)
	}
	return append(all, r.invariants(expect)...)
}

// invariants holds what was applied to the policy's invariants, unless the case
// says itself which of them are broken.
func (r *result) invariants(expect []expectation) []Difference {
	said := func(e expectation) bool { return e.key == "broken" }
	if r.err != nil || slices.ContainsFunc(expect, said) {
		return nil
	}
	if broken := r.broken(); broken != listed(nil) {
		return []Difference{{"broken", listed(nil), broken}}
	}
	return nil
}

// broken names the policy's invariants that do not hold, or the one that
// cannot be evaluated.
func (r *result) broken() string {
	if r.policy == nil {
		return listed(nil)
	}
	broken, err := r.policy.Broken(r.account, r.receipt)
	var names []string
	var rule *engine.RuleError
	switch {
	case errors.As(err, &rule):
		names = append(names, "failed: "+rule.Rule)
	case err != nil:
		names = append(names, err.Error())
	}
	for _, i := range broken {
		names = append(names, i.Name)
	}
	return listed(names)
}

// outcomeOf is the outcome that is expected.
func outcomeOf(expect []expectation) string {
	for _, e := range expect {
		switch e.key {
		case "refused":
			return "refused"
		case "input_error":
			return "invalid"
		case "failed":
			return "failed"
		}
	}
	return "applied"
}

func (r *result) outcome() string {
	var (
		refusal *engine.Refusal
		input   *engine.InputError
	)
	switch {
	case r.err == nil:
		return "applied"
	case errors.As(r.err, &refusal):
		return "refused"
	case errors.As(r.err, &input):
		return "invalid"
	default:
		return "failed"
	}
}

// described is the outcome with its reason.
func (r *result) described() string {
	if r.err == nil {
		return r.outcome()
	}
	return fmt.Sprintf("%s (%v)", r.outcome(), r.err)
}

// figures gives what the result has for an expectation.
func (r *result) figures(e expectation) (f figures) {
	switch e.key {
	case "lines":
		return r.lines()
	case "shares":
		return r.shares()
	case "deltas":
		return r.deltas()
	case "totals":
		return r.totals()
	case "balances":
		return r.balances()
	case "move":
		return r.move()
	case "messages":
		return r.messages()
	default:
		f.set("", r.figure(e))
		return f
	}
}

// figure gives what the result has for an expectation of one value.
func (r *result) figure(e expectation) string {
	switch e.key {
	case "unapplied":
		return r.currency.Format(r.receipt.Unapplied)
	case "fee":
		fee, _ := r.receipt.Fee.Get()
		return r.currency.Format(fee.Amount)
	case "charged":
		return r.currency.Format(r.receipt.Charged)
	case "ahead":
		return r.currency.Format(r.ahead())
	case "warnings":
		return listed(r.warnings())
	case "broken":
		return r.broken()
	case "refused":
		return r.refused(e.want.values[""])
	default:
		return r.fault()
	}
}

// fault is the path or the rule that the error names.
func (r *result) fault() string {
	var (
		input *engine.InputError
		rule  *engine.RuleError
	)
	switch {
	case errors.As(r.err, &input):
		return input.Field
	case errors.As(r.err, &rule):
		return rule.Rule
	default:
		return r.described()
	}
}

// hits are the guardrails that the payment ran into.
func (r *result) hits() []engine.Hit {
	var refusal *engine.Refusal
	if errors.As(r.err, &refusal) {
		return refusal.Hits
	}
	return r.receipt.Warnings
}

func (r *result) messages() (f figures) {
	for _, h := range r.hits() {
		f.set(h.Guardrail, h.Message)
	}
	return f
}

// warnings names what the receipt lists as warnings or, of a refusal, the
// guardrails that only warn.
func (r *result) warnings() (names []string) {
	for _, h := range r.hits() {
		if r.err == nil || h.Severity != rules.SeverityError {
			names = append(names, h.Guardrail)
		}
	}
	return names
}

// refused names the guardrails that were hit. A refusal may be expected by its
// type as well, and those of no guardrail can be only so.
func (r *result) refused(wanted string) string {
	var refusal *engine.Refusal
	errors.As(r.err, &refusal)
	if byType := listed([]string{refusal.Type}); byType == wanted || refusal.Type != engine.GuardrailRefusal {
		return byType
	}
	var names []string
	for _, h := range refusal.Hits {
		names = append(names, h.Guardrail)
	}
	return listed(names)
}

// compared gives what differs in one expectation: what it names, then what is
// there besides.
func compared(e expectation, got figures) (all []Difference) {
	for _, name := range e.want.names {
		if g, ok := got.values[name]; !ok {
			all = append(all, Difference{e.named(name), e.want.values[name], nothing})
		} else if g != e.want.values[name] {
			all = append(all, Difference{e.named(name), e.want.values[name], g})
		}
	}
	for _, name := range got.names {
		if _, ok := e.want.values[name]; !ok {
			all = append(all, Difference{e.named(name), nothing, got.values[name]})
		}
	}
	return all
}

// nothing stands in a difference for what is not there.
const nothing = "nothing"

// named is the name of one of the expectation's figures in a difference.
func (e *expectation) named(figure string) string {
	if figure == "" {
		return e.key
	}
	return e.key + ": " + figure
}
