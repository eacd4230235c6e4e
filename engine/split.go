package engine

import (
	"slices"

	"example.com/spillway/rules"
	"example.com/spillway/split"
	"example.com/spillway/waterfall"
)

// splitMemory is what sharing a payment among accounts needs.
type splitMemory struct {
	on       bool
	rules    *rules.Split // nil: by hand
	sharer   split.Sharer
	accounts []split.Account
	owes     []owes // by member, what it and all below it owe, rolled up or not
	shares   []split.Share
	hand     []Amount // by member, of a split by hand
	percents []Rate   // by member, of a split by percentages
	level    split.Level
	kept     []Amount // by member, what it keeps; empty: not shared yet
	rest     Amount   // what is left over
	words    []int64  // the frame's words, while tiers of the split lower them
}

// owes is what an account owes, and what of it is due.
type owes struct{ owed, due, pastDue Amount }

func (o owes) plus(p owes) owes { return owes{o.owed + p.owed, o.due + p.due, o.pastDue + p.pastDue} }

// less is what is left of o after taken: dues fall with what is owed.
func (o owes) less(taken Amount) owes {
	return owes{o.owed - taken, max(0, o.due-taken), max(0, o.pastDue-taken)}
}

// readSplit looks up the payment's split.
func (r *run) readSplit() error {
	s := &r.split
	s.on, s.rules, s.kept = false, nil, nil
	r.frame.Texts[rules.PaymentSplit] = ""
	r.frame.Words[rules.PaymentShared] = rules.Missing
	terms, ok := r.payment.Split.Get()
	if !ok {
		return nil
	}
	s.on = true
	r.frame.Words[rules.PaymentShared] = 0
	if len(r.members[r.paid].doc.Children) == 0 {
		return wrong("payment.split", "account %q has no children to share with", r.id(r.paid))
	}
	if terms.Type == "" {
		return r.readAmounts(terms.Amounts)
	}
	if s.rules = r.splitType(terms.Type); s.rules == nil {
		return wrong("payment.split.type", "program %q has no split %q", r.members[r.paid].program, terms.Type)
	}
	r.frame.Texts[rules.PaymentSplit] = s.rules.Name
	return r.readPercentages()
}

// splitType is the policy's split of a name or an id, for the paid account.
func (r *run) splitType(name string) *rules.Split {
	id, numeric := numericID(name)
	var byID *rules.Split
	for i := range r.policy.rules.Splits {
		s := &r.policy.rules.Splits[i]
		switch {
		case !s.Serves(r.members[r.paid].program):
		case s.Name == name:
			return s
		case numeric && s.HasID && s.ID == id:
			byID = s
		}
	}
	return byID
}

// child is the member that is the paid account's child of an id, or with self
// the paid account itself; -1 if there is none. find finds members by their ids.
func (r *run) child(find func(id string) int, id string, self bool) int {
	m := find(id)
	if m < 0 || r.members[m].parent != r.paid && (!self || m != r.paid) {
		return -1
	}
	return m
}

func (r *run) readAmounts(amounts []SplitAmount) error {
	s := &r.split
	s.hand = slices.Grow(s.hand[:0], len(r.members))[:len(r.members)]
	clear(s.hand)
	find := r.finder(len(amounts))
	for _, a := range amounts {
		m := r.child(find, a.Account, true)
		if m < 0 {
			return wrong("payment.split.amounts."+a.Account, "is no child of account %q, nor that account", r.id(r.paid))
		}
		s.hand[m] = a.Amount
	}
	return nil
}

func (r *run) readPercentages() error {
	s := &r.split
	s.percents = slices.Grow(s.percents[:0], len(r.members))[:len(r.members)]
	clear(s.percents)
	find := r.finder(len(s.rules.Percentages))
	for _, p := range s.rules.Percentages {
		m := r.child(find, p.Child, false)
		if m < 0 {
			return wrong("payment.split", "split %q names %q, which is no child of account %q", s.rules.Name, p.Child, r.id(r.paid))
		}
		s.percents[m] = p.Percent
	}
	return nil
}

// checkAmounts holds amounts by hand to what reaches them.
func (r *run) checkAmounts() error {
	if !r.split.on || r.split.rules != nil {
		return nil
	}
	var sum Amount
	for _, amount := range r.split.hand {
		sum += amount
	}
	if reaches := r.payment.Amount - r.fromPayment(r.paid); reaches >= 0 && sum != reaches {
		return wrong("payment.split.amounts", "add up to %s, not to the %s that are to be shared", r.money(sum), r.money(reaches))
	}
	return nil
}

