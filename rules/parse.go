package rules

import (
	"fmt"
	"slices"
	"strings"

	"example.com/spillway/money"
)

// A policyParser turns the files of a policy into a [Policy]. It goes on after
// a mistake; what it then makes is thrown away.
type policyParser struct {
	*Mistakes
	parts         []*Node // the files: that of the policy, then those it includes
	policy        *Policy
	missing       bool // files could not be read, and what is not there may be in them
	currencyKnown bool
	compiler      exprCompiler
	texts         []string // of all expressions, to see which facts they read
	facts         []declaredFact
	declared      map[string]Pos // where each fact is, by section and name
	shapes        []shape        // of the waterfalls, before use is resolved
}

func newPolicyParser(m *Mistakes, l *loader) *policyParser {
	return &policyParser{Mistakes: m, parts: l.parts, missing: l.missing, policy: &Policy{}, declared: map[string]Pos{}}
}

// The keys of a policy, and those of them that an included file may have.
var (
	policyKeys = []string{"policy", "version", "currency", "override", "statuses",
		"include", "facts", "payment_types", "waterfalls", "splits", "fees", "guardrails", "invariants"}
	rootKeys = policyKeys[:5]
)

// parse reads everything.
func (p *policyParser) parse() (*Policy, error) {
	roots := make([]object, 0, len(p.parts))
	for i, part := range p.parts {
		if i > 0 {
			p.noRootKeys(part)
		}
		if o, ok := p.object(part, "a policy", policyKeys); ok {
			roots = append(roots, o)
		}
	}
	if len(roots) > 0 && roots[0].node == p.parts[0] {
		p.header(roots[0])
		p.required(roots)
	}
	p.missing = p.missing || !slices.ContainsFunc(roots, func(o object) bool { return o.has("waterfalls") })
	p.declareFacts(roots)
	p.compiler = exprCompiler{layout: p.policy.Layout, mistakes: p.Mistakes}
	p.waterfalls(p.entries(roots, "waterfalls"))
	p.paymentTypes(p.entries(roots, "payment_types"))
	p.splits(p.entries(roots, "splits"))
	p.fees(p.entries(roots, "fees"))
	p.guardrails(p.entries(roots, "guardrails"))
	p.invariants(p.entries(roots, "invariants"))
	if err := p.Err(); err != nil {
		return nil, err
	}
	p.lint()
	p.policy.orderings()
	p.policy.Digest = digest(p.parts)
	p.policy.Lints = p.Lints()
	return p.policy, nil
}

// noRootKeys refuses in an included file what only the policy's own may have.
func (p *policyParser) noRootKeys(part *Node) {
	for i, key := range part.Keys {
		if slices.Contains(rootKeys, key.Text) && part.Items[i].Kind != Null {
			p.mistake(key, "it belongs in the policy that includes this file", "an included file has no %q", key.Text)
		}
	}
}

// required notes which of the keys that every policy has are missing.
func (p *policyParser) required(roots []object) {
	for _, key := range []string{"policy", "currency", "payment_types", "waterfalls"} {
		there := !roots[0].lacks(key)
		if slices.Contains(policyKeys[5:], key) {
			there = p.missing || slices.ContainsFunc(roots, func(o object) bool { return !o.lacks(key) })
		}
		if !there {
			p.mistake(roots[0].node, "", "the policy has no key %q", key)
		}
	}
}

// maxEntries is how many entries a section may have.
const maxEntries = 5000

// entries gathers the entries of a section from all files.
func (p *policyParser) entries(roots []object, section string) []*Node {
	var all []*Node
	for _, o := range roots {
		all = append(all, o.list(section)...)
	}
	if len(all) > maxEntries {
		p.mistake(all[maxEntries], "", "%s has more than %d entries, the limit", section, maxEntries)
		all = all[:maxEntries]
	}
	return all
}

// header reads what belongs to the policy as a whole.
func (p *policyParser) header(o object) {
	p.policy.Name, p.policy.Version = o.text("policy"), o.text("version")
	p.currency(o)
	p.policy.OverrideAll = o.word("override", []string{"all", "warnings"}, 0) == 0
	p.policy.Counted = 1<<Active | 1<<Pending | 1<<Settled
	p.policy.FreesCredit = p.policy.Counted
	n := o.get("statuses")
	if n == nil {
		return
	}
	statuses, ok := p.object(n, "statuses", []string{"counted", "frees_credit"})
	if !ok {
		return
	}
	if statuses.has("counted") {
		p.policy.Counted = p.statuses(statuses, "counted")
		p.policy.FreesCredit = p.policy.Counted
	}
	if statuses.has("frees_credit") {
		p.policy.FreesCredit = p.statuses(statuses, "frees_credit")
		p.onlyCounted(statuses)
	}
}

func (p *policyParser) statuses(o object, key string) (set StatusSet) {
	for _, item := range o.list(key) {
		if i, ok := p.word(item, "status", statusWords); ok {
			set |= 1 << i
		}
	}
	return set
}

func (p *policyParser) onlyCounted(o object) {
	for _, item := range o.get("frees_credit").itemsOf(List) {
		if i, ok := word(statusWords, item.Text); ok && !p.policy.Counted.Has(Status(i)) {
			p.mistake(item, "add it to counted", "status %q frees credit but is not counted", item.Text)
		}
	}
}

// itemsOf gives the items of a node of one kind.
func (n *Node) itemsOf(kind Kind) []*Node {
	if n == nil || n.Kind != kind {
		return nil
	}
	return n.Items
}

// currency reads a code, or a code and decimals. Until it is known, another
// stands in for it, so that reading goes on.
func (p *policyParser) currency(o object) {
	p.policy.Currency, _ = money.Lookup("USD")
	n := o.get("currency")
	switch {
	case n == nil:
	case n.Kind == Map:
		p.customCurrency(n)
	default:
		code, ok := p.scalar(n, "currency")
		if !ok {
			return
		}
		c, known := money.Lookup(code)
		if !known {
			p.mistake(n, currencyHint(code), "unknown currency %q", code)
			return
		}
		p.policy.Currency, p.currencyKnown = c, true
	}
}

func currencyHint(code string) string {
	if upper := strings.ToUpper(code); upper != code {
		if _, ok := money.Lookup(upper); ok {
			return fmt.Sprintf("did you mean %q?", upper)
		}
	}
	return "a code of ISO 4217, as USD; for one of your own write {code: " + "XXX, decimals: 2}"
}

func (p *policyParser) customCurrency(n *Node) {
	o, _ := p.object(n, "a currency", []string{"code", "decimals"})
	o.need("code", "")
	o.need("decimals", "")
	code, decimals := o.text("code"), o.get("decimals")
	if decimals == nil || code == "" {
		return
	}
	places, ok := digits(decimals.Text)
	if decimals.Kind != Number || !ok || len(decimals.Text) != 1 || places > money.MaxDecimals {
		p.mistake(decimals, "", "decimals must be a whole number from 0 to %d", money.MaxDecimals)
		return
	}
	c, err := money.Custom(code, places)
	if err != nil {
		p.mistake(o.get("code"), "a code is three upper-case letters", "%q is no code of a currency", code)
		return
	}
	p.policy.Currency, p.currencyKnown = c, true
}
