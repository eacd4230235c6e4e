package money_test

import (
	"math"
	"math/big"
	"math/rand"
	"reflect"
	"slices"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/prop"

	"example.com/spillway/money"
)

// A task is one whole call of Apportion.
type task struct {
	Amount  money.Amount
	Weights []int64
	Rooms   []money.Amount
}

func (c task) run() (dst []money.Amount, rest money.Amount) {
	dst = slices.Repeat([]money.Amount{-99}, len(c.Weights))
	return dst, money.Apportion(dst, c.Amount, c.Weights, c.Rooms)
}

// open reports whether target i may get anything.
func (c task) open(i int) bool { return c.Weights[i] > 0 && (c.Rooms == nil || c.Rooms[i] > 0) }

func (c task) room(i int) money.Amount {
	if c.Rooms == nil {
		return math.MaxInt64
	}
	return c.Rooms[i]
}

// One property for each promise in the doc comment of Apportion.
var promises = []struct {
	promise string
	holds   func(c task, dst []money.Amount, rest money.Amount) bool
}{
	{"the sum of dst, plus rest, is amount", func(c task, dst []money.Amount, rest money.Amount) bool {
		sum := rest
		for _, part := range dst {
			sum += part
		}
		return sum == c.Amount && (c.Amount > 0 || rest == c.Amount)
	}},
	{"no target gets less than 0, nor more than its room", func(c task, dst []money.Amount, _ money.Amount) bool {
		for i, part := range dst {
			if part < 0 || part > max(0, c.room(i)) {
				return false
			}
		}
		return true
	}},
	{"a weight of 0 or less gets nothing", func(c task, dst []money.Amount, _ money.Amount) bool {
		for i, part := range dst {
			if c.Weights[i] <= 0 && part != 0 {
				return false
			}
		}
		return true
	}},
	{"there is rest only if every target with a weight above 0 is full", func(c task, dst []money.Amount, rest money.Amount) bool {
		for i, part := range dst {
			if rest > 0 && c.open(i) && part != c.room(i) {
				return false
			}
		}
		return rest >= 0 || c.Amount < 0
	}},
	{"if no target is full, each is less than one minor unit from its exact share", nearExact},
	{"among targets of equal weight and room, an earlier one gets no less", earlierWins},
	{"Apportion and ApportionWide agree", func(c task, dst []money.Amount, rest money.Amount) bool {
		wide := make([]money.Amount, len(dst))
		wideRest := money.ApportionWide(wide, c.Amount, bigs(c.Weights), c.Rooms)
		return slices.Equal(wide, dst) && wideRest == rest
	}},
}

func nearExact(c task, dst []money.Amount, _ money.Amount) bool {
	total := new(big.Int)
	for i := range dst {
		if c.open(i) {
			if dst[i] == c.room(i) {
				return true
			}
			total.Add(total, big.NewInt(c.Weights[i]))
		}
	}
	for i := range dst {
		if !c.open(i) || c.Amount <= 0 {
			continue
		}
		share := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(int64(c.Amount)), big.NewInt(c.Weights[i])), total)
		distance := share.Sub(share, new(big.Rat).SetInt64(int64(dst[i])))
		if distance.Abs(distance).Cmp(big.NewRat(1, 1)) >= 0 {
			return false
		}
	}
	return true
}

func earlierWins(c task, dst []money.Amount, _ money.Amount) bool {
	type kind struct {
		weight int64
		room   money.Amount
	}
	last := map[kind]money.Amount{}
	for i, part := range dst {
		k := kind{c.Weights[i], c.room(i)}
		if earlier, seen := last[k]; seen && earlier < part {
			return false
		}
		last[k] = part
	}
	return true
}

func TestApportionKeepsItsPromises(t *testing.T) {
	parameters := gopter.DefaultTestParameters()
	parameters.MinSuccessfulTests = 3000
	parameters.Workers = 1
	properties := gopter.NewProperties(parameters)
	for _, p := range promises {
		properties.Property(p.promise, prop.ForAll(func(c task) bool {
			dst, rest := c.run()
			return p.holds(c, dst, rest)
		}, genTask))
	}
	properties.TestingRun(t)
}

