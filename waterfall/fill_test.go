package waterfall_test

import (
	"encoding/binary"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/spillway/money"
	"example.com/spillway/waterfall"
)

// targets makes targets of these takes; their IDs are their positions.
func targets(takes ...money.Amount) []waterfall.Target {
	made := make([]waterfall.Target, len(takes))
	for i, take := range takes {
		made[i] = waterfall.Target{ID: i, Take: take, Weight: int64(take)}
	}
	return made
}

// with gives targets the weights or groups that set writes.
func with(made []waterfall.Target, set func(t *waterfall.Target, value int), values ...int) []waterfall.Target {
	for i, value := range values {
		set(&made[i], value)
	}
	return made
}

func weight(t *waterfall.Target, value int) { t.Weight = int64(value) }
func group(t *waterfall.Target, value int)  { t.Group = value }

type fillTest struct {
	name   string
	amount money.Amount
	tier   waterfall.Tier
	want   []waterfall.Part
	rest   money.Amount
}

func (test fillTest) run(t *testing.T) {
	var pool waterfall.Pool
	parts, rest := pool.Fill(nil, test.amount, &test.tier)
	if diff := cmp.Diff(test.want, parts); diff != "" || rest != test.rest {
		t.Errorf("Fill(%d) = %v, %d, want %v, %d", test.amount, parts, rest, test.want, test.rest)
	}
}

func TestFill(t *testing.T) {
	const none = waterfall.NoCap
	tests := []fillTest{
		{"in turn, in the order of the document", 25, waterfall.Tier{Cap: none, Targets: targets(10, 20, 30)},
			[]waterfall.Part{{0, 10}, {1, 15}}, 0},
		{"what nobody takes is the rest", 70, waterfall.Tier{Cap: none, Targets: targets(10, 0, -5, 30)},
			[]waterfall.Part{{0, 10}, {3, 30}}, 30},
		{"no more than the cap", 70, waterfall.Tier{Cap: 35, Targets: targets(10, 20, 30)},
			[]waterfall.Part{{0, 10}, {1, 20}, {2, 5}}, 35},
		{"who weighs nothing takes nothing, alone in a rank as well", 25,
			waterfall.Tier{Cap: none, Share: waterfall.ProRata, Targets: with(targets(10, 20, 30), weight, 0, -1, 1), Keys: []int64{1, 2, 3}, NKeys: 1},
			[]waterfall.Part{{2, 25}}, 0},
		{"nor where weights are wide", 25,
			waterfall.Tier{Cap: none, Share: waterfall.ProRata, Targets: targets(5, 10, 20, 30), Keys: []int64{1, 2, 3, 4}, NKeys: 1,
				Wide: []*big.Int{nil, big.NewInt(0), big.NewInt(-1), big.NewInt(1)}},
			[]waterfall.Part{{3, 25}}, 0},
		{"a cap below 0 is 0", 70, waterfall.Tier{Cap: -1, Targets: targets(10)}, nil, 70},
		{"an amount of 0", 0, waterfall.Tier{Cap: none, Targets: targets(10)}, nil, 0},
		{"an amount below 0", -3, waterfall.Tier{Cap: none, Targets: targets(10)}, nil, -3},
		{"no targets", 5, waterfall.Tier{Cap: none}, nil, 5},
		{"lower keys first", 25, waterfall.Tier{Cap: none, Targets: targets(10, 20, 30), NKeys: 1, Keys: []int64{2, 2, 1}},
			[]waterfall.Part{{2, 25}}, 0},
		{"the second key among equals of the first", 45,
			waterfall.Tier{Cap: none, Targets: targets(10, 20, 30), NKeys: 2, Keys: []int64{2, 9, 2, 7, 1, 8}},
			[]waterfall.Part{{2, 30}, {1, 15}}, 0},
		{"keys that come in order", 25,
			waterfall.Tier{Cap: none, Targets: targets(10, 20), NKeys: 2, Keys: []int64{-5, 3, -5, 4}},
			[]waterfall.Part{{0, 10}, {1, 15}}, 0},
	}
	for _, test := range tests {
		t.Run(test.name, test.run)
	}
}

