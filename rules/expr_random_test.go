package rules

import (
	"fmt"
	"math/big"
	"math/rand"
	"strings"
)

// A sample is a random expression: its text, and the samples it is made of.
type sample struct {
	kind  string // money, number, rate, days, date, text or bool
	text  string
	parts []*sample
}

// A sampler writes random expressions of the grammar, right in their kinds.
type sampler struct {
	*rand.Rand
	scope Scope
	elems []string // what # is in each predicate around: a record, or a kind
	forms map[string][]string
}

func (s *sampler) one(of ...string) string { return of[s.Intn(len(of))] }

// write fills a pattern: each word in braces is a sample of that kind.
func (s *sampler) write(kind, pattern string, depth int) *sample {
	out := &sample{kind: kind}
	for {
		before, after, found := strings.Cut(pattern, "{")
		out.text += before
		if !found {
			return out
		}
		inner, rest, _ := strings.Cut(after, "}")
		pattern = rest
		if inner == "list" {
			list, elem, within := s.list(depth - 1)
			body, tail, _ := strings.Cut(pattern, "{body:")
			bodyKind, tail, _ := strings.Cut(tail, "}")
			s.elems = append(s.elems, elem)
			part := s.gen(bodyKind, depth-1)
			s.elems = s.elems[:len(s.elems)-1]
			out.text += list + body + part.text
			out.parts = append(out.parts, within...)
			out.parts = append(out.parts, part)
			pattern = tail
			continue
		}
		part := s.gen(inner, depth-1)
		out.text += part.text
		out.parts = append(out.parts, part)
	}
}

// list is a list, what its elements are, and the samples in it.
func (s *sampler) list(depth int) (text, elem string, parts []*sample) {
	lists := [][2]string{{"account.balances", "balance"}, {"account.children", "child"}, {"payment.directed", "direction"}}
	if s.scope == ScopeResult {
		lists = append(lists, [2]string{"receipt.lines", "line"}, [2]string{"receipt.shares", "share"})
	}
	if s.elem() == "child" {
		lists = append(lists, [2]string{".balances", "balance"}, [2]string{".children", "child"})
	}
	if depth <= 0 || s.Intn(3) == 0 {
		pick := lists[s.Intn(len(lists))]
		return pick[0], pick[1], nil
	}
	kind := s.one("money", "number", "text", "date", "bool", "rate", "days")
	switch s.Intn(3) {
	case 0:
		text, elem, parts = s.list(depth - 1)
		s.elems = append(s.elems, elem)
		where := s.gen("bool", depth-1)
		s.elems = s.elems[:len(s.elems)-1]
		return "filter(" + text + ", " + where.text + ")", elem, append(parts, where)
	case 1:
		text, elem, parts = s.list(depth - 1)
		s.elems = append(s.elems, elem)
		value := s.gen(kind, depth-1)
		s.elems = s.elems[:len(s.elems)-1]
		return "map(" + text + ", " + value.text + ")", kind, append(parts, value)
	}
	var items []string
	for range s.Intn(3) + 1 {
		item := s.gen(kind, depth-1)
		items = append(items, item.text)
		parts = append(parts, item)
	}
	return "[" + strings.Join(items, ", ") + "]", kind, parts
}

func (s *sampler) elem() string {
	if len(s.elems) == 0 {
		return ""
	}
	return s.elems[len(s.elems)-1]
}

// gen writes an expression of a kind.
func (s *sampler) gen(kind string, depth int) *sample {
	if s.elem() == kind && s.Intn(3) == 0 {
		return &sample{kind: kind, text: "#"}
	}
	if depth <= 0 || s.Intn(6) == 0 {
		return &sample{kind: kind, text: s.leaf(kind)}
	}
	if s.forms == nil {
		s.forms = forms()
	}
	patterns := s.forms[kind]
	out := s.write(kind, patterns[s.Intn(len(patterns))], depth)
	out.text = "(" + out.text + ")"
	return out
}

