package money_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"example.com/spillway/money"
)

func TestLookupKnowsTheDecimals(t *testing.T) {
	groups := map[int]string{
		0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
		3: "BHD IQD JOD KWD LYD OMR TND",
		4: "CLF UYW",
		2: "USD EUR GBP CHF CAD AUD CNY INR BRL MXN MGA MRU HUF TWD IDR COP LAK MMK AFN ALL IRR LBP PKR TZS YER " +
			"VED VES SLE XCG ZWG ANG BOV CHE CHW COU MXV USN BYN STN SSP ZMW KPW SVC",
	}
	for decimals, codes := range groups {
		for code := range strings.FieldsSeq(codes) {
			c, ok := money.Lookup(code)
			if !ok || c.Code() != code || c.Decimals() != decimals {
				t.Errorf("Lookup(%q) = %q with %d decimals, %v, want %d", code, c.Code(), c.Decimals(), ok, decimals)
			}
		}
	}
}

func TestLookupKnowsNoOthers(t *testing.T) {
	for _, code := range strings.Split("XAU XAG XPT XPD XDR XSU XUA XXX XTS XBA HRK SLL DEM usd US USDD | |D C|AED AFN|ED |U D|", "|") {
		for _, code := range append(strings.Fields(code), code) {
			if c, ok := money.Lookup(code); ok && code != "AED" && code != "AFN" {
				t.Errorf("Lookup(%q) = %v, want none", code, c)
			}
		}
	}
}

func TestCodes(t *testing.T) {
	codes := money.Codes()
	if len(codes) != len(slices.Compact(slices.Clone(codes))) || !slices.IsSorted(codes) {
		t.Error("Codes() is not sorted or has a code twice")
	}
	for _, code := range codes {
		if _, ok := money.Lookup(code); !ok {
			t.Errorf("Lookup(%q) does not know what Codes lists", code)
		}
	}
	codes[0] = "changed"
	if money.Codes()[0] != "AED" {
		t.Error("Codes() shares its slice")
	}
}

func TestCustom(t *testing.T) {
	for _, code := range []string{"USD", "ZZZ"} {
		for decimals := range money.MaxDecimals + 1 {
			c, err := money.Custom(code, decimals)
			if err != nil || c.Code() != code || c.Decimals() != decimals {
				t.Errorf("Custom(%q, %d) = %v, %v", code, decimals, c, err)
			}
		}
	}
	if a, b := custom(t, 2), usd(t); a != b {
		t.Errorf("Custom(USD, 2) = %v, want it to equal Lookup's %v", a, b)
	}
	for _, bad := range []struct {
		code     string
		decimals int
		want     string
	}{
		{"usd", 2, `currency code "usd" is not three upper-case letters, like USD`},
		{"", 2, `currency code "" is not three upper-case letters, like USD`},
		{"USDX", 2, `currency code "USDX" is not three upper-case letters, like USD`},
		{"USD", 9, "USD cannot have 9 decimals, only 0 to 8"},
		{"USD", -1, "USD cannot have -1 decimals, only 0 to 8"},
	} {
		c, err := money.Custom(bad.code, bad.decimals)
		if err == nil || err.Error() != bad.want || c != (money.Currency{}) {
			t.Errorf("Custom(%q, %d) = %v, %v, want error %q", bad.code, bad.decimals, c, err, bad.want)
		}
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		currency, text string
		want           money.Amount
	}{
		{"USD", "25", 25_00}, {"USD", "25.0", 25_00}, {"USD", "25.00", 25_00}, {"USD", "7.5", 7_50},
		{"USD", "0", 0}, {"USD", "0.5", 50}, {"USD", "0.05", 5}, {"USD", "-0.05", -5}, {"USD", "-25", -25_00},
		{"USD", "-0", 0}, {"USD", "-0.00", 0}, {"USD", "0.00", 0}, {"USD", "10", 10_00}, {"USD", "100.01", 100_01},
		{"USD", "10000000000000", money.Max}, {"USD", "10000000000000.00", money.Max}, {"USD", "-10000000000000.00", -money.Max},
		{"USD", "9999999999999.99", money.Max - 1},
		{"JPY", "25", 25}, {"JPY", "1000000000000000", money.Max},
		{"BHD", "1.234", 1_234}, {"BHD", "1.2", 1_200}, {"CLF", "0.0001", 1},
	} {
		if got, err := lookup(t, c.currency).Parse(c.text); err != nil || got != c.want {
			t.Errorf("%s.Parse(%q) = %d, %v, want %d", c.currency, c.text, got, err, c.want)
		}
	}
}

