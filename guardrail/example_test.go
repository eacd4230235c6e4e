package guardrail_test

import (
	"fmt"

	"example.com/spillway/guardrail"
)

// A payment ran into a warning and an error, and asks to ignore both.
func ExampleRefuses() {
	hits := []guardrail.Hit{
		{Severity: guardrail.Warning, Overridable: true},
		{Severity: guardrail.Error, Overridable: true},
	}
	fmt.Println(guardrail.Refuses(hits, false, guardrail.OverrideAll))
	fmt.Println(guardrail.Refuses(hits, true, guardrail.OverrideAll))
	fmt.Println(guardrail.Refuses(hits, true, guardrail.OverrideWarnings))
	// Output:
	// true
	// false
	// true
}

// What was bypassed is listed for audit.
func ExampleJudge() {
	hit := guardrail.Hit{Severity: guardrail.Warning, Overridable: true}
	fmt.Println(guardrail.Judge(hit, true, guardrail.OverrideAll) == guardrail.Ignored)
	// Output:
	// true
}
