package enginetest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/spillway/engine"
)

// Draw draws a whole case. Most of them are valid; some have one fault.
func Draw(src Source) Case {
	p := DrawPolicy(src)
	account, payment := DrawInput(src, p.words())
	return Case{p, account, payment}
}

// DrawInput draws an account and a payment that a policy with these words can
// meet.
func DrawInput(src Source, words *Words) (engine.Account, engine.Payment) {
	d := drawInput{src, words}
	account := d.account("", 0)
	if oneIn(src, 2) {
		account.ID = "root"
	}
	if oneIn(src, 20) {
		d.deepen(&account)
	}
	payment := d.payment(&account)
	if oneIn(src, 12) {
		d.spoil(&account, &payment)
	}
	return account, payment
}

type drawInput struct {
	src   Source
	words *Words
}

// largest is the largest amount that documents may have.
const largest = 1_000_000_000_000_000

// amount draws an amount from the edges: nothing, one cent, cents that do not
// divide, round ones, the largest.
func (d drawInput) amount() engine.Amount {
	switch d.src.Intn(10) {
	case 0:
		return engine.Amount(d.src.Intn(4))
	case 1, 2:
		return 100_00
	case 3:
		return engine.Amount(33_33 + d.src.Intn(3))
	case 8:
		return 0
	case 7:
		if len(d.words.Limits) > 0 {
			return max(0, min(largest, pick(d.src, d.words.Limits...)+engine.Amount(d.src.Intn(3)-1)))
		}
	case 9:
		if oneIn(d.src, 3) {
			return largest - engine.Amount(d.src.Intn(3))
		}
	}
	return engine.Amount(d.src.Intn(200_00))
}

// drawDay draws one of the days around those of other draws.
func drawDay(src Source) engine.Date {
	day := engine.Date(738_886 + src.Intn(60)) // from 2024-01
	return day
}

func (d drawInput) account(id string, depth int) engine.Account {
	a := engine.Account{
		ID: id, Kind: pick(d.src, append([]string{""}, d.words.Kinds...)...),
		RollsUp: pick(d.src, engine.RollsUpAll, engine.RollsUpAll, engine.RollsUpPrincipal, engine.RollsUpNone),
		Facts:   d.facts("account"), DaysPastDue: pick(d.src, 0, 0, 1, 30, 91),
	}
	if depth == 0 || d.src.Intn(3) == 2 {
		a.Program = pick(d.src, append([]string{"", ""}, d.words.Programs...)...)
	}
	if d.src.Intn(2) == 1 {
		a.CreditLimit = engine.Some(d.amount())
	}
	if d.src.Intn(4) == 3 {
		a.CreditHeld = d.amount()
	}
	if d.src.Intn(2) == 1 {
		a.MinimumDue = engine.Some(d.amount())
	}
	balances := d.src.Intn(max(2, 5-depth))
	if depth == 0 && oneIn(d.src, 10) {
		balances = 13 + d.src.Intn(20) // so many that sorting them is no insertion any more
	}
	for range balances {
		d.addBalance(&a)
	}
	if depth > 3 || d.src.Intn(max(2, 1+depth)) != 1 {
		return a
	}
	for i := range 1 + d.src.Intn(3) {
		a.Children = append(a.Children, d.account(d.childID(id, i), depth+1))
	}
	return a
}

// deepen puts accounts below the first ones of a tree until it is as deep as a
// tree may be.
func (d drawInput) deepen(root *engine.Account) {
	a, depth := root, 0
	for ; len(a.Children) > 0; depth++ {
		a = &a.Children[0]
	}
	for ; depth < deepest; depth++ {
		child := engine.Account{ID: d.childID(a.ID, 0), RollsUp: pick(d.src, engine.RollsUpAll, engine.RollsUpAll, engine.RollsUpPrincipal)}
		if a == root {
			child.ID = d.childID("", 0)
		}
		for range d.src.Intn(3) {
			d.addBalance(&child)
		}
		a.Children = []engine.Account{child}
		a = &a.Children[0]
	}
}

// deepest is how many levels a tree may have below its root.
const deepest = 8

// childID is a, b, c below the root, or what the policy names, and a1, a2
// below a.
func (d drawInput) childID(parent string, i int) string {
	if parent != "" {
		return parent + strconv.Itoa(i+1)
	}
	if i < len(d.words.Children) {
		return d.words.Children[i]
	}
	return string(rune('a' + i))
}

