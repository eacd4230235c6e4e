package enginetest

import (
	"fmt"

	"example.com/spillway/engine"
)

var feePromises = []Promise{
	{
		"fee bounds", "a fee lies between its schedule's minimum and maximum, a waived one is 0",
		"fees.Assess", ofReceipt(feeInBounds),
	},
	{
		"lesser and greater", "of the same terms, lesser is at most greater, and together they are the sum",
		"fees.Assess", ofReceipt(lesserIsLess),
	},
}

// schedule is the drawn schedule that a receipt's fee is by, nil if there is
// none or each account has its own.
func (d *Decision) schedule(r *engine.Receipt) *Fee {
	f := fee(r)
	if d.Drawn == nil || len(f.Each) > 0 {
		return nil
	}
	for i := range d.Drawn.Fees {
		if d.Drawn.Fees[i].Name == f.Schedule {
			return &d.Drawn.Fees[i]
		}
	}
	return nil
}

func feeInBounds(d *Decision, r *engine.Receipt) error {
	f := fee(r)
	if f.Amount < 0 || f.Type == engine.Waive && f.Amount != 0 && len(f.Each) == 0 {
		return fmt.Errorf("a fee of %s by %v", d.text(f.Amount), f.Type)
	}
	s := d.schedule(r)
	if s == nil || f.Type == engine.Waive {
		return nil
	}
	low, high := d.bound(s.Minimum, 0), d.bound(s.Maximum, f.Amount)
	if f.Amount < min(low, high) || f.Amount > high {
		return fmt.Errorf("a fee of %s is not between %s and %s", d.text(f.Amount), d.text(low), d.text(high))
	}
	return nil
}

func (d *Decision) bound(text string, otherwise engine.Amount) engine.Amount {
	if a, err := d.Policy.Currency().Parse(text); err == nil {
		return a
	}
	return otherwise
}

func lesserIsLess(d *Decision, r *engine.Receipt) error {
	s := d.schedule(r)
	if s == nil || s.Flat == "" || s.Percentage == "" || s.Collect == "from_payment" {
		return nil
	}
	if _, own := d.Payment.Fee.Get(); own {
		return nil
	}
	var amounts []engine.Amount
	for _, kind := range []string{"lesser", "greater", "sum"} {
		policy := d.Drawn.clone()
		policy.Guardrails = nil
		for i := range policy.Fees {
			if policy.Fees[i].Name == s.Name {
				policy.Fees[i].Type, policy.Fees[i].Collect = kind, ""
				policy.Fees[i].Minimum, policy.Fees[i].Maximum = "", ""
			}
		}
		loaded, err := policy.Load()
		if err != nil {
			return err
		}
		other := Decide(loaded, &Case{policy, d.Account, d.Payment})
		if other.Err != nil {
			return nil // a rule reads the fee
		}
		amounts = append(amounts, fee(&other.Receipt).Amount)
	}
	if amounts[0] > amounts[1] || amounts[0]+amounts[1] != amounts[2] {
		return fmt.Errorf("lesser is %s, greater %s, their sum %s", d.text(amounts[0]), d.text(amounts[1]), d.text(amounts[2]))
	}
	return nil
}
