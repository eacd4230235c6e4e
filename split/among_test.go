package split_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.com/spillway/money"
	"example.com/spillway/split"
	"example.com/spillway/waterfall"
)

// Rules of the policies that the cases below come from.
var (
	equal      = rule{Share: waterfall.Equal}
	byDue      = rule{Due: true, Share: waterfall.ProRata}
	byWeight   = rule{Share: waterfall.ProRata, ByWeight: true}
	inTurn     = rule{}
	byRate     = rule{ByRate: true}
	dues       = rule{Due: true}
	wholeDues  = rule{Due: true, Whole: true, ByRate: true}
	partDues   = rule{Due: true, ByRate: true}
	toParent   = split.Plan{ToParent: true}
	leftOver   = split.Plan{}
	withItself = split.Plan{Family: true}
	familyKeep = split.Plan{Family: true, ToParent: true}
)

type row struct {
	name   string
	plan   split.Plan
	rules  []rule
	amount money.Amount
	family []relative
	want   outcome
}

// shares makes shares of tier 0 from pairs of account and amount.
func shares(tier int, pairs ...money.Amount) (s []split.Share) {
	for i := 0; i < len(pairs); i += 2 {
		s = append(s, split.Share{Account: int(pairs[i]), Tier: tier, Amount: pairs[i+1]})
	}
	return s
}

func keep(amounts ...money.Amount) []money.Amount { return amounts }

