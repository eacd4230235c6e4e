package enginetest_test

import (
	"errors"
	"math"
	"math/rand"
	"testing"

	"example.com/spillway/engine"
	"example.com/spillway/engine/enginetest"
)

// doctored says, by promise, how an answer is made to break it, if it can be:
// false is for an answer that does not have what it takes.
var doctored = map[string]func(*enginetest.Decision) bool{
	"conservation":       func(d *enginetest.Decision) bool { d.Receipt.Unapplied++; return true },
	"nothing below zero": onDelta(func(x *engine.Delta) { x.Owed -= 1 << 60 }),
	"room":               onLine(func(l *engine.Line) { l.Amount += 1 << 60 }),
	"lines":              onLine(func(l *engine.Line) { l.Due = l.Amount + 1 }),
	"deltas":             onDelta(func(x *engine.Delta) { x.Owed++ }),
	"uncounted":          uncounted,
	"charged":            func(d *enginetest.Decision) bool { d.Receipt.Charged--; return true },
	"roll-up":            onTotal(func(x *engine.Total) { x.Due++ }),
	"splits sum":         onShare(func(s *engine.SharePart) { s.Amount++ }),
	"shares fit":         onShare(func(s *engine.SharePart) { s.Amount += 1 << 60 }),
	"available credit": onTotal(func(x *engine.Total) {
		if credit, ok := x.AvailableCredit.Get(); ok {
			x.AvailableCredit = engine.Some(credit + 1)
		}
	}),
	"minimum due": onTotal(func(x *engine.Total) { x.MinimumDue-- }),
	"tree order": func(d *enginetest.Decision) bool {
		totals := d.Receipt.Totals
		if len(totals) > 1 {
			totals[0], totals[1] = totals[1], totals[0]
		}
		return len(totals) > 1
	},
	"answers":                     func(d *enginetest.Decision) bool { d.Err = errors.New("broken"); return true },
	"determinism":                 func(d *enginetest.Decision) bool { d.Receipt.Unapplied++; return d.Err == nil },
	"documents":                   func(d *enginetest.Decision) bool { d.Receipt.Unapplied++; return d.Err == nil },
	"key order":                   func(d *enginetest.Decision) bool { d.Receipt.Unapplied++; return d.Err == nil },
	"errors leave nothing behind": func(d *enginetest.Decision) bool { d.Receipt.Unapplied++; return d.Err != nil },
	"policies":                    onLine(func(l *engine.Line) { l.Amount++ }),
	"not overridable":             onHit(func(h *engine.Hit) { h.Ignored = true }),
	"bypassing hides nothing":     onHit(func(h *engine.Hit) { h.Message += "!" }),
	"refusals":                    refusal,
	"fee bounds":                  onFee(func(f *engine.Fee) { f.Amount += 1_000_000_00 }),
	"lesser and greater":          onFee(func(f *engine.Fee) { f.Amount++ }),
	"take":                        onLine(func(l *engine.Line) { l.Amount += 1 << 60 }),
	"ranks":                       movedOn,
	"weightless":                  sprinkled,
	"pro rata":                    movedOn,
	"whole":                       onLine(func(l *engine.Line) { l.Amount++ }),
	"document order":              movedOn,
}

func onLine(change func(*engine.Line)) func(*enginetest.Decision) bool {
	return func(d *enginetest.Decision) bool {
		if len(d.Receipt.Lines) == 0 {
			return false
		}
		change(&d.Receipt.Lines[0])
		return true
	}
}

func onDelta(change func(*engine.Delta)) func(*enginetest.Decision) bool {
	return func(d *enginetest.Decision) bool {
		if len(d.Receipt.Deltas) == 0 {
			return false
		}
		change(&d.Receipt.Deltas[0])
		return true
	}
}

func onTotal(change func(*engine.Total)) func(*enginetest.Decision) bool {
	return func(d *enginetest.Decision) bool {
		if len(d.Receipt.Totals) == 0 {
			return false
		}
		change(&d.Receipt.Totals[0])
		return true
	}
}

func onShare(change func(*engine.SharePart)) func(*enginetest.Decision) bool {
	return func(d *enginetest.Decision) bool {
		if len(d.Receipt.Shares) == 0 {
			return false
		}
		change(&d.Receipt.Shares[0])
		return true
	}
}

func onFee(change func(*engine.Fee)) func(*enginetest.Decision) bool {
	return func(d *enginetest.Decision) bool {
		fee, ok := d.Receipt.Fee.Get()
		change(&fee)
		d.Receipt.Fee = engine.Some(fee)
		return ok
	}
}

func onHit(change func(*engine.Hit)) func(*enginetest.Decision) bool {
	return func(d *enginetest.Decision) bool {
		refusal, ok := d.Err.(*engine.Refusal)
		if ok && len(refusal.Hits) > 0 {
			change(&refusal.Hits[0])
		}
		return ok && len(refusal.Hits) > 0
	}
}

// refusal lets a payment through that was to be refused.
func refusal(d *enginetest.Decision) bool {
	refused, ok := d.Err.(*engine.Refusal)
	if ok {
		d.Err, d.Receipt.Warnings = nil, refused.Hits
	}
	return ok && len(refused.Hits) > 0
}

// uncounted lets a payment change something that does not count.
func uncounted(d *enginetest.Decision) bool {
	d.Receipt.Totals = append(d.Receipt.Totals, engine.Total{Account: "root", Owed: -1})
	return d.Err == nil && d.Payment.Status == engine.Failed
}

