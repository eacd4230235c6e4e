package engine

import (
	"example.com/spillway/rules"
	"example.com/spillway/waterfall"
)

// pay pays the money of the payment to the accounts that get it.
func (r *run) pay() error {
	if r.split.on {
		return r.paySplit()
	}
	return r.payAccount(r.paid, r.payment.Amount-r.fromPayment(r.paid), r.payment.Directed)
}

// payAccount lets a member's waterfall run over amount.
func (r *run) payAccount(m int, amount Amount, directed []Direction) error {
	w, err := r.waterfall(m, amount)
	if err != nil {
		return err
	}
	r.forgetOrders()
	follow, err := r.judge(m, w, amount, directed)
	if err != nil {
		return err
	}
	rest := amount
	if follow && w.DirectedAfter < 0 {
		rest = r.direct(m, w, rest)
	}
	if !follow || w.Directed != rules.DirectedOnly {
		rest, err = r.pour(m, w, rest, follow)
	}
	if err != nil || rest == 0 {
		return err
	}
	return r.leave(m, w, rest)
}

// waterfall is the one that a member's payment type chooses for amount.
func (r *run) waterfall(m int, amount Amount) (*rules.Waterfall, error) {
	kind, err := r.paymentType(m)
	if err != nil {
		return nil, err
	}
	r.frame.AtAccount(r.frame.Account(m))
	r.frame.Words[rules.PaymentApplying] = int64(amount)
	for i := range kind.Choices {
		c := &kind.Choices[i]
		holds := c.When == nil || c.When.Bool(&r.frame)
		if err := r.ruleError(kind.Name, kind.At); err != nil {
			return nil, err
		}
		if holds {
			return &r.policy.rules.Waterfalls[c.Waterfall], nil
		}
	}
	return nil, &RuleError{Rule: kind.Name, At: kind.At, Why: "none of its waterfalls' conditions holds"}
}

// checkDirected says that a payment is directed whose waterfall takes no
// directions.
func (r *run) checkDirected() error {
	if len(r.payment.Directed) == 0 {
		return nil
	}
	w, err := r.waterfall(r.paid, max(0, r.payment.Amount-r.fromPayment(r.paid)))
	if err != nil {
		return err
	}
	return mayDirect(w)
}

func mayDirect(w *rules.Waterfall) error {
	if w.Directed == rules.DirectedAbsent {
		return wrong("payment.directed", "waterfall %q takes no directions: it has no directed", w.Name)
	}
	return nil
}

// judge says whether directions are followed. They are held against what
// reaches the waterfall, and against what is owed before it runs.
func (r *run) judge(m int, w *rules.Waterfall, amount Amount, directed []Direction) (follow bool, err error) {
	t := &r.tiers
	t.list, t.parts = t.list[:0], t.parts[:0]
	if len(directed) == 0 || w.Directed == rules.DirectedIgnore {
		return false, nil
	}
	if err := mayDirect(w); err != nil { // a charge before the payment made it another waterfall
		return false, err
	}
	for i := range directed {
		row := r.row(m, directed[i].bucket(), directed[i].Component)
		t.list = append(t.list, waterfall.Direction{Target: row, Owed: r.owed(row), Amount: directed[i].Amount})
	}
	_, verdict := t.pool.Direct(t.parts, amount, &waterfall.Directions{
		List: t.list, Only: w.Directed == rules.DirectedOnly, Invalid: waterfall.Invalid(w.InvalidDirections),
	})
	if verdict.Outcome == waterfall.Refused {
		return false, r.refuse("DirectionsRefused", "the payment's directions cannot be followed: "+verdict.Why)
	}
	return verdict.Outcome == waterfall.Followed, nil
}

// direct honours directions that were judged, as far as what is left goes.
func (r *run) direct(m int, w *rules.Waterfall, rest Amount) Amount {
	t := &r.tiers
	for i := range t.list {
		t.list[i].Owed = r.owed(t.list[i].Target)
	}
	parts, verdict := t.pool.Direct(t.parts[:0], rest, &waterfall.Directions{List: t.list, Invalid: waterfall.TrimInvalid})
	t.parts = parts
	for _, part := range parts {
		line := r.take(part.ID, part.Amount, waterfall.CountsDue)
		line.Waterfall, line.Tier, line.At = w.Name, "directed", w.At
	}
	return verdict.Rest
}

// owed is what a row owes; what is not there owes nothing.
func (r *run) owed(row int) Amount {
	if row < 0 {
		return 0
	}
	return max(0, Amount(r.rowWords(row)[rules.BalanceOwed]))
}

// row is the row of a member's balance, -1 if there is none.
func (r *run) row(m int, bucket, component string) int {
	for i, end := r.rowsOf(m); i < end; i++ {
		if r.component(i) == component && r.bucket(i) == bucket {
			return i
		}
	}
	return -1
}

// pour lets the tiers of a waterfall take from amount, one after another. A
// tier that no money reaches does not begin, and a balance that owes nothing
// is no candidate.
func (r *run) pour(m int, w *rules.Waterfall, rest Amount, follow bool) (Amount, error) {
	for i := range w.Tiers {
		if rest == 0 {
			break
		}
		var err error
		if rest, err = r.pourTier(m, w, i, rest); err != nil {
			return rest, err
		}
		if follow && i == w.DirectedAfter {
			rest = r.direct(m, w, rest)
		}
	}
	return rest, nil
}

// pourTier lets one tier take.
func (r *run) pourTier(m int, w *rules.Waterfall, i int, rest Amount) (Amount, error) {
	t := &w.Tiers[i]
	began := r.begin(t)
	if began {
		if t.Ordering > 0 {
			r.offerInOrder(t, m)
		} else {
			r.offerAll(t, m)
		}
		r.finish(t, balances{r})
	}
	if err := r.ruleError(ruleName(t, w.Name), t.At); err != nil || !began {
		return rest, err
	}
	parts, left := r.tiers.pool.Fill(r.tiers.parts[:0], rest, &r.tiers.tier)
	r.tiers.parts = parts
	for _, part := range parts {
		line := r.take(part.ID, part.Amount, waterfall.Counts(t.Counts))
		line.Waterfall, line.Tier, line.At = w.Name, t.Name, t.At
	}
	return left, nil
}

// offerAll offers a member's balances to a tier.
func (r *run) offerAll(t *rules.Tier, m int) {
	for row, end := r.rowsOf(m); row < end; row++ {
		if r.rowWords(row)[rules.BalanceOwed] > 0 {
			r.offer(t, balances{r}, row)
		}
	}
}

// ruleName names a tier in an error: a tier without a name goes by that of its
// waterfall or split.
func ruleName(t *rules.Tier, of string) string {
	if t.Name == "" {
		return of
	}
	return t.Name
}

// leave does with what no tier took as the waterfall's leftover says.
func (r *run) leave(m int, w *rules.Waterfall, rest Amount) error {
	switch w.Leftover {
	case rules.LeftoverRefuse:
		return r.refuse("LeftoverRefused", r.money(rest)+" of the payment cannot be applied")
	case rules.LeftoverCredit:
		line := r.take(r.open(m, creditBucket, creditComponent), rest, waterfall.CountsDue)
		line.Waterfall, line.Tier, line.At = w.Name, "leftover", w.At
	default:
		r.receipt.Unapplied += rest
	}
	return nil
}
