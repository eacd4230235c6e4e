package engine

import (
	"fmt"
	"strconv"

	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// What a document may have at most, so that no answer takes long.
const (
	maxDepth      = 8      // levels of children
	maxAccounts   = 10_000 // in a tree
	maxBalances   = 10_000 // in a tree
	maxDirections = 1_000
	maxFacts      = 1_000 // of one account, balance or payment
)

// validate says why account or payment cannot be, as far as that can be seen
// without a policy: an [*InputError], or nil. Payment comes first, and of each
// the first fault in the order of its fields.
func validate(account *Account, payment *Payment) error {
	var v validator
	return v.validate(account, payment)
}

// A validator is memory for [validate], to be used again.
type validator struct {
	ids    []string // of the accounts in tree order
	places []int32  // of whatever is looked through for duplicates, by hash: 1 more than its index
	count  int      // how many balances there are so far
	total  Amount   // what they owe
}

func (v *validator) validate(account *Account, payment *Payment) error {
	if fault := v.payment(payment); fault != nil {
		return fault.under("payment")
	}
	return v.tree(account, payment.Date)
}

// tree says why an account cannot be, as it is on a day.
func (v *validator) tree(account *Account, today Date) error {
	v.ids, v.count, v.total = v.ids[:0], 0, 0
	if fault := v.account(account, today, 0); fault != nil {
		return fault.under("account")
	}
	if i := v.duplicate(len(v.ids), v.idHash, v.sameID); i >= 0 {
		return wrong("id", "%q is the id of another account too", v.ids[i]).under(nthPath(account, i))
	}
	return nil
}

// wrong is a fault of the field at path.
func wrong(path, format string, args ...any) *InputError {
	return &InputError{Field: path, Why: fmt.Sprintf(format, args...)}
}

// under is the fault seen from one level up.
func (e *InputError) under(path string) *InputError {
	e.Field = path + "." + e.Field
	return e
}

func (v *validator) payment(p *Payment) *InputError {
	if fault := v.terms(p); fault != nil {
		return fault
	}
	return v.facts(p.Facts)
}

// terms finds a fault in a payment, its facts aside.
func (v *validator) terms(p *Payment) *InputError {
	switch {
	case p.Amount <= 0:
		return wrong("amount", "must be above 0")
	case p.Amount > money.Max:
		return tooLarge("amount")
	case p.Date == 0:
		return wrong("date", "missing")
	case !isDate(p.Date):
		return wrong("date", "is no date")
	case p.Status > ChargedBack:
		return wrong("status", "unknown status %d", p.Status)
	case p.Status == Disputed:
		return wrong("status", "no payment begins as disputed: a transition makes it so")
	case p.Mode > Process:
		return wrong("mode", "unknown mode %d", p.Mode)
	}
	if fault := feeFault(p.Fee); fault != nil {
		return fault.under("fee")
	}
	if split, ok := p.Split.Get(); ok {
		if fault := v.split(&split); fault != nil {
			return fault
		}
		if len(p.Directed) > 0 {
			return wrong("directed", "a payment that is split cannot be directed")
		}
	}
	return directedFault(p.Directed)
}

func feeFault(fee Opt[FeeTerms]) *InputError {
	terms, _ := fee.Get()
	if terms.Type > Sum {
		return wrong("type", "unknown fee type %d", terms.Type)
	}
	if fault := amountFault("flat", terms.Flat); fault != nil {
		return fault
	}
	if terms.Percentage < 0 {
		return wrong("percentage", "must not be below 0")
	}
	return rateFault("percentage", terms.Percentage)
}

func (v *validator) split(t *SplitTerms) *InputError {
	if (t.Type == "") == (len(t.Amounts) == 0) {
		return wrong("split", "needs either a type or amounts")
	}
	for i := range t.Amounts {
		part := &t.Amounts[i]
		if fault := amountFault(part.Account, part.Amount); fault != nil {
			return fault.under("split.amounts")
		}
	}
	i := v.duplicate(len(t.Amounts),
		func(i int) uint64 { return hash(t.Amounts[i].Account, "") },
		func(i, j int) bool { return t.Amounts[i].Account == t.Amounts[j].Account })
	if i >= 0 {
		return wrong(t.Amounts[i].Account, "given twice").under("split.amounts")
	}
	return nil
}

func directedFault(directed []Direction) *InputError {
	if len(directed) > maxDirections {
		return wrong("directed", "too many: at most %d", maxDirections)
	}
	for i := range directed {
		if directed[i].Component == "" {
			return wrong("component", "missing").under(indexed("directed", i))
		}
		if fault := amountFault("amount", directed[i].Amount); fault != nil {
			return fault.under(indexed("directed", i))
		}
	}
	return nil
}

// account finds a fault in a and in what is below it, and gathers their ids.
func (v *validator) account(a *Account, today Date, depth int) *InputError {
	v.ids = append(v.ids, a.ID)
	switch {
	case depth == 0 && a.ID == "":
		v.ids[0] = rootID
	case a.ID == "":
		return wrong("id", "missing: only the root may go without")
	}
	if fault := v.ownFault(a, today); fault != nil {
		return fault
	}
	if depth == maxDepth && len(a.Children) > 0 {
		return wrong("children[0]", "too deep: accounts have at most %d levels of children", maxDepth)
	}
	if len(v.ids)+len(a.Children) > maxAccounts {
		return wrong("children", "too many: a tree has at most %d accounts", maxAccounts)
	}
	for i := range a.Children {
		if fault := v.account(&a.Children[i], today, depth+1); fault != nil {
			return fault.under(indexed("children", i))
		}
	}
	return nil
}

func (v *validator) ownFault(a *Account, today Date) *InputError {
	limit, _ := a.CreditLimit.Get()
	if fault := amountFault("credit_limit", limit); fault != nil {
		return fault
	}
	if fault := amountFault("credit_held", a.CreditHeld); fault != nil {
		return fault
	}
	minimum, _ := a.MinimumDue.Get()
	if fault := amountFault("minimum_due", minimum); fault != nil {
		return fault
	}
	if a.DaysPastDue < 0 || a.DaysPastDue > rules.MaxDays {
		return wrong("days_past_due", "must be from 0 to %d", rules.MaxDays)
	}
	if a.RollsUp > RollsUpNone {
		return wrong("rolls_up", "unknown way to roll up %d", a.RollsUp)
	}
	if fault := v.facts(a.Facts); fault != nil {
		return fault
	}
	return v.balances(a.Balances, today)
}

func (v *validator) balances(balances []Balance, today Date) *InputError {
	if v.count += len(balances); v.count > maxBalances {
		return wrong("balances", "too many: all accounts of a tree together have at most %d", maxBalances)
	}
	for i := range balances {
		if fault := v.balance(&balances[i], today); fault != nil {
			return fault.under(indexed("balances", i))
		}
	}
	if i := v.sameBalance(balances); i >= 0 {
		b := &balances[i]
		return wrong(indexed("balances", i), "the account has bucket %q, component %q twice", b.bucket(), b.Component)
	}
	return nil
}

// sameBalance gives the index of the first balance that is there twice, or -1.
func (v *validator) sameBalance(balances []Balance) int {
	if apart(balances) {
		return -1
	}
	return v.duplicate(len(balances),
		func(i int) uint64 { return hash(balances[i].bucket(), balances[i].Component) },
		func(i, j int) bool {
			return balances[i].Component == balances[j].Component && balances[i].bucket() == balances[j].bucket()
		})
}

// apart says that a few balances are seen at a glance not to be the same.
func apart(balances []Balance) bool {
	var m marks
	for i := range balances {
		b := &balances[i]
		if i == fewEnough || !m.isNew(mark(b.bucket())*3+mark(b.Component)) {
			return false
		}
	}
	return true
}

func (v *validator) balance(b *Balance, today Date) *InputError {
	if b.Component == "" {
		return wrong("component", "missing")
	}
	if fault := owedFault(b); fault != nil {
		return fault
	}
	v.total += max(b.Owed, -b.Owed)
	if v.total > rules.MaxTotal {
		return wrong("owed", "too large: all balances together owe more than the engine can count")
	}
	if fault := duesFault(b, today); fault != nil {
		return fault
	}
	if b.DueDate != 0 && !isDate(b.DueDate) {
		return wrong("due_date", "is no date")
	}
	if fault := rateFault("apr", b.APR.Or(0)); fault != nil {
		return fault
	}
	return v.facts(b.Facts)
}

// owedFault holds a credit to be owed by the lender, and all else to be owed
// by the borrower.
func owedFault(b *Balance) *InputError {
	if !b.isCredit() {
		return amountFault("owed", b.Owed)
	}
	if b.Owed > 0 {
		return wrong("owed", "a credit is money owed back: it must be 0 or below")
	}
	return amountFault("owed", -b.Owed)
}

// duesFault holds 0 <= past_due <= due <= owed.
func duesFault(b *Balance, today Date) *InputError {
	due, pastDue := b.dues(today)
	if b.isCredit() {
		due, pastDue = b.Due.Or(0), b.PastDue.Or(0)
	}
	switch {
	case due < 0:
		return wrong("due", "must not be below 0")
	case due > max(b.Owed, 0):
		return wrong("due", "must not be above what is owed")
	case pastDue < 0:
		return wrong("past_due", "must not be below 0")
	case pastDue > due:
		return wrong("past_due", "must not be above what is due")
	}
	return nil
}

func (v *validator) facts(facts Facts) *InputError {
	if len(facts) > maxFacts {
		return wrong("facts", "too many: at most %d", maxFacts)
	}
	if facts.apart() {
		return nil
	}
	i := v.duplicate(len(facts),
		func(i int) uint64 { return hash(facts[i].Name, "") },
		func(i, j int) bool { return facts[i].Name == facts[j].Name })
	if i >= 0 {
		return wrong(facts[i].Name, "given twice").under("facts")
	}
	return nil
}

// apart says that a few facts are seen at a glance to have different names.
func (f Facts) apart() bool {
	var m marks
	for i := range f {
		if i == fewEnough || !m.isNew(mark(f[i].Name)) {
			return false
		}
	}
	return true
}

// amountFault holds an amount between 0 and the largest.
func amountFault(path string, a Amount) *InputError {
	if a < 0 {
		return wrong(path, "must not be below 0")
	}
	if a > money.Max {
		return tooLarge(path)
	}
	return nil
}

func rateFault(path string, r Rate) *InputError {
	if r > money.MaxRate || r < -money.MaxRate {
		return wrong(path, "is no rate that the engine can count with")
	}
	return nil
}

// isDate says whether the calendar has the day.
func isDate(d Date) bool { return 0 < d && d <= rules.MaxDate }

func tooLarge(path string) *InputError {
	return wrong(path, "too large: at most %d minor units", money.Max)
}

func indexed(path string, i int) string {
	return path + "[" + strconv.Itoa(i) + "]"
}

// nthPath is the path to the account with index n in tree order.
func nthPath(root *Account, n int) string {
	path := "account"
	for a := root; n > 0; {
		n-- // a itself
		i := 0
		for size := a.Children[i].size(); n >= size; size = a.Children[i].size() {
			n -= size
			i++
		}
		path += "." + indexed("children", i)
		a = &a.Children[i]
	}
	return path
}

// size counts the accounts of a tree.
func (a *Account) size() int {
	n := 1
	for i := range a.Children {
		n += a.Children[i].size()
	}
	return n
}

func (v *validator) idHash(i int) uint64  { return hash(v.ids[i], "") }
func (v *validator) sameID(i, j int) bool { return v.ids[i] == v.ids[j] }
