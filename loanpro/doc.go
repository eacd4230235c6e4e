// Package loanpro reads payment requests in the form of LoanPro's LMS.
//
// It is the one package that knows that vocabulary: [Read] turns a request into
// payments of the engine, [AppendAnswer] turns what the engine says of them
// into the answer that the request's sender expects.
//
//	requests, err := loanpro.Read(src, policy.Currency())
//	receipt, err := requests[0].Apply(policy, account)
//	body := loanpro.AppendAnswer(nil, requests[0].Payment.ID, &receipt, err)
//
// A request is one of four: on a line of credit ("entityType":
// "Entity.LineOfCredit") or on a loan (Payments.results, each of which is one
// payment), logged or processed. No other field is known; one that is null or ""
// is as good as left out. Numbers and amounts may be text, flags 1 or true.
//
// # Log or process
//
// "__logOnly": true logs, whatever else is given, and false processes. Where it
// is left out, a payment is processed if it names what moves the money: a
// paymentProcessorId (of a line; 0 is the default processor), a
// paymentAccountId other than 0, a selectedProcessor other than 0, or a
// __processorName. Else it is logged.
//
// # What no field says alone
//
//   - A line's request has entityId, amount, applyDate and status, a loan's
//     amount and date. What else is left out is the engine's default.
//   - A fee needs a type, and the parts that its type is made of. Amounts of 0
//     without a type are no fee. Where the two names of one thing differ (chargeFee..,
//     cardFee..), the request is refused.
//   - isSplit 1 needs a paymentSplitTypeId; a paymentSplitTypeId without isSplit
//     1 is refused, since the request says two things.
//   - A payment is a payoff if payoffPayment or payoffFlag says so.
//   - A custom field's fact is called custom_ and its id; given twice, it is
//     refused. __processorName gives processor_id, processor_key, processor_name
//     and processor_default.
//   - Facts are carried along. A policy that declares them can read them.
//
// # Fields of a line of credit's request
//
//	entityType               checked                             must be Entity.LineOfCredit
//	entityId                 payment.account                     the id of the account
//	amount                   payment.amount                      number or text, above 0
//	status                   payment.status                      active, pending or settled
//	applyDate                payment.date                        YYYY-MM-DD
//	description              payment.facts.description           at most 255 characters
//	displayId                payment.id
//	paymentMethodId          payment.method                      the number as text
//	paymentTypeId            payment.type                        the id of the payment type
//	isSplit                  payment.split                       0 or 1
//	paymentSplitTypeId       payment.split.type                  with isSplit 1, and only then
//	chargeFeeType            payment.fee.type
//	chargeFeeAmount          payment.fee.flat
//	chargeFeePercentage      payment.fee.percentage
//	echeckAuthType           payment.facts.echeck_auth_type      CCD, PPD, TEL or WEB
//	paymentProcessorId       payment.facts.payment_processor_id  processes, 0 (the default one) too
//	paymentAccountId         payment.facts.payment_account_id    processes, but for 0
//	__logOnly                payment.mode                        true logs, false processes
//	ignoreGuardrailWarnings  payment.ignore_guardrails           warnings and errors
//
// # Fields of a loan's payment
//
//	amount                   payment.amount                        number or text, above 0
//	date                     payment.date                          YYYY-MM-DD
//	info                     payment.facts.info                    at most 255 characters
//	paymentMethodId          payment.method                        the number as text
//	paymentTypeId            payment.type                          the id of the payment type
//	extra                    payment.extra                         without payment.extra.
//	early                    payment.early
//	resetPastDue             payment.reset_past_due
//	payoffPayment            payment.payoff                        this or payoffFlag
//	payoffFlag               payment.payoff                        this or payoffPayment
//	chargeOffRecovery        payment.recovery
//	chargeFeeType            payment.fee.type
//	chargeFeeAmount          payment.fee.flat
//	chargeFeePercentage      payment.fee.percentage
//	cardFeeType              payment.fee.type                      as chargeFeeType
//	cardTypeFee              payment.fee.type                      as chargeFeeType
//	cardFeeAmount            payment.fee.flat                      as chargeFeeAmount
//	cardFeePercent           payment.fee.percentage                as chargeFeePercentage
//	selectedProcessor        payment.facts.selected_processor      processes, but for 0
//	__processorName          payment.facts.processor_*             processes; its id, key, name, default
//	paymentAccountId         payment.facts.payment_account_id      processes, but for 0
//	echeckAuthType           payment.facts.echeck_auth_type        CCD, PPD, TEL or WEB
//	__logOnly                payment.mode                          true logs, false processes
//	_saveProfile             payment.facts.save_profile
//	CustomFieldValues        payment.facts.custom_*                by customFieldId: custom_38
//	active                   checked                               must be 1
//	ignoreGuardrailWarnings  payment.ignore_guardrails             as on a line of credit
//	displayId                payment.id
//	id                       payment.id                            with a displayId: payment.facts.id
//	status                   payment.status                        None is active
//	comments                 payment.facts.comments
//	priorcutoff              payment.facts.priorcutoff
//	beforeAmountPastDue      payment.facts.before_amount_past_due
//	beforeDaysPastDue        payment.facts.before_days_past_due
//	beforePayoff             payment.facts.before_payoff
//	beforePrincipal          payment.facts.before_principal
//	sortDate                 payment.facts.sort_date
//	order                    payment.facts.order
//	_notEditable             payment.facts.not_editable
//	reverseReason            refused                               a reversal is a transition
//	nachaReturnCode          refused                               a return is a transition
//	__isSplited              refused                               loans are split by the policy
//	__splitPaymentInLoans    refused                               loans are split by the policy
//
// # Words
//
//	status            lineOfCredit.transactionStatus.active                active
//	                  lineOfCredit.transactionStatus.pending               pending
//	                  lineOfCredit.transactionStatus.settled               settled
//	                  lineOfCredit.transactionStatus.reversed              reversed
//	                  lineOfCredit.transactionStatus.dispute               disputed
//	                  None                                                 active
//	fee type          lineOfCredit.convenienceFeeType.waiveConvenienceFee  waive
//	                  lineOfCredit.convenienceFeeType.flatFee              flat
//	                  lineOfCredit.convenienceFeeType.percentage           percentage
//	                  lineOfCredit.convenienceFeeType.lesser               lesser
//	                  lineOfCredit.convenienceFeeType.greater              greater
//	                  loan.cardfee.types.0                                 waive
//	                  loan.cardfee.types.1                                 flat
//	                  loan.cardfee.types.2                                 percentage
//	                  loan.cardfee.types.3                                 greater
//	                  loan.cardfee.types.4                                 lesser
//	extra             payment.extra.periods.next                           periods.next
//	                  payment.extra.periods.principalonly                  periods.principalonly
//	                  payment.extra.tx.principal                           tx.principal
//	                  payment.extra.tx.principalonly                       tx.principalonly
//	                  payment.extra.tx.classic                             tx.classic
//	echeck auth type  payment.echeckauth.CCD                               CCD
//	                  payment.echeckauth.PPD                               PPD
//	                  payment.echeckauth.TEL                               TEL
//	                  payment.echeckauth.WEB                               WEB
//	split fee         loan.splitFee.option.0                               once
//	                  loan.splitFee.option.1                               each_same
//	                  loan.splitFee.option.2                               each_own
//	reversal reason   payment.reverse.checkBounce                          check bounce
//	                  payment.reverse.clericalError                        clerical error
//	                  payment.reverse.nachaErrorCode                       nacha error code
//	                  payment.reverse.nsf                                  nsf
//	                  payment.reverse.other                                other
//	                  nacha.returnCode.r01 to r35                          nacha R01 to R35
package loanpro
