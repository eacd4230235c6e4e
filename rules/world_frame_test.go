package rules

import (
	"math/big"

	"example.com/spillway/money"
)

func (w *world) layout() *Layout {
	return newLayout(w.currency, declared(), declared(), declared())
}

// A filler writes the records of a world into a frame.
type filler struct {
	*Frame
	layout   *Layout
	world    *world
	accounts []thing
	balances []thing
}

// frame is the world as compiled expressions read it.
func (w *world) frame(l *Layout) *Frame {
	f := &filler{Frame: &Frame{}, layout: l, world: w, accounts: w.accounts()}
	for _, a := range f.accounts {
		f.balances = append(f.balances, a["balances"].([]thing)...)
	}
	payment, receipt, fee := w.vars["payment"].(thing), w.vars["receipt"].(thing), w.vars["fee"].(thing)
	directed := payment["directed"].([]thing)
	f.Reset(l, Sizes{Accounts: len(f.accounts), Balances: len(f.balances), Directions: len(directed)})
	f.payment(payment)
	for i, d := range directed {
		at := f.Direction(i)
		f.put(at, map[int]any{DirectionAmount: d["amount"]}, map[int]any{DirectionBucket: d["bucket"], DirectionComponent: d["component"]})
	}
	for i, a := range f.accounts {
		f.account(i, a)
	}
	for i, b := range f.balances {
		f.balance(i, b)
	}
	f.put(f.Fee(), map[int]any{FeeAmount: fee["amount"], FeeKind: wordNumber(feeTypeWords, fee["type"])}, nil)
	f.receipt(receipt)
	f.AtAccount(f.Account(0))
	f.AtBefore(f.Account(f.index(f.accounts, w.vars["before"])))
	f.AtBalance(f.Balance(f.index(f.balances, w.vars["balance"])))
	f.AtChild(f.Account(f.index(f.accounts, w.vars["child"])))
	return f.Frame
}

// index finds a thing by identity; 0 if there is none.
func (f *filler) index(in []thing, v any) int {
	t, ok := v.(thing)
	for i := range in {
		if ok && same(in[i], t) {
			return i
		}
	}
	return 0
}

// same says whether two maps are one, by leaving a mark.
func same(a, b thing) bool {
	a["mark"] = true
	_, marked := b["mark"]
	delete(a, "mark")
	return marked
}

func (f *filler) payment(p thing) {
	fee := p["fee"].(thing)
	var shared any = int64(0)
	if _, none := p["split"].(thing)["type"].(noText); none {
		shared = int64(Missing)
	}
	f.put(f.Payment(), map[int]any{
		PaymentAmount: p["amount"], PaymentDate: p["date"], PaymentStatus: wordNumber(statusWords, p["status"]),
		PaymentMode: wordNumber(modeWords, p["mode"]), PaymentPayoff: p["payoff"], PaymentRecovery: p["recovery"],
		PaymentResetPastDue: p["reset_past_due"], PaymentEarly: p["early"], PaymentIgnoreGuardrails: p["ignore_guardrails"],
		PaymentApplying: p["applying"], PaymentFeeType: wordNumber(feeTypeWords, fee["type"]), PaymentFeeFlat: fee["flat"],
		PaymentFeePercentage: rateOf(fee["percentage"]), PaymentShared: shared, PaymentDirections: int64(len(p["directed"].([]thing))),
	}, map[int]any{
		PaymentID: p["id"], PaymentTypeName: p["type"], PaymentTo: p["account"], PaymentMethod: p["method"], PaymentExtra: p["extra"],
		PaymentSplit: p["split"].(thing)["type"],
	})
	f.facts(f.Payment(), f.layout.Payment, p["facts"].(thing))
}

