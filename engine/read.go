package engine

import (
	"example.com/spillway/rules"
)

// read lays the documents out in the frame, and says what in them cannot be.
func (r *run) read(receipt *Receipt, account *Account, payment *Payment) error {
	r.receipt, r.account, r.payment = receipt, account, payment
	r.today, r.action = payment.Date, rules.ActionLog
	if payment.Mode == Process {
		r.action = rules.ActionProcess
	}
	err := r.readAll()
	if err != nil || r.doubt.raised {
		if fault := r.valid.validate(account, payment); fault != nil {
			return fault
		}
	}
	if err != nil {
		return err
	}
	r.before = append(r.before[:0], r.frame.Words...)
	r.clean()
	return nil
}

func (r *run) readAll() error {
	if fault := r.valid.terms(r.payment); fault != nil {
		return fault
	}
	if err := r.layOut(); err != nil {
		return err
	}
	return r.readPayment()
}

// layOut lays the accounts out, and finds the one that is paid.
func (r *run) layOut() error {
	r.members, r.rows, r.fees, r.hits = r.members[:0], r.rows[:0], r.fees[:0], r.hits[:0]
	r.enrollTree(r.account, maxBalances)
	if r.doubt.raised || r.doubtIDs() { // each of these is a fault for certain
		return r.valid.tree(r.account, r.today)
	}
	r.room(len(r.members) + 1)
	r.paid = 0
	if id := r.payment.Account; id != "" {
		if r.paid = r.find(id); r.paid < 0 {
			return wrong("payment.account", "no account of the tree has the id %q", id)
		}
	}
	for i := range r.members {
		if err := r.readAccount(i); err != nil {
			return err
		}
	}
	r.link()
	r.minimums()
	return nil
}

// room makes room in the frame for the rows, and so many accounts.
func (r *run) room(accounts int) {
	layout := r.policy.rules.Layout
	r.frame.Reset(layout, rules.Sizes{Accounts: accounts, Balances: len(r.rows), Directions: len(r.payment.Directed)})
	r.firstRow, r.rowSize = r.frame.Balance(0), rules.Ref{W: layout.Balance.Words, T: layout.Balance.Texts}
}

// minimums works out the minimum dues that no document gives.
func (r *run) minimums() {
	for i := range r.members {
		if w := r.accountWords(i); w[rules.AccountMinimumDue] == rules.Missing {
			w[rules.AccountMinimumDue] = int64(r.ownDue(i))
		}
	}
}

// enrollTree adds the accounts of a tree to the members.
func (r *run) enrollTree(root *Account, most int) {
	r.doubt = doubt{members: len(r.members), rows: len(r.rows), most: most}
	r.enroll(root, -1)
}

// enroll adds an account and those below it to the members.
func (r *run) enroll(doc *Account, parent int) {
	program := doc.Program
	if program == "" && parent >= 0 {
		program = r.members[parent].program
	}
	me := len(r.members)
	accounts := me - r.doubt.members
	if accounts == maxAccounts || len(r.rows)-r.doubt.rows+len(doc.Balances) > r.doubt.most+accounts*spareRows {
		r.doubt.raised = true
		return
	}
	r.members = append(r.members, member{doc: doc, parent: parent, program: program, first: len(r.rows), rollsUp: doc.RollsUp})
	for range len(doc.Balances) + spareRows {
		r.rows = append(r.rows, row{owner: int32(me)})
	}
	r.doubt.depth++
	r.doubt.raised = r.doubt.raised || r.doubt.depth > maxDepth+1
	for i := range doc.Children {
		if r.doubt.raised {
			return
		}
		r.enroll(&doc.Children[i], me)
	}
	r.doubt.depth--
}

// find gives the member with an id, -1 if there is none.
func (r *run) find(id string) int {
	for i := range r.members {
		if r.id(i) == id {
			return i
		}
	}
	return -1
}

// finder is [run.find] for that many ids: of many, by hashing them.
func (r *run) finder(ids int) func(id string) int {
	if ids <= fewEnough {
		return r.find
	}
	members := make(map[string]int, len(r.members))
	for i := range r.members {
		members[r.id(i)] = i
	}
	return func(id string) int {
		if i, ok := members[id]; ok {
			return i
		}
		return -1
	}
}

// id is the id of a member.
func (r *run) id(i int) string {
	if id := r.members[i].doc.ID; id != "" {
		return id
	}
	return rootID
}

