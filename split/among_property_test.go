package split_test

import (
	"math/rand"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.com/spillway/money"
	"example.com/spillway/split"
	"example.com/spillway/waterfall"
)

func TestAmongPromises(t *testing.T) {
	holds(t, "what is kept, plus the rest, is amount", func(c sharedCase) bool {
		out := c.share()
		if c.ToParent && out.Rest != 0 {
			return false
		}
		return sum(out.Kept)+out.Rest == c.Amount &&
			(c.Amount <= 0 || out.Rest >= 0 && slices.Min(out.Kept) >= 0)
	})
	holds(t, "without ToParent nobody keeps more than it owes", func(c sharedCase) bool {
		c.ToParent = false
		return len(c.over(c.share())) == 0
	})
	holds(t, "a share is above 0, and for one of those who share", func(c sharedCase) bool {
		for _, share := range c.share().Shares {
			if share.Amount <= 0 || share.Account == c.Paid && !c.Family || !c.below(share.Account) {
				return false
			}
		}
		return true
	})
	holds(t, "what is handed down is kept or handed on", handsOn)
	holds(t, "with steady tiers nothing strands below the account paid", strandsNothing)
	holds(t, "siblings in another order: an odd minor unit at most", isFairInAnyOrder)
	holds(t, "both ways of sharing agree", func(c sharedCase) bool {
		return difference(c) == ""
	})
}

func TestAmongLeavesItsArguments(t *testing.T) {
	var sharer split.Sharer // one for all: what a call leaves in it must not show
	holds(t, "nothing but the sharer changes", func(c sharedCase) bool {
		f := c.family()
		accounts := slices.Clone(f.plan.Accounts)
		earlier := split.Share{Account: -7, Tier: 3, Amount: 1_00}
		shares, rest, err := sharer.Among([]split.Share{earlier}, c.Amount, &f.plan, f)
		want := c.share()
		return err == nil && shares[0] == earlier && slices.Equal(shares[1:], want.Shares) && rest == want.Rest &&
			slices.Equal(sharer.Kept(), want.Kept) && slices.Equal(f.plan.Accounts, accounts)
	})
}

// difference says how Among differs from sharePlainly.
func difference(c sharedCase) string {
	f := c.family()
	return cmp.Diff(sharePlainly(c.Amount, &f.plan, f), c.share(), cmpopts.EquateEmpty())
}

// handsOn says that each account keeps what it got less what it hands on, and
// that only without ToParent anything of it is left over. With Family shares do
// not tell who handed them out, so it looks at families without.
func handsOn(c sharedCase) bool {
	c.Family = false
	out := c.share()
	if c.Amount <= 0 {
		return len(out.Shares) == 0
	}
	left := make([]money.Amount, len(c.Relatives))
	left[c.Paid] = c.Amount
	for _, share := range out.Shares {
		left[share.Account] += share.Amount
		left[c.Relatives[share.Account].Parent] -= share.Amount
	}
	for i, kept := range out.Kept {
		left[i] -= kept
		if left[i] < 0 || c.ToParent && left[i] != 0 {
			return false
		}
	}
	return sum(left) == out.Rest
}

// strandsNothing says that if tiers are steady, only the account that is paid
// can keep more than it owes; and if it has money left, no other would get more
// from a larger amount, and a tier that is for everyone has filled everyone.
func strandsNothing(c sharedCase) bool {
	c.steady()
	out := c.share()
	over := c.over(out)
	if len(over) > 1 || len(over) == 1 && over[0] != c.Paid {
		return false
	}
	left := out.Rest + out.Kept[c.Paid]
	for _, share := range out.Shares {
		if share.Account == c.Paid {
			left -= share.Amount
		}
	}
	if c.Amount <= 0 || left == 0 {
		return true
	}
	more := c
	more.Amount = unlimited
	most := more.share().Kept
	for i, kept := range out.Kept {
		full := kept == max(0, c.Relatives[i].Owed) || !c.below(i) || !c.Family && !c.ToParent && c.hasChildren(i)
		if i != c.Paid && (kept != most[i] || slices.ContainsFunc(c.Rules, rule.forEveryone) && !full) {
			return false
		}
	}
	return true
}

// isFairInAnyOrder compares a parent's children with the same in another order.
func isFairInAnyOrder(c sharedCase) bool {
	c.Relatives = slices.Clone(c.Relatives)
	for i := range c.Relatives[1:] {
		c.Relatives[i+1].Parent = 0 // one level
	}
	c.Paid = 0
	if len(c.Rules) == 0 || c.Rules[0].Share == waterfall.InTurn {
		return true
	}
	c.Rules = c.Rules[:1]
	order := rand.New(rand.NewSource(c.Seed)).Perm(len(c.Relatives) - 1)
	shuffled := c
	shuffled.Relatives = slices.Clone(c.Relatives)
	for to, from := range order {
		shuffled.Relatives[to+1] = c.Relatives[from+1]
	}
	kept, keptShuffled := c.share().Kept, shuffled.share().Kept
	for to, from := range order {
		if by := keptShuffled[to+1] - kept[from+1]; by < -1 || by > 1 {
			return false
		}
	}
	return true
}
