package money_test

import (
	"encoding/binary"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/spillway/money"
)

// seeds are texts at which readers of numbers go wrong.
var seeds = strings.Split("25|25.00|25.000|7.5|-0.05|-0|0|0.5|010|.5|5.|+1|1e9|1E-2|1_000|1,000|NaN|Inf|0x10| 1|1 |-|.|--1|"+
	"1.2.3|10000000000000.00|10000000000000.01|90000000000000000.00|90000000000000000.01|-90000000000000000|92233720368547758.08|184467440737095516.16|99999999999999999999|18446744073709551616|15.99|0.0000000001|0.00000000001|1000000|1000000.0000000001|٢٥", "|")

func FuzzParse(f *testing.F) {
	for i, text := range seeds {
		f.Add(text, uint8(i%9))
		f.Add(text, uint8(2))
	}
	f.Add(strings.Repeat("1", 41), uint8(2))
	f.Fuzz(func(t *testing.T, text string, decimals uint8) {
		c := custom(t, int(decimals%(money.MaxDecimals+1)))
		got, err := c.Parse(text)
		want, ok := slowParse(text, c.Decimals(), int64(money.Max))
		if (err == nil) != ok || int64(got) != want {
			t.Fatalf("Parse(%q) with %d decimals = %d, %v, want %d, %v", text, c.Decimals(), got, err, want, ok)
		}
		if back, err := c.Parse(c.Format(got)); err != nil || back != got {
			t.Fatalf("Parse(%q) = %d, %v, want %d back", c.Format(got), back, err, got)
		}
		total, totalErr := c.ParseTotal(text)
		want, ok = slowParse(text, c.Decimals(), 9_000*int64(money.Max))
		if (totalErr == nil) != ok || int64(total) != want {
			t.Fatalf("ParseTotal(%q) with %d decimals = %d, %v, want %d, %v", text, c.Decimals(), total, totalErr, want, ok)
		}
		if err != nil && len(err.Error()) > 400 {
			t.Fatalf("the message has %d characters", len(err.Error()))
		}
	})
}

func FuzzParseRate(f *testing.F) {
	for _, text := range seeds {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := money.ParseRate(text)
		want, ok := slowParse(text, money.RateDecimals, int64(money.MaxRate))
		if (err == nil) != ok || int64(got) != want {
			t.Fatalf("ParseRate(%q) = %d, %v, want %d, %v", text, got, err, want, ok)
		}
		if back, err := money.ParseRate(got.String()); err != nil || back != got {
			t.Fatalf("ParseRate(%q) = %d, %v, want %d back", got.String(), back, err, got)
		}
	})
}

// slowParse is the contract's section 1 as a pattern and a fraction.
func slowParse(text string, decimals int, limit int64) (int64, bool) {
	pattern := regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.([0-9]+))?$`)
	parts := pattern.FindStringSubmatch(text)
	if parts == nil || len(parts[3]) > decimals || len(text) > 40 {
		return 0, false
	}
	exact, _ := new(big.Rat).SetString(text)
	exact.Mul(exact, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)))
	if exact.Num().CmpAbs(big.NewInt(limit)) > 0 {
		return 0, false
	}
	return exact.Num().Int64(), true
}

// FuzzApportion compares the fast way with the obvious one. Each target is read
// from 16 bytes, a weight and a room; without rooms, from 8.
func FuzzApportion(f *testing.F) {
	f.Add(int64(100), false, words(1, 1, 1))
	f.Add(int64(100), true, words(1, 20, 1, 100))
	f.Add(int64(-5), true, words(1, 20, -1, 0))
	f.Add(int64(1<<62), true, words(1<<62, 5, 1<<62, 1<<62, 1, 7))
	f.Add(int64(1<<62), false, words(1<<62, 1<<62, 1<<62, 1<<62))
	f.Add(int64(1_000), false, words(slices.Repeat([]int64{7, 3, 3, 9}, 10)...))
	f.Fuzz(func(t *testing.T, amount int64, withRooms bool, data []byte) {
		c := task{Amount: money.Amount(amount)}
		size := 8
		if withRooms {
			size = 16
		}
		for len(data) >= size && len(c.Weights) < 1000 {
			c.Weights = append(c.Weights, int64(binary.LittleEndian.Uint64(data)))
			data = data[8:]
			if withRooms {
				c.Rooms = append(c.Rooms, money.Amount(binary.LittleEndian.Uint64(data)))
				data = data[8:]
			}
		}
		dst, rest := c.run()
		for _, p := range promises {
			if !p.holds(c, dst, rest) {
				t.Fatalf("Apportion(%+v) = %d, rest %d: not so: %s", c, dst, rest, p.promise)
			}
		}
	})
}

func words(numbers ...int64) (data []byte) {
	for _, n := range numbers {
		data = binary.LittleEndian.AppendUint64(data, uint64(n))
	}
	return data
}
