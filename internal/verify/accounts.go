package verify

import (
	"slices"

	"example.com/spillway/engine"
)

// idOf is the id of an account, that of a root without one.
func idOf(a *engine.Account) string {
	if a.ID == "" {
		return "account"
	}
	return a.ID
}

// pathTo leads from the root of a tree to the account with an id, the root for
// none; nil if there is no such account.
func pathTo(root *engine.Account, id string) []*engine.Account {
	if id == "" || id == idOf(root) {
		return []*engine.Account{root}
	}
	for i := range root.Children {
		if path := pathTo(&root.Children[i], id); path != nil {
			return append([]*engine.Account{root}, path...)
		}
	}
	return nil
}

// find is the account with an id, nil if there is none.
func find(root *engine.Account, id string) *engine.Account {
	if path := pathTo(root, id); path != nil {
		return path[len(path)-1]
	}
	return nil
}

// bucketOf is the name of a bucket, main for none.
func bucketOf(bucket string) string {
	if bucket == "" {
		return "main"
	}
	return bucket
}

// balanceOf is what an account owes on a balance, 0 where there is none.
func balanceOf(a *engine.Account, bucket, component string) engine.Amount {
	for i := range a.Balances {
		if b := &a.Balances[i]; bucketOf(b.Bucket) == bucket && b.Component == component {
			return b.Owed
		}
	}
	return 0
}

// ownOwed is what an account owes on its own balances, credit aside.
func ownOwed(a *engine.Account) (sum engine.Amount) {
	for i := range a.Balances {
		sum += max(0, a.Balances[i].Owed)
	}
	return sum
}

// allOwed is what an account and all below it owe.
func allOwed(a *engine.Account) engine.Amount {
	sum := ownOwed(a)
	for i := range a.Children {
		sum += allOwed(&a.Children[i])
	}
	return sum
}

// countAccounts counts the accounts of a tree.
func countAccounts(a *engine.Account) int {
	n := 1
	for i := range a.Children {
		n += countAccounts(&a.Children[i])
	}
	return n
}

// nthAccount is the n-th account of a tree, parents before children.
func nthAccount(a *engine.Account, n int) *engine.Account {
	if n == 0 {
		return a
	}
	n--
	for i := range a.Children {
		below := countAccounts(&a.Children[i])
		if n < below {
			return nthAccount(&a.Children[i], n)
		}
		n -= below
	}
	return nil
}

// copied is a tree that shares no balances with another.
func copied(a engine.Account) engine.Account {
	a.Balances = slices.Clone(a.Balances)
	a.Children = slices.Clone(a.Children)
	for i := range a.Children {
		a.Children[i] = copied(a.Children[i])
	}
	return a
}

// countBalances counts the balances of a tree.
func countBalances(a *engine.Account) int {
	n := len(a.Balances)
	for i := range a.Children {
		n += countBalances(&a.Children[i])
	}
	return n
}
