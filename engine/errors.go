package engine

import (
	"fmt"
	"strings"

	"example.com/spillway/rules"
)

// An InputError says that an account or payment cannot be: Field is the path
// to the field at fault, as account.balances[0].owed, and empty when a document
// cannot even be read. It is a fault of the calling program.
type InputError struct {
	Field string
	Why   string
}

func (e *InputError) Error() string {
	if e.Field == "" {
		return e.Why
	}
	return fmt.Sprintf("%s: %s", e.Field, e.Why)
}

// A RuleError says that an expression of the policy could not be evaluated.
// Nothing was applied.
type RuleError struct {
	Rule string // the guardrail's, fee's, tier's or payment type's name
	At   rules.Pos
	Why  string
}

func (e *RuleError) Error() string { return fmt.Sprintf("%v: %s: %s", e.At, e.Rule, e.Why) }

// The types of refusals.
const (
	GuardrailRefusal  = "GuardrailEvaluationException"
	LeftoverRefusal   = "LeftoverRefused"   // a waterfall or split with leftover: refuse has money left
	DirectionsRefusal = "DirectionsRefused" // directions that cannot be followed
	FeeRefusal        = "FeeExceedsPayment" // a fee above the payment that it is taken from
)

// A Refusal says that the policy turns a payment away. It is an answer, not a
// fault: show it to whoever made the payment.
//
// Guardrails refuse a payment exactly if it was hit by one that is no notice and
// was not bypassed. One that is not overridable is never bypassed, and what is
// bypassed is listed.
type Refusal struct {
	Message  string // of the first error that was not bypassed, empty when only warnings refuse
	Type     string // GuardrailRefusal or one of its like
	Code     int    // 409
	Hits     []Hit  // every guardrail that was hit, those that were bypassed marked
	Warnings []string
}

func (e *Refusal) Error() string {
	if e.Message == "" {
		return fmt.Sprintf("refused: %s: %s", e.Type, strings.Join(e.Warnings, "; "))
	}
	return fmt.Sprintf("refused: %s: %s", e.Type, e.Message)
}
