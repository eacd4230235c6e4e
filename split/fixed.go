package split

import "example.com/spillway/money"

// ByPercent shares amount among the children of the account that is paid, each
// by its percentage and at most to what its own balances owe. It returns shares
// with one appended for each child that gets something, in the order of the
// document, and the rest of amount that is left over.
//
// percent has one rate for each account; those of accounts that are not children
// of the paid one are not looked at, and a rate of 0 or less gets nothing. The
// rates are to add up to 100 %. Minor units that do not divide go to the largest
// remainders, ties in the order of the document. What a full child cannot take
// goes to no other: with ToParent it stays with the account that is paid, else
// it is left over. Shares are not split further.
//
// For any amount:
//
//   - what the accounts keep, plus the rest, is amount, and with ToParent the
//     rest is 0;
//   - no child keeps more than it owes;
//   - a child that is not full keeps its percentage of amount within one minor
//     unit.
func (s *Sharer) ByPercent(shares []Share, amount money.Amount, plan *Plan, percent []money.Rate) ([]Share, money.Amount) {
	s.begin(plan)
	s.weights = resize(s.weights, len(plan.Accounts))
	for i := range plan.Accounts {
		s.weights[i] = 0
		if i != plan.Paid && plan.Accounts[i].Parent == plan.Paid {
			s.weights[i] = int64(percent[i])
		}
	}
	left := money.Apportion(s.kept, amount, s.weights, nil)
	for i := range s.kept {
		over := max(0, s.kept[i]-s.owed(i))
		s.kept[i] -= over
		left += over
		if s.kept[i] > 0 {
			shares = append(shares, Share{i, NoTier, s.kept[i]})
		}
	}
	return shares, s.leave(plan, left)
}

// ByHand hands the account that is paid and its children the amounts that were
// entered for them, whatever they owe, and returns shares with one appended for
// each amount above 0, in the order of the document.
//
// amounts has one for each account; those of other accounts are not looked at.
// Each account keeps its amount: shares are not split further.
func (s *Sharer) ByHand(shares []Share, plan *Plan, amounts []money.Amount) []Share {
	s.begin(plan)
	s.plan = nil
	for i := range plan.Accounts {
		if amounts[i] > 0 && (i == plan.Paid || plan.Accounts[i].Parent == plan.Paid) {
			s.kept[i] = amounts[i]
			shares = append(shares, Share{i, NoTier, amounts[i]})
		}
	}
	return shares
}