// TestFillShares has the figures of the shared cases about weights.
func TestFillShares(t *testing.T) {
	pro := func(keys []int64, made []waterfall.Target) waterfall.Tier {
		tier := waterfall.Tier{Cap: waterfall.NoCap, Share: waterfall.ProRata, Targets: made, Keys: keys}
		if keys != nil {
			tier.NKeys = 1
		}
		return tier
	}
	tests := []fillTest{
		{"weights of nothing and below take nothing although there is enough", 25_00,
			pro(nil, with(targets(10_00, 10_00, 10_00), weight, 0, -2, 3)), []waterfall.Part{{2, 10_00}}, 15_00},
		{"a weight below nothing does not make the others larger", 8_00,
			pro(nil, with(targets(10_00, 10_00, 10_00), weight, -2, 1, 3)), []waterfall.Part{{1, 2_00}, {2, 6_00}}, 0},
		{"all that would be full are filled at once, then the rest is weighed anew", 10_01,
			pro(nil, with(targets(1_00, 2_00, 50_00, 50_00), weight, 5, 3, 1, 1)),
			[]waterfall.Part{{0, 1_00}, {1, 2_00}, {2, 3_51}, {3, 3_50}}, 0},
		{"ranks one after the other", 50, pro([]int64{2, 1, 2}, targets(30, 30, 60)),
			[]waterfall.Part{{1, 30}, {0, 7}, {2, 13}}, 0},
		{"what no weight takes reaches the next rank", 50, pro([]int64{1, 1, 2}, with(targets(30, 30, 60), weight, 0, 1, 1)),
			[]waterfall.Part{{1, 30}, {2, 20}}, 0},
		{"equal, an empty one not among them", 10,
			waterfall.Tier{Cap: waterfall.NoCap, Share: waterfall.Equal, Targets: targets(20, 0, 20, 2)},
			[]waterfall.Part{{0, 4}, {2, 4}, {3, 2}}, 0},
		{"equal does not read weights", 10,
			waterfall.Tier{Cap: 9, Share: waterfall.Equal, Targets: with(targets(20, 20), weight, 0, 7)},
			[]waterfall.Part{{0, 5}, {1, 4}}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, test.run)
	}
}

func TestFillWhole(t *testing.T) {
	whole := func(kind waterfall.Whole, keys []int64, made []waterfall.Target) waterfall.Tier {
		tier := waterfall.Tier{Cap: waterfall.NoCap, Whole: kind, Targets: made, Keys: keys}
		if keys != nil {
			tier.NKeys = 1
		}
		return tier
	}
	huge := with(targets(most, most, most, 5), group, 1, 1, 1, 2)
	tests := []fillTest{
		{"one that does not fit is passed over", 25,
			whole(waterfall.WholeTarget, nil, targets(10, 20, 15)), []waterfall.Part{{0, 10}, {2, 15}}, 0},
		{"one that just fits", 20, whole(waterfall.WholeTarget, nil, targets(20)), []waterfall.Part{{0, 20}}, 0},
		{"an instalment in full or not at all", 25,
			whole(waterfall.WholeGroup, nil, with(targets(10, 8, 20, 6), group, 1, 1, 2, 2)),
			[]waterfall.Part{{0, 10}, {1, 8}}, 7},
		{"a group decided at its first target keeps what its later ones take", 25,
			whole(waterfall.WholeGroup, []int64{1, 2, 3}, with(targets(10, 12, 10), group, 1, 2, 1)),
			[]waterfall.Part{{0, 10}, {2, 10}}, 5},
		{"its parts stay in the order of ranks", 32,
			whole(waterfall.WholeGroup, []int64{1, 2, 3}, with(targets(10, 12, 10), group, 1, 2, 1)),
			[]waterfall.Part{{0, 10}, {1, 12}, {2, 10}}, 0},
		{"a target that takes nothing decides nothing", 12,
			whole(waterfall.WholeGroup, nil, with(targets(0, 12, 10), group, 1, 2, 1)),
			[]waterfall.Part{{1, 12}}, 0},
		{"a group of more than there can be", most, whole(waterfall.WholeGroup, nil, huge),
			[]waterfall.Part{{3, 5}}, most - 5},
	}
	for _, test := range tests {
		t.Run(test.name, test.run)
	}
}

