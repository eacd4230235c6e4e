package enginetest

import (
	"strconv"

	"example.com/spillway/engine"
)

// DrawLife draws a policy, an account and what happens to it.
func DrawLife(src Source) Life {
	p := DrawPolicy(src)
	enliven(src, p)
	account, events := DrawEvents(src, p.words())
	return Life{p, account, events}
}

// enliven lets some fees and guardrails be for what happens to a payment later.
func enliven(src Source, p *Policy) {
	later := [][]string{{"return"}, {"reverse", "charge_back"}, {"settle"}, {"void", "fail"}}
	for i := range p.Fees {
		if f := &p.Fees[i]; oneIn(src, 4) && f.Type != "" {
			f.Actions = pick(src, later...)
			f.Terms, f.Collect, f.Refund = "", "charge_after", false
		}
	}
	for i := range p.Guardrails {
		if g := &p.Guardrails[i]; oneIn(src, 4) && g.Stage != "result" {
			g.Actions = pick(src, later...)
		}
	}
}

// DrawEvents draws an account and what happens to it, as a policy with these
// words can meet it.
func DrawEvents(src Source, words *Words) (engine.Account, []engine.Event) {
	d := drawInput{src, words}
	l := &drawLife{drawInput: d, account: d.account("", 0), day: drawDay(src)}
	for range 1 + src.Intn(8) {
		l.events = append(l.events, l.event())
	}
	return l.account, l.events
}

// A drawLife draws the events of one life, one after the other.
type drawLife struct {
	drawInput
	account engine.Account
	events  []engine.Event
	day     engine.Date
	paid    []payment // so far
}

// A payment is what a life knows of one: its id, and the status that it has if
// everything was allowed.
type payment struct {
	id     string
	status engine.Status
}

// event draws what happens next, now and then backdated.
func (l *drawLife) event() engine.Event {
	l.day += engine.Date(l.src.Intn(4))
	day := l.day
	if oneIn(l.src, 6) {
		day -= engine.Date(l.src.Intn(20))
	}
	n := len(l.events) + 1
	switch kind := l.src.Intn(5); {
	case len(l.paid) == 0 || kind == 0:
		p := l.drawInput.payment(&l.account)
		p.ID, p.Date = "p-"+strconv.Itoa(n), day
		l.paid = append(l.paid, payment{p.ID, p.Status})
		return engine.Event{Payment: &p, Order: n}
	case kind == 1:
		return engine.Event{Adjust: l.adjustments(), Date: day, Order: n}
	}
	return engine.Event{Transition: l.transition(day), Order: n}
}

// later are what a payment of a status may become. A disputed one may also be
// what it was.
var later = map[engine.Status][]engine.Status{
	engine.Pending:  {engine.Settled, engine.Active, engine.Failed, engine.Voided},
	engine.Active:   {engine.Reversed, engine.Returned, engine.ChargedBack, engine.Disputed},
	engine.Settled:  {engine.Reversed, engine.Returned, engine.ChargedBack, engine.Disputed},
	engine.Disputed: {engine.Reversed, engine.Returned, engine.ChargedBack, engine.Active, engine.Settled},
}

// transition draws what becomes of a payment, mostly something that is allowed.
func (l *drawLife) transition(day engine.Date) *engine.Transition {
	of := &l.paid[len(l.paid)-1-l.src.Intn(len(l.paid))]
	t := &engine.Transition{ID: of.id, Date: day, IgnoreGuardrails: l.src.Intn(4) == 3, Reason: pick(l.src, "", "nsf")}
	can := later[of.status]
	if len(can) == 0 || oneIn(l.src, 8) {
		t.Status = engine.Status(l.src.Intn(int(engine.ChargedBack) + 1))
		return t
	}
	t.Status = pick(l.src, can...)
	if takesBack(t.Status) && l.src.Intn(3) == 2 {
		t.Amount = engine.Some(max(1, l.amount()))
		return t // while something is left, it keeps its status
	}
	of.status = t.Status
	return t
}

// takesBack says whether payments of a status have been taken back, so that a
// part of one may be.
func takesBack(s engine.Status) bool {
	return s == engine.Reversed || s == engine.Returned || s == engine.ChargedBack
}

// adjustments draws the host's own changes of one account and its balances.
func (l *drawLife) adjustments() (all []engine.Adjustment) {
	at := pick(l.src, accounts(&l.account)...)
	for range 1 + l.src.Intn(2) {
		a := engine.Adjustment{Account: at.ID}
		if oneIn(l.src, 5) {
			all = append(all, l.ofAccount(a))
			continue
		}
		a.Bucket, a.Component = pick(l.src, l.words.Buckets...), pick(l.src, l.words.Components...)
		if len(at.Balances) > 0 && l.src.Intn(2) == 1 {
			b := pick(l.src, at.Balances...)
			a.Bucket, a.Component = b.Bucket, b.Component
		}
		a.Owed = engine.Some(l.amount())
		if oneIn(l.src, 8) {
			a.Owed = engine.Some(engine.Amount(-l.src.Intn(100)))
		}
		if oneIn(l.src, 4) {
			a.Due = engine.Some(engine.Amount(l.src.Intn(2)))
		}
		if oneIn(l.src, 3) {
			a.DueDate = engine.Some(drawDay(l.src))
		}
		all = append(all, a)
	}
	return all
}

// ofAccount draws an adjustment of the account's own fields.
func (l *drawLife) ofAccount(a engine.Adjustment) engine.Adjustment {
	switch l.src.Intn(3) {
	case 0:
		a.MinimumDue = engine.Some(l.amount())
	case 1:
		a.CreditLimit = engine.Some(l.amount())
	default:
		a.DaysPastDue = engine.Some(l.src.Intn(100))
	}
	return a
}
