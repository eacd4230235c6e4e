package oracle

import "example.com/spillway/engine/enginetest"

// A fee is what the payment costs one account.
type fee struct {
	of       *account
	schedule *enginetest.Fee // nil: the payment's own terms
	kind     string
	base     num // what it is computed on, and collected from
	amount   num
	collect  string
}

// assess decides the fees: one on the payment or, with a split that says so,
// one on each account that keeps a part.
func (d *decision) assess() {
	if d.split == nil || d.split.Fee == "" || d.split.Fee == "once" {
		d.addFee(d.paid, d.schedule(d.paid), d.payment.amount)
		d.checkByHand()
		return
	}
	d.share(d.payment.amount)
	var same *enginetest.Fee
	if d.split.Fee == "each_same" {
		same = d.schedule(d.paid)
	}
	for _, a := range d.root.all() {
		kept := d.shared.keeps(a)
		if kept.Sign() <= 0 {
			continue
		}
		if d.split.Fee == "each_own" {
			same = d.schedule(a)
		}
		d.addFee(a, same, kept)
	}
}

// checkByHand holds the amounts that the payment brings to what reaches them.
func (d *decision) checkByHand() {
	if d.byHand == nil {
		return
	}
	sum := whole(0)
	for _, amount := range d.byHand {
		sum = add(sum, amount)
	}
	reaches := sub(d.payment.amount, d.fromPayment(d.paid))
	if reaches.Sign() >= 0 && sum.Cmp(reaches) != 0 {
		invalid("payment.split.amounts")
	}
}

// schedule is the first that serves the account and whose when holds.
func (d *decision) schedule(a *account) *enginetest.Fee {
	for i := range d.policy.Fees {
		f := &d.policy.Fees[i]
		if !serves(f.Programs, a) {
			continue
		}
		d.rule = f.Name
		if d.see(a, whole(0)).holds(f.When) {
			if d.payment.Fee != nil && f.Terms != "payment" {
				invalid("payment.fee")
			}
			return f
		}
	}
	return nil
}

// addFee adds what an account pays for an amount.
func (d *decision) addFee(a *account, schedule *enginetest.Fee, base num) {
	terms := d.payment.Fee
	if schedule == nil && terms == nil {
		return
	}
	f := fee{of: a, schedule: schedule, base: base, collect: "on_top"}
	var s enginetest.Fee
	if schedule != nil {
		s = *schedule
	}
	if s.Collect != "" {
		f.collect = s.Collect
	}
	flat, percent := d.minor(&s.Flat), percentage(nil)
	if s.Percentage != "" {
		percent = parse(s.Percentage)
	}
	f.kind = s.Type
	if terms != nil {
		f.kind, flat, percent = terms.Type, d.minor(terms.Flat), percentage(terms.Percentage)
	}
	if f.kind == "" {
		f.kind = "waive"
	}
	f.amount = whole(0)
	if f.kind != "waive" {
		share := rounded(quo(mul(base, percent), whole(100)), 0, s.Round)
		f.amount = combined(f.kind, flat, share)
		f.amount = most(f.amount, d.minor(&s.Minimum))
		if s.Maximum != "" {
			f.amount = least(f.amount, d.minor(&s.Maximum))
		}
	}
	d.fees = append(d.fees, f)
}

// combined is a fee's flat part and its percentage, taken together.
func combined(kind string, flat, share num) num {
	switch kind {
	case "flat":
		return flat
	case "percentage":
		return share
	case "lesser":
		return least(flat, share)
	case "greater":
		return most(flat, share)
	}
	return add(flat, share)
}

// fromPayment is the part of an account's fees that is collected from what it
// is paid.
func (d *decision) fromPayment(a *account) num {
	sum := whole(0)
	for _, f := range d.fees {
		if f.of == a && f.collect == "from_payment" {
			sum = add(sum, f.amount)
		}
	}
	return sum
}

func (d *decision) checkFees() {
	for _, f := range d.fees {
		if f.collect == "from_payment" && f.amount.Cmp(f.base) > 0 {
			d.refuses("FeeExceedsPayment", "")
		}
	}
}

// charge adds the fees that are collected so to balances.
func (d *decision) charge(how string) {
	for _, f := range d.fees {
		if f.collect != how || f.amount.Sign() == 0 {
			continue
		}
		bucket, component := "fees", "fees"
		if f.schedule.ChargeBucket != "" {
			bucket, component = f.schedule.ChargeBucket, f.schedule.ChargeComponent
		}
		b := f.of.open(bucket, component)
		b.owed, b.due, b.changed = add(b.owed, f.amount), add(b.due, f.amount), true
	}
}

// charged is what the payer pays in all.
func (d *decision) charged() num {
	sum := d.payment.amount
	for _, f := range d.fees {
		if f.collect == "on_top" {
			sum = add(sum, f.amount)
		}
	}
	return sum
}
