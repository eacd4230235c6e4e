package rules

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.com/spillway/money"
)

// whole has every key of the language.
const whole = `
policy: whole
version: 2024.10
currency: {code: USD, decimals: 4}
override: warnings
include: [more.yaml, sub/fees.yaml]
facts:
  account: {state: string}
  balance: {disputed: {type: bool, default: true}, held: {type: money, default: "1.5"}}
statuses: {counted: [active, settled], frees_credit: [settled]}
payment_types:
  - {name: regular, id: 1, programs: [card, loan], waterfall: std}
  - name: "hardship"
    waterfall: [{when: account.facts.state == "CO", use: cure}, {use: std}]
waterfalls:
  - name: std
    leftover: credit
    directed: first
    directed_after: dues
    invalid_directions: trim
    undo: [principal, interest]
    tiers:
      - use: cure
      - {tier: rest, take: 5, whole: bucket, counts: ahead}
  - name: cure
    tiers:
      - tier: dues
        when: payment.applying > 5
        where: not balance.facts.disputed
        take: due
        cap: account.minimum_due - balance_is_not_here
        order: [{component: [[fees, charges], interest]}, balance.apr desc, balance.due_date]
        share: pro_rata
        by: owed
splits:
  - {name: shared, id: 7, among: family, fee: each_own, leftover: refuse, tiers: [{order: [{child: [a, b]}, child.apr asc]}]}
  - {name: fixed, percentages: {b: 75.5, a: 24.5}}
guardrails:
  - name: law
    actions: [settle, charge_back]
    programs: [card]
    when: payment.early
    require: receipt.unapplied == 0
    severity: notice
    message: "{{payment.amount}} of {{ '}}' }}"
    cite: 12 CFR 1026.53(a)
    stage: result
    from: 2024-01-01
    until: 2024-01-02
    overridable: false
`

func wholeFiles() fstest.MapFS {
	return fstest.MapFS{
		"p/whole.yaml":    {Data: []byte(strings.Replace(whole, " - balance_is_not_here", "", 1))},
		"p/more.yaml":     {Data: []byte("include: [sub/last.yaml]\nfacts: {account: {code: number}}\nwaterfalls: [{name: third, tiers: [{tier: all}]}]")},
		"p/sub/last.yaml": {Data: []byte("guardrails: [{name: last, forbid: account.facts.code == 1}]")},
		"p/sub/fees.yaml": {Data: []byte(`fees:
  - {name: card, when: payment.method == "card", type: greater, flat: 1.2345, percentage: 2.5, minimum: 0, maximum: 9,
     round: half_even, terms: payment, collect: charge_before, charge_to: {component: late}, refund: true}
  - {name: none, type: waive}`)},
	}
}

