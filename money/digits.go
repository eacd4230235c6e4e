package money

// divide splits |units| into whole and decimals: 1_05 with two is 1 and 5.
func divide(units int64, decimals int) (whole, fraction uint64) {
	scale := powerOf10(decimals)
	m := magnitude(units)
	return m / scale, m % scale
}

// appendDecimals appends fraction with zeros in front, decimals digits in all.
func appendDecimals(dst []byte, fraction uint64, decimals int) []byte {
	for scale := powerOf10(decimals) / 10; scale > 0; scale /= 10 {
		dst = append(dst, byte('0'+fraction/scale%10))
	}
	return dst
}

// powerOf10 returns 10^n for n from 0 to 19.
func powerOf10(n int) uint64 {
	power := uint64(1)
	for range n {
		power *= 10
	}
	return power
}
