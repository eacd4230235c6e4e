package engine

import (
	"cmp"
	"slices"

	"example.com/spillway/fees"
	"example.com/spillway/rules"
)

// A fee is what a payment costs one account: the payer or, when a split charges
// each, one that keeps a part.
type fee struct {
	member   int
	schedule *rules.Fee // nil: the payment's own terms
	kind     FeeType
	of       Amount // what it is computed on, and collected from
	amount   Amount
	collect  rules.Collect
}

// assess decides what the payment costs and lets guardrails see it.
func (r *run) assess() error {
	split := r.split.rules
	if split == nil || split.Fee == rules.FeeOnce {
		schedule, err := r.schedule(r.paid)
		if err != nil {
			return err
		}
		if err := r.addFee(r.paid, schedule, r.payment.Amount); err != nil {
			return err
		}
	} else if err := r.assessEach(split); err != nil {
		return err
	}
	r.reportFee()
	return r.checkAmounts()
}

// schedule is the first fee schedule of a member's program whose when holds,
// nil if there is none.
func (r *run) schedule(m int) (*rules.Fee, error) {
	r.frame.AtAccount(r.frame.Account(m))
	schedules := r.policy.rules.Fees
	for i := range schedules {
		s := &schedules[i]
		if !s.Actions.Has(r.action) || !s.Serves(r.members[m].program) {
			continue
		}
		holds := s.When == nil || s.When.Bool(&r.frame)
		if err := r.ruleError(s.Name, s.At); err != nil {
			return nil, err
		}
		if holds {
			if _, given := r.payment.Fee.Get(); given && !s.PaymentTerms {
				return nil, wrong("payment.fee", "fee %q sets its own terms: leave the payment's out", s.Name)
			}
			return s, nil
		}
	}
	return nil, nil
}

// addFee adds what a member pays for amount, by a schedule or, without one, by
// the payment's own terms. Without either there is no fee.
func (r *run) addFee(m int, schedule *rules.Fee, amount Amount) error {
	terms, given := r.payment.Fee.Get()
	f := fee{member: m, schedule: schedule, kind: terms.Type, of: amount}
	s := fees.Schedule{Type: fees.Type(terms.Type), Flat: terms.Flat, Percentage: terms.Percentage}
	if schedule == nil && !given {
		return nil
	}
	if schedule != nil {
		f.collect = schedule.Collect
		s.Round, s.Minimum, s.Maximum, s.HasMaximum = schedule.Round, schedule.Minimum, schedule.Maximum, schedule.HasMaximum
		if !given {
			f.kind = schedule.Type
			s.Type, s.Flat, s.Percentage = fees.Type(schedule.Type), schedule.Flat, schedule.Percentage
		}
	}
	ok := false
	if f.amount, ok = fees.Assess(s, amount); !ok {
		return wrong("payment.fee", "the fee is too large to count")
	}
	r.fees = append(r.fees, f)
	return nil
}

// reportFee writes the fee into the receipt and where guardrails read it.
func (r *run) reportFee() {
	at := r.frame.Fee().W
	r.frame.Words[at+rules.FeeAmount], r.frame.Words[at+rules.FeeKind] = 0, int64(Waive)
	if len(r.fees) == 0 {
		return
	}
	first := &r.fees[0]
	out := Fee{Type: first.kind, Collect: first.collect}
	if first.schedule != nil {
		out.Schedule, out.At = first.schedule.Name, first.schedule.At
	}
	for i := range r.fees {
		f := &r.fees[i]
		out.Amount += f.amount
		if f.collect == rules.OnTop {
			r.receipt.Charged += f.amount
		}
		if r.split.rules != nil && r.split.rules.Fee != rules.FeeOnce {
			out.Each = append(out.Each, AccountFee{r.id(f.member), f.amount})
		}
	}
	r.receipt.Fee = Some(out)
	r.frame.Words[at+rules.FeeAmount], r.frame.Words[at+rules.FeeKind] = int64(out.Amount), int64(out.Type)
}

// fromPayment is the part of a member's fees that is collected from what it is
// paid.
func (r *run) fromPayment(m int) Amount {
	// Fees are in the order of members, at most one for each.
	i, found := slices.BinarySearchFunc(r.fees, m, func(f fee, m int) int { return cmp.Compare(f.member, m) })
	if found && r.fees[i].collect == rules.FromPayment {
		return r.fees[i].amount
	}
	return 0
}

// checkFee refuses a fee above what it is collected from.
func (r *run) checkFee() error {
	for i := range r.fees {
		f := &r.fees[i]
		if f.collect == rules.FromPayment && f.amount > f.of {
			return r.refuse("FeeExceedsPayment", "the fee of "+r.money(f.amount)+" is more than the "+r.money(f.of)+" that it is taken from")
		}
	}
	return nil
}

// charge adds the fees that are collected so to balances of their accounts.
func (r *run) charge(when rules.Collect) {
	for i := range r.fees {
		f := &r.fees[i]
		if f.collect == when && f.amount > 0 {
			s := f.schedule
			r.change(r.open(f.member, s.ChargeBucket, s.ChargeComponent), change{owed: f.amount, due: f.amount})
			r.receipt.Charges = append(r.receipt.Charges, Charge{r.id(f.member), s.ChargeBucket, s.ChargeComponent, f.amount, s.Refund})
		}
	}
}

// open is the row of a balance of a member, made last if it is not there.
func (r *run) open(m int, bucket, component string) int {
	w := r.accountWords(m)
	first := r.members[m].first
	end := first + int(w[rules.AccountBalances])
	for i := first; i < end; i++ {
		if r.component(i) == component && r.bucket(i) == bucket {
			return i
		}
	}
	w[rules.AccountBalances]++
	r.name(end, bucket, component)
	at := r.frame.Balance(end)
	words := r.frame.Words[at.W : at.W+r.policy.rules.Layout.Balance.Words]
	clear(words)
	words[rules.BalanceDueDate], words[rules.BalanceAPR] = rules.Missing, rules.Missing
	r.policy.rules.Layout.Balance.Default(&r.frame, at)
	copy(r.before[at.W:], words)
	return end
}