func TestParseSaysWhy(t *testing.T) {
	long := strings.Repeat("9", 1_000_000)
	for _, c := range []struct{ currency, text, want string }{
		{"USD", "25.000", `"25.000" has 3 decimals, USD has 2`},
		{"JPY", "25.0", `"25.0" has 1 decimal, JPY has none`},
		{"USD", "1e9", `"1e9" exponents are not allowed, write it out`},
		{"USD", "1.5E3", `"1.5E3" exponents are not allowed, write it out`},
		{"USD", "010", `"010" starts with a zero, leave it out`},
		{"USD", "-00.5", `"-00.5" starts with a zero, leave it out`},
		{"USD", "00", `"00" starts with a zero, leave it out`},
		{"USD", ".5", `".5" starts with the point, write a 0 before it`},
		{"USD", "-.5", `"-.5" starts with the point, write a 0 before it`},
		{"USD", "5.", `"5." ends with the point, leave the point out`},
		{"USD", "+1", `"+1" starts with a plus sign, leave it out`},
		{"USD", "1_000", `"1_000" has a '_' in it, write digits and one point only`},
		{"USD", "1,000", `"1,000" has a ',' in it, write digits and one point only`},
		{"USD", " 25", `" 25" has a space in it, leave it out`},
		{"USD", "25\n", `"25\n" has a space in it, leave it out`},
		{"USD", "- 5", `"- 5" has a space in it, leave it out`},
		{"USD", "--5", `"--5" has a minus sign in the wrong place, write one in front or none`},
		{"USD", "5-", `"5-" has a minus sign in the wrong place, write one in front or none`},
		{"USD", "1.2.3", `"1.2.3" has more than one point`},
		{"USD", "", `"" is empty, write a number like 25.00`},
		{"USD", "-", `"-" is not a number, write one like 25.00`},
		{"USD", ".", `"." is not a number, write one like 25.00`},
		{"JPY", "NaN", `"NaN" is not a number, write one like 25`},
		{"USD", "Infinity", `"Infinity" is not a number, write one like 25.00`},
		{"USD", "0x10", `"0x10" is not a number, write one like 25.00`},
		{"USD", "$25", `"$25" is not a number, write one like 25.00`},
		{"USD", "٢٥", `"٢٥" is not a number, write one like 25.00`},
		{"USD", "e5", `"e5" is not a number, write one like 25.00`},
		{"USD", "\xff", `"\xff" is not a number, write one like 25.00`},
		{"USD", "5%", `"5%" has a percent sign, leave it out`},
		{"USD", "10000000000000.01", `"10000000000000.01" is above the limit of 10^15 minor units`},
		{"USD", "-10000000000000.01", `"-10000000000000.01" is below the limit of -10^15 minor units`},
		{"USD", "99999999999999999999", `"99999999999999999999" is above the limit of 10^15 minor units`},
		{"USD", "18446744073709551617", `"18446744073709551617" is above the limit of 10^15 minor units`},
		{"USD", long[:40], `"` + long[:40] + `" is above the limit of 10^15 minor units`},
		{"USD", long, `"` + long[:40] + `…" is longer than 40 characters`},
	} {
		got, err := lookup(t, c.currency).Parse(c.text)
		var parseError *money.ParseError
		if !errors.As(err, &parseError) || err.Error() != c.want || got != 0 {
			t.Errorf("%s.Parse(%.60q) = %d, %v, want error %s", c.currency, c.text, got, err, c.want)
		}
	}
}

func TestParseTotal(t *testing.T) {
	for text, want := range map[string]money.Amount{
		"10000000000000.01": money.Max + 1, "90000000000000000.00": 9_000 * money.Max, "-90000000000000000": -9_000 * money.Max,
	} {
		if got, err := usd(t).ParseTotal(text); err != nil || got != want {
			t.Errorf("ParseTotal(%q) = %d, %v, want %d", text, got, err, want)
		}
	}
	const limit = `"90000000000000000.01" is above the limit of 9 x 10^18 minor units`
	if got, err := usd(t).ParseTotal("90000000000000000.01"); err == nil || err.Error() != limit || got != 0 {
		t.Errorf("ParseTotal = %d, %v, want %s", got, err, limit)
	}
	if a, err := (money.Currency{}).ParseTotal("25"); err == nil || a != 0 {
		t.Errorf("Currency{}.ParseTotal = %d, %v, want 0 and an error", a, err)
	}
}

func TestZeroCurrencyReadsNothing(t *testing.T) {
	var none money.Currency
	if a, err := none.Parse("25"); err == nil || a != 0 {
		t.Errorf("Currency{}.Parse = %d, %v, want 0 and an error", a, err)
	}
	if a, err := none.FromDecimal(usd(t).Decimal(1)); err == nil || a != 0 {
		t.Errorf("Currency{}.FromDecimal = %d, %v, want 0 and an error", a, err)
	}
}

func TestFormat(t *testing.T) {
	for _, c := range []struct {
		currency string
		amount   money.Amount
		want     string
	}{
		{"USD", 25_00, "25.00"}, {"USD", 0, "0.00"}, {"USD", 5, "0.05"}, {"USD", -5, "-0.05"}, {"USD", -25_50, "-25.50"},
		{"USD", math.MaxInt64, "92233720368547758.07"}, {"USD", math.MinInt64, "-92233720368547758.08"},
		{"JPY", 25, "25"}, {"JPY", -25, "-25"}, {"JPY", math.MinInt64, "-9223372036854775808"},
		{"BHD", 1_005, "1.005"}, {"CLF", 1, "0.0001"},
	} {
		if got := lookup(t, c.currency).Format(c.amount); got != c.want {
			t.Errorf("%s.Format(%d) = %q, want %q", c.currency, c.amount, got, c.want)
		}
		if got := string(lookup(t, c.currency).Append([]byte("x "), c.amount)); got != "x "+c.want {
			t.Errorf("%s.Append(%d) = %q, want %q", c.currency, c.amount, got, "x "+c.want)
		}
	}
}

func TestAppendDoesNotAllocate(t *testing.T) {
	currency, dst := usd(t), make([]byte, 0, 64)
	rate := money.Rate(159_900_000_000)
	if n := testing.AllocsPerRun(100, func() {
		dst = currency.Append(dst[:0], 123_456_78)
		dst = rate.Append(dst)
	}); n != 0 {
		t.Errorf("Append allocates %v times, want 0", n)
	}
}

func lookup(t testing.TB, code string) money.Currency {
	t.Helper()
	c, ok := money.Lookup(code)
	if !ok {
		t.Fatalf("Lookup(%q) does not know it", code)
	}
	return c
}

func usd(t testing.TB) money.Currency { return lookup(t, "USD") }

func custom(t testing.TB, decimals int) money.Currency {
	t.Helper()
	c, err := money.Custom("USD", decimals)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