// Rows of tricky/families.yaml and semantics/families.yaml.
var treeRows = []row{
	{"three levels in equal parts", toParent, []rule{equal}, 100_00,
		[]relative{{Parent: -1}, {Parent: 0}, {Parent: 1, Owed: 500_00}, {Parent: 1, Owed: 500_00}, {Parent: 1, Owed: 500_00}, {Parent: 0, Owed: 500_00}},
		outcome{shares(0, 1, 50_00, 5, 50_00, 2, 16_67, 3, 16_67, 4, 16_66), keep(0, 0, 16_67, 16_67, 16_66, 50_00), 0}},
	{"what the lowest level cannot take goes to the account above it", toParent, []rule{equal}, 40_00,
		[]relative{{Parent: -1, Owed: 5_00}, {Parent: 0, Owed: 30_00}, {Parent: 1, Owed: 20_00}},
		outcome{shares(0, 1, 40_00, 2, 20_00), keep(0, 20_00, 20_00), 0}},
	{"and what that cannot take, to the top", toParent, []rule{equal}, 60_00,
		[]relative{{Parent: -1, Owed: 5_00}, {Parent: 0, Owed: 30_00}, {Parent: 1, Owed: 20_00}},
		outcome{shares(0, 1, 50_00, 2, 20_00), keep(10_00, 30_00, 20_00), 0}},
	{"leftover stays unapplied although the parent owes", leftOver, []rule{equal}, 21_00,
		[]relative{{Parent: -1, Owed: 5_00}, {Parent: 0, Owed: 20_00}},
		outcome{shares(0, 1, 20_00), keep(0, 20_00), 1_00}},
	{"a full branch takes only what fits it, the rest goes to its sister", leftOver, []rule{byDue}, 312_00,
		[]relative{{Parent: -1}, {Parent: 0, Owed: 500_00, Due: 500_00}, {Parent: 1, Owed: 60_00, Due: 12_00}, {Parent: 0, Owed: 500_00, Due: 300_00}},
		outcome{shares(0, 1, 12_00, 3, 300_00, 2, 12_00), keep(0, 0, 12_00, 300_00), 0}},
	{"a branch takes what its twig owes", toParent, []rule{equal}, 120_00,
		[]relative{{Parent: -1}, {Parent: 0, Owed: 10_00}, {Parent: 1, Owed: 60_00}, {Parent: 0, Owed: 500_00}},
		outcome{shares(0, 1, 60_00, 3, 60_00, 2, 60_00), keep(0, 0, 60_00, 60_00), 0}},
	{"the fee's shares: 41 for x, 39 handed on by y", toParent, []rule{equal}, 100_00,
		[]relative{{Parent: -1, Owed: 20_00}, {Parent: 0, Owed: 41_00}, {Parent: 0}, {Parent: 2, Owed: 39_00}},
		outcome{shares(0, 1, 41_00, 2, 39_00, 3, 39_00), keep(20_00, 41_00, 0, 39_00), 0}},
	{"seven levels of children", toParent, []rule{equal}, 5_00,
		[]relative{{Parent: -1}, {Parent: 0}, {Parent: 1}, {Parent: 2}, {Parent: 3}, {Parent: 4}, {Parent: 5}, {Parent: 6, Owed: 9_00}},
		outcome{shares(0, 1, 5_00, 2, 5_00, 3, 5_00, 4, 5_00, 5, 5_00, 6, 5_00, 7, 5_00), keep(0, 0, 0, 0, 0, 0, 0, 5_00), 0}},
	{"the middle is paid, not its sister",
		split.Plan{ToParent: true, Paid: 2}, []rule{equal}, 50_00,
		[]relative{{Parent: -1}, {Parent: 0, Owed: 90_00}, {Parent: 0, Owed: 80_00}, {Parent: 2, Owed: 20_00}, {Parent: 2, Owed: 20_00}},
		outcome{shares(0, 3, 20_00, 4, 20_00), keep(0, 0, 10_00, 20_00, 20_00), 0}},
	{"a branch gets no more than the dues below it before others have theirs", leftOver, []rule{dues, inTurn}, 40_00,
		[]relative{{Parent: -1}, {Parent: 0, Owed: 70_00, Due: 70_00}, {Parent: 1, Owed: 90_00, Due: 10_00}, {Parent: 0, Owed: 50_00, Due: 20_00}},
		outcome{append(shares(0, 1, 10_00, 3, 20_00), append(shares(1, 1, 10_00), append(shares(0, 2, 10_00), shares(1, 2, 10_00)...)...)...), keep(0, 0, 20_00, 20_00), 0}},
	{"the cap of a tier holds in the rehearsal too", leftOver, []rule{{Cap: 15_00}}, 40_00,
		[]relative{{Parent: -1}, {Parent: 0}, {Parent: 1, Owed: 10_00}, {Parent: 1, Owed: 10_00}, {Parent: 0, Owed: 90_00}},
		outcome{shares(0, 1, 15_00, 2, 10_00, 3, 5_00), keep(0, 0, 10_00, 5_00, 0), 25_00}},
	{"what a cap on the share at hand strands is left over", leftOver, []rule{{Tenth: true}}, 100_00,
		[]relative{{Parent: -1}, {Parent: 0}, {Parent: 1, Owed: 90_00}},
		outcome{shares(0, 1, 10_00, 2, 1_00), keep(0, 0, 1_00), 99_00}},
	{"or stays with the branch", toParent, []rule{{Tenth: true}}, 100_00,
		[]relative{{Parent: -1}, {Parent: 0}, {Parent: 1, Owed: 90_00}},
		outcome{shares(0, 1, 10_00, 2, 1_00), keep(90_00, 9_00, 1_00), 0}},
	{"nothing to share", toParent, []rule{equal}, 0,
		[]relative{{Parent: -1, Owed: 5_00}, {Parent: 0, Owed: 20_00}}, outcome{nil, keep(0, 0), 0}},
	{"no tiers", leftOver, nil, 5_00,
		[]relative{{Parent: -1, Owed: 5_00}, {Parent: 0, Owed: 20_00}}, outcome{nil, keep(0, 0), 5_00}},
	{"branches whose rooms add up to more than an amount holds", leftOver, []rule{equal}, 7,
		[]relative{{Parent: -1}, {Parent: 0}, {Parent: 1, Owed: math.MaxInt64}, {Parent: 1, Owed: math.MaxInt64}, {Parent: 0, Owed: 2}},
		outcome{shares(0, 1, 5, 4, 2, 2, 3, 3, 2), keep(0, 0, 3, 2, 2), 0}},
	{"and with what the branch owes itself", toParent, []rule{equal}, 7,
		[]relative{{Parent: -1}, {Parent: 0, Owed: math.MaxInt64}, {Parent: 1, Owed: math.MaxInt64}, {Parent: 0, Owed: 2}},
		outcome{shares(0, 1, 5, 3, 2, 2, 5), keep(0, 0, 5, 2), 0}},
}

