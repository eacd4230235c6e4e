package oracle

// A sharing is what became of a payment's split.
type sharing struct {
	shares []share
	kept   map[*account]num
	rest   num // left over
	fits   map[*account][]num
}

// A share is what a tier handed to an account.
type share struct {
	to          *account
	amount      num
	split, tier string
}

// keeps is what an account keeps of the payment for its own waterfall.
func (s *sharing) keeps(a *account) num {
	if s.kept[a] == nil {
		return whole(0)
	}
	return s.kept[a]
}

func (s *sharing) keep(a *account, amount num) { s.kept[a] = add(s.keeps(a), amount) }

// endless is more money than there is.
var endless = power(30)

// share works out what each account keeps of an amount.
func (d *decision) share(amount num) {
	d.shared = &sharing{kept: map[*account]num{}, rest: whole(0), fits: map[*account][]num{}}
	switch {
	case d.byHand != nil:
		d.shareByHand()
	case len(d.split.Percentages) > 0:
		d.sharePercentages(amount)
	case amount.Sign() > 0:
		for _, c := range d.paid.Children {
			d.rehearse(c, amount)
		}
		d.shareAmong(d.paid, amount)
	}
	for _, a := range d.root.all() {
		a.handed = whole(0)
	}
}

func (d *decision) shareByHand() {
	for _, a := range d.root.all() {
		if part := d.byHand[a.ID]; part != nil && part.Sign() > 0 {
			d.shared.shares = append(d.shared.shares, share{to: a, amount: part})
			d.shared.keep(a, part)
		}
	}
}

// sharePercentages gives each child its percentage, at most what its own
// balances owe.
func (d *decision) sharePercentages(amount num) {
	rank := make([]candidate, len(d.paid.Children))
	for i, c := range d.paid.Children {
		rank[i] = candidate{at: i, take: endless, weight: whole(0)}
		for _, p := range d.split.Percentages {
			if p.Child == c.ID {
				rank[i].weight = parse(p.Percent)
			}
		}
	}
	left := amount
	if amount.Sign() > 0 {
		for _, p := range shareRank(rank, amount, "pro_rata") {
			c := d.paid.Children[p.at]
			part := least(p.amount, c.owes(owedOf, false))
			if part.Sign() > 0 {
				d.shared.shares = append(d.shared.shares, share{c, part, d.split.Name, ""})
				d.shared.keep(c, part)
				left = sub(left, part)
			}
		}
	}
	d.stays(d.paid, left)
}

// stays is what becomes of what an account's children do not take.
func (d *decision) stays(a *account, left num) {
	if d.toParent() {
		d.shared.keep(a, left)
	} else {
		d.shared.rest = add(d.shared.rest, left)
	}
}

func (d *decision) toParent() bool { return d.split.Leftover == "" || d.split.Leftover == "parent" }

// owes adds up what an account owes, and with below what all under it do,
// whether it rolls up or not. Money owed back does not count.
func (a *account) owes(of func(*balance) num, below bool) num {
	sum := whole(0)
	for _, b := range a.Balances {
		sum = add(sum, positive(of(b)))
	}
	for _, c := range a.Children {
		if below {
			sum = add(sum, c.owes(of, true))
		}
	}
	return sum
}

// rehearse finds, from the bottom up, what fits a branch after each tier: what
// the tiers up to that one place below it and, where what is left over stays
// with the parent, what it owes itself.
func (d *decision) rehearse(branch *account, applying num) {
	if len(branch.Children) == 0 {
		return
	}
	for _, c := range branch.Children {
		d.rehearse(c, applying)
	}
	d.enter(branch)
	placed := whole(0)
	for i := range d.split.Tiers {
		for _, p := range d.handOut(level{branch, i, sub(endless, placed), applying}) {
			placed = add(placed, p.amount)
		}
		fits := placed
		if d.toParent() {
			fits = add(sub(placed, branch.handed), branch.owes(owedOf, false))
		}
		d.shared.fits[branch] = append(d.shared.fits[branch], fits)
	}
}

// enter begins at a level: nothing was handed to anybody there.
func (d *decision) enter(parent *account) {
	for _, a := range d.root.all() {
		a.handed = whole(0)
	}
}

// shareAmong shares what an account was handed among its children, and so on
// down.
func (d *decision) shareAmong(parent *account, amount num) {
	d.enter(parent)
	left := amount
	for i := range d.split.Tiers {
		if left.Sign() == 0 {
			break
		}
		for _, p := range d.handOut(level{parent, i, left, amount}) {
			left = sub(left, p.amount)
			if p.to != parent || parent == d.paid {
				d.shared.shares = append(d.shared.shares, p)
			}
		}
	}
	d.shared.keep(parent, parent.handed)
	d.stays(parent, left)
	handed := map[*account]num{}
	for _, c := range parent.Children {
		handed[c] = c.handed
	}
	for _, c := range parent.Children {
		switch {
		case len(c.Children) == 0:
			d.shared.keep(c, handed[c])
		case handed[c].Sign() > 0:
			d.shareAmong(c, handed[c])
		}
	}
}

// A level is one tier at one parent.
type level struct {
	parent   *account
	tier     int
	left     num
	applying num // what reached the split there
}

// handOut lets one tier hand money to those who share at a level.
func (d *decision) handOut(l level) (shares []share) {
	t := &d.split.Tiers[l.tier]
	d.rule = t.Name
	see := d.see(l.parent, l.applying)
	f := filler{decision: d, tier: t, left: l.left}
	if !f.begin(see) {
		return nil
	}
	who := l.parent.Children
	if d.split.Among == "family" {
		who = append([]*account{l.parent}, who...)
	}
	for i, a := range who {
		c := d.sharer(a, l)
		c.at = i
		if c.owed.Sign() > 0 {
			f.offer(see.with("child", d.childRecord(a, l.parent)), c)
		}
	}
	for _, p := range f.fill() {
		a := who[p.at]
		a.handed = add(a.handed, p.amount)
		shares = append(shares, share{a, p.amount, d.split.Name, t.Name})
	}
	return shares
}

// sharer is an account as a tier's candidate: with all below it or, as one of
// its own family, with its own balances only.
func (d *decision) sharer(a *account, l level) candidate {
	below := a != l.parent
	c := candidate{words: map[string]string{"child": a.ID}}
	c.owed = sub(a.owes(owedOf, below), a.handed)
	c.due = lowered(a.owes(dueOf, below), a.handed)
	c.pastDue = lowered(a.owes(pastDueOf, below), a.handed)
	c.room = c.owed
	if below && len(a.Children) > 0 {
		c.room = sub(d.shared.fits[a][l.tier], a.handed)
	}
	return c
}

// childRecord is an account that shares, as expressions see it.
func (d *decision) childRecord(a, parent *account) record {
	if a != parent {
		return d.accountRecord(a)
	}
	alone := *a
	alone.Children = nil
	return d.accountRecord(&alone)
}

// payShares pays every account what it keeps, children first.
func (d *decision) payShares() {
	if d.shared.rest.Sign() > 0 {
		if d.split.Leftover == "refuse" {
			d.refuses("LeftoverRefused", "")
		}
		d.rest = add(d.rest, d.shared.rest)
	}
	d.payKept(d.paid)
}

func (d *decision) payKept(a *account) {
	for _, c := range a.Children {
		d.payKept(c)
	}
	amount := d.shared.keeps(a)
	if d.split != nil && (d.split.Fee == "each_same" || d.split.Fee == "each_own") {
		amount = sub(amount, d.fromPayment(a))
	}
	if amount.Sign() > 0 {
		d.pour(a, amount, nil)
	}
}
