package money_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"example.com/spillway/money"
)

func TestApportion(t *testing.T) {
	const most = math.MaxInt64
	type amounts = []money.Amount
	for _, c := range []struct {
		name    string
		amount  money.Amount
		weights []int64
		rooms   amounts
		want    amounts
		rest    money.Amount
	}{
		{"nobody", 10, nil, nil, nil, 10},
		{"one", 10, []int64{3}, nil, amounts{10}, 0},
		{"even", 9, []int64{1, 1, 1}, nil, amounts{3, 3, 3}, 0},
		{"a cent over goes to the first of equals", 100, []int64{1, 1, 1}, nil, amounts{34, 33, 33}, 0},
		{"two over go to the first two", 101, []int64{1, 1, 1}, nil, amounts{34, 34, 33}, 0},
		{"the largest remainder first", 10, []int64{1, 2, 4}, nil, amounts{1, 3, 6}, 0}, // 1.43 2.86 5.71
		{"less than one each", 2, []int64{1, 1, 5}, nil, amounts{0, 0, 2}, 0},           // 0.29 0.29 1.43
		{"weights of 0 or less", 10, []int64{0, 1, -5, 1}, nil, amounts{0, 5, 0, 5}, 0},
		{"a cent passes by who weighs nothing", 1, []int64{0, 1, 1, 1}, nil, amounts{0, 1, 0, 0}, 0},
		{"and who is full, among more than a few", 2, []int64{1, 0, 1, 1, 1, 1, 1, 1, 1, 1}, amounts{0, 9, 1, 1, 1, 1, 1, 1, 1, 1}, amounts{0, 0, 1, 1, 0, 0, 0, 0, 0, 0}, 0},
		{"no weights", 10, []int64{0, -1}, nil, amounts{0, 0}, 10},
		{"no amount", 0, []int64{1, 1}, nil, amounts{0, 0}, 0},
		{"amount below 0", -7, []int64{1, 1}, amounts{5, 5}, amounts{0, 0}, -7},
		{"one is full", 100, []int64{1, 1}, amounts{20, 100}, amounts{20, 80}, 0},
		{"all are full", 100, []int64{1, 1}, amounts{20, 30}, amounts{20, 30}, 50},
		{"just enough", 50, []int64{1, 9}, amounts{20, 30}, amounts{20, 30}, 0},
		{"no room", 100, []int64{1, 1}, amounts{0, -3}, amounts{0, 0}, 100},
		{"room but no weight", 100, []int64{0, 1}, amounts{50, 60}, amounts{0, 60}, 40},
		{"one after the other gets full", 100, []int64{4, 2, 1, 1}, amounts{10, 31, 25, 99}, amounts{10, 31, 25, 34}, 0},
		{"a fraction above its room fills the first", 41, []int64{11, 15, 3}, amounts{15, 22, 5}, amounts{15, 22, 4}, 0}, // 15.55 21.2 4.2, then 21.67 4.33
		{"a remainder fills a room", 5, []int64{1, 1}, amounts{3, 3}, amounts{3, 2}, 0},
		{"a full one's weight is above the others' total", most, []int64{most - 1, 1, 1}, amounts{5, most, most},
			amounts{5, 4611686018427387901, 4611686018427387901}, 0},
		{"a full one's share is the first that 64 bits do not hold", 1<<62 + 5, []int64{1 << 62, 1 << 60}, amounts{5, most}, amounts{5, 1 << 62}, 0},
		{"128-bit products", most, []int64{most, most}, nil, amounts{most/2 + 1, most / 2}, 0},
		{"weights above 64 bits", 10, []int64{most, most, most}, nil, amounts{4, 3, 3}, 0},
		{"weights that just fit 64 bits, of more than a few", 10, []int64{most, most, 1, 0, 0, 0, 0, 0, 0}, nil, amounts{5, 5, 0, 0, 0, 0, 0, 0, 0}, 0}, // just below 5
		{"weights above 64 bits, rooms", 10, []int64{most, most, most}, amounts{1, 9, 9}, amounts{1, 5, 4}, 0},
	} {
		dst := slices.Repeat(amounts{-99}, len(c.weights))
		if rest := money.Apportion(dst, c.amount, c.weights, c.rooms); !slices.Equal(dst, c.want) || rest != c.rest {
			t.Errorf("%s: Apportion(%d, %d, %d) = %d, rest %d, want %d, rest %d",
				c.name, c.amount, c.weights, c.rooms, dst, rest, c.want, c.rest)
		}
		wide := slices.Repeat(amounts{-99}, len(c.weights))
		if rest := money.ApportionWide(wide, c.amount, bigs(c.weights), c.rooms); !slices.Equal(wide, c.want) || rest != c.rest {
			t.Errorf("%s: ApportionWide = %d, rest %d, want %d, rest %d", c.name, wide, rest, c.want, c.rest)
		}
	}
}

func TestApportionWideBeyond64Bits(t *testing.T) {
	weight := new(big.Int).Lsh(big.NewInt(1), 200)
	dst := make([]money.Amount, 4)
	rest := money.ApportionWide(dst, 101, []*big.Int{weight, nil, big.NewInt(-1), weight}, nil)
	if want := []money.Amount{51, 0, 0, 50}; !slices.Equal(dst, want) || rest != 0 {
		t.Errorf("ApportionWide = %d, rest %d, want %d", dst, rest, want)
	}
}

func TestApportionDoesNotAllocate(t *testing.T) {
	for _, n := range []int{1, 3, 12, 13, 64, 65, 1000, 10_000} {
		for _, withRooms := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d targets, rooms %v", n, withRooms), func(t *testing.T) {
				amount, weights, rooms := workload(n, withRooms)
				dst := make([]money.Amount, n)
				if allocs := testing.AllocsPerRun(10, func() { money.Apportion(dst, amount, weights, rooms) }); allocs != 0 {
					t.Errorf("allocates %v times, want 0", allocs)
				}
			})
		}
	}
}

func TestApportionWantsOneLength(t *testing.T) {
	for _, c := range []struct {
		name    string
		weights []int64
		rooms   []money.Amount
	}{
		{"fewer weights", []int64{1}, nil},
		{"fewer weights than rooms", []int64{1}, []money.Amount{5, 5}},
		{"fewer rooms", []int64{1, 0}, []money.Amount{5}},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("Apportion does not panic")
				}
			}()
			money.Apportion(make([]money.Amount, 2), 10, c.weights, c.rooms)
		})
	}
}

// workload is a payment over n balances of unlike sizes, of which, with rooms, a
// third gets full.
func workload(n int, withRooms bool) (amount money.Amount, weights []int64, rooms []money.Amount) {
	state := uint64(42)
	for i := range n {
		state = state*6364136223846793005 + 1442695040888963407
		weight := int64(state>>40)%500_000 + 1
		weights = append(weights, weight)
		amount += money.Amount(weight) / 2
		if withRooms {
			rooms = append(rooms, money.Amount(weight)/money.Amount(1+i%3*2)+1) // whole, third, fifth
		}
	}
	if withRooms {
		amount = amount * 3 / 5
	}
	return amount, weights, rooms
}

func bigs(weights []int64) []*big.Int {
	wide := make([]*big.Int, len(weights))
	for i, weight := range weights {
		wide[i] = big.NewInt(weight)
	}
	return wide
}
