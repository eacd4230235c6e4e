package enginetest

import (
	"fmt"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

var feePromises = []Promise{
	{
		"fee bounds", "a fee lies between its schedule's minimum and maximum, a waived one is 0",
		"fees.Assess", ofReceipt(feeInBounds),
	},
	{
		"lesser and greater", "lesser is the smaller of the flat fee and the percentage, greater the larger, sum both, each held to the bounds",
		"fees.Assess", ofReceipt(lesserIsLess),
	},
}

// schedule is the one that a receipt's fee is by, nil if there is none, each
// account has its own, or programs have some of one name.
func (d *Decision) schedule(r *engine.Receipt) (by *rules.Fee) {
	f := fee(r)
	if f.Schedule == "" || len(f.Each) > 0 {
		return nil
	}
	fees := d.Policy.Rules().Fees
	for i := range fees {
		switch {
		case fees[i].Name != f.Schedule:
		case by != nil:
			return nil
		default:
			by = &fees[i]
		}
	}
	return by
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
	low, high := bounds(s, f.Amount)
	if f.Amount < min(low, high) || f.Amount > high {
		return fmt.Errorf("a fee of %s is not between %s and %s", d.text(f.Amount), d.text(low), d.text(high))
	}
	return nil
}

// bounds are those of a schedule, for a fee.
func bounds(s *rules.Fee, amount engine.Amount) (low, high engine.Amount) {
	if high = amount; s.HasMaximum {
		high = s.Maximum
	}
	return s.Minimum, high
}

// lesserIsLess compares a fee of both terms with each alone.
func lesserIsLess(d *Decision, r *engine.Receipt) error {
	f, s := fee(r), d.schedule(r)
	if s == nil || f.Type != engine.Lesser && f.Type != engine.Greater && f.Type != engine.Sum {
		return nil
	}
	flat, percentage := s.Flat, s.Percentage
	if own, given := d.Payment.Fee.Get(); given && s.PaymentTerms {
		flat, percentage = own.Flat, own.Percentage
	}
	part, ok := percentage.Of(d.Payment.Amount, s.Round)
	if !ok {
		return nil
	}
	want := map[engine.FeeType]engine.Amount{
		engine.Lesser: min(flat, part), engine.Greater: max(flat, part), engine.Sum: flat + part,
	}[f.Type]
	want = max(want, s.Minimum)
	if _, high := bounds(s, want); f.Amount != min(want, high) {
		return fmt.Errorf("the %v of %s and %s is %s", f.Type, d.text(flat), d.text(part), d.text(f.Amount))
	}
	return nil
}