// addBalance adds a balance, unless the account has such a one.
func (d drawInput) addBalance(a *engine.Account) {
	b := engine.Balance{Bucket: pick(d.src, d.words.Buckets...), Component: pick(d.src, d.words.Components...), Owed: d.amount()}
	if oneIn(d.src, 12) {
		b = engine.Balance{Bucket: "credit", Component: "credit", Owed: -b.Owed}
	}
	if len(a.Balances) > 4 && b.Bucket != "credit" && oneIn(d.src, 2) {
		b.Bucket = strconv.Itoa(len(a.Balances)) // or there are no more pairs
	}
	if slices.ContainsFunc(a.Balances, func(o engine.Balance) bool {
		return bucketOf(o.Bucket) == b.Bucket && o.Component == b.Component
	}) {
		return
	}
	if b.Bucket == "main" && oneIn(d.src, 4) {
		b.Bucket = ""
	}
	if d.src.Intn(2) == 1 {
		b.DueDate = drawDay(d.src)
	}
	if owed := max(b.Owed, 0); d.src.Intn(2) == 1 {
		due := pick(d.src, owed, owed/2, 0, owed/3)
		b.Due = engine.Some(due)
		if d.src.Intn(2) == 1 {
			b.PastDue = engine.Some(pick(d.src, due, due/2, 0))
		}
	}
	if d.src.Intn(3) > 0 {
		b.APR = engine.Some(engine.Rate(pick(d.src, 2000, 2000, 1000, 0, 1599)) * 1e8)
	}
	b.Facts = d.facts("balance")
	a.Balances = append(a.Balances, b)
}

// facts draws the facts that the policy declares of a record, and now and then
// one that it does not.
func (d drawInput) facts(of string) (facts engine.Facts) {
	for i := range d.words.Facts {
		f := &d.words.Facts[i]
		if f.Of == of && d.src.Intn(3) > 0 {
			facts = append(facts, engine.Fact{Name: f.Name, Value: d.fact(f)})
		}
	}
	if oneIn(d.src, 12) {
		facts = append(facts, engine.Fact{Name: "undeclared", Value: engine.NumberValue("1e3")})
	}
	return facts
}

func (d drawInput) fact(f *FactDecl) engine.Value {
	if oneIn(d.src, 12) {
		return engine.Value{} // null
	}
	switch f.Type {
	case "bool":
		return engine.BoolValue(d.src.Intn(2) == 1)
	case "number":
		return engine.NumberValue(pick(d.src, "1", "0", "3", "0.001", "-2", "999999999999999", "2.5"))
	case "money":
		return engine.MoneyValue(d.amount())
	case "rate":
		return engine.NumberValue(pick(d.src, "5", "0", "33.3333"))
	case "date":
		return engine.DateValue(drawDay(d.src))
	}
	return engine.TextValue(pick(d.src, concat(factWords, d.words.FactWords[f.Name])...))
}

func (d drawInput) payment(account *engine.Account) engine.Payment {
	p := engine.Payment{
		ID: pick(d.src, "p-1", ""), Amount: max(1, d.amount()), Date: drawDay(d.src),
		Status: pick(d.src, engine.Active, engine.Active, engine.Active, engine.Pending, engine.Settled, engine.Failed, engine.Reversed),
		Mode:   pick(d.src, engine.Log, engine.Process), Method: pick(d.src, append([]string{""}, d.words.Methods...)...),
		Extra: pick(d.src, append([]string{"", "", ""}, d.words.Extras...)...), Facts: d.facts("payment"),
		IgnoreGuardrails: d.src.Intn(4) == 3, ResetPastDue: d.src.Intn(6) == 5,
		Payoff: d.src.Intn(4) == 3, Recovery: d.src.Intn(4) == 3, Early: d.src.Intn(4) == 3,
	}
	paid, program := account, account.Program
	for len(paid.Children) > 0 && d.src.Intn(3) == 2 {
		paid = &paid.Children[d.src.Intn(len(paid.Children))]
		p.Account = paid.ID
		if paid.Program != "" {
			program = paid.Program
		}
	}
	d.fill(&p, paid)
	if types := d.namesFor(d.words.Types, program); d.src.Intn(4) > 0 && len(types) > 0 {
		p.Type = pick(d.src, types...)
	}
	if oneIn(d.src, 8) {
		p.Fee = engine.Some(engine.FeeTerms{
			Type: pick(d.src, engine.Flat, engine.Percentage, engine.Lesser, engine.Greater, engine.Sum, engine.Waive),
			Flat: d.amount() / 10, Percentage: engine.Rate(pick(d.src, 5, 0, 100)) * 1e10,
		})
	}
	d.aim(&p, paid, program)
	return p
}

