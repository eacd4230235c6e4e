package loanpro

import (
	"slices"
	"strings"
	"testing"

	"example.com/spillway/engine"
)

// A faulty is a request with the field at fault and part of what is said of it.
type faulty struct{ request, field, why string }

func TestReadNamesTheFieldAtFault(t *testing.T) {
	for _, test := range slices.Concat(faultyDocuments(), faultyLines(), faultyLoans()) {
		got, err := Read([]byte(test.request), usd())
		if fault := fault(t, test.request, err); fault.Field != test.field || !strings.Contains(fault.Why, test.why) {
			t.Errorf("Read(%s) fails with %v, want %s: %s", test.request, err, test.field, test.why)
		}
		if got != nil {
			t.Errorf("Read(%s) gives requests and an error", test.request)
		}
	}
}

func faultyDocuments() []faulty {
	return []faulty{
		{``, "", "the document is empty"},
		{`[]`, "", "must be a mapping, not a list"},
		{`{"entityType": "Entity.LineOfCredit"`, "", "cut short"},
		{`{"account": {}, "payment": {}}`, "entityType", "a loan's has Payments.results"},
		{`{"amount": 10, "amount": 10}`, "", "given twice"},
	}
}

func faultyLines() []faulty {
	long := strings.Repeat("é", 256)
	return []faulty{
		{lineReplacing("entityType", `"Entity.LineOfcredit"`), "entityType", `did you mean "Entity.LineOfCredit"?`},
		{lineReplacing("entityType", `5`), "entityType", "must be a word, not the number 5, known: Entity.LineOfCredit"},
		{lineReplacing("entityId", ``), "entityId", "missing"},
		{lineReplacing("entityId", `"loc-35"`), "entityId", `must be a whole number, not "loc-35"`},
		{lineReplacing("entityId", `-1`), "entityId", "must be a whole number"},
		{lineReplacing("amount", ``), "amount", "missing"},
		{lineReplacing("amount", `null`), "amount", "missing"},
		{lineReplacing("amount", `0`), "amount", "must be above 0"},
		{lineReplacing("amount", `-5`), "amount", "must not be below 0"},
		{lineReplacing("amount", `2.395`), "amount", "has 3 decimals, USD has 2"},
		{lineReplacing("amount", `1e2`), "amount", "exponents are not allowed"},
		{lineReplacing("amount", `"ten"`), "amount", "is not a number"},
		{lineReplacing("amount", `10000000000000.01`), "amount", "is above the limit"},
		{lineReplacing("amount", `[]`), "amount", "must be an amount, not a list"},
		{lineReplacing("applyDate", ``), "applyDate", "missing"},
		{lineReplacing("applyDate", `"07/15/2024"`), "applyDate", "write YYYY-MM-DD"},
		{lineReplacing("applyDate", `"2024-02-30"`), "applyDate", "no day of the calendar"},
		{lineReplacing("applyDate", `20240715`), "applyDate", "must be a date as 2025-03-06"},
		{lineReplacing("status", ``), "status", "missing"},
		{lineReplacing("status", `"pending"`), "status", "known: lineOfCredit.transactionStatus.active, lineOfCredit.transactionStatus.pending"},
		{lineReplacing("status", `"lineOfCredit.transactionStatus.setled"`), "status", `did you mean "lineOfCredit.transactionStatus.settled"? known: `},
		{lineReplacing("status", `"lineOfCredit.transactionStatus.reversed"`), "status", "no payment begins as reversed"},
		{lineReplacing("status", `"lineOfCredit.transactionStatus.dispute"`), "status", "no payment begins as disputed"},
		{lineWith(`"description": "` + long + `"`), "description", "has 256 characters, at most 255 fit"},
		{lineWith(`"description": {}`), "description", "must be text, not a mapping"},
		{lineWith(`"descripton": "x"`), "descripton", `did you mean "description"?`},
		{lineWith(`"payoffFlag": 1`), "payoffFlag", "unknown field"},
		{lineWith(`"isSplit": 1`), "paymentSplitTypeId", "missing: isSplit is 1"},
		{lineWith(`"isSplit": 0, "paymentSplitTypeId": 7`), "paymentSplitTypeId", "send isSplit 1, or leave it out"},
		{lineWith(`"isSplit": 2`), "isSplit", "must be 1 or 0, or true or false, not the number 2"},
		{lineWith(`"paymentTypeId": 1.5`), "paymentTypeId", "must be a whole number, not the number 1.5"},
		{lineWith(`"chargeFeeType": "lineOfCredit.convenienceFeeType.flat"`), "chargeFeeType", `did you mean "lineOfCredit.convenienceFeeType.flatFee"?`},
		{lineWith(`"chargeFeeType": "loan.cardfee.types.1"`), "chargeFeeType", "known: lineOfCredit.convenienceFeeType.waiveConvenienceFee, "},
		{lineWith(`"chargeFeeType": "lineOfCredit.convenienceFeeType.flatFee"`), "chargeFeeAmount", "missing: the chargeFeeType needs it"},
		{lineWith(`"chargeFeeType": "lineOfCredit.convenienceFeeType.lesser", "chargeFeeAmount": 1`), "chargeFeePercentage", "missing"},
		{lineWith(`"chargeFeeAmount": 5`), "chargeFeeAmount", "needs a chargeFeeType"},
		{lineWith(`"chargeFeeAmount": -5`), "chargeFeeAmount", "must not be below 0"},
		{lineWith(`"chargeFeePercentage": "five"`), "chargeFeePercentage", "is not a number"},
		{lineWith(`"chargeFeePercentage": -5`), "chargeFeePercentage", "must not be below 0"},
		{lineWith(`"echeckAuthType": "payment.echeckauth.XYZ"`), "echeckAuthType", "payment.echeckauth.CCD, payment.echeckauth.PPD"},
	}
}