// genTask draws one whole task: mostly few targets, often equal ones, now and
// then numbers as large as they get.
func genTask(parameters *gopter.GenParameters) *gopter.GenResult {
	rng := parameters.Rng
	n := rng.Intn(6)
	switch rng.Intn(4) {
	case 0:
		n = rng.Intn(24)
	case 1:
		n = rng.Intn(200)
	}
	weightSize, roomSize := size(rng), size(rng)
	c := task{Amount: money.Amount(draw(rng, size(rng))), Weights: make([]int64, n)}
	if rng.Intn(3) > 0 {
		c.Rooms = make([]money.Amount, n)
	}
	for i := range n {
		c.Weights[i] = draw(rng, weightSize)
		if c.Rooms != nil {
			c.Rooms[i] = money.Amount(draw(rng, roomSize))
		}
	}
	if rng.Intn(2) == 0 {
		c.tighten(rng)
	}
	result := gopter.NewGenResult(c, shrinkTask)
	result.ResultType = reflect.TypeOf(c)
	return result
}

// tighten makes most rooms as large as the share they are for, or a unit more or
// less: where being full or not hangs on a fraction.
func (c task) tighten(rng *rand.Rand) {
	shares := make([]money.Amount, len(c.Weights))
	money.ApportionWide(shares, c.Amount, bigs(c.Weights), nil)
	for i := range c.Rooms {
		if rng.Intn(3) > 0 {
			c.Rooms[i] = min(shares[i], math.MaxInt64-1) + money.Amount(rng.Intn(3)-1)
		}
	}
}

// size draws an upper bound of any magnitude.
func size(rng *rand.Rand) int64 { return math.MaxInt64 >> rng.Intn(62) }

// draw draws up to size, one in ten 0 or less, one in ten size itself.
func draw(rng *rand.Rand, size int64) int64 {
	switch rng.Intn(10) {
	case 0:
		return -rng.Int63n(3)
	case 1:
		return size
	}
	return rng.Int63n(size) + 1
}

// shrinkTask tries without the rooms, without each target, and with each number
// made smaller.
func shrinkTask(value any) gopter.Shrink {
	c := value.(task)
	var smaller []task
	if c.Rooms != nil {
		smaller = append(smaller, task{c.Amount, c.Weights, nil})
	}
	for i := range c.Weights {
		without := task{Amount: c.Amount, Weights: slices.Delete(slices.Clone(c.Weights), i, i+1)}
		if c.Rooms != nil {
			without.Rooms = slices.Delete(slices.Clone(c.Rooms), i, i+1)
		}
		smaller = append(smaller, without)
		if parts, _ := c.run(); parts[i] > 0 { // what the others get stays much the same
			without.Amount -= parts[i]
			smaller = append(smaller, without)
		}
	}
	for _, amount := range less(int64(c.Amount)) {
		smaller = append(smaller, task{money.Amount(amount), c.Weights, c.Rooms})
	}
	for i := range c.Weights {
		for _, weight := range less(c.Weights[i]) {
			weights := slices.Clone(c.Weights)
			weights[i] = weight
			smaller = append(smaller, task{c.Amount, weights, c.Rooms})
		}
	}
	for i := range c.Rooms {
		for _, room := range less(int64(c.Rooms[i])) {
			rooms := slices.Clone(c.Rooms)
			rooms[i] = money.Amount(room)
			smaller = append(smaller, task{c.Amount, c.Weights, rooms})
		}
	}
	return func() (any, bool) {
		if len(smaller) == 0 {
			return nil, false
		}
		next := smaller[0]
		smaller = smaller[1:]
		return next, true
	}
}

// less lists numbers nearer to 0, the smallest first, each of them strictly so.
func less(x int64) []int64 {
	if x == 0 {
		return nil
	}
	candidates := []int64{0, 1, x / 2, x - x/8, x - x/absolute(x)}
	return slices.DeleteFunc(candidates, func(y int64) bool { return absolute(y) >= absolute(x) })
}

func absolute(x int64) int64 { return max(x, -x) }