// fill lets some payments be what can be filled with nothing over, or a minor
// unit more or less: what is owed by the paid account, by all below it too, what
// is due, the minimum.
func (d drawInput) fill(p *engine.Payment, paid *engine.Account) {
	var full standing
	size := d.src.Intn(8)
	switch size {
	case 4, 5, 6:
		below := accounts(paid)
		if size != 4 {
			below = below[:1]
		}
		for _, a := range below {
			for i := range a.Balances {
				full = full.plus(standingOf(&a.Balances[i], p.Date))
			}
		}
	case 7:
		full.due = paid.MinimumDue.Or(0)
	default:
		return
	}
	amount := full.owed
	if size > 5 {
		amount = full.due
	}
	if amount += engine.Amount(pick(d.src, 0, 0, 1, -1)); 0 < amount && amount <= largest {
		p.Amount = amount
	}
}

// namesFor are the names and ids of entries, mostly of those that serve a
// program.
func (d drawInput) namesFor(entries []Entry, program string) (names []string) {
	for _, e := range entries {
		if len(e.Programs) == 0 || slices.Contains(e.Programs, program) || oneIn(d.src, 20) {
			names = append(names, e.Names...)
		}
	}
	return names
}

// aim splits or directs a payment, or does neither.
func (d drawInput) aim(p *engine.Payment, paid *engine.Account, program string) {
	splits := d.namesFor(d.words.Splits, program)
	switch {
	case len(paid.Children) > 0 && len(splits) > 0 && d.src.Intn(3) > 0:
		p.Split = engine.Some(engine.SplitTerms{Type: pick(d.src, splits...)})
	case len(paid.Children) > 0 && oneIn(d.src, 3):
		p.Split = engine.Some(engine.SplitTerms{Amounts: d.byHand(p.Amount, paid)})
	case oneIn(d.src, 4):
		for range 1 + d.src.Intn(3) {
			p.Directed = append(p.Directed, d.direction(paid))
		}
		if oneIn(d.src, 2) {
			p.Amount = max(p.Amount, 1)
			fit(p)
		}
	}
}

// byHand shares an amount among the children, and now and then their parent.
func (d drawInput) byHand(amount engine.Amount, paid *engine.Account) (parts []engine.SplitAmount) {
	for i := range paid.Children {
		part := amount / engine.Amount(1+d.src.Intn(3))
		if i == len(paid.Children)-1 && !oneIn(d.src, 4) {
			part = amount
		}
		amount -= part
		parts = append(parts, engine.SplitAmount{Account: paid.Children[i].ID, Amount: part})
	}
	if amount > 0 {
		id := paid.ID
		if id == "" {
			id = "account"
		}
		parts = append(parts, engine.SplitAmount{Account: id, Amount: amount})
	}
	return parts
}

func (d drawInput) direction(paid *engine.Account) engine.Direction {
	if len(paid.Balances) == 0 || oneIn(d.src, 8) {
		return engine.Direction{Bucket: pick(d.src, d.words.Buckets...), Component: pick(d.src, d.words.Components...), Amount: d.amount()}
	}
	b := pick(d.src, paid.Balances...)
	amount := pick(d.src, max(b.Owed, 0)/2, max(b.Owed, 0), 1_00, 0)
	return engine.Direction{Bucket: b.Bucket, Component: b.Component, Amount: amount}
}

// fit makes a payment's amount what its directions add up to.
func fit(p *engine.Payment) {
	var sum engine.Amount
	for _, d := range p.Directed {
		sum += d.Amount
	}
	if 0 < sum && sum <= largest {
		p.Amount = sum
	}
}

// formatMinor writes minor units with their decimals.
func formatMinor(a engine.Amount, decimals int) string {
	if decimals == 0 {
		return strconv.FormatInt(int64(a), 10)
	}
	sign := ""
	if a < 0 {
		sign, a = "-", -a
	}
	digits := fmt.Sprintf("%0*d", decimals+1, int64(a))
	point := len(digits) - decimals
	return sign + strings.Join([]string{digits[:point], digits[point:]}, ".")
}
