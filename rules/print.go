package rules

import (
	"math/big"
	"strings"

	"example.com/spillway/money"
)

// shortest is the decimals of a number that is printed with as few as it needs.
const shortest = -1

// printedDecimals is how many decimals such a number has at most.
const printedDecimals = 10

// AppendText evaluates the expression and appends it as a message prints it:
// money with its currency's decimals, other numbers in their shortest form with
// up to 10, both rounded half up; dates as YYYY-MM-DD.
func (e *Expr) AppendText(dst []byte, f *Frame) []byte {
	f.steps = budget
	switch e.dim {
	case dimText:
		return append(dst, e.read(f)...)
	case dimDate:
		return Date(e.value.rat()(f).Num().Int64()).Append(dst)
	case dimBool:
		if e.truth.holds(f) {
			return append(dst, "true"...)
		}
		return append(dst, "false"...)
	}
	return appendRat(dst, e.value.rat()(f), e.decimals)
}

func appendRat(dst []byte, v *big.Rat, decimals int) []byte {
	if decimals != shortest {
		return append(dst, fixed(v, decimals)...)
	}
	text := fixed(v, printedDecimals)
	text = strings.TrimRight(text, "0")
	return append(dst, strings.TrimSuffix(text, ".")...)
}

// fixed writes a number with a fixed number of decimals, rounded half up.
func fixed(v *big.Rat, decimals int) string {
	n := roundRat(new(big.Rat).Mul(v, tenth(-decimals)), money.HalfUp)
	sign := ""
	if n.Sign() < 0 {
		sign = "-"
	}
	digits := n.Abs(n).String()
	if decimals == 0 {
		return sign + digits
	}
	if len(digits) <= decimals {
		digits = strings.Repeat("0", decimals-len(digits)+1) + digits
	}
	return sign + digits[:len(digits)-decimals] + "." + digits[len(digits)-decimals:]
}
