package rules

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// conditionsOfGuards are what drawn guardrails ask: on one word and several, of
// fields, flags, texts, numbers, dates and lists, some failing.
var conditionsOfGuards = []string{
	`payment.facts.word in []`, `not (payment.facts.word in [])`, `payment.facts.word == "late"`, `payment.facts.word != "none"`, `payment.facts.word in ["late", "a longer word", "none"]`,
	`not (payment.facts.word in ["late", "none"])`, `payment.facts.flag`, `not payment.facts.flag`, `payment.facts.number > 6`,
	`payment.facts.number >= 6`, `payment.facts.number < 6.5`, `payment.facts.number <= -6`, `payment.facts.number == 6`,
	`payment.facts.number != 6.5`, `fee.amount > (payment.facts.number > 6 ? 25 : 35)`, `fee.amount <= (payment.facts.flag ? 25 : 35)`,
	`fee.amount > 25`, `fee.amount == 0`, `payment.date >= date("2024-03-01")`, `payment.status in ["active", "pending"]`,
	`payment.mode == "process"`, `payment.facts.missing > 1`, `any(payment.directed, .amount > 1)`,
	`none(payment.directed, .amount > 1) || payment.facts.flag`, `account.owed > 100`, `true`,
}

// Asking a set of guardrails gives those that asking each in turn gives.
func TestGuardSet(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	hit, failed := 0, 0
	for round := range 300 {
		p := drawGuards(t, random, 1+random.Intn(150))
		var guards []*Guardrail
		for i := range p.Guardrails {
			guards = append(guards, &p.Guardrails[i])
		}
		set := NewGuardSet(guards)
		for range 20 {
			f := drawFrame(p.Layout, random)
			action, day := Action(random.Intn(3)), Date(738_945+random.Intn(4))
			program := []string{"", "card", "loan"}[random.Intn(3)]
			want := askEach(guards, f, Round{action: action, day: day, program: program})
			f.failed = false
			var got []string
			asking := set.Ask(action, day, program)
			for g := asking.Next(f); g != nil && !f.failed; g = asking.Next(f) {
				got = append(got, g.Name)
			}
			if f.failed {
				got = append(got, "failed")
				failed++
			}
			hit += len(got)
			if !slices.Equal(got, want) {
				t.Fatalf("round %d: the set gives %v, one by one it is %v", round, got, want)
			}
		}
	}
	if hit < 1000 || failed < 100 {
		t.Errorf("only %d hits, %d failures: the drawn guardrails say little", hit, failed)
	}
}

// askEach asks guardrails one by one, up to one that fails.
func askEach(guards []*Guardrail, f *Frame, about Round) (hit []string) {
	f.failed = false
	for _, g := range guards {
		inForce := about.day >= g.From && (g.Until == 0 || about.day < g.Until)
		if !g.Actions.Has(about.action) || !inForce || !g.Serves(about.program) {
			continue
		}
		if (g.When == nil || g.When.Bool(f)) && g.Test.Bool(f) != g.Require && !f.failed {
			hit = append(hit, g.Name)
		}
		if f.failed {
			return append(hit, "failed")
		}
	}
	return hit
}

func drawGuards(t testing.TB, random *rand.Rand, n int) *Policy {
	var text strings.Builder
	text.WriteString(`
policy: guards
currency: USD
facts:
  payment: {word: {type: string, default: none}, flag: {type: bool, default: false}, number: {type: number, default: 7}, missing: number}
payment_types: [{name: regular, waterfall: all}]
waterfalls: [{name: all, tiers: [{tier: all}]}]
guardrails:
`)
	draw := func() string {
		if random.Intn(8) > 0 { // one that does not fail
			return conditionsOfGuards[random.Intn(21)]
		}
		return conditionsOfGuards[random.Intn(len(conditionsOfGuards))]
	}
	for i := range n {
		fmt.Fprintf(&text, "  - {name: g%d, %s: '%s && %s'", i, []string{"forbid", "require"}[random.Intn(2)], draw(), draw())
		if random.Intn(2) == 0 {
			fmt.Fprintf(&text, ", when: '%s'", draw())
		}
		if random.Intn(3) == 0 {
			text.WriteString([]string{", from: 2024-03-01", ", until: 2024-03-01", ", programs: [card]", ", actions: [process]"}[random.Intn(4)])
		}
		text.WriteString("}\n")
	}
	p, err := Load(fstest.MapFS{"p.yaml": {Data: []byte(text.String())}}, "p.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// drawFrame draws a payment as an engine lays it out.
func drawFrame(l *Layout, random *rand.Rand) *Frame {
	f := &Frame{}
	f.Reset(l, Sizes{Accounts: 1, Directions: 1})
	f.AtAccount(f.Account(0))
	f.Words[f.Account(0).W+AccountOwed] = random.Int63n(200_00)
	f.Words[PaymentDate], f.Words[PaymentStatus] = 738_945+random.Int63n(30), random.Int63n(4)
	f.Words[PaymentMode], f.Words[PaymentDirections] = random.Int63n(2), random.Int63n(2)
	f.Words[f.Direction(0).W+DirectionAmount] = random.Int63n(2_00)
	f.Words[f.Fee().W+FeeAmount] = []int64{0, 25_00, 25_01, 30_00, 35_00, 35_01}[random.Intn(6)]
	at := f.Payment()
	l.Payment.Default(f, at)
	values := []FactValue{
		{Text: []string{"none", "late", "a longer word", "another"}[random.Intn(4)]}, {Word: random.Int63n(2)},
		{Word: []int64{-7, -6, 5, 6, 7}[random.Intn(5)], Fraction: []int64{0, numberUnits / 2}[random.Intn(2)]},
	}
	for i, v := range values {
		if random.Intn(4) > 0 {
			l.Payment.Facts[i].Set(f, at, v)
		}
	}
	return f
}

// BenchmarkGuardSet asks a hundred guardrails about one payment: together, and
// one by one.
func BenchmarkGuardSet(b *testing.B) {
	random := rand.New(rand.NewSource(1))
	p := drawGuards(b, random, 100)
	var guards []*Guardrail
	for i := range p.Guardrails {
		guards = append(guards, &p.Guardrails[i])
	}
	set, f := NewGuardSet(guards), drawFrame(p.Layout, random)
	about := Round{action: ActionLog, day: 738_945}
	b.Run("together", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f.failed = false
			asking := set.Ask(about.action, about.day, "")
			for g := asking.Next(f); g != nil && !f.failed; g = asking.Next(f) {
			}
		}
	})
	b.Run("one by one", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			askEach(guards, f, about)
		}
	})
}
