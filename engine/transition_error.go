package engine

import (
	"errors"
	"fmt"
)

// TransitionRefusal is the type of the refusal of a transition.
const TransitionRefusal = "TransitionRefused"

// A TransitionError says why a payment does not get another status: it is not
// allowed, or a guardrail prevents it. Nothing changes.
//
// errors.As gives the [*Refusal] in it, which answers whoever asked.
type TransitionError struct {
	Fault   TransitionFault
	Refusal *Refusal
}

func (e *TransitionError) Error() string { return e.Refusal.Error() }

// Unwrap gives the refusal.
func (e *TransitionError) Unwrap() error { return e.Refusal }

// A TransitionFault is a reason why a transition is refused.
type TransitionFault uint8

// The reasons why a transition is refused.
const (
	TransitionIllegal    TransitionFault = iota // no payment of that status becomes one of this
	TransitionTwice                             // the payment has that status already
	TransitionAltered                           // the receipt is not as the engine made it
	TransitionTooMuch                           // more than is left of the payment
	TransitionUncounted                         // from a status that is not counted to one that is
	TransitionPrevented                         // by a guardrail
	TransitionCreditUsed                        // the credit that would be taken back was used up since
	TransitionUnapplied                         // in a replay: the payment was not applied by then
)

var transitionFaultWords = [...]string{
	"illegal", "twice", "altered", "too_much", "uncounted", "prevented", "credit_used", "unapplied",
}

// String gives the reason as documents write it.
func (f TransitionFault) String() string { return transitionFaultWords[f] }

// notAllowed is the refusal of a transition that no guardrail refuses.
func notAllowed(fault TransitionFault, format string, args ...any) error {
	return &TransitionError{fault, &Refusal{Message: fmt.Sprintf(format, args...), Type: TransitionRefusal, Code: 409}}
}

// faultOf is why a transition is refused, "" when err is no such refusal.
func faultOf(err error) string {
	var refused *TransitionError
	if errors.As(err, &refused) {
		return refused.Fault.String()
	}
	return ""
}