func TestLoad(t *testing.T) {
	got, err := Load(wholeFiles(), "p/whole.yaml")
	if err != nil {
		t.Fatal(err)
	}
	currency, _ := money.Custom("USD", 4)
	x := &Expr{} // an expression is there
	dues := Tier{Name: "dues", When: x, Where: x, Take: MeasureDue, Cap: x, Share: ProRata, By: MeasureOwed, Sure: true, Order: []OrderKey{
		{List: ListComponent, Positions: map[string]int{"fees": 0, "charges": 0, "interest": 1}},
		{Expr: x, Desc: true}, {Expr: x}}}
	rest := Tier{Name: "rest", Take: MeasureExpr, TakeExpr: x, By: MeasureTake, Whole: WholeBucket, Counts: CountsAhead}
	want := &Policy{
		Name: "whole", Version: "2024.10", Currency: currency,
		Counted: 1<<Active | 1<<Settled, FreesCredit: 1 << Settled,
		PaymentTypes: []PaymentType{
			{Entry: Entry{Name: "regular", Programs: []string{"card", "loan"}}, ID: 1, HasID: true, Choices: []Choice{{Waterfall: 0}}},
			{Entry: Entry{Name: "hardship"}, Choices: []Choice{{When: x, Waterfall: 1}, {Waterfall: 0}}}},
		Waterfalls: []Waterfall{
			{Entry: Entry{Name: "std"}, Leftover: LeftoverCredit, Directed: DirectedFirst, DirectedAfter: 0,
				InvalidDirections: InvalidTrim, Undo: []string{"principal", "interest"}, Tiers: []Tier{dues, rest}},
			{Entry: Entry{Name: "cure"}, DirectedAfter: -1, Tiers: []Tier{dues}},
			{Entry: Entry{Name: "third"}, DirectedAfter: -1, Tiers: []Tier{{Name: "all", By: MeasureTake, Sure: true}}}},
		Splits: []Split{
			{Entry: Entry{Name: "shared"}, ID: 7, HasID: true, Family: true, Fee: FeeEachOwn, Leftover: LeftoverRefuse,
				Tiers: []Tier{{By: MeasureTake, Order: []OrderKey{
					{List: ListChild, Positions: map[string]int{"a": 0, "b": 1}}, {Expr: x}}}}},
			{Entry: Entry{Name: "fixed"}, Leftover: LeftoverParent, Percentages: []Percentage{{"b", 75.5 * 1e10}, {"a", 24.5 * 1e10}}}},
		Fees: []Fee{
			{Entry: Entry{Name: "card"}, Actions: 1<<ActionLog | 1<<ActionProcess, When: x, Type: Greater, Flat: 1_2345, Percentage: 2.5 * 1e10, HasMinimum: true,
				Maximum: 9_0000, HasMaximum: true, Round: money.HalfEven, PaymentTerms: true, Collect: ChargeBefore,
				ChargeBucket: "fees", ChargeComponent: "late", Refund: true},
			{Entry: Entry{Name: "none"}, Actions: 1<<ActionLog | 1<<ActionProcess, ChargeBucket: "fees", ChargeComponent: "fees"}},
		Guardrails: []Guardrail{
			{Entry: Entry{Name: "law", Programs: []string{"card"}}, Actions: 1<<ActionSettle | 1<<ActionChargeBack, When: x, Test: x,
				Require: true, Severity: SeverityNotice, Message: Message{[]string{"", " of ", ""}, []*Expr{x, x}},
				Cite: "12 CFR 1026.53(a)", Result: true, From: 738886, Until: 738887},
			{Entry: Entry{Name: "last"}, Actions: 1<<ActionLog | 1<<ActionProcess, Test: x, Message: Message{Texts: []string{""}}, Overridable: true}},
	}
	there := cmp.Comparer(func(a, b *Expr) bool { return (a == nil) == (b == nil) })
	opts := cmp.Options{there, cmpopts.IgnoreTypes(Pos{}), cmp.Comparer(func(a, b money.Currency) bool { return a == b }),
		cmpopts.IgnoreFields(Policy{}, "Digest", "Layout", "Lints"), cmpopts.IgnoreUnexported(OrderKey{})}
	if diff := cmp.Diff(want, got, opts); diff != "" {
		t.Error(diff)
	}
	places := map[string]Pos{
		"p/whole.yaml:24:9":    got.Waterfalls[0].Tiers[1].At,
		"p/whole.yaml:27:9":    got.Waterfalls[1].Tiers[0].At,
		"p/whole.yaml:14:58":   got.PaymentTypes[1].Choices[0].At,
		"p/whole.yaml:43:14":   got.Guardrails[0].TestAt,
		"p/sub/last.yaml:1:14": got.Guardrails[1].At,
		"p/sub/fees.yaml:2:5":  got.Fees[0].At,
	}
	for want, got := range places {
		if got.String() != want {
			t.Errorf("place %v, want %s", got, want)
		}
	}
}