// Rows of tricky/families.yaml and semantics/families.yaml with among: family.
var familyRows = []row{
	{"the account itself shares by its own dues", familyKeep, []rule{byDue, equal}, 45_00,
		[]relative{{Parent: -1, Owed: 300_00, Due: 30_00}, {Parent: 0, Owed: 700_00, Due: 60_00}},
		outcome{shares(0, 0, 15_00, 1, 30_00), keep(15_00, 30_00), 0}},
	{"beyond the dues the family shares equally", familyKeep, []rule{byDue, equal}, 100_00,
		[]relative{{Parent: -1, Owed: 300_00, Due: 30_00}, {Parent: 0, Owed: 62_00, Due: 60_00}},
		outcome{append(shares(0, 0, 30_00, 1, 60_00), shares(1, 0, 8_00, 1, 2_00)...), keep(38_00, 62_00), 0}},
	{"children have theirs with all below them", withItself, []rule{{Share: waterfall.ProRata}}, 90_00,
		[]relative{{Parent: -1, Owed: 100_00}, {Parent: 0, Owed: 150_00}, {Parent: 1, Owed: 50_00}},
		outcome{shares(0, 0, 30_00, 1, 60_00, 2, 15_00), keep(30_00, 45_00, 15_00), 0}},
	{"the borrower's own loan among the linked ones", withItself, []rule{byDue, byRate}, 150_00,
		[]relative{{Parent: -1, Owed: 500_00, Due: 40_00, Rate: 4}, {Parent: 0, Owed: 900_00, Due: 60_00, Rate: 6}},
		outcome{append(shares(0, 0, 40_00, 1, 60_00), shares(1, 1, 50_00)...), keep(40_00, 110_00), 0}},
	{"a branch may keep what it owes and no tier hands it", familyKeep, []rule{{Late: true}}, 50_00,
		[]relative{{Parent: -1}, {Parent: 0, Owed: 30_00}, {Parent: 1, Owed: 20_00, Due: 1_00}},
		outcome{shares(0, 1, 50_00, 2, 20_00), keep(0, 30_00, 20_00), 0}},
}

