package verify

import (
	"example.com/spillway/engine"
	"example.com/spillway/engine/enginetest"
	"example.com/spillway/rules"
)

// manyBalances are so many that what the engine promises is looked at in some of
// the cases only: it takes much longer than deciding them.
const manyBalances = 30

// due are the checks that a case goes through.
func (v *verifier) due(t *Trial) []check {
	if v.report.Cases%(1+countBalances(&t.Account)/manyBalances) != 0 {
		return v.checks[1:]
	}
	return v.checks
}

// brokenPromises holds an answer to what the engine promises of every policy.
func (v *verifier) brokenPromises(t *Trial) (found []Finding) {
	d := enginetest.Decision{Policy: v.policy, Account: t.Account, Payment: t.Payment, Receipt: t.Receipt, Err: t.Err}
	for i := range v.promises {
		p := &v.promises[i]
		if err := p.Holds(&d); err != nil {
			found = append(found, Finding{Kind: Broken, Name: p.Name, Says: "a promise of the engine, please report this: " + p.Says + ". But " + err.Error()})
		}
	}
	return found
}

func (v *verifier) money(a engine.Amount) string { return v.policy.Currency().Format(a) }

// reaches is what reaches the waterfall or the split.
func reaches(t *Trial) engine.Amount {
	if fee, _ := t.Receipt.Fee.Get(); fee.Collect == rules.FromPayment {
		return t.Payment.Amount - fee.Amount
	}
	return t.Payment.Amount
}
