package loanpro

import (
	"errors"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// A field is one field of a request and what becomes of it. The tables of
// fields are the ones in the package's documentation.
type field struct {
	name string // as the request calls it
	to   string // where it goes: a path of the engine's payment, or nowhere
	note string
	read func(*reader, *rules.Node)
}

// A shape is a kind of request.
type shape struct {
	fields   []field
	required []string
	feeTypes []Word[engine.FeeType]
	statuses []Word[engine.Status]
}

// What becomes of a field that goes nowhere.
const (
	checked = "checked"
	refused = "refused"
)

// onLine are the fields of a request on a line of credit.
func onLine() []field {
	return []field{
		{"entityType", checked, "must be Entity.LineOfCredit", (*reader).entityType},
		{"entityId", "payment.account", "the id of the account", func(r *reader, n *rules.Node) { r.payment.Account = r.whole(n) }},
		{"amount", "payment.amount", "number or text, above 0", (*reader).paid},
		{"status", "payment.status", "active, pending or settled", (*reader).status},
		{"applyDate", "payment.date", "YYYY-MM-DD", func(r *reader, n *rules.Node) { r.payment.Date = r.date(n) }},
		{"description", "payment.facts.description", "at most 255 characters", (*reader).carryText},
		{"displayId", "payment.id", "", func(r *reader, n *rules.Node) { r.displayID = r.text(n) }},
		{"paymentMethodId", "payment.method", "the number as text", func(r *reader, n *rules.Node) { r.payment.Method = r.whole(n) }},
		{"paymentTypeId", "payment.type", "the id of the payment type", func(r *reader, n *rules.Node) { r.payment.Type = r.whole(n) }},
		{"isSplit", "payment.split", "0 or 1", func(r *reader, n *rules.Node) { r.isSplit = r.flag(n) }},
		{"paymentSplitTypeId", "payment.split.type", "with isSplit 1, and only then", func(r *reader, n *rules.Node) { r.splitType = r.whole(n) }},
		{"chargeFeeType", "payment.fee.type", "", (*reader).feeType},
		{"chargeFeeAmount", "payment.fee.flat", "", (*reader).feeFlat},
		{"chargeFeePercentage", "payment.fee.percentage", "", (*reader).feePercentage},
		{"echeckAuthType", "payment.facts.echeck_auth_type", "CCD, PPD, TEL or WEB", (*reader).echeckAuth},
		{"paymentProcessorId", "payment.facts.payment_processor_id", "processes, 0 (the default one) too", (*reader).lineProcessor},
		{"paymentAccountId", "payment.facts.payment_account_id", "processes, but for 0", (*reader).mover},
		{"__logOnly", "payment.mode", "true logs, false processes", (*reader).logOnly},
		{"ignoreGuardrailWarnings", "payment.ignore_guardrails", "warnings and errors", (*reader).ignore},
	}
}

// onLoan are the fields of one of the payments of a request on a loan.
func onLoan() []field {
	return append([]field{
		{"amount", "payment.amount", "number or text, above 0", (*reader).paid},
		{"date", "payment.date", "YYYY-MM-DD", func(r *reader, n *rules.Node) { r.payment.Date = r.date(n) }},
		{"info", "payment.facts.info", "at most 255 characters", (*reader).carryText},
		{"paymentMethodId", "payment.method", "the number as text", func(r *reader, n *rules.Node) { r.payment.Method = r.whole(n) }},
		{"paymentTypeId", "payment.type", "the id of the payment type", func(r *reader, n *rules.Node) { r.payment.Type = r.whole(n) }},
		{"extra", "payment.extra", "without payment.extra.", (*reader).extra},
		{"early", "payment.early", "", func(r *reader, n *rules.Node) { r.payment.Early = r.flag(n) }},
		{"resetPastDue", "payment.reset_past_due", "", func(r *reader, n *rules.Node) { r.payment.ResetPastDue = r.flag(n) }},
		{"payoffPayment", "payment.payoff", "this or payoffFlag", (*reader).payoff},
		{"payoffFlag", "payment.payoff", "this or payoffPayment", (*reader).payoff},
		{"chargeOffRecovery", "payment.recovery", "", func(r *reader, n *rules.Node) { r.payment.Recovery = r.flag(n) }},
		{"chargeFeeType", "payment.fee.type", "", (*reader).feeType},
		{"chargeFeeAmount", "payment.fee.flat", "", (*reader).feeFlat},
		{"chargeFeePercentage", "payment.fee.percentage", "", (*reader).feePercentage},
		{"cardFeeType", "payment.fee.type", "as chargeFeeType", (*reader).feeType},
		{"cardTypeFee", "payment.fee.type", "as chargeFeeType", (*reader).feeType},
		{"cardFeeAmount", "payment.fee.flat", "as chargeFeeAmount", (*reader).feeFlat},
		{"cardFeePercent", "payment.fee.percentage", "as chargeFeePercentage", (*reader).feePercentage},
		{"selectedProcessor", "payment.facts.selected_processor", "processes, but for 0", (*reader).mover},
		{"__processorName", "payment.facts.processor_*", "processes; its id, key, name, default", (*reader).processor},
		{"paymentAccountId", "payment.facts.payment_account_id", "processes, but for 0", (*reader).mover},
		{"echeckAuthType", "payment.facts.echeck_auth_type", "CCD, PPD, TEL or WEB", (*reader).echeckAuth},
		{"__logOnly", "payment.mode", "true logs, false processes", (*reader).logOnly},
		{"_saveProfile", "payment.facts.save_profile", "", (*reader).carryFlag},
		{"CustomFieldValues", "payment.facts.custom_*", "by customFieldId: custom_38", (*reader).custom},
		{"active", checked, "must be 1", (*reader).active},
		{"ignoreGuardrailWarnings", "payment.ignore_guardrails", "as on a line of credit", (*reader).ignore},
	}, onLoanBySystem()...)
}

// onLoanBySystem are the fields that the system sets, as they come back in a
// payment that was read from it, and those that no first request can have.
func onLoanBySystem() []field {
	return []field{
		{"displayId", "payment.id", "", func(r *reader, n *rules.Node) { r.displayID = r.text(n) }},
		{"id", "payment.id", "with a displayId: payment.facts.id", func(r *reader, n *rules.Node) { r.id = r.whole(n) }},
		{"status", "payment.status", "None is active", (*reader).status},
		{"comments", "payment.facts.comments", "", (*reader).carry},
		{"priorcutoff", "payment.facts.priorcutoff", "", (*reader).carryFlag},
		{"beforeAmountPastDue", "payment.facts.before_amount_past_due", "", (*reader).carry},
		{"beforeDaysPastDue", "payment.facts.before_days_past_due", "", (*reader).carry},
		{"beforePayoff", "payment.facts.before_payoff", "", (*reader).carry},
		{"beforePrincipal", "payment.facts.before_principal", "", (*reader).carry},
		{"sortDate", "payment.facts.sort_date", "", (*reader).carry},
		{"order", "payment.facts.order", "", (*reader).carry},
		{"_notEditable", "payment.facts.not_editable", "", (*reader).carryFlag},
		{"reverseReason", refused, "a reversal is a transition", refuse("a reversal is a transition of a payment, not a payment")},
		{"nachaReturnCode", refused, "a return is a transition", refuse("a return is a transition of a payment, not a payment")},
		{"__isSplited", refused, "loans are split by the policy", refuse("this request cannot say how: give the engine a payment with its split")},
		{"__splitPaymentInLoans", refused, "loans are split by the policy", refuse("this request cannot say how: give the engine a payment with its split")},
	}
}

// refuse refuses a field with a reason, unless it says no.
func refuse(why string) func(*reader, *rules.Node) {
	return func(r *reader, n *rules.Node) {
		if n.Text != "0" && n.Text != "false" {
			r.fail("%s", why)
		}
	}
}

// line and loan give the two shapes.
func line() shape {
	return shape{onLine(), []string{"entityId", "amount", "applyDate", "status"}, lineFeeTypes(), lineStatuses()}
}

func loan() shape {
	return shape{onLoan(), []string{"amount", "date"}, loanFeeTypes(), loanStatuses()}
}

// find gives the field of a name, or says which one may have been meant.
func (s *shape) find(name string) (*field, error) {
	names := make([]string, len(s.fields))
	for i := range s.fields {
		if s.fields[i].name == name {
			return &s.fields[i], nil
		}
		names[i] = s.fields[i].name
	}
	return nil, errors.New(unknownField(name, names))
}

func unknownField(name string, known []string) string {
	if hint := rules.DidYouMean(name, known); hint != "" {
		return "unknown field, " + hint
	}
	return "unknown field"
}