func (f *filler) account(i int, a thing) {
	own, children := a["balances"].([]thing), a["children"].([]thing)
	words := map[int]any{
		AccountOwed: a["owed"], AccountDue: a["due"], AccountPastDue: a["past_due"], AccountCreditLimit: a["credit_limit"],
		AccountCreditHeld: a["credit_held"], AccountMinimumDue: a["minimum_due"], AccountDaysPastDue: a["days_past_due"].(*big.Rat).Num().Int64(),
		AccountTaken: a["taken"], AccountAPR: rateOf(a["apr"]), AccountRollsUp: wordNumber(rollsUpWords, a["rolls_up"]),
		AccountBalances: int64(len(own)), AccountBalance: int64(0), AccountChild: int64(-1),
	}
	if len(own) > 0 {
		words[AccountBalance] = int64(f.index(f.balances, own[0]))
	}
	f.put(f.Account(i), words, map[int]any{AccountID: a["id"], AccountProgram: a["program"], AccountKind: a["kind"]})
	if before, _ := f.world.vars["before"].(thing); i == 0 || before != nil && same(a, before) {
		f.Words[f.Account(i).W+AccountSister] = -1
	}
	for j, c := range children {
		at := f.index(f.accounts, c)
		if j == 0 {
			f.Words[f.Account(i).W+AccountChild] = int64(at)
		} else {
			f.Words[f.Account(f.index(f.accounts, children[j-1])).W+AccountSister] = int64(at)
		}
		f.Words[f.Account(at).W+AccountSister] = -1
	}
	f.facts(f.Account(i), f.layout.Account, a["facts"].(thing))
}

func (f *filler) balance(i int, b thing) {
	f.put(f.Balance(i), map[int]any{
		BalanceOwed: b["owed"], BalanceDue: b["due"], BalancePastDue: b["past_due"], BalanceTaken: b["taken"],
		BalanceDueDate: b["due_date"], BalanceAPR: rateOf(b["apr"]),
	}, map[int]any{BalanceBucket: b["bucket"], BalanceComponent: b["component"]})
	f.facts(f.Balance(i), f.layout.Balance, b["facts"].(thing))
}

func (f *filler) receipt(r thing) {
	lines, shares := r["lines"].([]thing), r["shares"].([]thing)
	f.put(f.Receipt(), map[int]any{ReceiptCharged: r["charged"], ReceiptUnapplied: r["unapplied"],
		ReceiptLines: int64(len(lines)), ReceiptShares: int64(len(shares))}, nil)
	line, share := f.AddResult(len(lines), len(shares))
	for _, v := range lines {
		f.put(line, map[int]any{LineAmount: v["amount"], LineDue: v["due"], LineAhead: v["ahead"]}, map[int]any{
			LineAccount: v["account"], LineBucket: v["bucket"], LineComponent: v["component"], LineWaterfall: v["waterfall"], LineTier: v["tier"]})
		line.W, line.T = line.W+lineSize, line.T+lineTexts
	}
	for _, v := range shares {
		f.put(share, map[int]any{ShareAmount: v["amount"]}, map[int]any{ShareAccount: v["account"], ShareSplit: v["split"], ShareTier: v["tier"]})
		share.W, share.T = share.W+shareSize, share.T+shareTexts
	}
}

func (f *filler) facts(at Ref, r Record, facts thing) {
	for _, slot := range r.Facts {
		v := facts[slot.Name]
		words := map[int]any{slot.Word: v}
		switch {
		case slot.Type == FactString:
			words[slot.Word] = nil
			if v != nil {
				words[slot.Word] = slot.symbols.of(v.(string))
			}
			f.put(at, nil, map[int]any{slot.Text: v})
		case slot.Type == FactRate:
			words[slot.Word] = rateOf(v)
		case slot.Type == FactNumber && v != nil:
			fraction := new(big.Int)
			whole, _ := new(big.Int).DivMod(scaled(v.(*big.Rat), numberDecimals), big.NewInt(numberUnits), fraction)
			words[slot.Word], words[slot.Word+1] = whole.Int64(), fraction.Int64()
		}
		f.put(at, words, nil)
	}
}

// put writes words and texts of a record: *big.Rat as an amount, Date, bool and
// int64 as they are, nil as Missing.
func (f *filler) put(at Ref, words, texts map[int]any) {
	for i, v := range words {
		word := int64(Missing)
		switch v := v.(type) {
		case int64:
			word = v
		case Date:
			word = int64(v)
		case bool:
			word = 0
			if v {
				word = 1
			}
		case *big.Rat:
			word = scaled(v, f.world.currency.Decimals()).Int64()
		}
		f.Words[at.W+i] = word
	}
	for i, v := range texts {
		f.Texts[at.T+i] = text(v)
	}
}

// rateOf is a rate as a word.
func rateOf(v any) any {
	if r, ok := v.(*big.Rat); ok {
		return scaled(r, money.RateDecimals).Int64()
	}
	return nil
}

// scaled is r in units of 10 to the minus decimals; it must be whole.
func scaled(r *big.Rat, decimals int) *big.Int {
	n := new(big.Rat).Mul(r, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)))
	if !n.IsInt() {
		panic("too many decimals: " + r.RatString())
	}
	return n.Num()
}