// share works all shares out, before any waterfall runs.
func (r *run) share(amount Amount) error {
	s := &r.split
	r.survey()
	plan := split.Plan{Accounts: s.accounts, Paid: r.paid}
	s.shares = s.shares[:0]
	var err error
	switch {
	case s.rules == nil:
		s.shares, s.rest = s.sharer.ByHand(s.shares, &plan, s.hand), 0
	case len(s.rules.Percentages) > 0:
		plan.ToParent = s.rules.Leftover == rules.LeftoverParent
		s.shares, s.rest = s.sharer.ByPercent(s.shares, amount, &plan, s.percents)
	default:
		plan.ToParent = s.rules.Leftover == rules.LeftoverParent
		plan.Tiers, plan.Family = len(s.rules.Tiers), s.rules.Family
		s.words = append(s.words[:0], r.frame.Words...)
		s.shares, s.rest, err = s.sharer.Among(s.shares, amount, &plan, accounts{r})
		copy(r.frame.Words, s.words)
	}
	if err != nil {
		return err
	}
	s.kept = s.sharer.Kept()
	return nil
}

// survey adds up what each member, and all below it, owes.
func (r *run) survey() {
	s := &r.split
	s.accounts, s.owes = s.accounts[:0], s.owes[:0]
	for m := range r.members {
		own := r.ownOwes(m)
		s.accounts = append(s.accounts, split.Account{Parent: r.members[m].parent, Owed: own.owed})
		s.owes = append(s.owes, own)
	}
	for m := len(r.members) - 1; m > 0; m-- {
		parent := r.members[m].parent
		s.owes[parent] = s.owes[parent].plus(s.owes[m])
	}
}

// ownOwes is what a member's own balances owe; what the lender owes back does
// not lower it.
func (r *run) ownOwes(m int) (sum owes) {
	for i, end := r.rowsOf(m); i < end; i++ {
		w := r.rowWords(i)
		sum = sum.plus(owes{
			max(0, Amount(w[rules.BalanceOwed])), Amount(w[rules.BalanceDue]), Amount(w[rules.BalancePastDue]),
		})
	}
	return sum
}

// assessEach decides the fee of each account that keeps a part.
func (r *run) assessEach(s *rules.Split) error {
	if err := r.share(r.payment.Amount); err != nil {
		return err
	}
	var schedule *rules.Fee
	var err error
	if s.Fee == rules.FeeEachSame {
		schedule, err = r.schedule(r.paid)
	}
	for m := range r.members {
		if err != nil {
			return err
		}
		if r.split.kept[m] <= 0 {
			continue
		}
		if s.Fee == rules.FeeEachOwn {
			schedule, err = r.schedule(m)
		}
		if err == nil {
			err = r.addFee(m, schedule, r.split.kept[m])
		}
	}
	return err
}

// paySplit hands the shares out and pays every account what it keeps.
func (r *run) paySplit() error {
	s := &r.split
	each := s.rules != nil && s.rules.Fee != rules.FeeOnce
	if !each {
		if err := r.share(r.payment.Amount - r.fromPayment(r.paid)); err != nil {
			return err
		}
	}
	for _, share := range s.shares {
		part := SharePart{Account: r.id(share.Account), Amount: share.Amount}
		if s.rules != nil {
			part.Split = s.rules.Name
		}
		if share.Tier != split.NoTier {
			part.Tier = s.rules.Tiers[share.Tier].Name
		}
		r.receipt.Shares = append(r.receipt.Shares, part)
	}
	if s.rest > 0 {
		if s.rules != nil && s.rules.Leftover == rules.LeftoverRefuse {
			return r.refuse("LeftoverRefused", r.money(s.rest)+" of the payment cannot be shared")
		}
		r.receipt.Unapplied += s.rest
	}
	return r.payKept(r.paid, each)
}