// forms are the ways to make a value of a kind from others.
func forms() map[string][]string {
	same := []string{"{bool} ? {K} : {K}", "min({K}, {K})", "max({K}, {K}, {K})"}
	numeric := append([]string{"{K} + {K}", "{K} - {K}", "-{K}", "{K} * {number}", "{number} * {K}", "{K} / {number}", "{K} % {K}",
		"abs({K})", "round({K}, 2)", `round({K}, -1, "half_even")`, `round({K}, 0, "up")`, `round({K}, 3, "down")`,
		"percent({rate}, {K})", "percent({number}, {K})", "sum({list}, {body:K})", "{K} * 0.0725", "{K} / 7", "sum([{K}, {K}])"}, same...)
	out := map[string][]string{
		"number": {"{money} / {money}", "count({list}, {body:bool})", "year({date})", "month({date})", "day({date})", "weekday({date})",
			"{rate} / {rate}", "{days} * {days}", "{days} / {days}", "({number}) * {number}"},
		"money": {"{money} * {money} / {money}", "{money} * {money} / {money}"},
		"rate":  {"{rate} * {days} / 365"},
		"days":  {"days({date}, {date})", "{days} * 2"},
		"date": {"add_days({date}, 3)", "add_days({date}, {days})", "add_months({date}, -1)", "add_months({date}, 13)", "add_months({date}, {number})",
			"month_start({date})"},
		"text": {"{bool} ? {text} : {text}"},
		"bool": {"{bool} and {bool}", "{bool} || {bool}", "not {bool}", "{bool} == {bool}", "{bool} != {bool}", "{bool} ? {bool} : {bool}",
			"any({list}, {body:bool})", "all({list}, {body:bool})", "none({list}, {body:bool})", "one({list}, {body:bool})",
			"{text} contains {text}", "{text} startsWith {text}", "{text} not endsWith {text}", "{text} in map({list}, {body:text})",
			"{number} < {number} <= {number}"},
	}
	for _, kind := range []string{"money", "number", "rate", "days"} {
		for _, form := range numeric {
			if kind == "rate" && strings.Contains(form, "{rate}") { // a percent of a rate is one
				form = strings.ReplaceAll(form, "{rate}", "{number}")
			}
			out[kind] = append(out[kind], strings.NewReplacer("{K}", "{"+kind+"}", "{body:K}", "{body:"+kind+"}").Replace(form))
		}
	}
	for _, form := range same {
		out["date"] = append(out["date"], strings.ReplaceAll(form, "{K}", "{date}"))
	}
	for _, kind := range []string{"money", "number", "rate", "days", "date", "text"} {
		for _, operator := range []string{"==", "!=", ">", ">=", "<", "<="} {
			out["bool"] = append(out["bool"], fmt.Sprintf("{%s} %s {%[1]s}", kind, operator))
		}
		out["bool"] = append(out["bool"], fmt.Sprintf("{%s} in [{%[1]s}, {%[1]s}]", kind), fmt.Sprintf("{%s} in map({list}, {body:%[1]s})", kind),
			fmt.Sprintf("{%s} not in filter([{%[1]s}], true)", kind))
	}
	return out
}

// leaf is a field, a fact or a literal.
func (s *sampler) leaf(kind string) string {
	of := []string{"account", "payment"}
	switch s.scope {
	case ScopeBalance:
		of = append(of, "balance")
	case ScopeChild:
		of = append(of, "child")
	}
	switch elem := s.elem(); elem {
	case "balance", "child":
		of = append(of, "", "", "")
	case "line", "share", "direction":
		if kind == "money" {
			return ".amount"
		}
		if kind == "text" && elem == "share" {
			return ".account"
		}
		if kind == "text" {
			return ".bucket"
		}
	}
	record := s.one(of...)
	if s.Intn(4) == 0 {
		return s.literal(kind)
	}
	if fact := s.fact(kind, record); fact != "" && s.Intn(3) == 0 {
		return fact
	}
	return s.field(kind, record)
}

func (s *sampler) fact(kind, record string) string {
	name := map[string]string{"money": "cash", "number": "number", "rate": "rate", "date": "day", "text": "word", "bool": "flag"}[kind]
	switch {
	case name == "":
		return ""
	case s.Intn(12) == 0:
		return record + ".facts." + name
	case s.Intn(2) == 0:
		return record + ".facts." + name + "_d"
	case kind == "bool" && s.Intn(2) == 0:
		return fmt.Sprintf("(%s.facts.%s %s nil)", record, s.one("cash", "number", "rate", "day", "word", "flag"), s.one("==", "!="))
	}
	return fmt.Sprintf("(%s.facts.%s ?? %s)", record, name, s.literal(kind))
}

