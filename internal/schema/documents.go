package schema

// documents is what documents are made of, in the order of the codecs.
//
// A line that stands at the margin begins a form; below it, each line
// is a key and what its value is: a form, [a list], {a mapping whose keys are anybody's}, words with | between them, or
// alternatives with / between them. A ! means needed. "one of" lists keys of which exactly one is needed; "only" says that
// nothing in it may be null. "name = form" is another name for a form.
const documents = `
request
  account! account
  payment! payment

account
  id text
  program text
  kind text
  credit_limit amount
  credit_held amount
  minimum_due amount
  days_past_due count
  rolls_up all|principal|none
  facts {fact}
  balances [balance]
  children [account]

balance
  bucket text
  component! text
  owed! amount
  due amount
  past_due amount
  due_date date
  apr rate
  facts {fact}

payment
  id text
  amount! amount
  date! date
  type name
  account text
  status status
  mode log|process
  method text
  fee terms
  split split_terms
  directed [direction]
  extra text
  payoff flag
  recovery flag
  reset_past_due flag
  early flag
  ignore_guardrails flag
  facts {fact}

status = active|pending|settled|failed|voided|disputed|reversed|returned|charged_back
fee_type = waive|flat|percentage|lesser|greater|sum
collect = on_top|from_payment|charge_after|charge_before

terms
  type! fee_type
  flat amount
  percentage rate

split_terms
  one of type amounts
  type name
  amounts {amount}

direction
  bucket text
  component! text
  amount! amount

receipt only
  outcome applied
  id text
  policy! policy_id
  payment! payment
  warnings [hit]
  fee fee_paid
  charged! amount
  charges [charge]
  lines! [line]
  shares [share]
  unapplied! amount
  deltas! [delta]
  totals! [total]
  move move
  held flag
  was status
  undone amount
  changes count
  digest! text

policy_id only
  name! text
  version! text
  digest! text

hit only
  guardrail! text
  severity! error|warning|notice
  message! text
  cite! text
  at! text
  ignored! flag

fee_paid only
  schedule text
  type! fee_type
  amount! amount
  collect! collect
  each [account_fee]

account_fee only
  account! text
  amount! amount

charge only
  account! text
  bucket! text
  component! text
  amount! amount
  refund flag

line only
  account! text
  bucket! text
  component! text
  amount! amount
  due! amount
  ahead! amount
  waterfall! text
  tier! text
  at! text
  counts not
  undone amount

share only
  account! text
  amount! amount
  split! text
  tier! text

delta only
  account! text
  bucket! text
  component! text
  owed! amount
  due! amount
  past_due! amount

total only
  account! text
  owed! amount
  due! amount
  past_due! amount
  minimum_due! amount
  available_credit amount

move only
  amount! amount
  method! text

events
  account! account
  events! [event]

event
  one of payment transition adjust
  payment payment
  transition transition
  adjust [adjustment]
  date date
  order count

transition
  id text
  status! status
  amount amount
  reason text
  date date
  ignore_guardrails flag

adjustment
  account text
  bucket text
  component text
  owed signed
  due signed
  past_due signed
  due_date date
  apr rate
  facts {fact}
  minimum_due amount
  credit_limit amount
  days_past_due count

change
  account! account
  receipt! receipt
  transition! transition

set only
  policies! [dated]

dated only
  from date
  use! text

policy only
  policy! text
  version scalar
  currency! text/currency
  override all|warnings
  statuses statuses
  include [text]
  facts fact_sections
  payment_types [payment_type]
  waterfalls [waterfall]
  splits [split]
  fees [fee]
  guardrails [guardrail]
  invariants [invariant]

include only
  include [text]
  facts fact_sections
  payment_types [payment_type]
  waterfalls [waterfall]
  splits [split]
  fees [fee]
  guardrails [guardrail]
  invariants [invariant]

currency only
  code! text
  decimals! count

statuses only
  counted [status]
  frees_credit [status]

fact_sections only
  account {fact_type/fact_declaration}
  balance {fact_type/fact_declaration}
  payment {fact_type/fact_declaration}

fact_type = bool|string|number|money|rate|date

fact_declaration only
  type! fact_type
  default scalar

payment_type only
  name! scalar
  id count
  programs [scalar]
  waterfall! scalar/[choice]

choice only
  when expression
  use! scalar

waterfall only
  name! scalar
  leftover unapplied|credit|refuse
  directed ignore|first|only
  directed_after scalar
  invalid_directions refuse|ignore|trim
  undo [scalar]
  tiers! [tier/use]

use only
  use! scalar

tier only
  tier scalar
  when expression
  where expression
  take expression
  cap expression
  order [expression/list_key]
  share in_turn|pro_rata|equal
  by expression
  whole flag/bucket
  counts due|not|ahead

list_key only
  one of component bucket state child
  component [scalar/[scalar]]
  bucket [scalar/[scalar]]
  state [scalar/[scalar]]
  child [scalar/[scalar]]

split only
  name! scalar
  id count
  programs [scalar]
  among children|family
  fee once|each_same|each_own
  leftover parent|unapplied|refuse
  one of tiers percentages
  tiers [tier]
  percentages {rate}

fee only
  name! scalar
  actions [log|process|settle|void|fail|reverse|return|charge_back]
  programs [scalar]
  when expression
  type fee_type
  flat amount
  percentage rate
  minimum amount
  maximum amount
  round half_up|half_even|down|up
  terms policy|payment
  collect collect
  charge_to charge_to
  refund flag

charge_to only
  bucket scalar
  component scalar

guardrail only
  name! scalar
  actions [log|process|settle|void|fail|reverse|return|charge_back]
  programs [scalar]
  one of forbid require
  when expression
  forbid expression
  require expression
  severity error|warning|notice
  message scalar
  cite scalar
  stage request|result
  from date
  until date
  overridable flag

invariant only
  name! scalar
  programs [scalar]
  check! expression
  cite scalar

spec only
  policy text/policy
  cases! [case]

case only
  name! scalar
  source scalar
  policy text/policy
  account account
  payment payment
  events [event]
  expect expectation
  policy_error scalar

expectation only
  lines {amount}
  shares {amount}
  unapplied amount
  fee amount
  charged amount
  ahead amount
  deltas {delta_figures}
  totals {total_figures}
  balances {amount}
  move move_figures
  warnings scalar/[scalar]
  messages {scalar}
  broken scalar/[scalar]
  refused scalar/[scalar]
  input_error scalar
  failed scalar
  receipts {expectation}

delta_figures only
  owed amount
  due amount
  past_due amount

total_figures only
  owed amount
  due amount
  past_due amount
  minimum_due amount
  available_credit amount

move_figures only
  amount amount
  method scalar
`
