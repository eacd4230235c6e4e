package engine

import (
	"math/big"
	"slices"

	"example.com/spillway/money"
	"example.com/spillway/rules"
	"example.com/spillway/waterfall"
)

// A run is the memory of one decision. It is kept from one to the next for its
// room; [run.forget] drops what it points to.
//
// The state of the accounts is in the frame, where expressions read it: every
// amount that moves is written there and nowhere else.
type run struct {
	policy            *Policy
	receipt           *Receipt
	account           *Account
	payment           *Payment
	today             Date         // the day on which dues are judged
	action            rules.Action // what is done, for guardrails
	frame             rules.Frame
	before            []int64 // the frame's words as the documents say
	valid             validator
	doubt             doubt
	members           []member
	rows              []row
	firstRow, rowSize rules.Ref // where the rows' words and texts lie, and how many each has
	paid              int       // the member that is paid
	fees              []fee     // what the payment costs: one, or one for each account of a split
	hits              []Hit

	own   question // of Apply
	sums  []rolled
	tiers tierMemory
	split splitMemory
}

// A member is one account of the tree, in tree order: parents before children.
type member struct {
	doc     *Account
	parent  int // -1: the root
	program string
	first   int // its first row; its balances are rows first..first+balances-1
	rollsUp RollsUp
	touched bool // a balance of it, or of an account below it, changed
}

// A row is one balance, whose figures and names are in the frame. Each account
// has room for two more than its document: a fee's charge and a credit.
type row struct {
	owner             int32
	touched           bool
	credit, principal bool // what it is by its names
}

const spareRows = 2

// tierMemory is what filling tiers needs.
type tierMemory struct {
	pool    waterfall.Pool
	tier    waterfall.Tier
	parts   []waterfall.Part
	list    []waterfall.Direction
	rats    []*big.Rat
	columns []int          // keys whose values do not fit a word
	orders  []ordering     // those that several tiers have in common
	buckets map[string]int // of whole: bucket, their numbers
}

// forget drops everything that keeps a caller's memory alive.
func (r *run) forget() {
	r.receipt, r.account, r.payment = nil, nil, nil
	clear(r.members)
	clear(r.frame.Texts)
	clear(r.hits)
}

// words gives the words of the i-th account, and of the i-th row.
func (r *run) accountWords(i int) []int64 { return r.frame.Words[r.frame.Account(i).W:] }
func (r *run) rowWords(i int) []int64     { return r.frame.Words[r.firstRow.W+i*r.rowSize.W:] }
func (r *run) rowTexts(i int) []string    { return r.frame.Texts[r.firstRow.T+i*r.rowSize.T:] }

// rowsOf gives the first of a member's rows, and the one behind its last.
func (r *run) rowsOf(m int) (first, end int) {
	first = r.members[m].first
	return first, first + int(r.accountWords(m)[rules.AccountBalances])
}

// name names a row.
func (r *run) name(i int, bucket, component string) {
	t := r.rowTexts(i)
	t[rules.BalanceBucket], t[rules.BalanceComponent] = bucket, component
	r.rows[i].principal = component == principalComponent
	r.rows[i].credit = bucket == creditBucket && component == creditComponent
}

func (r *run) bucket(i int) string    { return r.rowTexts(i)[rules.BalanceBucket] }
func (r *run) component(i int) string { return r.rowTexts(i)[rules.BalanceComponent] }
func (r *run) owner(i int) int        { return int(r.rows[i].owner) }

// A change is what is added to a balance, and to the totals that it rolls up to.
type change struct{ owed, due, pastDue Amount }

func (c *change) add(d change) {
	c.owed, c.due, c.pastDue = c.owed+d.owed, c.due+d.due, c.pastDue+d.pastDue
}

// change adds c to a row and to the totals above it.
func (r *run) change(i int, c change) {
	r.rows[i].touched = true
	w := r.rowWords(i)
	w[rules.BalanceOwed] += int64(c.owed)
	w[rules.BalanceDue] += int64(c.due)
	w[rules.BalancePastDue] += int64(c.pastDue)
	r.roll(i, c, false)
}

// roll adds c, a change of a row, to the totals of its account and of those
// that it rolls up to. Of what a line took, frees says whether credit becomes
// available; else it is held.
func (r *run) roll(i int, c change, line bool) {
	principal := r.rows[i].principal
	hold := line && !r.policy.rules.FreesCredit.Has(r.payment.Status)
	for m := r.owner(i); m >= 0; m = r.members[m].parent {
		w := r.accountWords(m)
		w[rules.AccountOwed] += int64(c.owed)
		w[rules.AccountDue] += int64(c.due)
		w[rules.AccountPastDue] += int64(c.pastDue)
		if hold {
			w[rules.AccountCreditHeld] -= int64(c.owed)
		}
		rollsUp := r.members[m].rollsUp
		if rollsUp == RollsUpNone || rollsUp == RollsUpPrincipal && !principal {
			return
		}
	}
}

// principalComponent is what rolls_up: principal counts.
const principalComponent = "principal"

// take lets a row take amount: as a line of the receipt, which it returns to be
// completed, and on the row's dues as counts says.
func (r *run) take(i int, amount money.Amount, counts waterfall.Counts) *Line {
	w := r.rowWords(i)
	owed, due, pastDue := Amount(w[rules.BalanceOwed]), Amount(w[rules.BalanceDue]), Amount(w[rules.BalancePastDue])
	newDue, newPastDue, ahead := counts.Apply(amount, owed, due, pastDue)
	c := change{-amount, newDue - due, newPastDue - pastDue}
	r.rows[i].touched = true
	w[rules.BalanceOwed] += int64(c.owed)
	w[rules.BalanceDue] += int64(c.due)
	w[rules.BalancePastDue] += int64(c.pastDue)
	w[rules.BalanceTaken] += int64(amount)
	r.roll(i, c, true)
	r.lower(r.owner(i), amount, counts)
	line := next(&r.receipt.Lines)
	line.Account, line.Bucket, line.Component = r.id(r.owner(i)), r.bucket(i), r.component(i)
	line.Amount, line.Due, line.Ahead, line.Undone = amount, due-newDue, ahead, 0
	line.KeepsDue = counts == waterfall.CountsNot
	return line
}

// next makes a list one longer, and gives its new end, which may hold what it
// held before: filling that in place takes less than appending a literal.
func next[T any](list *[]T) *T {
	n := len(*list)
	if n == cap(*list) {
		*list = slices.Grow(*list, 1)
	}
	*list = (*list)[:n+1]
	return &(*list)[n]
}

// lower counts a line against the minimum due of its account, and as taken.
func (r *run) lower(m int, amount money.Amount, counts waterfall.Counts) {
	w := r.accountWords(m)
	w[rules.AccountTaken] += int64(amount)
	if counts != waterfall.CountsNot {
		w[rules.AccountMinimumDue] = max(min(0, w[rules.AccountMinimumDue]), w[rules.AccountMinimumDue]-int64(amount))
	}
}
