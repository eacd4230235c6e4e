package enginetest

import (
	"errors"
	"fmt"
	"slices"

	"example.com/spillway/engine"
)

var guardPromises = []Promise{
	{
		"not overridable", "a guardrail that is not overridable is never bypassed",
		"docs/policy.md, guardrails", neverBypasses,
	},
	{
		"bypassing hides nothing", "what ignore_guardrails bypasses is listed: every guardrail of the request that was hit without it is hit with it",
		"docs/policy.md, guardrails", listsWhatItBypasses,
	},
	{
		"refusals", "a payment is refused exactly if something was hit that is no notice and was not bypassed, and the message is the first such error's",
		"engine.Refusal", refusalsHold,
	},
}

// hits are the guardrails that a decision reports.
func (d *Decision) hits() []engine.Hit {
	var refusal *engine.Refusal
	if errors.As(d.Err, &refusal) {
		return refusal.Hits
	}
	return d.Receipt.Warnings
}

func neverBypasses(d *Decision) error {
	var fixed []string
	for _, g := range d.Policy.Rules().Guardrails {
		if !g.Overridable {
			fixed = append(fixed, g.Name)
		}
	}
	if len(fixed) == 0 {
		return nil
	}
	payment := d.Payment
	payment.IgnoreGuardrails = true
	for _, asked := range []*Decision{d, d.again(d.Account, payment)} {
		for _, h := range asked.hits() {
			if h.Ignored && slices.Contains(fixed, h.Guardrail) && !twice(d.Policy, h.Guardrail) {
				return fmt.Errorf("guardrail %q was bypassed", h.Guardrail)
			}
		}
	}
	return nil
}

// twice says whether guardrails of different programs share a name.
func twice(policy *engine.Policy, name string) bool {
	n := 0
	for _, g := range policy.Rules().Guardrails {
		if g.Name == name {
			n++
		}
	}
	return n > 1
}

func listsWhatItBypasses(d *Decision) error {
	var refusal *engine.Refusal
	if !errors.As(d.Err, &refusal) || d.Payment.IgnoreGuardrails || d.readsIgnore() {
		return nil
	}
	payment := d.Payment
	payment.IgnoreGuardrails = true
	again := d.again(d.Account, payment)
	var failed *engine.RuleError
	if errors.As(again.Err, &failed) {
		return nil // what runs once the request is let through may fail
	}
	for _, h := range refusal.Hits {
		if !slices.ContainsFunc(again.hits(), func(o engine.Hit) bool { return o.Guardrail == h.Guardrail && o.Message == h.Message }) {
			return fmt.Errorf("guardrail %q is hit, and not when guardrails are ignored", h.Guardrail)
		}
	}
	return nil
}

// readsIgnore says whether a rule of the policy may ask for ignore_guardrails.
func (d *Decision) readsIgnore() bool {
	return d.Policy.Rules().Vocabulary().Reads("ignore_guardrails")
}

func refusalsHold(d *Decision) error {
	var refusal *engine.Refusal
	refused := errors.As(d.Err, &refusal)
	if d.Err != nil && !refused {
		return nil
	}
	message, stops := "", false
	for _, h := range d.hits() {
		if h.Ignored || h.Severity.String() == "notice" {
			continue
		}
		stops = true
		if message == "" && h.Severity.String() == "error" {
			message = h.Message
		}
	}
	if !refused && stops {
		return errors.New("a guardrail was hit and the payment is applied")
	}
	if refused && refusal.Type == engine.GuardrailRefusal && (!stops || refusal.Message != message) {
		return fmt.Errorf("refused with %q, the first error says %q", refusal.Message, message)
	}
	if refused && refusal.Type != engine.GuardrailRefusal && stops {
		return fmt.Errorf("refused as %s, though a guardrail comes first", refusal.Type)
	}
	return nil
}
