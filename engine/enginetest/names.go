package enginetest

import "strings"

// A scope says which names an expression may read.
type scope int

// What may be read besides payment and account.
const (
	sees      scope = 0
	applying  scope = 1 << iota // payment.applying
	inTier                      // account.taken
	ofBalance                   // balance
	ofChild                     // child
	ofFee                       // fee
	ofResult                    // receipt, paid()
)

// A name is a field that expressions read.
type name struct {
	path  string
	kind  Kind
	maybe bool // it may be missing
	needs scope
}

// fieldNames are all fields, but for facts.
var fieldNames = concat(
	under("payment.", 0, []name{
		{path: "amount", kind: Money}, {path: "date", kind: Date}, {path: "type", kind: Text}, {path: "id", kind: Text},
		{path: "account", kind: Text}, {path: "method", kind: Text}, {path: "extra", kind: Text}, {path: "status", kind: Text},
		{path: "mode", kind: Text}, {path: "payoff", kind: Bool}, {path: "recovery", kind: Bool},
		{path: "reset_past_due", kind: Bool}, {path: "early", kind: Bool}, {path: "ignore_guardrails", kind: Bool},
		{path: "applying", kind: Money, needs: applying}, {path: "fee.type", kind: Text, maybe: true},
		{path: "fee.flat", kind: Money, maybe: true}, {path: "fee.percentage", kind: Rate, maybe: true},
	}),
	under("account.", 0, accountNames), under("account.", 0, []name{{path: "taken", kind: Money, needs: inTier}}),
	under("child.", ofChild, accountNames),
	under("child.", ofChild, []name{{path: "taken", kind: Money}, {path: "apr", kind: Rate, maybe: true}}),
	under("balance.", ofBalance, balanceNames), under("balance.", ofBalance, []name{{path: "taken", kind: Money}}),
	under("fee.", ofFee, []name{{path: "amount", kind: Money}, {path: "type", kind: Text}}),
	under("receipt.", ofResult, []name{
		{path: "charged", kind: Money}, {path: "unapplied", kind: Money}, {path: "fee.amount", kind: Money}, {path: "fee.type", kind: Text},
	}),
)

var accountNames = []name{
	{path: "id", kind: Text}, {path: "program", kind: Text}, {path: "kind", kind: Text}, {path: "rolls_up", kind: Text},
	{path: "owed", kind: Money}, {path: "due", kind: Money}, {path: "past_due", kind: Money},
	{path: "minimum_due", kind: Money}, {path: "credit_held", kind: Money},
	{path: "credit_limit", kind: Money, maybe: true}, {path: "available_credit", kind: Money, maybe: true},
	{path: "days_past_due", kind: Days},
}

var balanceNames = []name{
	{path: "bucket", kind: Text}, {path: "component", kind: Text}, {path: "state", kind: Text},
	{path: "owed", kind: Money}, {path: "due", kind: Money}, {path: "past_due", kind: Money},
	{path: "due_date", kind: Date, maybe: true}, {path: "apr", kind: Rate, maybe: true},
}

// A listName is a list that expressions look through, with the fields of its
// elements.
type listName struct {
	path     string
	of       string // whose facts the elements have
	elements []name
	needs    scope
}

var listNames = []listName{
	{path: "account.balances", of: "balance", elements: balanceNames},
	{path: "account.children", of: "account", elements: accountNames},
	{path: "child.balances", of: "balance", elements: balanceNames, needs: ofChild},
	{path: "child.children", of: "account", elements: accountNames, needs: ofChild},
	{path: "payment.directed", elements: []name{{path: "bucket", kind: Text}, {path: "component", kind: Text}, {path: "amount", kind: Money}}},
	{path: "receipt.lines", needs: ofResult, elements: []name{
		{path: "account", kind: Text}, {path: "bucket", kind: Text}, {path: "component", kind: Text}, {path: "waterfall", kind: Text},
		{path: "tier", kind: Text}, {path: "amount", kind: Money}, {path: "due", kind: Money}, {path: "ahead", kind: Money},
	}},
	{path: "receipt.shares", needs: ofResult, elements: []name{
		{path: "account", kind: Text}, {path: "split", kind: Text}, {path: "tier", kind: Text}, {path: "amount", kind: Money},
	}},
}

// wordsOf lists words that a text of that name may be. The last part of a path
// says which.
var wordsOf = map[string][]string{
	"component": {"principal", "interest", "fees", "escrow", "credit"},
	"bucket":    {"main", "cash", "promo", "1", "credit"},
	"state":     {"past_due", "due", "not_due"},
	"method":    {"card", "ach", "agent"},
	"extra":     {"tx.classic", "tx.principal"},
	"program":   {"card", "loan"},
	"kind":      {"line", "loan"},
	"status":    {"active", "pending", "settled", "failed"},
	"mode":      {"log", "process"},
	"rolls_up":  {"all", "principal", "none"},
	"account":   {"root", "a", "b", "a1"},
	"id":        {"p-1", "root", "a", "b"},
	"type":      {"regular", "other", "third"},
	"waterfall": {"first", "second"},
	"split":     {"dues", "rest"},
	"tier":      {"t0", "t1", "leftover", "directed"},
}

// wordsFor are the words of a text field, and of a fact some that may be.
func wordsFor(path string) []string {
	if strings.HasSuffix(path, "fee.type") {
		return []string{"flat", "waive", "percentage", "sum"}
	}
	if words := wordsOf[path[strings.LastIndexByte(path, '.')+1:]]; words != nil {
		return words
	}
	return factWords
}

var factWords = []string{"CO", "OK", "web"}

// under puts names under a prefix.
func under(prefix string, needs scope, names []name) []name {
	out := make([]name, len(names))
	for i, n := range names {
		n.path = prefix + n.path
		n.needs |= needs
		out[i] = n
	}
	return out
}

func concat[T any](lists ...[]T) (all []T) {
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

// has says whether all that is needed is in the scope.
func (s scope) has(needs scope) bool { return s&needs == needs }

// namesOf are the names of a kind that a scope has, facts among them.
func (p *Policy) namesOf(kind Kind, s scope, maybe bool) (found []name) {
	for _, n := range concat(fieldNames, p.factNames()) {
		if n.kind == kind && n.maybe == maybe && s.has(n.needs) {
			found = append(found, n)
		}
	}
	return found
}

// factNames are the declared facts, wherever they can be read.
func (p *Policy) factNames() (names []name) {
	for _, f := range p.Facts {
		n := name{path: f.Of + ".facts." + f.Name, kind: f.kind(), maybe: !f.HasDefault}
		if f.Of == "balance" {
			n.needs = ofBalance
		}
		names = append(names, n)
		if f.Of == "account" {
			n.path, n.needs = "child.facts."+f.Name, ofChild
			names = append(names, n)
		}
	}
	return names
}

// elementsOf are the names of a kind that the elements of a list have.
func (p *Policy) elementsOf(list listName, kind Kind, maybe bool) (found []name) {
	for _, n := range list.elements {
		if n.kind == kind && n.maybe == maybe {
			found = append(found, n)
		}
	}
	for _, f := range p.Facts {
		if f.Of == list.of && f.kind() == kind && f.HasDefault != maybe {
			found = append(found, name{path: "facts." + f.Name, kind: kind, maybe: maybe})
		}
	}
	return found
}

func (f *FactDecl) kind() Kind {
	if f.Type == "string" {
		return Text
	}
	return Kind(f.Type)
}
