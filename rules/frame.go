package rules

import "math/big"

// A Frame is the memory that expressions read: one slab of words and one of
// texts, in which payment, accounts, balances and the lists of a receipt are
// stretches of a fixed layout. Registers say where the current ones begin. It
// serves one call at a time.
//
// The host fills it: [Frame.Reset], then the words and texts of each record at
// the offsets of [Layout]. Expressions only read.
type Frame struct {
	Words []int64
	Texts []string

	layout   *Layout
	at       [registers]Ref
	accounts Ref
	balances Ref
	lists    [listKinds]Ref // where lines, shares, directions begin
	failure  Failure
	failed   bool
	steps    int
}

// A Ref is where a record begins.
type Ref struct{ W, T int }

// A Failure says why an expression could not be evaluated, and where in it.
type Failure struct {
	At  Pos
	Why string
}

// The registers: the current record of each kind, and of each loop.
const (
	regPayment = iota
	regAccount
	regBalance
	regChild
	regFee
	regReceipt
	regBefore
	regLoop
	registers = regLoop + maxLoops
)

// maxLoops is how deep list functions may stand in one another.
const maxLoops = 8

// budget is how many elements one expression may look at.
const budget = 1_000_000

// Sizes says how much room a frame needs.
type Sizes struct{ Accounts, Balances, Directions int }

// Reset makes room for the records of one call. Nothing in it is set yet; what
// was in it before is still there.
func (f *Frame) Reset(l *Layout, n Sizes) {
	f.layout = l
	next := Ref{}
	place := func(r *record, n int) Ref {
		at := next
		next.W += n * r.words
		next.T += n * r.texts
		return at
	}
	f.at[regPayment] = place(&l.payment, 1)
	f.at[regFee] = place(&l.fee, 1)
	f.at[regReceipt] = place(&l.receipt, 1)
	f.lists[directions] = place(&l.direction, n.Directions)
	f.accounts = place(&l.account, n.Accounts)
	f.balances = place(&l.balance, n.Balances)
	f.lists[lines] = next
	f.grow(next)
	f.failed = false
}

// grow makes the slabs at least as large as end.
func (f *Frame) grow(end Ref) {
	if cap(f.Words) < end.W {
		f.Words = append(make([]int64, 0, end.W+end.W/2), f.Words...)
	}
	if cap(f.Texts) < end.T {
		f.Texts = append(make([]string, 0, end.T+end.T/2), f.Texts...)
	}
	f.Words, f.Texts = f.Words[:end.W], f.Texts[:end.T]
}

// AddResult makes room for the lines and shares of a receipt, after the other
// records, and says where each list begins.
func (f *Frame) AddResult(nLines, nShares int) (line, share Ref) {
	l := f.layout
	line = f.lists[lines]
	share = Ref{line.W + nLines*l.line.words, line.T + nLines*l.line.texts}
	f.lists[shares] = share
	f.grow(Ref{share.W + nShares*l.share.words, share.T + nShares*l.share.texts})
	return line, share
}

// Line is where the i-th of the lines begins, the first of which is at r.
func (r Ref) Line(i int) Ref { return Ref{r.W + i*lineSize, r.T + i*lineTexts} }

// Share is where the i-th of the shares begins, the first of which is at r.
func (r Ref) Share(i int) Ref { return Ref{r.W + i*shareSize, r.T + i*shareTexts} }

// Payment is where the payment begins.
func (f *Frame) Payment() Ref { return f.at[regPayment] }

// Fee is where the fee begins that guardrails see.
func (f *Frame) Fee() Ref { return f.at[regFee] }

// Receipt is where the receipt begins that result guardrails see.
func (f *Frame) Receipt() Ref { return f.at[regReceipt] }

// Account is where the i-th account begins.
func (f *Frame) Account(i int) Ref {
	return Ref{f.accounts.W + i*f.layout.account.words, f.accounts.T + i*f.layout.account.texts}
}

// Balance is where the i-th balance begins.
func (f *Frame) Balance(i int) Ref {
	return Ref{f.balances.W + i*f.layout.balance.words, f.balances.T + i*f.layout.balance.texts}
}

// Direction is where the i-th direction begins.
func (f *Frame) Direction(i int) Ref {
	at := f.lists[directions]
	return Ref{at.W + i*directionSize, at.T + i*directionTexts}
}

// AtAccount makes the record at r the account that expressions see.
func (f *Frame) AtAccount(r Ref) { f.at[regAccount] = r }

// AtBefore makes the record at r the account before the payment that invariants
// see: one more tree of accounts in the frame.
func (f *Frame) AtBefore(r Ref) { f.at[regBefore] = r }

// AtBalance makes the record at r the balance that expressions see.
func (f *Frame) AtBalance(r Ref) { f.at[regBalance] = r }

// AtChild makes the record at r the child that expressions see.
func (f *Frame) AtChild(r Ref) { f.at[regChild] = r }

// Failed gives the first failure since the last Reset, and whether there was one.
func (f *Frame) Failed() (Failure, bool) { return f.failure, f.failed }

// Failing says whether an expression has failed since the last Reset.
func (f *Frame) Failing() bool { return f.failed }

// fail notes the first failure. Evaluation goes on with what it has; the host
// throws the result away.
func (f *Frame) fail(at Pos, why string) {
	if !f.failed {
		f.failed, f.failure = true, Failure{at, why}
	}
}

// spendSize counts the size of a fraction against the budget: sums of quotients may
// grow with each element.
func (f *Frame) spendSize(r *big.Rat) {
	words := (r.Num().BitLen() + r.Denom().BitLen()) / 64
	f.steps -= words * words / 64
}

// step counts one element of a list against the budget.
func (f *Frame) step(p *part) bool { return f.spend(p, 1) }

// spend counts the elements that a loop has looked at against the budget, and says
// whether the evaluation goes on.
func (f *Frame) spend(p *part, elements int64) bool {
	f.steps -= int(elements)
	if f.steps < 0 {
		f.fail(p.at, "looks at more than 1,000,000 elements")
	}
	return !f.failed
}
