package engine

import (
	"math"
	"math/big"
	"slices"
	"strings"

	"example.com/spillway/money"
	"example.com/spillway/rules"
	"example.com/spillway/waterfall"
)

// A candidate is what a tier of a waterfall or a split looks at: a balance or
// an account.
type candidate interface {
	// look makes the i-th the one that expressions see, and says how it stands.
	look(i int) prospect
	// own is the text, of the i-th, that a list key of its kind names: the state of
	// a balance, the id of an account.
	own(i int) string
}

// A prospect is what a candidate owes, and how much of it can be taken.
type prospect struct{ owed, due, pastDue, room Amount }

func (s *prospect) measure(m rules.Measure) Amount {
	switch m {
	case rules.MeasureDue:
		return s.due
	case rules.MeasurePastDue:
		return s.pastDue
	}
	return s.owed
}

// begin evaluates the expressions of a tier that have no candidate: when and
// cap. It says whether the tier begins.
func (r *run) begin(t *rules.Tier) bool {
	if t.When != nil && !t.When.Bool(&r.frame) {
		return false
	}
	tier := &r.tiers.tier
	tier.Cap, tier.Share, tier.Whole = waterfall.NoCap, waterfall.Share(t.Share), waterfall.Whole(t.Whole)
	tier.Targets, tier.Keys, tier.NKeys, tier.Wide = tier.Targets[:0], tier.Keys[:0], len(t.Order), nil
	if t.Cap != nil {
		tier.Cap = t.Cap.Amount(&r.frame)
	}
	r.tiers.columns = r.tiers.columns[:0]
	return true
}

// offer adds the i-th candidate to the tier that has begun, if the tier is for
// it: its take, its keys, its weight.
func (r *run) offer(t *rules.Tier, c candidate, i int) {
	stands := c.look(i)
	if t.Where != nil && !t.Where.Bool(&r.frame) {
		return
	}
	if t.Sure && r.takeOf(t, &stands) <= 0 {
		return
	}
	tier := &r.tiers.tier
	keys := len(tier.Keys)
	if t.Ordering == 0 && !r.keys(t, c, i) { // else it comes in order
		return
	}
	target := waterfall.Target{ID: i, Take: r.takeOf(t, &stands)}
	if t.Whole == rules.WholeBucket {
		target.Group = r.group(r.bucket(i))
	}
	switch {
	case t.Share != rules.ProRata:
	case t.By == rules.MeasureTake:
		target.Weight = int64(target.Take)
	case t.By == rules.MeasureExpr:
		target.Weight = r.weight(t.ByExpr, len(tier.Targets))
	default:
		target.Weight = int64(stands.measure(t.By))
	}
	if target.Take <= 0 { // it is asked, since asking may fail, but it takes nothing
		tier.Keys = tier.Keys[:keys]
		return
	}
	tier.Targets = append(tier.Targets, target)
}

// keys adds a candidate's keys to those of the tier, and says whether it is in
// all lists of the order.
func (r *run) keys(t *rules.Tier, c candidate, i int) bool {
	tier := &r.tiers.tier
	before := len(tier.Keys)
	for k := range t.Order {
		key, listed := r.key(&t.Order[k], c, i, k)
		if !listed {
			tier.Keys = tier.Keys[:before]
			return false
		}
		tier.Keys = append(tier.Keys, key)
	}
	return true
}

// group is a bucket's number in this tier.
func (r *run) group(bucket string) int {
	if r.tiers.buckets == nil {
		r.tiers.buckets = map[string]int{}
	}
	if len(r.tiers.tier.Targets) == 0 {
		clear(r.tiers.buckets)
	}
	number, ok := r.tiers.buckets[bucket]
	if !ok {
		number = len(r.tiers.buckets)
		r.tiers.buckets[bucket] = number
	}
	return number
}

// takeOf is the most that a candidate may take, between 0 and its room.
func (r *run) takeOf(t *rules.Tier, stands *prospect) money.Amount {
	if t.Take != rules.MeasureExpr {
		return min(stands.measure(t.Take), stands.room)
	}
	return max(0, min(t.TakeExpr.Amount(&r.frame), stands.room))
}

// key is the k-th key of a candidate as a word that sorts as the key does. A
// candidate whose text is not in a list key's list is not in the tier. Keys
// that do not fit a word are ranked when all are known.
func (r *run) key(o *rules.OrderKey, c candidate, i, k int) (key int64, listed bool) {
	if o.List != rules.ListNone {
		word := ""
		switch o.List {
		case rules.ListComponent: // of balances only
			word = r.component(i)
		case rules.ListBucket:
			word = r.bucket(i)
		default:
			word = c.own(i)
		}
		position, ok := o.Position(word)
		return int64(position), ok
	}
	if word, ok := o.Expr.Word(&r.frame); ok {
		return directedWord(word, o.Desc), true
	}
	if o.Expr.Missing(&r.frame) {
		return math.MaxInt64, true
	}
	if o.Expr.IsText() {
		r.column(k)
		return 0, true
	}
	key, fits := o.Expr.Int(&r.frame)
	if !fits {
		r.column(k)
	}
	if o.Desc {
		key = ^key
	}
	return key, true
}