// Rows of loanpro/splits.yaml, capped/split.yaml, prorata, numscript/splits.yaml
// and regulation/student_loans.yaml: one level.
var levelRows = []row{
	{"100 by balances of 1000, 2000 and 3000", leftOver, []rule{{Share: waterfall.ProRata}}, 100_00,
		level(1000_00, 2000_00, 3000_00), outcome{shares(0, 1, 16_67, 2, 33_33, 3, 50_00), keep(0, 16_67, 33_33, 50_00), 0}},
	{"a payment split over lines by their dues", toParent, []rule{byDue, byRate}, 75_00,
		[]relative{{Parent: -1}, {Parent: 0, Owed: 500_00, Due: 50_00}, {Parent: 0, Owed: 700_00, Due: 100_00}},
		outcome{shares(0, 1, 25_00, 2, 50_00), keep(0, 25_00, 50_00), 0}},
	{"cap-1 no cap binds", leftOver, []rule{byWeight}, 100_00,
		weights(level(100_00, 100_00, 100_00), 1, 1, 1), outcome{shares(0, 1, 33_34, 2, 33_33, 3, 33_33), keep(0, 33_34, 33_33, 33_33), 0}},
	{"cap-3 heaviest child full", leftOver, []rule{byWeight}, 100_00,
		weights(level(40_00, 100_00, 100_00), 50, 30, 20), outcome{shares(0, 1, 40_00, 2, 36_00, 3, 24_00), keep(0, 40_00, 36_00, 24_00), 0}},
	{"cap-5 all full", leftOver, []rule{byWeight}, 100_00,
		weights(level(10_00, 10_00, 10_00), 50, 30, 20), outcome{shares(0, 1, 10_00, 2, 10_00, 3, 10_00), keep(0, 10_00, 10_00, 10_00), 70_00}},
	{"cap-7 all weights 0", leftOver, []rule{byWeight}, 1_00,
		weights(level(50, 50), 0, 0), outcome{nil, keep(0, 0, 0), 1_00}},
	{"cap-12 Alabama paradox, house 10", leftOver, []rule{byWeight}, 10,
		weights(level(1_00, 1_00, 1_00), 6, 6, 2), outcome{shares(0, 1, 4, 2, 4, 3, 2), keep(0, 4, 4, 2), 0}},
	{"capped-when-less-than-needed", leftOver, []rule{inTurn}, 1_00,
		level(40, 10_00), outcome{shares(0, 1, 40, 2, 60), keep(0, 40, 60), 0}},
	{"two of four dues in full, not four in half", toParent, []rule{wholeDues, partDues, byRate}, 200_00,
		[]relative{{Parent: -1}, {Owed: 4000_00, Due: 100_00}, {Owed: 4000_00, Due: 100_00}, {Owed: 4000_00, Due: 100_00}, {Owed: 4000_00, Due: 100_00}},
		outcome{shares(0, 1, 100_00, 2, 100_00), keep(0, 100_00, 100_00, 0, 0), 0}},
	{"a due too large for what is left is passed over", toParent, []rule{wholeDues, partDues, byRate}, 80_00,
		[]relative{{Parent: -1}, {Owed: 900_00, Due: 150_00, Rate: 3}, {Owed: 900_00, Due: 40_00, Rate: 2}, {Owed: 900_00, Due: 35_00, Rate: 1}},
		outcome{append(shares(0, 2, 40_00, 3, 35_00), shares(1, 1, 5_00)...), keep(0, 5_00, 40_00, 35_00), 0}},
	{"ten each, then the highest rate", toParent, []rule{{Fixed: 10_00}, byRate}, 90_00,
		[]relative{{Parent: -1}, {Owed: 101_00, Rate: 21}, {Owed: 4_00, Rate: 30}, {Owed: 100_00, Rate: 20}},
		outcome{append(shares(0, 1, 10_00, 2, 4_00, 3, 10_00), shares(1, 1, 66_00)...), keep(0, 76_00, 4_00, 10_00), 0}},
}

// level is a parent that owes nothing with children that do.
func level(owed ...money.Amount) []relative {
	family := []relative{{Parent: -1}}
	for _, amount := range owed {
		family = append(family, relative{Owed: amount})
	}
	return family
}

func weights(family []relative, weights ...int64) []relative {
	for i, weight := range weights {
		family[i+1].Weight = weight
	}
	return family
}

func TestAmong(t *testing.T) {
	for _, rows := range [][]row{treeRows, familyRows, levelRows} {
		for _, r := range rows {
			t.Run(r.name, func(t *testing.T) {
				c := sharedCase{r.amount, r.family, r.rules, r.plan.Paid, r.plan.Family, r.plan.ToParent, 0}
				if diff := cmp.Diff(r.want, c.share(), cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("Among differs from what is wanted (-want +got):\n%s", diff)
				}
			})
		}
	}
}

// A wrong evaluator offers whom it must not, or fails at one level.
type wrong struct {
	ids       []int
	err       error
	at        int  // where it fails
	rehearsed bool // it does not fail in a rehearsal
}

func (w wrong) Tier(tier *waterfall.Tier, level split.Level) (bool, error) {
	for _, id := range w.ids {
		tier.Targets = append(tier.Targets, waterfall.Target{ID: id, Take: 1})
	}
	if level.Parent != w.at || w.rehearsed && level.Applying == 5 {
		if w.err != nil {
			tier.Targets = append(tier.Targets, waterfall.Target{ID: level.Parent + 1, Take: 1})
		}
		return true, nil
	}
	return true, w.err
}