// movedOn takes the first line's money, but for a cent, for the first balance
// that has no line in its tier, or the last that has one.
func movedOn(d *enginetest.Decision) bool {
	if len(d.Receipt.Lines) == 0 || d.Receipt.Lines[0].Amount < 4 {
		return false
	}
	from := &d.Receipt.Lines[0]
	to := *from
	to.Amount = from.Amount - 1
	from.Amount = 1
	for i := range d.Account.Balances {
		b := &d.Account.Balances[len(d.Account.Balances)-1-i]
		if b.Owed > 0 && (b.Bucket != from.Bucket || b.Component != from.Component) {
			to.Bucket, to.Component, to.Due, to.Ahead = b.Bucket, b.Component, 0, 0
			d.Receipt.Lines = append(d.Receipt.Lines, to)
			return true
		}
	}
	return false
}

// sprinkled gives a cent to each balance that has no line.
func sprinkled(d *enginetest.Decision) bool {
	if len(d.Receipt.Lines) == 0 {
		return false
	}
	first := d.Receipt.Lines[0]
	for i := range d.Account.Balances {
		b := &d.Account.Balances[i]
		line := first
		line.Component, line.Amount = b.Component, 1
		if line.Bucket = b.Bucket; b.Bucket == "" {
			line.Bucket = "main"
		}
		d.Receipt.Lines = append(d.Receipt.Lines, line)
	}
	return true
}

// Every promise can be broken: each is, by an answer that was doctored.
func TestEveryPromiseBites(t *testing.T) {
	bitten := map[string]bool{}
	for seed := range int64(3000) {
		c := enginetest.Draw(rand.New(rand.NewSource(seed)))
		policy, err := c.Load()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range enginetest.Promises() {
			if bitten[p.Name] {
				continue
			}
			d := enginetest.Decide(policy, &c)
			if change := doctored[p.Name]; change == nil {
				t.Fatalf("no answer is doctored to break %q", p.Name)
			} else if change(d) {
				bitten[p.Name] = p.Holds(d) != nil
			}
		}
		if len(bitten) == len(doctored) && !hasFalse(bitten) {
			return
		}
	}
	for _, p := range enginetest.Promises() {
		if !bitten[p.Name] {
			t.Errorf("no doctored answer breaks %q", p.Name)
		}
	}
}

func hasFalse(m map[string]bool) bool {
	for _, is := range m {
		if !is {
			return true
		}
	}
	return false
}

// corrupted says, by promise on lives, how a past is made to break it. Those
// that ask the engine anew are not here.
var corrupted = map[string]func(*enginetest.Past) bool{
	"negation":         onChange(func(c *engine.Change) bool { return len(c.Deltas) > 0 && add(&c.Deltas[0].Owed) }),
	"allowed":          onChange(func(c *engine.Change) bool { c.Phase = engine.Pending; return true }),
	"change totals":    onChange(func(c *engine.Change) bool { return len(c.Totals) > 0 && add(&c.Totals[0].PastDue) }),
	"posted":           onEnd(func(b *engine.Balance) { b.Owed++ }),
	"sound at the end": onEnd(func(b *engine.Balance) { b.Due = engine.Some(b.Owed + 1) }),
	"list order":       onEnd(func(b *engine.Balance) { b.APR = engine.Some(engine.Rate(1)) }),
	"insert":           onEnd(func(b *engine.Balance) { b.APR = engine.Some(engine.Rate(1)) }),
	"skipped":          onEnd(func(b *engine.Balance) { b.APR = engine.Some(engine.Rate(1)) }),
	"replay repeats":   onEnd(func(b *engine.Balance) { b.Owed++ }),
	"skipped for a reason": func(p *enginetest.Past) bool {
		p.History.Entries[0].Err = errors.New("broken")
		return true
	},
	"event documents": onEnd(func(b *engine.Balance) { b.Owed++ }),
	"receipts": func(p *enginetest.Past) bool {
		for i := range p.History.Entries {
			if r := p.History.Entries[i].Now(); r != nil && len(r.Lines) > 0 {
				r.Lines[0].Undone = math.MinInt64 + 1 // less than a receipt may say
				return true
			}
		}
		return false
	},
}

func add(a *engine.Amount) bool { *a++; return true }

func onChange(change func(*engine.Change) bool) func(*enginetest.Past) bool {
	return func(p *enginetest.Past) bool {
		for i := range p.History.Entries {
			if c := p.History.Entries[i].Change; c != nil {
				return change(c)
			}
		}
		return false
	}
}

func onEnd(change func(*engine.Balance)) func(*enginetest.Past) bool {
	return func(p *enginetest.Past) bool {
		if len(p.History.End.Balances) == 0 {
			return false
		}
		change(&p.History.End.Balances[0])
		return true
	}
}

func TestEveryLifePromiseBites(t *testing.T) {
	bitten := map[string]bool{}
	for seed := range int64(300) {
		l := enginetest.DrawLife(rand.New(rand.NewSource(seed)))
		policy, err := l.Policy.Load()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range enginetest.LifePromises() {
			past := enginetest.Live(policy, &l)
			if change := corrupted[p.Name]; change != nil && past.Err == nil && !bitten[p.Name] && change(past) {
				bitten[p.Name] = p.Holds(past) != nil
			}
		}
	}
	for name := range corrupted {
		if !bitten[name] {
			t.Errorf("no past that was changed breaks %q", name)
		}
	}
}
