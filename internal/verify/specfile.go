package verify

import (
	"fmt"
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/internal/spec"
)

// Spec is a spec file with the cases of what is broken or flawed: nil if there
// are none. policyPath leads from the file to the policy.
func (r *Report) Spec(policy *engine.Policy, policyPath string) []byte {
	var b strings.Builder
	names := map[string]bool{}
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Kind == Note || f.Trial == nil {
			continue
		}
		w := spec.Written{
			Name: f.Name, Comments: f.comments(), Policy: policy, Account: f.Trial.Account, Payment: f.Trial.Payment,
			Receipt: f.Trial.Receipt, Err: f.Trial.Err, Broken: f.otherwiseBroken(policy),
		}
		for n := 2; names[w.Name]; n++ {
			w.Name = fmt.Sprintf("%s (%d)", f.Name, n)
		}
		names[w.Name] = true
		b.WriteString(w.Write())
	}
	if b.Len() == 0 {
		return nil
	}
	return []byte(fmt.Sprintf(specHead, r.Seed, r.Cases, spec.Quoted(policyPath)) + b.String())
}

const specHead = `# What spillway verify found, with seed %d in %d cases. "spillway test" runs this file.
#
# What is expected are the engine's own figures: they show what comes now. Where that is not what should come, write down what
# should. A case of an invariant fails until the invariant holds.
policy: %s
cases:
`

// comments say what was found.
func (f *Finding) comments() []string {
	lines := strings.Split(f.Kind.String()+": "+f.Says, "\n")
	if f.At.Line > 0 {
		lines = append(lines, "see "+f.At.String())
	}
	if f.Cite != "" {
		lines = append(lines, f.Cite)
	}
	return lines
}

// otherwiseBroken are the invariants that the case breaks, but is not about.
func (f *Finding) otherwiseBroken(policy *engine.Policy) (names []string) {
	if f.Trial.Err != nil {
		return nil
	}
	broken, _ := policy.Broken(f.Trial.Account, f.Trial.Receipt)
	for _, i := range broken {
		if i.Name != f.Broken {
			names = append(names, i.Name)
		}
	}
	return names
}