func faultyLoans() []faulty {
	return []faulty{
		{`{"Payments": []}`, "Payments", "must be a mapping with results, not a list"},
		{`{"Payments": null}`, "Payments", "must be a mapping with results, not null"},
		{`{"Payments": {}}`, "Payments.results", "missing"},
		{`{"Payments": {"result": []}}`, "Payments.result", `did you mean "results"?`},
		{`{"Payments": {"results": {}}}`, "Payments.results", "must be a list"},
		{`{"Payments": {"results": []}}`, "Payments.results", "at least one payment"},
		{`{"Payments": {"results": [5]}}`, "Payments.results[0]", "must be a mapping, not the number 5"},
		{`{"Payments": {"results": []}, "entityId": 5}`, "entityId", "unknown field"},
		{`{"Payments": {"results": [{"amount": 5, "date": "2024-07-15"}, {"amount": 5}]}}`, "Payments.results[1].date", "missing"},
		{loanWith(`"extra": "payment.extra.tx.clasic"`), "Payments.results[0].extra", `did you mean "payment.extra.tx.classic"?`},
		{loanWith(`"extra": "tx"`), "Payments.results[0].extra", `unknown word "tx", known: payment.extra.periods.next, `},
		{loanWith(`"chargeFeeType": "loan.cardfee.types.7"`), "Payments.results[0].chargeFeeType", "known: loan.cardfee.types.0"},
		{loanWith(`"chargeFeeAmount": 5, "cardFeeAmount": 6`), "Payments.results[0].cardFeeAmount", "differs from chargeFeeAmount"},
		{loanWith(`"cardFeePercent": 5`), "Payments.results[0].cardFeePercent", "needs a chargeFeeType"},
		{loanWith(`"status": "settled"`), "Payments.results[0].status", "known: None"},
		{loanWith(`"active": 0`), "Payments.results[0].active", "an inactive payment is not applied"},
		{loanWith(`"payofFlag": 1`), "Payments.results[0].payofFlag", `did you mean "payoffFlag"?`},
		{loanWith(`"reverseReason": "payment.reverse.nsf"`), "Payments.results[0].reverseReason", "a reversal is a transition"},
		{loanWith(`"__splitPaymentInLoans": []`), "Payments.results[0].__splitPaymentInLoans", "cannot say how"},
		{loanWith(`"__processorName": "anet"`), "Payments.results[0].__processorName", `must be a JSON object in text, not "anet"`},
		{loanWith(`"__processorName": "{\"kye\": 1}"`), "Payments.results[0].__processorName", `"kye" is an unknown field, did you mean "key"?`},
		{loanWith(`"CustomFieldValues": []`), "Payments.results[0].CustomFieldValues", "must be a mapping with results"},
		{loanWith(customField(`"customFieldValue": 1`)), "Payments.results[0].CustomFieldValues.results[0].customFieldId", "missing"},
		{loanWith(customField(`"customFieldID": 1`)), "Payments.results[0].CustomFieldValues.results[0].customFieldID", `did you mean "customFieldId"?`},
		{loanWith(customField(`"customFieldId": 1, "customFieldValue": []`)), "Payments.results[0].CustomFieldValues.results[0].customFieldValue", "not a list"},
		{loanWith(customField(`"customFieldId": 1}, {"customFieldId": "1"`)), "Payments.results[0].CustomFieldValues.results[1].customFieldValue", "a second time"},
	}
}

// Whatever is read is a payment that the engine's own documents can hold.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"line_log", "line_process", "loan_process", "first_log", "first_process"} {
		f.Add(file(f, name+".json"))
	}
	f.Add([]byte(lineWith(`"isSplit": 1, "paymentSplitTypeId": 7, "chargeFeeType": "lineOfCredit.convenienceFeeType.greater"`)))
	f.Add([]byte(loanWith("\u00a0" + customField(`"customFieldId": 1, "customFieldValue": "\\"`))))
	f.Add([]byte(loanWith(`"id": 1, "displayId": 2, "beforePayoff": 1e400, "comments": null, "order": true`)))
	f.Fuzz(func(t *testing.T, src []byte) {
		requests, err := Read(src, usd())
		if err != nil {
			fault(t, string(src), err)
			return
		}
		for i := range requests {
			checkDocument(t, &requests[i].Payment)
		}
	})
}

// checkDocument writes the payment as a document and reads that back.
func checkDocument(t *testing.T, payment *engine.Payment) {
	t.Helper()
	document := payment.AppendJSON(nil, usd())
	again := decoded(t, document)
	if second := again.AppendJSON(nil, usd()); string(second) != string(document) {
		t.Errorf("%s is read back as %s", document, second)
	}
}
