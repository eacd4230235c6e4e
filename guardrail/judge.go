// Package guardrail decides whether guardrails that were hit turn a payment away.
package guardrail

// Judge says what one hit does to the payment.
//
// override says what ignoring guardrails bypasses; without ignore it says
// nothing. For any hit:
//
//   - a notice never refuses, and is never bypassed;
//   - without ignore, an error and a warning refuse;
//   - what is not overridable refuses whoever asks, if it is no notice;
//   - with OverrideWarnings, an error refuses whoever asks.
//
// A severity that is none of this package's is an error.
func Judge(hit Hit, ignore bool, override Override) Verdict {
	switch {
	case hit.Severity == Notice:
		return Noted
	case !ignore || !hit.Overridable:
		return Refused
	case override == OverrideAll:
		return Ignored
	case override == OverrideWarnings && hit.Severity == Warning:
		return Ignored
	}
	return Refused
}

// Refuses says whether any of hits refuses the payment. No hits refuse nothing.
func Refuses(hits []Hit, ignore bool, override Override) bool {
	for _, hit := range hits {
		if Judge(hit, ignore, override) == Refused {
			return true
		}
	}
	return false
}

// A Hit is a guardrail that a payment ran into. Its zero value is an error that
// cannot be bypassed.
type Hit struct {
	Severity    Severity
	Overridable bool
}

// Severity says how grave a hit is.
type Severity uint8

// The severities.
const (
	Error Severity = iota
	Warning
	Notice // is told, and refuses nothing
)

// Override says what ignoring guardrails bypasses, of what is overridable.
type Override uint8

// What ignoring guardrails bypasses.
const (
	OverrideAll      Override = iota // errors and warnings
	OverrideWarnings                 // warnings only: errors stand
)

// Verdict says what a hit does to the payment. Its zero value refuses.
type Verdict uint8

// The verdicts.
const (
	Refused Verdict = iota
	Ignored         // it would refuse, but was bypassed: list it for audit
	Noted           // it would not
)