// TestFillAllocates nothing once the pool has grown.
func TestFillAllocates(t *testing.T) {
	for _, tier := range everyTier(40) {
		var pool waterfall.Pool
		parts, _ := pool.Fill(nil, 700, &tier)
		if n := testing.AllocsPerRun(20, func() { parts, _ = pool.Fill(parts[:0], 700, &tier) }); n != 0 {
			t.Errorf("Fill allocates %v times with share %d, whole %d, %d keys", n, tier.Share, tier.Whole, tier.NKeys)
		}
	}
}

// everyTier makes one tier of n targets for each share and whole, and each of
// no key, one and two, out of order.
func everyTier(n int) (tiers []waterfall.Tier) {
	for keys := range 3 {
		for kind := range 5 {
			tier := waterfall.Tier{Cap: waterfall.NoCap, NKeys: keys, Targets: make([]waterfall.Target, n)}
			for i := range tier.Targets {
				take := 20 + i*7%11
				tier.Targets[i] = waterfall.Target{ID: i, Take: money.Amount(take), Weight: int64(take), Group: i / 3}
			}
			for i := range n * keys {
				tier.Keys = append(tier.Keys, int64(i*5%7))
			}
			if kind < 3 {
				tier.Share = waterfall.Share(kind)
			} else {
				tier.Whole = waterfall.Whole(kind - 2)
			}
			tiers = append(tiers, tier)
		}
	}
	return tiers
}

// FuzzFill compares the fills on tiers read from bytes.
func FuzzFill(f *testing.F) {
	f.Add(int64(25), int64(1<<62), []byte{2, 1, 0, 10, 5, 1, 0, 0, 20, 3, 0, 1, 1})
	f.Add(int64(1001), int64(900), []byte{0, 2, 3, 10, 5, 1, 0, 0, 20, 3, 0, 1, 1, 30, 30, 2, 2, 2})
	f.Fuzz(func(t *testing.T, amount, limit int64, shape []byte) {
		c := tierCase{money.Amount(amount), tierOf(shape)}
		c.Tier.Cap = money.Amount(limit)
		if diff := difference(c); diff != "" {
			t.Errorf("Fill differs from fillPlainly on %v (-plain +fill):\n%s", c, diff)
		}
	})
}

// tierOf reads a tier: three bytes for itself, five for each target.
func tierOf(shape []byte) (tier waterfall.Tier) {
	if len(shape) < 3 {
		return tier
	}
	tier.Share, tier.NKeys = waterfall.Share(shape[0]%3), int(shape[1]%3)
	if tier.Share == waterfall.InTurn {
		tier.Whole = waterfall.Whole(shape[2] % 3)
	}
	const limit = 64
	for rest := shape[3:]; len(rest) >= 5 && len(tier.Targets) < limit; rest = rest[5:] {
		take := int64(int16(binary.BigEndian.Uint16(rest))) << (shape[2] / 8)
		tier.Targets = append(tier.Targets, waterfall.Target{
			ID: len(tier.Targets), Take: money.Amount(take), Weight: int64(int8(rest[2])), Group: int(rest[3] % 4),
		})
		for k := range tier.NKeys {
			tier.Keys = append(tier.Keys, int64(rest[4]>>(4*k)%4))
		}
	}
	return tier
}