// payKept pays what a member and those below it keep, children first.
func (r *run) payKept(m int, each bool) error {
	for c := r.accountWords(m)[rules.AccountChild]; c >= 0; c = r.accountWords(int(c))[rules.AccountSister] {
		if err := r.payKept(int(c), each); err != nil {
			return err
		}
	}
	amount := r.split.kept[m]
	if each {
		amount -= r.fromPayment(m)
	}
	if amount <= 0 {
		return nil
	}
	return r.payAccount(m, amount, nil)
}

// accounts are the candidates of a split's tiers: those who share at a level.
type accounts struct{ *run }

// Tier evaluates a tier for those who share at a level.
func (a accounts) Tier(tier *waterfall.Tier, level split.Level) (bool, error) {
	r, t := a.run, &a.split.rules.Tiers[level.Tier]
	r.split.level = level
	r.frame.Words[rules.PaymentApplying] = int64(level.Applying)
	a.lay()
	r.frame.AtAccount(r.frame.Account(level.Parent))
	r.tiers.tier = *tier
	began := r.begin(t)
	if began {
		if r.split.rules.Family {
			a.consider(t, level.Parent)
		}
		for c := r.accountWords(level.Parent)[rules.AccountChild]; c >= 0; c = r.accountWords(int(c))[rules.AccountSister] {
			a.consider(t, int(c))
		}
		r.finish(t, a)
	}
	*tier = r.tiers.tier
	return began, r.ruleError(ruleName(t, r.split.rules.Name), t.At)
}

// consider offers an account to the tier, if it can take anything yet.
func (a accounts) consider(t *rules.Tier, m int) {
	if a.owes(m).owed > 0 {
		a.offer(t, a, m)
	}
}

// lay writes those who share, as the level's earlier tiers left them, where
// expressions read them: the children, their parent, and the parent again, with
// its own balances only, as the account that shares for itself.
func (a accounts) lay() {
	r, parent := a.run, a.split.level.Parent
	copy(r.words(parent), r.split.words[r.frame.Account(parent).W:])
	for c := r.accountWords(parent)[rules.AccountChild]; c >= 0; c = r.accountWords(int(c))[rules.AccountSister] {
		taken := a.split.level.Taken[c]
		copy(r.words(int(c)), r.split.words[r.frame.Account(int(c)).W:])
		lowered(r.words(int(c)), taken)
		if r.members[c].rollsUp == RollsUpAll {
			w := r.words(parent)
			due := w[rules.AccountMinimumDue]
			lowered(w, taken)
			w[rules.AccountMinimumDue] = due
		}
	}
	if !r.split.rules.Family {
		return
	}
	own, self := r.ownOwes(parent), r.frame.Account(len(r.members))
	w := r.frame.Words[self.W : self.W+r.policy.rules.Layout.Account.Words]
	copy(w, r.words(parent))
	w[rules.AccountOwed], w[rules.AccountDue], w[rules.AccountPastDue] = int64(own.owed), int64(own.due), int64(own.pastDue)
	w[rules.AccountTaken], w[rules.AccountChild] = 0, -1
	lowered(w, a.split.level.Taken[parent])
	lowered(r.words(parent), a.split.level.Taken[parent])
	at := r.frame.Account(parent).T
	copy(r.frame.Texts[self.T:self.T+r.policy.rules.Layout.Account.Texts], r.frame.Texts[at:])
}

// words are the words of one member, and no more.
func (r *run) words(m int) []int64 { return r.accountWords(m)[:r.policy.rules.Layout.Account.Words] }

// lowered lowers an account's totals by what it is handed.
func lowered(w []int64, taken Amount) {
	t := int64(taken)
	w[rules.AccountOwed] -= t
	for _, i := range [...]int{rules.AccountDue, rules.AccountPastDue, rules.AccountMinimumDue} {
		w[i] = max(min(w[i], 0), w[i]-t)
	}
	w[rules.AccountTaken] += t
}

func (a accounts) look(m int) prospect {
	record := m
	if m == a.split.level.Parent {
		record = len(a.members)
	}
	a.frame.AtChild(a.frame.Account(record))
	o := a.owes(m)
	return prospect{o.owed, o.due, o.pastDue, a.split.level.Room[m]}
}

// owes is what an account owes with all below it; itself among its children,
// its own balances only.
func (a accounts) owes(m int) owes {
	o := a.split.owes[m]
	if m == a.split.level.Parent {
		o = a.ownOwes(m)
	}
	return o.less(a.split.level.Taken[m])
}

func (a accounts) own(m int) string { return a.id(m) }
