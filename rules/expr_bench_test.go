package rules

import (
	"testing"
	"time"
)

// conditions are twenty as card programmes have them, each beside what one
// would write by hand.
func conditions() []struct {
	text string
	hand func(*handWorld) bool
} {
	return []struct {
		text string
		hand func(*handWorld) bool
	}{
		{`none(payment.directed, .amount > 0) || any(account.balances, .facts.flag_d)`, func(w *handWorld) bool { return !w.asked() || w.anyFlag() }},
		{`none(payment.directed, .amount > 0) || payment.facts.flag_d`, func(w *handWorld) bool { return !w.asked() || w.payment.flag }},
		{`sum(payment.directed, .amount) <= payment.amount && sum(payment.directed, .amount) > payment.amount - min(payment.amount, account.minimum_due)`,
			func(w *handWorld) bool {
				return w.directed() <= w.payment.amount && w.directed() > w.payment.amount-min(w.payment.amount, w.account.minimumDue)
			}},
		{`payment.facts.flag_d && payment.facts.number_d >= 3`, func(w *handWorld) bool { return w.payment.flag && w.payment.number >= 3 }},
		{`payment.amount <= sum(filter(account.balances, not .facts.flag_d), .owed)`, func(w *handWorld) bool { return w.payment.amount <= w.unflagged() }},
		{`any(receipt.lines, .bucket in map(filter(account.balances, .facts.flag_d), .bucket))`, (*handWorld).lineFlagged},
		{`payment.facts.word_d == "none" && fee.amount > 0`, func(w *handWorld) bool { return w.payment.word == "none" && w.fee > 0 }},
		{`payment.facts.word_d == "agent" && payment.facts.flag_d`, func(w *handWorld) bool { return w.payment.word == "agent" && w.payment.flag }},
		{`account.facts.word_d == "OK" && payment.facts.word_d == "none"`, func(w *handWorld) bool { return w.account.word == "OK" && w.payment.word == "none" }},
		{`fee.amount > min(payment.facts.cash_d, percent(4, payment.amount))`, func(w *handWorld) bool {
			return w.fee*25 > min(w.payment.cash*25, w.payment.amount)
		}},
		{`account.facts.flag_d && payment.facts.word_d == "none"`, func(w *handWorld) bool { return w.account.flag && w.payment.word == "none" }},
		{`fee.amount > 0 && not account.facts.flag_d`, func(w *handWorld) bool { return w.fee > 0 && !w.account.flag }},
		{`account.facts.number_d >= 17`, func(w *handWorld) bool { return w.account.number >= 17 }},
		{`payment.facts.word_d == "web" && payment.method == "mail" && not account.facts.flag_d`,
			func(w *handWorld) bool {
				return w.payment.word == "web" && w.payment.method == "mail" && !w.account.flag
			}},
		{`payment.date <= (account.facts.day ?? payment.date) && fee.amount > 0`, func(w *handWorld) bool {
			day := w.account.day
			if day == 0 {
				day = w.payment.date
			}
			return w.payment.date <= day && w.fee > 0
		}},
		{`account.facts.rate_d > 36`, func(w *handWorld) bool { return w.account.rate > 36e10 }},
		{`any(receipt.lines, .bucket == "credit" && .amount > 1)`, (*handWorld).credit},
		{`account.facts.word_d in ["CT", "ME", "MA"]`, func(w *handWorld) bool {
			return w.account.word == "CT" || w.account.word == "ME" || w.account.word == "MA"
		}},
		{`fee.amount <= payment.amount * 0.05`, func(w *handWorld) bool { return w.fee*20 <= w.payment.amount }},
		{`payment.status in ["active", "pending"] && account.owed + fee.amount <= (account.credit_limit ?? account.owed)`, func(w *handWorld) bool {
			limit := w.account.limit
			if limit < 0 {
				limit = w.account.owed
			}
			return (w.payment.status == Active || w.payment.status == Pending) && w.account.owed+w.fee <= limit
		}},
	}
}

// A handWorld is the world card, as one would write it down by hand.
type handWorld struct {
	payment struct {
		amount, cash, number int64
		date                 Date
		status               Status
		flag                 bool
		word, method         string
		directed             []int64
	}
	account struct {
		owed, minimumDue, number, rate, limit int64
		day                                   Date
		flag                                  bool
		word                                  string
		balances                              []handBalance
	}
	fee   int64
	lines []handLine
}

type handBalance struct {
	bucket string
	owed   int64
	flag   bool
}

type handLine struct {
	bucket string
	amount int64
}

