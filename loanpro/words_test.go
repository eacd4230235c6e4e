package loanpro

import (
	"strings"
	"testing"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

func TestWordsOfRequests(t *testing.T) {
	const terms = `, "chargeFeeAmount": 5, "chargeFeePercentage": 5`
	type status = engine.Status
	statuses := map[string]status{"active": engine.Active, "pending": engine.Pending, "settled": engine.Settled}
	for word, want := range statuses {
		if got := read(t, lineReplacing("status", `"lineOfCredit.transactionStatus.`+word+`"`)).Status; got != want {
			t.Errorf("status %s is %v, want %v", word, got, want)
		}
	}
	lineFees := map[string]engine.FeeType{"waiveConvenienceFee": engine.Waive, "flatFee": engine.Flat,
		"percentage": engine.Percentage, "lesser": engine.Lesser, "greater": engine.Greater}
	for word, want := range lineFees {
		got := read(t, lineWith(`"chargeFeeType": "lineOfCredit.convenienceFeeType.`+word+`"`+terms)).Fee.Or(engine.FeeTerms{}).Type
		if got != want {
			t.Errorf("fee type %s is %v, want %v", word, got, want)
		}
	}
	loanFees := map[string]engine.FeeType{"0": engine.Waive, "1": engine.Flat, "2": engine.Percentage, "3": engine.Greater, "4": engine.Lesser}
	for word, want := range loanFees {
		got := read(t, loanWith(`"chargeFeeType": "loan.cardfee.types.`+word+`"`+terms)).Fee.Or(engine.FeeTerms{}).Type
		if got != want {
			t.Errorf("fee type %s is %v, want %v", word, got, want)
		}
	}
	for _, word := range []string{"periods.next", "periods.principalonly", "tx.principal", "tx.principalonly", "tx.classic"} {
		if got := read(t, loanWith(`"extra": "payment.extra.`+word+`"`)).Extra; got != word {
			t.Errorf("extra %s is %q", word, got)
		}
	}
	for _, word := range []string{"CCD", "PPD", "TEL", "WEB"} {
		if got := read(t, loanWith(`"echeckAuthType": "payment.echeckauth.`+word+`"`)).Facts[0].Value; got != engine.TextValue(word) {
			t.Errorf("echeck auth type %s is %v", word, got)
		}
	}
}

func TestWordsForLater(t *testing.T) {
	reasons := map[string]string{
		"payment.reverse.checkBounce": "check bounce", "payment.reverse.clericalError": "clerical error",
		"payment.reverse.nachaErrorCode": "nacha error code", "payment.reverse.nsf": "nsf", "payment.reverse.other": "other",
		"nacha.returnCode.r01": "nacha R01", "nacha.returnCode.r10": "nacha R10", "nacha.returnCode.r35": "nacha R35",
	}
	for word, want := range reasons {
		if got, err := Find(ReversalReasons(), word); got != want || err != nil {
			t.Errorf("Find(%s) = %q, %v, want %q", word, got, err, want)
		}
	}
	if n := len(ReversalReasons()); n != 5+35 {
		t.Errorf("%d reversal reasons, want 40", n)
	}
	fees := map[string]rules.SplitFee{"0": rules.FeeOnce, "1": rules.FeeEachSame, "2": rules.FeeEachOwn}
	for word, want := range fees {
		if got, err := Find(SplitFees(), "loan.splitFee.option."+word); got != want || err != nil {
			t.Errorf("Find(%s) = %v, %v, want %v", word, got, err, want)
		}
	}
	for _, word := range []string{"nacha.returnCode.r36", "nacha.returnCode.r00", "nsf", ""} {
		_, err := Find(ReversalReasons(), word)
		if err == nil || !strings.Contains(err.Error(), "known: payment.reverse.checkBounce, ") {
			t.Errorf("Find(%q) fails with %v, want the known words", word, err)
		}
	}
}
