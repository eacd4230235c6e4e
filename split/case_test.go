package split_test

import (
	"fmt"
	"math/rand"
	"slices"

	"example.com/spillway/money"
	"example.com/spillway/split"
	"example.com/spillway/waterfall"
)

// A sharedCase is one whole drawn family and what is shared in it.
type sharedCase struct {
	Amount           money.Amount
	Relatives        []relative
	Rules            []rule
	Paid             int
	Family, ToParent bool
	Seed             int64 // of percentages, amounts by hand and shuffles
}

func (c sharedCase) String() string {
	return fmt.Sprintf("{%d to %d, family %t, to parent %t, %+v, %+v, seed %d}",
		c.Amount, c.Paid, c.Family, c.ToParent, c.Relatives, c.Rules, c.Seed)
}

// family is what the case is about.
func (c sharedCase) family() *family {
	f := newFamily(c.Relatives, c.Rules...)
	f.plan.Paid, f.plan.Family, f.plan.ToParent = c.Paid, c.Family, c.ToParent
	return f
}

// share runs the case.
func (c sharedCase) share() outcome {
	f := c.family()
	var sharer split.Sharer
	shares, rest, err := sharer.Among(nil, c.Amount, &f.plan, f)
	if err != nil {
		panic(err)
	}
	return outcome{shares, sharer.Kept(), rest}
}

// steady makes what a tier gives independent of how much there is, and lets no
// tier pass over what does not fit.
func (c *sharedCase) steady() {
	c.Rules = slices.Clone(c.Rules)
	for i := range c.Rules {
		c.Rules[i].Whole, c.Rules[i].Tenth = false, false
	}
}

// over lists the accounts that keep more than they owe.
func (c sharedCase) over(out outcome) (accounts []int) {
	for i, kept := range out.Kept {
		if kept > max(0, c.Relatives[i].Owed) {
			accounts = append(accounts, i)
		}
	}
	return accounts
}

// below says whether an account is the one that is paid, or below it.
func (c sharedCase) below(account int) bool {
	for account > c.Paid {
		account = c.Relatives[account].Parent
	}
	return account == c.Paid
}

func (c sharedCase) hasChildren(account int) bool {
	return slices.ContainsFunc(c.Relatives, func(r relative) bool { return r.Parent == account })
}

// drawCase draws mostly small families with many equals, and now and then one
// that is owed huge amounts.
func drawCase(r *rand.Rand) sharedCase {
	scale := int64(40)
	if r.Intn(10) == 0 {
		scale = int64(money.Max)
	}
	c := sharedCase{Family: r.Intn(3) == 0, ToParent: r.Intn(2) == 0, Seed: r.Int63()}
	for i := range 1 + r.Intn(13) {
		one := relative{Parent: i - 1 - r.Intn(1+min(i, 4)), Weight: r.Int63n(6) - 1, Rate: r.Int63n(3)}
		one.Owed = money.Amount(r.Int63n(scale)) - 2
		if one.Owed > 0 {
			one.Due = money.Amount(r.Int63n(int64(one.Owed) + 1))
		}
		c.Relatives = append(c.Relatives, one)
	}
	c.Relatives[0].Parent = -1
	if r.Intn(4) == 0 {
		c.Paid = r.Intn(len(c.Relatives))
	}
	for range r.Intn(4) {
		c.Rules = append(c.Rules, drawRule(r, scale))
	}
	c.Amount = money.Amount(r.Int63n(scale*(1+r.Int63n(6)))) - 2
	return c
}

func drawRule(r *rand.Rand, scale int64) rule {
	drawn := rule{
		Due: r.Intn(3) == 0, Share: waterfall.Share(r.Intn(3)), ByWeight: r.Intn(3) == 0,
		Whole: r.Intn(6) == 0, ByRate: r.Intn(3) == 0, Late: r.Intn(5) == 0,
		Tenth: r.Intn(10) == 0, Never: r.Intn(10) == 0,
	}
	if r.Intn(5) == 0 {
		drawn.Fixed = money.Amount(r.Int63n(scale))
	}
	if r.Intn(5) == 0 {
		drawn.Cap = money.Amount(r.Int63n(scale * 2))
	}
	return drawn
}

// shrinkCase offers the cases that are one step simpler.
func shrinkCase(c sharedCase) (simpler []sharedCase) {
	add := func(change func(*sharedCase)) {
		next := c
		next.Relatives, next.Rules = slices.Clone(c.Relatives), slices.Clone(c.Rules)
		change(&next)
		if next.String() != c.String() {
			simpler = append(simpler, next)
		}
	}
	add((*sharedCase).cut)
	for i := range c.Relatives {
		if i != c.Paid && !c.hasChildren(i) {
			add(func(next *sharedCase) { next.drop(i) })
		}
	}
	for i, r := range c.Rules {
		add(func(next *sharedCase) { next.Rules = slices.Delete(next.Rules, i, i+1) })
		add(func(next *sharedCase) { next.Rules[i] = rule{} })
		add(func(next *sharedCase) { next.Rules[i] = rule{Due: r.Due, Share: r.Share} })
		add(func(next *sharedCase) { next.Rules[i].ByRate = false })
		add(func(next *sharedCase) { next.Rules[i].ByWeight = false })
		add(func(next *sharedCase) { next.Rules[i].Cap /= 2 })
	}
	for _, by := range []money.Amount{1_000_000, 1000, 10, 2} { // all amounts together: their ratios may matter
		add(func(next *sharedCase) {
			next.Amount /= by
			for i := range next.Relatives {
				next.Relatives[i].Owed, next.Relatives[i].Due = next.Relatives[i].Owed/by, next.Relatives[i].Due/by
			}
		})
	}
	add(func(next *sharedCase) { next.Family = false })
	add(func(next *sharedCase) { next.ToParent = false })
	add(func(next *sharedCase) { next.Amount /= 2 })
	add(func(next *sharedCase) { next.Amount = min(next.Amount, max(0, next.Amount-1)) })
	for i := range c.Relatives {
		add(func(next *sharedCase) { next.Relatives[i].Owed, next.Relatives[i].Due = 0, 0 })
		add(func(next *sharedCase) { next.Relatives[i].Owed /= 2; next.Relatives[i].Due /= 2 })
		add(func(next *sharedCase) { next.Relatives[i].Due = 0 })
	}
	return simpler
}

// cut leaves out all accounts that are not below the paid one.
func (c *sharedCase) cut() {
	left := c.Relatives[c.Paid : c.Paid+1]
	left[0].Parent = -1
	now := map[int]int{c.Paid: 0}
	for i, one := range c.Relatives[c.Paid+1:] {
		if parent, below := now[one.Parent]; below {
			now[c.Paid+1+i] = len(left)
			one.Parent = parent
			left = append(left, one)
		}
	}
	c.Relatives, c.Paid = left, 0
}

// drop leaves out an account that has no children.
func (c *sharedCase) drop(i int) {
	c.Relatives = slices.Delete(c.Relatives, i, i+1)
	for at := range c.Relatives {
		if c.Relatives[at].Parent > i {
			c.Relatives[at].Parent--
		}
	}
	if c.Paid > i {
		c.Paid--
	}
}
