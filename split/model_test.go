package split_test

import (
	"cmp"
	"math/big"
	"slices"

	"example.com/spillway/money"
	"example.com/spillway/split"
	"example.com/spillway/waterfall"
)

// unlimited is more money than the accounts of any case owe together.
const unlimited money.Amount = 1_000_000_000_000_000_000

// An outcome is all that sharing an amount gives.
type outcome struct {
	Shares []split.Share
	Kept   []money.Amount
	Rest   money.Amount
}

// sharePlainly is a second Among, written as the contract reads. It works out
// what fits a branch anew whenever it is asked. It is slow.
func sharePlainly(amount money.Amount, plan *split.Plan, tiers split.Evaluator) outcome {
	m := model{plan, tiers, amount}
	out := outcome{Kept: make([]money.Amount, len(plan.Accounts))}
	switch {
	case amount > 0:
		m.pay(&out, plan.Paid, amount)
	case plan.ToParent:
		out.Kept[plan.Paid] = amount
	default:
		out.Rest = amount
	}
	return out
}

type model struct {
	plan   *split.Plan
	tiers  split.Evaluator
	amount money.Amount
}

func (m model) pay(out *outcome, account int, amount money.Amount) {
	children := m.children(account)
	if len(children) == 0 && account != m.plan.Paid {
		out.Kept[account] = amount
		return
	}
	shares, taken := m.level(account, m.plan.Tiers, amount, amount)
	out.Shares = append(out.Shares, shares...)
	out.Kept[account] = taken[account]
	left := amount - sum(taken)
	if m.plan.ToParent {
		out.Kept[account] += left
	} else {
		out.Rest += left
	}
	for _, child := range children {
		if taken[child] > 0 {
			m.pay(out, child, taken[child])
		}
	}
}

// level lets the first tiers run over left at parent.
func (m model) level(parent, tiers int, left, applying money.Amount) (shares []split.Share, taken []money.Amount) {
	n := len(m.plan.Accounts)
	taken = make([]money.Amount, n)
	for t := range tiers {
		if left == 0 {
			break
		}
		room := make([]money.Amount, n)
		if m.plan.Family {
			room[parent] = m.owed(parent) - taken[parent]
		}
		for _, child := range m.children(parent) {
			room[child] = m.fits(child, t) - taken[child]
		}
		tier := waterfall.Tier{Cap: waterfall.NoCap}
		ok, err := m.tiers.Tier(&tier, split.Level{Parent: parent, Tier: t, Applying: applying, Taken: taken, Room: room})
		if err != nil || !ok {
			continue
		}
		for _, part := range fillPlainly(left, &tier, room) {
			if part.ID != parent || parent == m.plan.Paid {
				shares = append(shares, split.Share{Account: part.ID, Tier: t, Amount: part.Amount})
			}
			taken[part.ID] += part.Amount
			left -= part.Amount
		}
	}
	return shares, taken
}

// fits is what an account has room for in tiers 0 to t.
func (m model) fits(account, t int) money.Amount {
	if len(m.children(account)) == 0 {
		return m.owed(account)
	}
	_, taken := m.level(account, t+1, unlimited, m.amount)
	if m.plan.ToParent {
		return sum(taken) - taken[account] + m.owed(account)
	}
	return sum(taken)
}

func (m model) owed(account int) money.Amount { return max(0, m.plan.Accounts[account].Owed) }

func (m model) children(parent int) (children []int) {
	for i, account := range m.plan.Accounts {
		if account.Parent == parent {
			children = append(children, i)
		}
	}
	return children
}

// fillPlainly fills one tier, rank by rank.
func fillPlainly(amount money.Amount, tier *waterfall.Tier, room []money.Amount) (parts []waterfall.Part) {
	left := min(amount, max(0, tier.Cap))
	order := make([]int, len(tier.Targets))
	for i := range order {
		order[i] = i
	}
	key := func(i int) int64 {
		if tier.NKeys == 0 {
			return 0
		}
		return tier.Keys[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(key(a), key(b)) })
	for len(order) > 0 {
		n := 1
		for tier.Share != waterfall.InTurn && n < len(order) && key(order[n]) == key(order[0]) {
			n++
		}
		for i, take := range shareRank(left, tier, order[:n], room) {
			if take > 0 {
				parts = append(parts, waterfall.Part{ID: tier.Targets[order[i]].ID, Amount: take})
				left -= take
			}
		}
		order = order[n:]
	}
	return parts
}

// shareRank shares left among the targets of a rank: those that their shares
// would fill are filled until there are none, then by largest remainder.
func shareRank(left money.Amount, tier *waterfall.Tier, rank []int, room []money.Amount) []money.Amount {
	takes := make([]money.Amount, len(rank))
	full := make([]bool, len(rank))
	for {
		weights := make([]*big.Int, len(rank))
		total := new(big.Int)
		for i, at := range rank {
			target := &tier.Targets[at]
			weights[i] = weigh(tier, target)
			if full[i] || min(target.Take, room[target.ID]) <= 0 {
				weights[i] = new(big.Int)
			}
			total.Add(total, weights[i])
		}
		if total.Sign() == 0 {
			return takes
		}
		filled := money.Amount(0)
		floors, remainders := floorShares(left, weights, total)
		for i, at := range rank {
			target := &tier.Targets[at]
			most := min(target.Take, room[target.ID])
			if weights[i].Sign() == 0 || floors[i] < most {
				continue
			}
			full[i], takes[i] = true, most
			filled += most
		}
		if filled > 0 {
			left -= filled
			continue
		}
		if tier.Whole != waterfall.NotWhole {
			return takes
		}
		handOut(takes, left, floors, remainders)
		return takes
	}
}

// handOut gives the floors, and what they leave to the largest remainders.
func handOut(takes []money.Amount, left money.Amount, floors []money.Amount, remainders []*big.Int) {
	byRemainder := make([]int, len(takes))
	for i := range takes {
		takes[i] += floors[i]
		left -= floors[i]
		byRemainder[i] = i
	}
	slices.SortStableFunc(byRemainder, func(a, b int) int { return remainders[b].Cmp(remainders[a]) })
	for _, i := range byRemainder[:left] {
		takes[i]++
	}
}

// floorShares returns the whole parts of left * weight / total, and the remainders.
func floorShares(left money.Amount, weights []*big.Int, total *big.Int) (floors []money.Amount, remainders []*big.Int) {
	for _, weight := range weights {
		product := new(big.Int).Mul(big.NewInt(int64(left)), weight)
		floor, remainder := product.QuoRem(product, total, new(big.Int))
		floors = append(floors, money.Amount(floor.Int64()))
		remainders = append(remainders, remainder)
	}
	return floors, remainders
}

// weigh is what a target weighs: 0 if it is to take nothing.
func weigh(tier *waterfall.Tier, target *waterfall.Target) *big.Int {
	if tier.Share != waterfall.ProRata {
		return big.NewInt(1)
	}
	return big.NewInt(max(0, target.Weight))
}

func sum(amounts []money.Amount) (total money.Amount) {
	for _, amount := range amounts {
		total += amount
	}
	return total
}
