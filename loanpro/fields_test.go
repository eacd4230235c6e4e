package loanpro

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/spillway/engine"
)

// Each field of the tables, on a request that else has only what it must.
func TestReadFields(t *testing.T) {
	for fields, want := range lineCases() {
		want.Account, want.Amount, want.Date = "35", 10_00, day(t, "2024-07-15")
		if diff := cmp.Diff(want, read(t, lineWith(fields)), exactly); diff != "" {
			t.Errorf("a line's request with %s: %s", fields, diff)
		}
	}
	for _, cases := range []map[string]engine.Payment{loanCases(), nestedCases(), systemCases(), loanFeeCases(t)} {
		for fields, want := range cases {
			want.Amount, want.Date = 10_00, day(t, "2024-07-15")
			if diff := cmp.Diff(want, read(t, loanWith(fields)), exactly); diff != "" {
				t.Errorf("a loan's payment with %s: %s", fields, diff)
			}
		}
	}
}

func lineCases() map[string]engine.Payment {
	return map[string]engine.Payment{
		`"description": "x"`:                                  fact("description", text("x")),
		`"description": ""`:                                   {},
		`"description": null`:                                 {},
		`"displayId": "a-1"`:                                  {ID: "a-1"},
		`"displayId": 5`:                                      {ID: "5"},
		`"paymentMethodId": "4"`:                              {Method: "4"},
		`"paymentTypeId": 12`:                                 {Type: "12"},
		`"isSplit": 0`:                                        {},
		`"isSplit": "0", "paymentSplitTypeId": ""`:            {},
		`"isSplit": 1, "paymentSplitTypeId": 7`:               {Split: engine.Some(engine.SplitTerms{Type: "7"})},
		`"isSplit": true, "paymentSplitTypeId": "0"`:          {Split: engine.Some(engine.SplitTerms{Type: "0"})},
		`"chargeFeeAmount": 0`:                                {},
		`"chargeFeeAmount": "0.00", "chargeFeePercentage": 0`: {},
		`"echeckAuthType": "payment.echeckauth.CCD"`:          fact("echeck_auth_type", text("CCD")),
		`"paymentProcessorId": 0`:                             moving(fact("payment_processor_id", number("0"))),
		`"paymentAccountId": 190`:                             moving(fact("payment_account_id", number("190"))),
		`"paymentAccountId": 0`:                               fact("payment_account_id", number("0")),
		`"__logOnly": false`:                                  moving(engine.Payment{}),
		`"__logOnly": true`:                                   {},
		`"paymentAccountId": 1, "__logOnly": true`:            fact("payment_account_id", number("1")),
		`"ignoreGuardrailWarnings": true`:                     {IgnoreGuardrails: true},
	}
}

func loanCases() map[string]engine.Payment {
	return map[string]engine.Payment{
		`"info": "x"`:                                 fact("info", text("x")),
		`"paymentMethodId": 3`:                        {Method: "3"},
		`"paymentTypeId": 0`:                          {Type: "0"},
		`"early": 1`:                                  {Early: true},
		`"early": "1"`:                                {Early: true},
		`"resetPastDue": true`:                        {ResetPastDue: true},
		`"payoffPayment": true`:                       {Payoff: true},
		`"payoffFlag": 1`:                             {Payoff: true},
		`"payoffFlag": 0`:                             {},
		`"chargeOffRecovery": 1`:                      {Recovery: true},
		`"active": 1`:                                 {},
		`"_saveProfile": 1`:                           fact("save_profile", engine.BoolValue(true)),
		`"selectedProcessor": "0"`:                    fact("selected_processor", number("0")),
		`"selectedProcessor": 2`:                      moving(fact("selected_processor", number("2"))),
		`"paymentAccountId": "371"`:                   moving(fact("payment_account_id", number("371"))),
		`"__logOnly": true`:                           {},
		`"echeckAuthType": "payment.echeckauth.TEL"`:  fact("echeck_auth_type", text("TEL")),
		`"payoffPayment": true, "payoffFlag": 0`:      {Payoff: true},
		`"selectedProcessor": "1", "__logOnly": true`: fact("selected_processor", number("1")),
		`"ignoreGuardrailWarnings": 1`:                {IgnoreGuardrails: true},
	}
}

func nestedCases() map[string]engine.Payment {
	return map[string]engine.Payment{
		`"__processorName": "{}"`:                                  moving(engine.Payment{}),
		`"__processorName": "{\"key\": \"nacha\"}"`:                moving(fact("processor_key", text("nacha"))),
		`"CustomFieldValues": {"results": []}`:                     {},
		customField(`"customFieldId": 7, "customFieldValue": 1.5`): fact("custom_7", number("1.5")),
		customField(`"customFieldId": "7"`):                        fact("custom_7", engine.Value{}),
	}
}

func systemCases() map[string]engine.Payment {
	return map[string]engine.Payment{
		`"displayId": 91228`:           {ID: "91228"},
		`"id": 515`:                    {ID: "515"},
		`"status": "None"`:             {Status: engine.Active},
		`"comments": "x"`:              fact("comments", text("x")),
		`"priorcutoff": 0`:             fact("priorcutoff", engine.BoolValue(false)),
		`"beforeAmountPastDue": "1.5"`: fact("before_amount_past_due", text("1.5")),
		`"beforeDaysPastDue": 12`:      fact("before_days_past_due", number("12")),
		`"beforePayoff": 1510.12`:      fact("before_payoff", number("1510.12")),
		`"beforePrincipal": "1500.00"`: fact("before_principal", text("1500.00")),
		`"sortDate": 1495756800`:       fact("sort_date", number("1495756800")),
		`"order": 2`:                   fact("order", number("2")),
		`"_notEditable": false`:        fact("not_editable", engine.BoolValue(false)),
		`"nachaReturnCode": null`:      {},
	}
}

func loanFeeCases(t *testing.T) map[string]engine.Payment {
	return map[string]engine.Payment{
		`"cardFeeType": "loan.cardfee.types.1", "cardFeeAmount": "0"`:                                         fee(t, engine.Flat, 0, "0"),
		`"cardTypeFee": "loan.cardfee.types.0", "cardFeeAmount": 0, "cardFeePercent": 0`:                      fee(t, engine.Waive, 0, "0"),
		`"chargeFeeType": "loan.cardfee.types.2", "cardFeePercent": "2.5"`:                                    fee(t, engine.Percentage, 0, "2.5"),
		`"chargeFeeType": "loan.cardfee.types.1", "cardFeeType": "loan.cardfee.types.1", "cardFeeAmount": 10`: fee(t, engine.Flat, 10_00, "0"),
	}
}

func fact(name string, v engine.Value) engine.Payment {
	return engine.Payment{Facts: engine.Facts{{Name: name, Value: v}}}
}

func moving(p engine.Payment) engine.Payment {
	p.Mode = engine.Process
	return p
}

func fee(t *testing.T, kind engine.FeeType, flat engine.Amount, percentage string) engine.Payment {
	return engine.Payment{Fee: engine.Some(engine.FeeTerms{Type: kind, Flat: flat, Percentage: rate(t, percentage)})}
}

func text(s string) engine.Value   { return engine.TextValue(s) }
func number(s string) engine.Value { return engine.NumberValue(s) }