// directedWord is a word that sorts so; what is missing comes last.
func directedWord(word int64, desc bool) int64 {
	switch {
	case word == rules.Missing:
		return math.MaxInt64
	case desc:
		return ^word
	}
	return word
}

// column notes that the k-th keys are to be ranked.
func (r *run) column(k int) {
	if !slices.Contains(r.tiers.columns, k) {
		r.tiers.columns = append(r.tiers.columns, k)
	}
}

// weight is a candidate's weight by an expression. One that does not fit a
// word makes all of them wide.
func (r *run) weight(e *rules.Expr, n int) int64 {
	weight, fits := e.Int(&r.frame)
	if !fits && r.tiers.tier.Wide == nil {
		r.tiers.tier.Wide = []*big.Int{}
	}
	return weight
}

// finish ranks what does not fit a word, once all candidates have been offered.
func (r *run) finish(t *rules.Tier, c candidate) {
	for _, k := range r.tiers.columns {
		if t.Order[k].Expr.IsText() {
			r.rankTexts(&t.Order[k], c, k)
		} else {
			r.rankNumbers(&t.Order[k], c, k)
		}
	}
	if r.tiers.tier.Wide != nil {
		r.widen(t.ByExpr, c)
	}
}

// rankTexts replaces the k-th keys by the ranks of their texts.
func (r *run) rankTexts(o *rules.OrderKey, c candidate, k int) {
	tier := &r.tiers.tier
	texts := make([]string, len(tier.Targets))
	for i := range tier.Targets {
		c.look(tier.Targets[i].ID)
		texts[i] = o.Expr.Text(&r.frame)
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(texts)))
	for i, text := range texts {
		rank, _ := slices.BinarySearchFunc(sorted, text, strings.Compare)
		tier.Keys[i*tier.NKeys+k] = directed(rank, o.Desc)
	}
}

// rankNumbers replaces the k-th keys by the ranks of their exact numbers.
func (r *run) rankNumbers(o *rules.OrderKey, c candidate, k int) {
	tier := &r.tiers.tier
	numbers := r.exact(o.Expr, c)
	sorted := slices.SortedFunc(slices.Values(numbers), (*big.Rat).Cmp)
	sorted = slices.CompactFunc(sorted, func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })
	for i, number := range numbers {
		rank, _ := slices.BinarySearchFunc(sorted, number, (*big.Rat).Cmp)
		tier.Keys[i*tier.NKeys+k] = directed(rank, o.Desc)
	}
}

func directed(rank int, desc bool) int64 {
	if desc {
		return ^int64(rank)
	}
	return int64(rank)
}

// exact evaluates an expression for every target.
func (r *run) exact(e *rules.Expr, c candidate) []*big.Rat {
	numbers := make([]*big.Rat, len(r.tiers.tier.Targets))
	for i := range numbers {
		c.look(r.tiers.tier.Targets[i].ID)
		numbers[i] = e.Rat(&r.frame)
	}
	return numbers
}

// widen makes the weights integers of any size: the numbers, times the least
// common multiple of their denominators.
func (r *run) widen(e *rules.Expr, c candidate) {
	weights := r.exact(e, c)
	multiple := big.NewInt(1)
	for _, w := range weights {
		gcd := new(big.Int).GCD(nil, nil, multiple, w.Denom())
		multiple.Mul(multiple, gcd.Quo(w.Denom(), gcd))
	}
	for _, w := range weights {
		n := new(big.Int).Mul(w.Num(), multiple)
		r.tiers.tier.Wide = append(r.tiers.tier.Wide, n.Quo(n, w.Denom()))
	}
}

// balances are the candidates of a waterfall's tiers: the rows of a run.
type balances struct{ *run }

func (b balances) look(i int) prospect {
	at := b.frame.Balance(i)
	b.frame.AtBalance(at)
	w := b.frame.Words[at.W : at.W+rules.BalancePastDue+1]
	owed := Amount(w[rules.BalanceOwed])
	return prospect{owed, Amount(w[rules.BalanceDue]), Amount(w[rules.BalancePastDue]), owed}
}

func (b balances) own(i int) string {
	w := b.rowWords(i)
	switch {
	case w[rules.BalancePastDue] > 0:
		return rules.StatePastDue.String()
	case w[rules.BalanceDue] > 0:
		return rules.StateDue.String()
	}
	return rules.StateNotDue.String()
}
