package oracle

import (
	"math/big"
	"strings"
)

// A num is an exact number. Nothing ever changes one in place.
type num = *big.Rat

func whole(n int64) num { return new(big.Rat).SetInt64(n) }

func add(a, b num) num { return new(big.Rat).Add(a, b) }
func sub(a, b num) num { return new(big.Rat).Sub(a, b) }
func mul(a, b num) num { return new(big.Rat).Mul(a, b) }
func quo(a, b num) num { return new(big.Rat).Quo(a, b) }

func least(a, b num) num {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

func most(a, b num) num {
	if a.Cmp(b) > 0 {
		return a
	}
	return b
}

// positive is a, or 0 when that is below it.
func positive(a num) num { return most(a, whole(0)) }

// parse reads a decimal number that is known to be one.
func parse(text string) num {
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil
	}
	return n
}

// power is 10 to the n.
func power(n int) num {
	p := whole(1)
	for range max(n, -n) {
		p = mul(p, whole(10))
	}
	if n < 0 {
		return quo(whole(1), p)
	}
	return p
}

// floor is the largest whole number that is not above a.
func floor(a num) num {
	return new(big.Rat).SetInt(new(big.Int).Div(a.Num(), a.Denom())) // Div rounds down for positive divisors
}

// rounded is a to so many decimals.
func rounded(a num, places int, mode string) num {
	scaled := mul(a, power(places))
	size := new(big.Rat).Abs(scaled)
	down := floor(size)
	over := sub(size, down)
	half := big.NewRat(1, 2)
	up := false
	switch mode {
	case "up":
		up = over.Sign() > 0
	case "down":
	case "half_even":
		odd := down.Num().Bit(0) == 1
		up = over.Cmp(half) > 0 || over.Cmp(half) == 0 && odd
	default: // half_up
		up = over.Cmp(half) >= 0
	}
	if up {
		down = add(down, whole(1))
	}
	if a.Sign() < 0 {
		down = sub(whole(0), down)
	}
	return quo(down, power(places))
}

// shortest is a number with up to 10 decimals, and no more than it needs.
func shortest(a num) string {
	text := rounded(a, 10, "half_up").FloatString(10)
	text = strings.TrimRight(text, "0")
	text = strings.TrimSuffix(text, ".")
	if text == "-0" {
		return "0"
	}
	return text
}
