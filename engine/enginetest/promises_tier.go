package enginetest

import (
	"fmt"
	"math/big"
	"slices"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// The promises on how a tier fills. They look at the first tier of a waterfall,
// where it has no conditions: what its balances may take is then known without
// evaluating anything.
var tierPromises = []Promise{
	{
		"take", "a tier takes of a balance at most its take, and at most its cap of all together",
		"waterfall.Pool.Fill", ofTier(takesAtMost),
	},
	{
		"ranks", "a rank gets something only when the ranks before it are full",
		"waterfall.Pool.Fill", ofTier(ranksInOrder),
	},
	{
		"weightless", "what weighs 0 gets 0, even when there is enough for all",
		"waterfall.Pool.Fill", ofTier(weightlessGetsNothing),
	},
	{
		"pro rata", "each gets its exact share to within one minor unit when nobody is full",
		"money.Apportion", ofTier(withinOneUnit),
	},
	{
		"whole", "with whole, a balance gets all of its take or nothing, and nothing only where it does not fit",
		"waterfall.Pool.Fill", ofTier(allOrNothing),
	},
	{
		"document order", "the order of balances in the document changes only odd cents among equals",
		"waterfall.Pool.Fill", ofTier(orderMovesOddCents),
	},
}

// A plainTier is a first tier whose filling can be checked by looking.
type plainTier struct {
	*rules.Tier
	balances []plainBalance
	left     engine.Amount // the most that it may take
	total    engine.Amount // what it took
}

// A plainBalance is a balance as the tier sees it.
type plainBalance struct {
	standing
	bucket    string
	rank      []engine.Amount // by each key of the order
	take, got engine.Amount
}

// ofTier makes a promise about first tiers one about decisions.
func ofTier(holds func(*Decision, *plainTier) error) func(*Decision) error {
	return func(d *Decision) error {
		if t := d.plainTier(); t != nil {
			return holds(d, t)
		}
		return nil
	}
}

// plainTier is the first tier of the waterfall that ran, nil if it is not plain
// or did not run on the account as it was given.
func (d *Decision) plainTier() *plainTier {
	_, split := d.Payment.Split.Get()
	if d.Err != nil || split || len(d.Payment.Directed) > 0 || len(d.Receipt.Charges) > 0 || !counted(&d.Receipt) {
		return nil
	}
	t := d.firstTier()
	if t == nil || t.When != nil || t.Where != nil || t.TakeExpr != nil || t.ByExpr != nil {
		return nil
	}
	left := d.Payment.Amount - fromPayment(&d.Receipt)
	if t.Cap != nil {
		most, err := d.Policy.Currency().Parse(t.Cap.String())
		if err != nil {
			return nil // it has to be evaluated
		}
		left = min(left, most)
	}
	p := &plainTier{Tier: t, left: left}
	if !d.rank(p) {
		return nil
	}
	for _, b := range p.balances {
		p.total += b.got
	}
	return p
}

// firstTier is the first tier of the waterfall that the payment's type names,
// nil where that chooses among several, or programs have types of one name.
func (d *Decision) firstTier() (first *rules.Tier) {
	policy := d.Policy.Rules()
	for i := range policy.PaymentTypes {
		kind := &policy.PaymentTypes[i]
		if kind.Name != d.Receipt.Payment.Type {
			continue
		}
		if first != nil || len(kind.Choices) > 1 || kind.Choices[0].When != nil {
			return nil
		}
		first = &policy.Waterfalls[kind.Choices[0].Waterfall].Tiers[0]
	}
	return first
}

// rank gathers the paid account's balances that owe something, each with its
// rank, and says whether their ranks are known.
func (d *Decision) rank(t *plainTier) bool {
	at := slices.IndexFunc(accounts(&d.Account), func(a *engine.Account) bool { return nameOf(a) == d.Receipt.Payment.Account })
	paid := accounts(&d.Account)[at]
	for i := range paid.Balances {
		b := &paid.Balances[i]
		if b.Owed <= 0 {
			continue
		}
		plain := plainBalance{standing: standingOf(b, d.Payment.Date), bucket: bucketOf(b.Bucket)}
		plain.take = map[rules.Measure]engine.Amount{
			rules.MeasureOwed: plain.owed, rules.MeasureDue: plain.due, rules.MeasurePastDue: plain.pastDue,
		}[t.Take]
		rank, in, known := rankOf(t.Order, b)
		if !known {
			return false
		}
		plain.rank = rank
		for j := range d.Receipt.Lines {
			if l := &d.Receipt.Lines[j]; l.At == t.At && l.Bucket == bucketOf(b.Bucket) && l.Component == b.Component {
				plain.got += l.Amount
			}
		}
		if in {
			t.balances = append(t.balances, plain)
		}
	}
	return true
}

// rankOf is the rank of a balance by an order, whether it is in the tier, and
// whether that can be told.
func rankOf(order []rules.OrderKey, b *engine.Balance) (rank []engine.Amount, in, known bool) {
	for i := range order {
		at, in, known := positionOf(&order[i], b)
		if !in || !known {
			return nil, in, known
		}
		rank = append(rank, at)
	}
	return rank, true, true
}

// positionOf is where one key puts a balance.
func positionOf(k *rules.OrderKey, b *engine.Balance) (at engine.Amount, in, known bool) {
	if k.List == rules.ListState || k.Expr != nil && k.Expr.String() != "balance.apr" {
		return 0, false, false
	}
	if k.Expr != nil {
		apr, there := b.APR.Get()
		switch {
		case !there:
			return 1 << 60, true, true // last
		case k.Desc:
			apr = -apr
		}
		return engine.Amount(apr), true, true
	}
	word := b.Component
	if k.List == rules.ListBucket {
		word = bucketOf(b.Bucket)
	}
	position, in := k.Position(word)
	return engine.Amount(position), in, true
}

func takesAtMost(d *Decision, t *plainTier) error {
	for _, b := range t.balances {
		if b.got > b.take {
			return fmt.Errorf("a balance may take %s and took %s", d.text(b.take), d.text(b.got))
		}
	}
	if t.total > t.left {
		return fmt.Errorf("the tier may take %s and took %s", d.text(t.left), d.text(t.total))
	}
	return nil
}

// weight is what a balance weighs; everything weighs something but pro rata.
func (t *plainTier) weight(b *plainBalance) engine.Amount {
	switch {
	case t.Share != rules.ProRata:
		return 1
	case t.By == rules.MeasureDue:
		return b.due
	case t.By == rules.MeasureOwed:
		return b.owed
	}
	return b.take
}

func ranksInOrder(d *Decision, t *plainTier) error {
	if t.Whole != rules.WholeNot {
		return nil
	}
	for i := range t.balances {
		first := &t.balances[i]
		if first.got == first.take || t.weight(first) <= 0 {
			continue
		}
		for _, later := range t.balances {
			if slices.Compare(later.rank, first.rank) > 0 && later.got > 0 {
				return fmt.Errorf("a later rank gets %s while an earlier one has %s of %s", d.text(later.got), d.text(first.got), d.text(first.take))
			}
		}
		if t.total < t.left && !d.weighted(t) {
			return fmt.Errorf("%s is left, and a balance has %s of %s", d.text(t.left-t.total), d.text(first.got), d.text(first.take))
		}
	}
	return nil
}

// weighted says whether a tier may leave money because of its weights: only if
// nothing else weighs anything.
func (d *Decision) weighted(t *plainTier) bool {
	return !slices.ContainsFunc(t.balances, func(b plainBalance) bool { return t.weight(&b) > 0 && b.got < b.take })
}

func weightlessGetsNothing(d *Decision, t *plainTier) error {
	for i := range t.balances {
		if b := &t.balances[i]; t.weight(b) <= 0 && b.got > 0 {
			return fmt.Errorf("a balance weighs nothing and gets %s", d.text(b.got))
		}
	}
	return nil
}

func withinOneUnit(d *Decision, t *plainTier) error {
	if t.Share == rules.InTurn || len(t.Order) > 0 {
		return nil
	}
	total := new(big.Int)
	for i := range t.balances {
		b := &t.balances[i]
		if b.take == 0 {
			continue
		}
		if b.got == b.take {
			return nil // somebody is full
		}
		total.Add(total, big.NewInt(int64(max(0, t.weight(b)))))
	}
	for i := range t.balances {
		b := &t.balances[i]
		if b.take == 0 || t.weight(b) <= 0 {
			continue
		}
		exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(int64(t.left)), big.NewInt(int64(t.weight(b)))), total)
		off := exact.Sub(exact, new(big.Rat).SetInt64(int64(b.got)))
		if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
			return fmt.Errorf("%s is %v minor units from the exact share", d.text(b.got), off)
		}
	}
	return nil
}