func TestAmongFails(t *testing.T) {
	failed := errors.New("division by zero")
	good := []split.Account{{Parent: -1}, {Parent: 0}, {Parent: 1, Owed: 5}, {Parent: 0, Owed: 5}}
	deep := []split.Account{{Parent: -1}, {Parent: 0}, {Parent: 1}, {Parent: 2, Owed: 5}}
	for _, test := range []struct {
		name     string
		accounts []split.Account
		tiers    wrong
		want     string
	}{
		{"an expression", good, wrong{err: failed}, "division by zero"},
		{"an expression of a branch, rehearsed", good, wrong{err: failed, at: 1}, "division by zero"},
		{"an expression of a branch's branch, rehearsed", deep, wrong{err: failed, at: 2}, "division by zero"},
		{"an expression of a branch, later", good, wrong{err: failed, at: 1, rehearsed: true}, "division by zero"},
		{"a grandchild", good, wrong{ids: []int{2}}, "target 0 of tier 0, account 2, is out of place at account 0"},
		{"a stranger", good[:2], wrong{ids: []int{7}}, "account 7"},
		{"nobody", good, wrong{ids: []int{-1}}, "account -1"},
		{"the parent without Family", good, wrong{ids: []int{0}}, "account 0"},
		{"one beyond the last", good, wrong{ids: []int{4}}, "account 4"},
		{"one twice", []split.Account{{Parent: -1}, {Owed: 5}}, wrong{ids: []int{1, 1}}, "target 1"},
		{"a child before its parent", []split.Account{{Parent: -1}, {Parent: 2}, {Parent: 0}}, wrong{}, "account 1 comes before its parent 2"},
		{"its own parent", []split.Account{{Parent: -1}, {Parent: 1}}, wrong{}, "account 1 comes before its parent 1"},
		{"the first its own parent", []split.Account{{Parent: 0}}, wrong{}, "account 0 comes before its parent 0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var sharer split.Sharer
			earlier := []split.Share{{Account: 9}}
			shares, rest, err := sharer.Among(earlier, 5, &split.Plan{Accounts: test.accounts, Tiers: 1}, test.tiers)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("Among = %v, want %q in it", err, test.want)
			}
			if test.tiers.err != nil && !errors.Is(err, failed) {
				t.Errorf("Among = %v, want the evaluator's error as it is", err)
			}
			if len(shares) != 1 || rest != 0 || len(sharer.Kept()) != 0 {
				t.Errorf("Among = %v, %d, keeping %v, want nothing", shares, rest, sharer.Kept())
			}
		})
	}
}

func TestAmongFamilyIsTheParentAndItsChildren(t *testing.T) {
	plan := split.Plan{Accounts: []split.Account{{Parent: -1}, {Parent: 0, Owed: 9}, {Parent: 1, Owed: 9}}, Tiers: 1, Family: true}
	_, _, err := new(split.Sharer).Among(nil, 5, &plan, wrong{ids: []int{2}, at: -1})
	if err == nil || !strings.Contains(err.Error(), "account 2, is out of place") {
		t.Errorf("Among = %v, want that account 2 is out of place", err)
	}
}

// A tier begins only with money to share: an expression that would fail
// afterwards is not evaluated.
func TestAmongEvaluatesNothingForNothing(t *testing.T) {
	accounts := []split.Account{{Parent: -1}, {Parent: 0, Owed: 5}}
	branch := append(accounts[:2:2], split.Account{Parent: 1, Owed: 5})
	for _, amount := range []money.Amount{0, -3} {
		plan := split.Plan{Accounts: branch, Tiers: 1}
		if _, rest, err := new(split.Sharer).Among(nil, amount, &plan, wrong{err: errors.New("rehearsed"), at: 1}); err != nil || rest != amount {
			t.Errorf("Among of %d = rest %d, %v, want the rest to be %d", amount, rest, err, amount)
		}
	}
	plan := split.Plan{Accounts: accounts, Tiers: 2}
	if shares, rest, err := new(split.Sharer).Among(nil, 5, &plan, spent{}); err != nil || rest != 0 || len(shares) != 1 {
		t.Errorf("Among = %v, rest %d, %v, want one share of all", shares, rest, err)
	}
}

// A spent evaluator lets account 1 take everything and fails in later tiers.
type spent struct{}

func (spent) Tier(tier *waterfall.Tier, level split.Level) (bool, error) {
	tier.Targets = append(tier.Targets, waterfall.Target{ID: 1, Take: 5})
	if level.Tier > 0 {
		return false, errors.New("evaluated with nothing left")
	}
	return true, nil
}