func (w *handWorld) asked() bool {
	for _, amount := range w.payment.directed {
		if amount > 0 {
			return true
		}
	}
	return false
}

func (w *handWorld) directed() (sum int64) {
	for _, amount := range w.payment.directed {
		sum += amount
	}
	return sum
}

func (w *handWorld) anyFlag() bool {
	for i := range w.account.balances {
		if w.account.balances[i].flag {
			return true
		}
	}
	return false
}

func (w *handWorld) unflagged() (sum int64) {
	for i := range w.account.balances {
		if !w.account.balances[i].flag {
			sum += w.account.balances[i].owed
		}
	}
	return sum
}

func (w *handWorld) lineFlagged() bool {
	for i := range w.lines {
		for j := range w.account.balances {
			if w.account.balances[j].flag && w.account.balances[j].bucket == w.lines[i].bucket {
				return true
			}
		}
	}
	return false
}

func (w *handWorld) credit() bool {
	for i := range w.lines {
		if w.lines[i].bucket == "credit" && w.lines[i].amount > 100 {
			return true
		}
	}
	return false
}

func cardByHand() *handWorld {
	w := &handWorld{fee: 10_00}
	w.payment.amount, w.payment.cash, w.payment.number, w.payment.date = 500_00, 1, 1e15, dayOf("2024-07-15")
	w.payment.status, w.payment.word, w.payment.method, w.payment.directed = Pending, "web", "card", []int64{5_00, -1}
	w.account.owed, w.account.minimumDue, w.account.number, w.account.rate, w.account.limit = 2126_00, 25_00, 7, 36e10, 5000_00
	w.account.day, w.account.word = dayOf("2023-12-31"), "web"
	w.account.balances = []handBalance{{"purchases", 2000_00, false}, {"purchases", 21_00, true}, {"cash", 100_00, false}, {"cash", 5_00, false}}
	w.lines = []handLine{{"purchases", 21_00}, {"purchases", 375_00}, {"cash", 95_00}, {"cash", 5_00}}
	return w
}

func compiledConditions(t testing.TB) ([]*Expr, *Frame) {
	card := readWorlds(t)["card"]
	l := card.layout()
	var all []*Expr
	for _, c := range conditions() {
		e, m := compileIn(l, c.text, ScopeResult, WantBool)
		if e == nil {
			t.Fatal(m.Err())
		}
		all = append(all, e)
	}
	return all, card.frame(l)
}

// The conditions give what those by hand give, and allocate nothing.
func TestConditionsByHand(t *testing.T) {
	all, f := compiledConditions(t)
	hand := cardByHand()
	for i, c := range conditions() {
		if got, want := all[i].Bool(f), c.hand(hand); got != want {
			t.Errorf("%s = %t, want %t", c.text, got, want)
		}
		if failure, failed := f.Failed(); failed {
			t.Fatalf("%s fails: %v", c.text, failure)
		}
		if n := testing.AllocsPerRun(100, func() { all[i].Bool(f) }); n != 0 {
			t.Errorf("%s allocates %v times", c.text, n)
		}
	}
}

// BenchmarkConditions runs all twenty, compiled and by hand in turns, and
// reports how many times as long the compiled ones take.
func BenchmarkConditions(b *testing.B) {
	all, f := compiledConditions(b)
	hand, table := cardByHand(), conditions()
	b.ReportAllocs()
	b.ResetTimer()
	var compiled, byHand time.Duration
	for range b.N {
		start := time.Now()
		for range 100 {
			for _, e := range all {
				e.Bool(f)
			}
		}
		middle := time.Now()
		for range 100 {
			for i := range table {
				table[i].hand(hand)
			}
		}
		compiled, byHand = compiled+middle.Sub(start), byHand+time.Since(middle)
	}
	b.ReportMetric(float64(compiled.Nanoseconds())/float64(b.N)/100, "ns/compiled")
	b.ReportMetric(float64(byHand.Nanoseconds())/float64(b.N)/100, "ns/by-hand")
	b.ReportMetric(float64(compiled)/float64(byHand), "ratio")
}

// BenchmarkCondition runs each of the twenty on its own.
func BenchmarkCondition(b *testing.B) {
	all, f := compiledConditions(b)
	hand := cardByHand()
	for i, c := range conditions() {
		b.Run(c.text, func(b *testing.B) {
			for b.Loop() {
				all[i].Bool(f)
			}
		})
		b.Run("by hand", func(b *testing.B) {
			for b.Loop() {
				c.hand(hand)
			}
		})
	}
}