// readAccount lays one account out, and its balances. Totals come from below:
// each balance is rolled up as it is read.
func (r *run) readAccount(i int) error {
	m := &r.members[i]
	at, w := r.frame.Account(i), r.accountWords(i)
	doc := m.doc
	w[rules.AccountOwed], w[rules.AccountDue], w[rules.AccountPastDue], w[rules.AccountTaken] = 0, 0, 0, 0
	w[rules.AccountCreditLimit] = orMissing(doc.CreditLimit)
	w[rules.AccountCreditHeld] = int64(doc.CreditHeld)
	w[rules.AccountMinimumDue] = orMissing(doc.MinimumDue)
	w[rules.AccountDaysPastDue] = int64(doc.DaysPastDue)
	w[rules.AccountRollsUp] = int64(doc.RollsUp)
	w[rules.AccountBalances], w[rules.AccountBalance] = int64(len(doc.Balances)), int64(m.first)
	w[rules.AccountChild], w[rules.AccountSister] = -1, -1
	t := r.frame.Texts[at.T:]
	t[rules.AccountID], t[rules.AccountProgram], t[rules.AccountKind] = r.id(i), m.program, doc.Kind
	r.doubtAccount(doc)
	if err := r.readFacts(at, &r.policy.rules.Layout.Account, doc.Facts); err != nil {
		return r.underAccount(i, err)
	}
	var own, principal change
	apr := int64(rules.Missing)
	for j := range doc.Balances {
		row := m.first + j
		if err := r.readBalance(row, &doc.Balances[j]); err != nil {
			return r.underAccount(i, err.under(indexed("balances", j)))
		}
		b := r.rowWords(row)
		c := change{Amount(b[rules.BalanceOwed]), Amount(b[rules.BalanceDue]), Amount(b[rules.BalancePastDue])}
		own.add(c)
		if r.rows[row].principal {
			principal.add(c)
		}
		apr = max(apr, b[rules.BalanceAPR])
	}
	w[rules.AccountAPR] = apr
	r.total(i, own, principal)
	return nil
}

// link makes the children of each account a list, in document order.
func (r *run) link() {
	for i := len(r.members) - 1; i > 0; i-- {
		if r.members[i].parent < 0 { // the root of a second tree
			continue
		}
		parent := r.accountWords(r.members[i].parent)
		r.accountWords(i)[rules.AccountSister] = parent[rules.AccountChild]
		parent[rules.AccountChild] = int64(i)
	}
}

// readBalance lays one balance out.
func (r *run) readBalance(i int, doc *Balance) *InputError {
	at, w := r.frame.Balance(i), r.rowWords(i)
	due, pastDue := doc.dues(r.today)
	r.doubtBalance(doc, due, pastDue)
	w[rules.BalanceOwed], w[rules.BalanceDue], w[rules.BalancePastDue] = int64(doc.Owed), int64(due), int64(pastDue)
	w[rules.BalanceTaken] = 0
	w[rules.BalanceDueDate], w[rules.BalanceAPR] = rules.Missing, orMissing(doc.APR)
	if doc.DueDate != 0 {
		w[rules.BalanceDueDate] = int64(doc.DueDate)
	}
	r.name(i, doc.bucket(), doc.Component)
	return r.readFacts(at, &r.policy.rules.Layout.Balance, doc.Facts)
}

// total adds what a member's own balances owe, and what of that is principal, to
// the totals that they count in.
func (r *run) total(m int, own, principal change) {
	for counts := own; m >= 0; m = r.members[m].parent {
		w := r.accountWords(m)
		w[rules.AccountOwed] += int64(counts.owed)
		w[rules.AccountDue] += int64(counts.due)
		w[rules.AccountPastDue] += int64(counts.pastDue)
		switch r.members[m].rollsUp {
		case RollsUpNone:
			return
		case RollsUpPrincipal:
			counts = principal
		}
	}
}

// ownDue is what is due of a member's own balances.
func (r *run) ownDue(m int) (due Amount) {
	first := r.members[m].first
	for i := range r.members[m].doc.Balances {
		due += Amount(r.rowWords(first + i)[rules.BalanceDue])
	}
	return due
}

func orMissing[T ~int64](o Opt[T]) int64 {
	if v, ok := o.Get(); ok {
		return int64(v)
	}
	return rules.Missing
}

func asWord(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