func (s *sampler) field(kind, record string) string {
	what := record
	if record == "" {
		what = s.elem()
	}
	if what == "child" {
		what = "account"
	}
	fields := map[string][]string{
		"payment money": {".amount"}, "payment date": {".date"}, "payment text": {".method", ".status", ".id", ".fee.type"},
		"payment bool":  {".payoff", ".early", ".fee == nil"},
		"account money": {".owed", ".due", ".minimum_due", ".credit_held", ".available_credit ?? 3", ".credit_limit ?? 0"},
		"account days":  {".days_past_due"}, "account text": {".id", ".kind", ".rolls_up"}, "account bool": {".credit_limit == nil"},
		"balance money": {".owed", ".due", ".past_due"}, "balance rate": {".apr ?? 1.5"}, "balance date": {`.due_date ?? date("2024-02-29")`},
		"balance text": {".bucket", ".component", ".state"}, "balance bool": {".apr != nil", ".due_date == nil"},
	}[what+" "+kind]
	if len(fields) == 0 {
		return s.literal(kind)
	}
	return "(" + record + s.one(fields...) + ")"
}

func (s *sampler) literal(kind string) string {
	switch kind {
	case "bool":
		return s.one("true", "false")
	case "text":
		return s.one(`"card"`, `""`, `"main"`, `"due"`, `"ca"`)
	case "date":
		return s.one(`date("2024-02-29")`, `date("2023-12-31")`, `date("0001-01-01")`, `date("9999-12-31")`, `date("1900-03-01")`)
	}
	return s.one("0", "1", "2", "3", "0.01", "0.005", "500", "499.99", "0.0000000001", "15.99", "1000000000000000", "7", "12.5", "-1", "365")
}

// randomWorld is a world biased to edges, of currency USD.
func randomWorld(r *rand.Rand) *world {
	s := &sampler{Rand: r}
	w := &world{vars: thing{}}
	w.currency = usd()
	account := s.account(2)
	account["minimum_due"] = s.money(false)
	w.vars["account"] = account
	payment := newPayment()
	payment["amount"] = big.NewRat(max(1, s.cents(false)), 100)
	payment["date"] = s.day()
	payment["method"], payment["id"] = s.maybe("card"), s.maybe("main")
	payment["payoff"], payment["early"] = s.Intn(2) == 0, s.Intn(2) == 0
	payment["status"] = statusWords[s.Intn(len(statusWords))]
	if s.Intn(2) == 0 {
		payment["fee"] = thing{"type": feeTypeWords[s.Intn(len(feeTypeWords))]}
	}
	payment["facts"] = s.factsOf()
	for range s.Intn(3) {
		payment["directed"] = append(payment["directed"].([]thing), thing{"bucket": s.one("main", "card"), "component": "fees", "amount": s.money(true)})
	}
	w.vars["payment"] = payment
	w.vars["fee"] = thing{"amount": s.money(false), "type": feeTypeWords[s.Intn(len(feeTypeWords))]}
	receipt := thing{"lines": []thing{}, "shares": []thing{}, "charged": s.money(false), "unapplied": s.money(false)}
	for range s.Intn(4) {
		receipt["lines"] = append(receipt["lines"].([]thing), thing{"account": "main", "bucket": s.one("main", "card"), "component": "fees",
			"amount": s.money(false), "due": s.money(false), "ahead": s.money(false), "waterfall": "w", "tier": "t"})
	}
	for range s.Intn(3) {
		receipt["shares"] = append(receipt["shares"].([]thing), thing{"account": s.one("main", "card"), "amount": s.money(false), "split": "s", "tier": "t"})
	}
	w.vars["receipt"] = receipt
	if list := account["balances"].([]thing); len(list) > 0 {
		w.vars["balance"] = list[0]
	}
	if list := account["children"].([]thing); len(list) > 0 {
		w.vars["child"] = list[0]
	}
	w.compute()
	return w
}
