package loanpro

import (
	"fmt"
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// A Word is a word of the requests' vocabulary with what it means here.
type Word[T any] struct {
	Word  string
	Means T
}

// ReversalReasons are the reasons for which a payment is reversed, with the
// reason that a transition gives.
func ReversalReasons() []Word[string] {
	words := []Word[string]{
		{"payment.reverse.checkBounce", "check bounce"},
		{"payment.reverse.clericalError", "clerical error"},
		{"payment.reverse.nachaErrorCode", "nacha error code"},
		{"payment.reverse.nsf", "nsf"},
		{"payment.reverse.other", "other"},
	}
	for code := 1; code <= nachaCodes; code++ {
		words = append(words, Word[string]{fmt.Sprintf("nacha.returnCode.r%02d", code), fmt.Sprintf("nacha R%02d", code)})
	}
	return words
}

// nachaCodes is how many return codes are known, from r01 on.
const nachaCodes = 35

// SplitFees are the options for the fee of a payment that is split among
// loans: the base loan's once, the base loan's on each, or each loan's own.
func SplitFees() []Word[rules.SplitFee] {
	return []Word[rules.SplitFee]{
		{"loan.splitFee.option.0", rules.FeeOnce},
		{"loan.splitFee.option.1", rules.FeeEachSame},
		{"loan.splitFee.option.2", rules.FeeEachOwn},
	}
}

// Find gives what a word of the vocabulary means. Its error lists the known
// words, after the nearest where one is near.
func Find[T any](words []Word[T], text string) (T, error) {
	for _, w := range words {
		if w.Word == text {
			return w.Means, nil
		}
	}
	var none T
	return none, fmt.Errorf("unknown word %q, %s", clipped(text), hint(text, texts(words)))
}

// hint names the nearest of the known words, if one is near, and then all.
func hint(text string, known []string) string {
	all := "known: " + strings.Join(known, ", ")
	if near := rules.DidYouMean(text, known); strings.HasPrefix(near, "did you mean") {
		return near + " " + all
	}
	return all
}

// lineEntity is the type of the one kind of entity that names itself.
const lineEntity = "Entity.LineOfCredit"

func lineEntities() []Word[string] {
	return []Word[string]{{lineEntity, "a line of credit"}}
}

// lineFeeTypes are the types of a convenience fee on a line of credit.
func lineFeeTypes() []Word[engine.FeeType] {
	return []Word[engine.FeeType]{
		{"lineOfCredit.convenienceFeeType.waiveConvenienceFee", engine.Waive},
		{"lineOfCredit.convenienceFeeType.flatFee", engine.Flat},
		{"lineOfCredit.convenienceFeeType.percentage", engine.Percentage},
		{"lineOfCredit.convenienceFeeType.lesser", engine.Lesser},
		{"lineOfCredit.convenienceFeeType.greater", engine.Greater},
	}
}

// loanFeeTypes are the types of a card fee on a loan. Greater comes before
// lesser, unlike on a line.
func loanFeeTypes() []Word[engine.FeeType] {
	return []Word[engine.FeeType]{
		{"loan.cardfee.types.0", engine.Waive},
		{"loan.cardfee.types.1", engine.Flat},
		{"loan.cardfee.types.2", engine.Percentage},
		{"loan.cardfee.types.3", engine.Greater},
		{"loan.cardfee.types.4", engine.Lesser},
	}
}

// lineStatuses are the statuses of a line's payment. No payment begins with
// the last two.
func lineStatuses() []Word[engine.Status] {
	return []Word[engine.Status]{
		{"lineOfCredit.transactionStatus.active", engine.Active},
		{"lineOfCredit.transactionStatus.pending", engine.Pending},
		{"lineOfCredit.transactionStatus.settled", engine.Settled},
		{"lineOfCredit.transactionStatus.reversed", engine.Reversed},
		{"lineOfCredit.transactionStatus.dispute", engine.Disputed},
	}
}

// loanStatuses are the statuses of a loan's payment: one has none.
func loanStatuses() []Word[engine.Status] {
	return []Word[engine.Status]{{"None", engine.Active}}
}

// extras say what a loan's payment does with what is beyond the dues; policies
// read them without what all of them begin with.
func extras() []Word[string] {
	return []Word[string]{
		{"payment.extra.periods.next", "periods.next"},
		{"payment.extra.periods.principalonly", "periods.principalonly"},
		{"payment.extra.tx.principal", "tx.principal"},
		{"payment.extra.tx.principalonly", "tx.principalonly"},
		{"payment.extra.tx.classic", "tx.classic"},
	}
}

// echeckAuths say how a bank account's holder agreed to be debited.
func echeckAuths() []Word[string] {
	return []Word[string]{
		{"payment.echeckauth.CCD", "CCD"},
		{"payment.echeckauth.PPD", "PPD"},
		{"payment.echeckauth.TEL", "TEL"},
		{"payment.echeckauth.WEB", "WEB"},
	}
}
