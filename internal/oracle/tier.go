package oracle

import (
	"sort"

	"example.com/spillway/engine/enginetest"
)

// A candidate is who a tier may take for: a balance, or a child.
type candidate struct {
	at                 int
	bucket             string
	words              map[string]string // by list key
	owed, due, pastDue num
	room               num // nil: what is owed
	take, weight       num
	keys               []value
}

// A part is what a candidate gets.
type part struct {
	at     int
	amount num
}

// A filler fills one tier.
type filler struct {
	*decision
	tier *enginetest.Tier
	left num
	list []candidate
}

// begin evaluates what is asked once, and says whether the tier runs.
func (f *filler) begin(see scene) bool {
	if !see.holds(f.tier.When) {
		return false
	}
	if f.tier.Cap != nil {
		f.left = least(f.left, positive(see.amount(f.tier.Cap)))
	}
	return true
}

// offer evaluates what is asked of a candidate, and adds it if it is in the tier.
func (f *filler) offer(see scene, c candidate) {
	t := f.tier
	if !see.holds(t.Where) {
		return
	}
	for _, k := range t.Order {
		position, listed := f.position(see, &k, c)
		if !listed {
			return // it is not in this tier: nothing more is asked of it
		}
		c.keys = append(c.keys, position)
	}
	c.take = c.owed
	switch {
	case t.TakeExpr != nil:
		c.take = least(positive(see.amount(t.TakeExpr)), c.owed)
	case t.Take == "due":
		c.take = c.due
	case t.Take == "past_due":
		c.take = c.pastDue
	}
	if c.room != nil {
		c.take = least(c.take, c.room)
	}
	c.weight = whole(1)
	if t.Share == "pro_rata" {
		c.weight = c.take
		switch {
		case t.ByExpr != nil:
			c.weight = see.eval(t.ByExpr).(num)
		case t.By == "due":
			c.weight = c.due
		case t.By == "owed":
			c.weight = c.owed
		}
	}
	f.list = append(f.list, c)
}

// position is where a key puts a candidate, and whether it is in the tier.
func (f *filler) position(see scene, k *enginetest.Key, c candidate) (value, bool) {
	if k.Expr == nil {
		for i, tied := range k.Words {
			if contains(tied, c.words[k.List]) {
				return whole(int64(i)), true
			}
		}
		return nil, false
	}
	switch k.Expr.Text {
	case "balance.apr", "child.apr", "balance.due_date":
		return see.read(k.Expr), true
	}
	return see.eval(k.Expr), true
}

// before says whether one candidate comes in a rank before another.
func (f *filler) before(a, b candidate) bool {
	for i, k := range f.tier.Order {
		x, y := a.keys[i], b.keys[i]
		if x == nil || y == nil {
			if (x == nil) != (y == nil) {
				return y == nil // what is missing comes last
			}
			continue
		}
		if c := order(x, y); c != 0 {
			return (c < 0) != (k.Direction == "desc")
		}
	}
	return false
}

// fill fills rank after rank.
func (f *filler) fill() (parts []part) {
	sort.SliceStable(f.list, func(i, j int) bool { return f.before(f.list[i], f.list[j]) })
	if f.tier.Whole != "" {
		return f.fillWhole()
	}
	for len(f.list) > 0 {
		n := 1
		for n < len(f.list) && !f.before(f.list[0], f.list[n]) {
			n++
		}
		for _, p := range shareRank(f.list[:n], f.left, f.tier.Share) {
			f.left = sub(f.left, p.amount)
			parts = append(parts, p)
		}
		f.list = f.list[n:]
	}
	return parts
}

// fillWhole pays what can be paid in full. What comes of it is in the order of
// ranks, as ever.
func (f *filler) fillWhole() (parts []part) {
	paid := map[int]bool{}
	for _, group := range f.groups() {
		sum := whole(0)
		for _, member := range group {
			sum = add(sum, member.take)
		}
		if sum.Cmp(f.left) > 0 {
			continue
		}
		f.left = sub(f.left, sum)
		for _, member := range group {
			paid[member.at] = true
		}
	}
	for _, c := range f.list {
		if paid[c.at] {
			parts = append(parts, part{c.at, c.take})
		}
	}
	return parts
}

// groups are those who are paid in full together: each alone, or all of a
// bucket, where the first of it stands that has something to take.
func (f *filler) groups() (groups [][]candidate) {
	at := map[string]int{}
	for _, c := range f.list {
		if c.take.Sign() == 0 {
			continue
		}
		i, known := at[c.bucket]
		if known && f.tier.Whole == "bucket" {
			groups[i] = append(groups[i], c)
			continue
		}
		at[c.bucket] = len(groups)
		groups = append(groups, []candidate{c})
	}
	return groups
}
