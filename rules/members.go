package rules

import (
	"maps"
	"math/big"
	"slices"
	"strings"

	"example.com/spillway/money"
	"github.com/expr-lang/expr/ast"
)

// variable is a name that stands alone.
func (l *lowering) variable(n *ast.IdentifierNode) operand {
	if v, ok := l.variables()[n.Value]; ok {
		return v
	}
	if why, ok := elsewhere[n.Value]; ok {
		return l.mistake(n, why, "there is no %s here", n.Value)
	}
	names := slices.Sorted(maps.Keys(l.variables()))
	hint := didYouMean(n.Value, names)
	if _, ok := functions()[n.Value]; ok {
		hint = "write " + n.Value + "(...) to call the function"
	}
	return l.mistake(n, hint, "unknown name %q", n.Value)
}

// elsewhere says where a variable is to be had.
var elsewhere = map[string]string{
	"balance": "a tier's where, take, by and order are asked for each balance; its when and cap once",
	"child":   "a split's tiers have it in where, take, by and order",
	"fee":     "guardrails have it",
	"receipt": "guardrails with stage: result have it",
	"before":  "invariants have it: the account before the payment, where account is after it",
}

// variables are those of the scope.
func (l *lowering) variables() map[string]operand {
	at := func(r *record, reg int) operand { return operand{dim: dimRecord, record: r, reg: reg, name: r.name} }
	vars := map[string]operand{
		"payment": at(&l.layout.payment, regPayment),
		"account": at(&l.layout.account, regAccount),
	}
	switch l.scope {
	case ScopeBalance:
		vars["balance"] = at(&l.layout.balance, regBalance)
	case ScopeChild:
		vars["child"] = at(&l.layout.child, regChild)
	case ScopeInvariant:
		before := at(&l.layout.account, regBefore)
		before.name = "before"
		vars["before"] = before
		fallthrough
	case ScopeResult:
		vars["receipt"] = at(&l.layout.receipt, regReceipt)
		vars["fee"] = at(&l.layout.fee, regFee)
	case ScopeRequest:
		vars["fee"] = at(&l.layout.fee, regFee)
	}
	return vars
}

// member is a.b.
func (l *lowering) member(n *ast.MemberNode) operand {
	name, ok := n.Property.(*ast.StringNode)
	switch {
	case !ok:
		return l.mistake(n.Property, "use any, all, filter or sum over the list", "there are no indexes")
	case strings.ContainsAny(l.word(name), "\"'`"):
		return l.mistake(n.Property, "write it after a dot", "there are no indexes")
	}
	o := l.lower(n.Node)
	o.missing = nil // its fields say themselves whether they are there
	switch {
	case o.dim == dimInvalid:
		return o
	case o.dim != dimRecord:
		return l.mistake(name, "", "%s has no fields", o.describe())
	}
	if o.name == o.record.name+".facts" || strings.HasSuffix(o.name, ".facts") {
		return l.fact(name, o)
	}
	return l.field(name, o)
}

// field is a field of a record.
func (l *lowering) field(n *ast.StringNode, o operand) operand {
	if n.Value == "facts" && o.record.facts != nil {
		o.name += ".facts"
		return o
	}
	f, ok := o.record.fields[n.Value]
	if !ok {
		known := slices.Sorted(maps.Keys(o.record.fields))
		if n.Value == "unpaid" && o.record.fields["balances"].dim == dimList {
			return l.mistake(n, "write "+o.name+`.unpaid("interest")`, "unpaid is called: of which component?")
		}
		if o.record.facts != nil {
			if _, declared := o.record.facts[n.Value]; declared {
				return l.mistake(n, "write "+o.name+".facts."+n.Value, "%s has no field %q", o.record.name, n.Value)
			}
			known = append(known, "facts")
		}
		return l.mistake(n, didYouMean(n.Value, known), "%s has no field %q", o.record.name, n.Value)
	}
	tiers := l.scope == ScopeTier || l.scope == ScopeBalance || l.scope == ScopeSplitTier || l.scope == ScopeChild
	switch {
	case n.Value == "taken" && !tiers:
		return l.mistake(n, "only tiers know what earlier tiers took", "there is no %s.taken here", o.name)
	case n.Value == "applying" && !tiers && l.scope != ScopeChoice:
		return l.mistake(n, "use payment.amount", "there is no payment.applying here")
	}
	return l.read(o, f, o.name+"."+n.Value)
}