func TestDigest(t *testing.T) {
	files := wholeFiles()
	digestOf := func() string {
		p, err := Load(files, "p/whole.yaml")
		if err != nil {
			t.Fatal(err)
		}
		return p.Digest
	}
	first := digestOf()
	if len(first) != 71 || !strings.HasPrefix(first, "sha256:") {
		t.Errorf("Digest = %q", first)
	}
	data := string(files["p/whole.yaml"].Data)
	files["p/whole.yaml"] = &fstest.MapFile{Data: []byte("# a comment\n" + strings.ReplaceAll(data, "\n", "\r\n"))}
	if again := digestOf(); again != first {
		t.Error("a comment changes the digest")
	}
	files["p/sub/last.yaml"] = &fstest.MapFile{Data: []byte("guardrails: [{name: last, forbid: account.facts.code == 2}]")}
	if again := digestOf(); again == first {
		t.Error("a change in an included file does not change the digest")
	}
}

func TestFromNode(t *testing.T) {
	src := "policy:\n  policy: inline\n  currency: USD\n  include: [more.yaml]\n  payment_types: [{name: a, waterfall: third}]\n"
	n, err := ParseYAML("specs/a.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	p, err := FromNode(n.Get("policy"), wholeFiles(), "p")
	if err != nil || len(p.Waterfalls) != 1 || p.Waterfalls[0].At.String() != "p/more.yaml:3:14" {
		t.Errorf("FromNode = %+v, %v", p, err)
	}
	_, err = FromNode(n.Get("policy"), nil, "")
	if err == nil || err.Error() != "specs/a.yaml:4:13: files cannot be included here\n      include: [more.yaml]\n                ^~~~~~~~~" {
		t.Errorf("without files: %v", err)
	}
}

func TestLoadFiles(t *testing.T) {
	files := fstest.MapFS{
		"dir/x.yaml": {},
		"big.yaml":   {Data: []byte(strings.Repeat("# \n", 400_000))},
		"p.json":     {Data: []byte(`{"policy": "j", "currency": "USD", "payment_types": [{"name": "a", "waterfall": "w"}], "waterfalls": [{"name": "w", "tiers": [{"where": "balance.ow\u0065d > 5 && balance.x > 5"}]}]}`)},
	}
	for name, want := range map[string]string{
		"none.yaml": "none.yaml:1:1: there is no file",
		"dir":       "dir:1:1: \"dir\" cannot be read",
		"../x":      "../x:1:1: there is no file",
		"big.yaml":  "big.yaml:1:1: the file is over 1 MiB",
		"p.json":    "p.json:1:171: balance has no field \"x\"",
	} {
		_, err := Load(files, name)
		var es Errors
		if !errors.As(err, &es) || !strings.HasPrefix(es[0].Error(), want) {
			t.Errorf("Load(%q): %v, want %s", name, err, want)
		}
	}
	deep := fstest.MapFS{}
	for c := 'a'; c < 'a'+20; c++ {
		deep[string(c)+".yaml"] = &fstest.MapFile{Data: []byte("include: [" + string(c+1) + ".yaml]")}
	}
	if _, err := Load(deep, "a.yaml"); err == nil || !strings.Contains(err.Error(), "q.yaml:1:11: includes go deeper than 16") {
		t.Errorf("deep includes: %v", err)
	}
}

func TestLints(t *testing.T) {
	src := `policy: lints
currency: USD
facts: {account: {state: string, code: number}}
payment_types: [{name: a, waterfall: w}]
waterfalls:
  - {name: w, tiers: [{tier: some, when: account.facts.code == 1}, {tier: all}, {tier: late}, {tier: later}]}
  - {name: unused, tiers: [{use: used_by_unused}]}
  - {name: used_by_unused, tiers: [{tier: listed, order: [{component: [fees]}]}, {tier: rest}]}
fees:
  - {name: cards, type: flat, flat: 1, programs: [card]}
  - {name: twice, type: flat, flat: 1, percentage: 5, programs: [card]}
  - {name: every, type: waive}
  - {name: late, type: waive, when: payment.early}
`
	p, err := Load(fstest.MapFS{"l.yaml": {Data: []byte(src)}}, "l.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`l.yaml:3:19: no expression reads fact "state"`,
		`l.yaml:6:88: never reached: tier "all" before it takes all that is owed`,
		`l.yaml:7:12: no payment type uses waterfall "unused"`,
		`l.yaml:8:12: no payment type uses waterfall "used_by_unused"`,
		`l.yaml:11:12: never used: fee "cards" before it has no when`,
		`l.yaml:11:40: a fee of type flat does not use percentage`,
		`l.yaml:13:12: never used: fee "every" before it has no when`,
	}
	var got []string
	for _, lint := range p.Lints {
		got = append(got, lint.Error())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTooMany(t *testing.T) {
	src := "policy: x\ncurrency: USD\n"
	for i := range 300 {
		src += "k" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + strings.Repeat("y", i/26) + ": 1\n"
	}
	_, err := Load(fstest.MapFS{"f": {Data: []byte(src)}}, "f")
	es, _ := err.(Errors)
	if len(es) != maxMistakes+1 || !strings.HasPrefix(es[maxMistakes].Message, "and 10") {
		t.Errorf("%d mistakes, the last: %v", len(es), es[len(es)-1])
	}
	tiers := "waterfalls:\n  - {name: w00, tiers: [{}, {}]}\n"
	for i := range 30 {
		n := string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10))
		last := string(rune('0'+i/10)) + string(rune('0'+i%10))
		tiers += "  - {name: w" + n + ", tiers: [{use: w" + last + "}, {use: w" + last + "}]}\n"
	}
	src = "policy: x\ncurrency: USD\npayment_types: [{name: a, waterfall: w00}]\n" + tiers
	if _, err = Load(fstest.MapFS{"f": {Data: []byte(src)}}, "f"); err == nil || !strings.Contains(err.Error(), "more than 1000 tiers") {
		t.Errorf("doubling uses: %v", err)
	}
}

func TestNearest(t *testing.T) {
	known := []string{"where", "share", "pro_rata", "in_turn", "cap"}
	for text, want := range map[string]string{
		"shere": "share", "prorata": "pro_rata", "inturn": "in_turn", "Cap": "cap", "acp": "cap", "xyz": "", "": "", "wheer": "where",
		strings.Repeat("x", 1000): "",
	} {
		if got := nearest(text, known); got != want {
			t.Errorf("nearest(%.20q) = %q, want %q", text, got, want)
		}
	}
}

func TestUnderlined(t *testing.T) {
	e := &Error{Pos: Pos{"f", 3, 3}, Width: 2, Message: "no", Hint: "yes", Line: "\t\txy z\x1b[0m"}
	want := "f:3:3: no (yes)\n    \t\txy z\uFFFD[0m\n    \t\t^~"
	if got := e.Underlined(); got != want {
		t.Errorf("Underlined = %q, want %q", got, want)
	}
	e = &Error{Pos: Pos{"f", 1, 5000}, Width: 500, Message: "no", Line: strings.Repeat("a", 4999) + strings.Repeat("b", 600)}
	if got := e.Underlined(); len(got) > 500 || !strings.Contains(got, "aab") {
		t.Errorf("a long line: %q", got)
	}
	e = &Error{Pos: Pos{"f", 1, 9}, Width: 3, Message: "no", Line: "ab"}
	if got := e.Underlined(); got != "f:1:9: no\n    ab\n      ^" {
		t.Errorf("behind the line: %q", got)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(strings.Replace(whole, "include: [more.yaml, sub/fees.yaml]", "", 1))
	files, _ := filepath.Glob("testdata/mistakes/*.yaml")
	for _, name := range files {
		if src, err := os.ReadFile(name); err == nil {
			f.Add(string(src))
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		fsys := fstest.MapFS{"f.yaml": {Data: []byte(src)}}
		p, err := Load(fsys, "f.yaml")
		if err == nil {
			if again, err := Load(fsys, "f.yaml"); err != nil || again.Digest != p.Digest {
				t.Error("not the same again")
			}
			return
		}
		text := newSource("f.yaml", []byte(strings.TrimPrefix(src, "\ufeff")))
		var es Errors
		if !errors.As(err, &es) || p != nil {
			t.Fatalf("error %T, policy %v", err, p)
		}
		for _, e := range es {
			inFile(t, text, e.Pos)
		}
	})
}