func allOrNothing(d *Decision, t *plainTier) error {
	if t.Whole == rules.WholeNot {
		return nil
	}
	for _, b := range t.balances {
		if b.got != 0 && b.got != b.take {
			return fmt.Errorf("%s of %s is taken", d.text(b.got), d.text(b.take))
		}
		if fits := b.take <= t.left-t.total; t.Whole == rules.WholeBalance && b.take > 0 && b.got == 0 && fits {
			return fmt.Errorf("%s is not taken, and %s is left", d.text(b.take), d.text(t.left-t.total))
		}
		for _, other := range t.balances {
			if t.Whole == rules.WholeBucket && other.bucket == b.bucket && other.take > 0 && b.take > 0 && (other.got > 0) != (b.got > 0) {
				return fmt.Errorf("of bucket %q, one balance is taken and another is not", b.bucket)
			}
		}
	}
	return nil
}

// orderMovesOddCents turns the balances round, where nothing goes in turn.
func orderMovesOddCents(d *Decision, t *plainTier) error {
	if t.Share == rules.InTurn {
		return nil
	}
	account := cloneAccount(&d.Account)
	for _, a := range accounts(&account) {
		slices.Reverse(a.Balances)
	}
	turned := d.again(account, d.Payment)
	if turned.Err != nil {
		return nil // a later tier goes by odd cents
	}
	other := turned.plainTier()
	if other == nil || len(other.balances) != len(t.balances) {
		return nil
	}
	slices.Reverse(other.balances)
	for i, b := range t.balances {
		if off := b.got - other.balances[i].got; off > 1 || off < -1 {
			return fmt.Errorf("in another order a balance gets %s, not %s", d.text(other.balances[i].got), d.text(b.got))
		}
	}
	return nil
}
