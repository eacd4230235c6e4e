package money

import (
	"slices"
	"strings"
)

// Codes returns the codes of all currencies that [Lookup] knows, sorted, in a
// slice of the caller's own.
func Codes() []string {
	var codes []string
	for _, group := range iso4217() {
		codes = append(codes, strings.Fields(group)...)
	}
	slices.Sort(codes)
	return codes
}

// iso4217 lists the codes in use, by their decimals. Source: ISO 4217, list
// one, as of the end of 2024 (with VED, SLE and ZWG), and XCG, announced then;
// ANG stays beside it. Funds codes are in. Metals, units of account and test
// codes (XAU, XDR, XXX, XTS ...) are not: ISO gives them no minor unit.
func iso4217() [5]string {
	return [...]string{
		0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
		1: "",
		2: "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD " +
			"CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS " +
			"GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL " +
			"MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK " +
			"PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS " +
			"TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG",
		3: "BHD IQD JOD KWD LYD OMR TND",
		4: "CLF UYW",
	}
}

// cut finds code in a list and returns the list's own copy of it, so that a
// Currency keeps no document alive.
func cut(codes, code string) (own string, ok bool) {
	if !isCode(code) {
		return "", false
	}
	at := strings.Index(codes, code) // three letters between spaces match whole words only
	if at < 0 {
		return "", false
	}
	return codes[at : at+len(code)], true
}

func isCode(code string) bool {
	if len(code) != 3 {
		return false
	}
	for i := range len(code) {
		if code[i] < 'A' || code[i] > 'Z' {
			return false
		}
	}
	return true
}