// fact is a declared fact of a record.
func (l *lowering) fact(n *ast.StringNode, o operand) operand {
	f, ok := o.record.facts[n.Value]
	if !ok {
		known := slices.Sorted(maps.Keys(o.record.facts))
		hint := didYouMean(n.Value, known)
		if nearest(n.Value, known) == "" {
			hint = "declare it under facts"
		}
		return l.mistake(n, hint, "fact %q of %s is not declared", n.Value, strings.TrimSuffix(o.name, ".facts"))
	}
	out := l.read(o, f, o.name+"."+n.Value)
	if out.missing != nil {
		out.soft = false
	}
	return out
}

// read is the operand of a field of the record in a register.
func (l *lowering) read(o operand, f field, name string) operand {
	out := operand{dim: f.dim, name: name, fails: f.optional}
	word := loadWord(o.reg, f.word)
	if f.computed {
		word, out.missing = computed(o.reg, f)
	} else if f.optional {
		out.missing = func(fr *Frame) bool { return word(fr) == Missing }
	}
	switch {
	case f.dim == dimRecord:
		out.record, out.reg = f.record(l.layout), o.reg
		if name == "receipt.fee" {
			out.reg = regFee
		}
	case f.dim == dimList:
		out.list = l.listOf(f.list, o.reg)
	case f.enum != nil:
		out.enum, out.ordinal = f.enum, word
		out.text = wordText(f.enum, word)
		out.soft = out.missing != nil
		if !f.computed {
			out.leaf = &leaf{o.reg, f.word}
		}
	case f.dim == dimText:
		text := loadText(o.reg, f.text)
		out.text, out.leaf = text, &leaf{o.reg, f.text}
		if out.missing == nil { // text of the language: "" is missing
			out.soft = true
			out.missing = func(fr *Frame) bool { return text(fr) == "" }
		}
	case f.dim == dimBool:
		out.truth = leaf{o.reg, f.word}.flag().truth()
	default:
		out.num, out.power = l.number(o.reg, f, word), 0
		if !f.computed && out.num.i != nil {
			out.num.leaf = &leaf{o.reg, f.word}
		}
		if f.dim == dimMoney {
			out.power = 1
		}
	}
	if o.record.facts != nil && f.dim == dimText && f.enum == nil && !f.optional && strings.Contains(name, ".facts.") {
		out.missing, out.soft = nil, false // a fact with a default is always there
		out.symbol = &symbol{leaf{o.reg, f.word}, f.symbols}
	}
	return out
}

// wordText is the text of a word of the language, "" where it is missing.
func wordText(words []string, word func(*Frame) int64) func(*Frame) string {
	return func(f *Frame) string {
		if i := word(f); i != Missing {
			return words[i]
		}
		return ""
	}
}

// number is the num of a field.
func (l *lowering) number(reg int, f field, word func(*Frame) int64) num {
	switch f.dim {
	case dimMoney:
		return counted(word, tenth(l.layout.Currency.Decimals()), f.low, f.high)
	case dimRate:
		return counted(word, tenth(money.RateDecimals), f.low, f.high)
	case dimNumber:
		at := f.word
		limit := new(big.Int).Mul(big.NewInt(maxMoney), big.NewInt(numberUnits))
		return num{unit: tenth(numberDecimals), low: new(big.Int).Neg(limit), high: limit, leaf: &leaf{reg, at},
			w: func(fr *Frame) wide {
				i := fr.at[reg].W + at
				return mulWide(fr.Words[i], numberUnits).add(widen(fr.Words[i+1]))
			}}
	}
	return counted(word, big.NewRat(1, 1), f.low, f.high)
}

// loadWord and loadText are the reads that everything else stands on.
func loadWord(reg, at int) func(*Frame) int64 {
	if reg == regPayment && at >= 0 {
		return func(f *Frame) int64 { return f.Words[at] } // the payment lies first
	}
	return func(f *Frame) int64 { return f.Words[f.at[reg].W+at] }
}

func loadText(reg, at int) func(*Frame) string {
	return func(f *Frame) string { return f.Texts[f.at[reg].T+at] }
}

// computed is a field that is not stored: an account's available credit, a
// balance's state.
func computed(reg int, f field) (word func(*Frame) int64, missing func(*Frame) bool) {
	if f.enum != nil {
		due, pastDue := loadWord(reg, BalanceDue), loadWord(reg, BalancePastDue)
		return func(fr *Frame) int64 {
			switch {
			case pastDue(fr) > 0:
				return int64(StatePastDue)
			case due(fr) > 0:
				return int64(StateDue)
			}
			return int64(StateNotDue)
		}, nil
	}
	limit, owed, held := loadWord(reg, AccountCreditLimit), loadWord(reg, AccountOwed), loadWord(reg, AccountCreditHeld)
	return func(fr *Frame) int64 { return limit(fr) - owed(fr) - held(fr) },
		func(fr *Frame) bool { return limit(fr) == Missing }
}
