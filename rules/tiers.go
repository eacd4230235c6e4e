package rules

import (
	"regexp"
	"slices"
)

// maxTiers is how many tiers a waterfall may have, those it uses included.
const maxTiers = 1000

var tierKeys = []string{"tier", "when", "where", "take", "cap", "order", "share", "by", "whole", "counts"}

// A tierKind is where a tier stands: in a waterfall, over balances, or in a
// split, over accounts.
type tierKind struct {
	what     string
	keys     []string
	begin    Scope // of when and cap
	each     Scope // of the rest
	lists    []string
	ofSplits bool
}

var (
	waterfallTier = tierKind{what: "a tier", keys: tierKeys, begin: ScopeTier, each: ScopeBalance,
		lists: []string{"component", "bucket", "state"}}
	splitTier = tierKind{what: "a split's tier", keys: tierKeys, begin: ScopeSplitTier, each: ScopeChild,
		lists: []string{"child"}, ofSplits: true}
)

// tier reads a tier. Its mistakes are noted; what comes back is never useless.
func (p *policyParser) tier(n *Node, kind tierKind) Tier {
	t := Tier{At: n.Pos, named: n.Pos}
	o, ok := p.object(n, kind.what, kind.keys)
	if !ok {
		return t
	}
	if name := o.get("tier"); name != nil {
		t.Name, t.named = o.text("tier"), name.Pos
	}
	t.When = p.expr(o.get("when"), kind.begin, WantBool)
	t.Where = p.expr(o.get("where"), kind.each, WantBool)
	t.Cap = p.expr(o.get("cap"), kind.begin, WantAmount)
	t.Take, t.TakeExpr = p.measure(o, "take", kind, WantAmount)
	for _, key := range o.list("order") {
		t.Order = append(t.Order, p.orderKey(key, kind))
	}
	t.Share = Share(o.word("share", shareWords, int(InTurn)))
	t.By, t.ByExpr = p.measure(o, "by", kind, WantWeight)
	t.Whole = Whole(o.word("whole", wholeWords, int(WholeNot)))
	t.Counts = Counts(o.word("counts", countsWords, int(CountsDue)))
	p.fitting(o, &t, kind)
	return t
}

// fitting notes keys that do not go together.
func (p *policyParser) fitting(o object, t *Tier, kind tierKind) {
	if t.Whole != WholeNot && t.Share != InTurn {
		p.mistake(o.key("whole"), "leave one of them out", "whole goes with share: in_turn only, not with %s", t.Share)
	}
	if o.has("by") && t.Share != ProRata && !o.broken("share", shareWords) {
		p.mistake(o.key("by"), "add share: pro_rata", "by goes with share: pro_rata only")
	}
	if !kind.ofSplits {
		return
	}
	if t.Whole == WholeBucket {
		p.mistake(o.get("whole"), "whole: true takes all of an account or nothing", "a split has no buckets")
	}
	if o.has("counts") {
		p.mistake(o.key("counts"), "say it in the waterfall of the account", "counts has no meaning in a split")
	}
}

// broken says whether a key has a value that is none of the words.
func (o object) broken(key string, words []string) bool {
	n := o.get(key)
	return n != nil && !slices.Contains(words, n.Text)
}

// measures are the words of take and by, in the order of the constants they
// stand for.
var measures = map[string][]string{
	"take": {"owed", "due", "past_due"},
	"by":   {"owed", "due", "", "take"},
}

var oneWord = regexp.MustCompile(`^\s*[A-Za-z_][A-Za-z_-]*\s*$`)

// measure reads how much: one of the words or an expression.
func (p *policyParser) measure(o object, key string, kind tierKind, want Want) (Measure, *Expr) {
	n := o.get(key)
	switch {
	case n == nil && key == "by":
		return MeasureTake, nil
	case n == nil:
		return MeasureOwed, nil
	}
	if i, ok := word(measures[key], n.Text); ok && n.Kind == Text {
		return Measure(i), nil
	}
	if n.Kind == Text && oneWord.MatchString(n.Text) { // no expression of one word is a number
		p.mistake(n, didYouMean(n.Text, measures[key]), "unknown %s %q", key, n.Text)
		return MeasureOwed, nil
	}
	return MeasureExpr, p.expr(n, kind.each, want)
}
