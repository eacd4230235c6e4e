package engine

// An Event is something that happens to an account: a payment, a transition of
// one, or an adjustment that the host makes. Exactly one of the three is set.
//
// Events take effect in order of date, then Order, then their position in the
// list.
type Event struct {
	Payment    *Payment
	Transition *Transition // of the payment with its ID
	Adjust     []Adjustment
	Date       Date // of an adjustment; payments and transitions have their own
	Order      int
}

// date is the day of the event.
func (e *Event) date() Date {
	switch {
	case e.Payment != nil:
		return e.Payment.Date
	case e.Transition != nil:
		return e.Transition.Date
	}
	return e.Date
}

// fault says why the event cannot be, as far as that can be seen without the
// others.
func (e *Event) fault() *InputError {
	kinds := 0
	for _, is := range [...]bool{e.Payment != nil, e.Transition != nil, e.Adjust != nil} {
		kinds += int(asWord(is))
	}
	switch {
	case kinds != 1:
		return wrong("", "must have exactly one of payment, transition and adjust")
	case e.Payment != nil:
		return nil // its receipt says so
	case e.Transition != nil && e.Transition.ID == "":
		return wrong("transition.id", "missing")
	case e.date() == 0:
		return wrong("date", "missing")
	case !isDate(e.date()):
		return wrong("date", "is no date")
	}
	return nil
}

// An Adjustment is the host's own change of one balance (a charge, a draw,
// interest) or, without a Component, of an account.
type Adjustment struct {
	Account   string // any id in the tree; default: the root's
	Bucket    string // default "main"
	Component string
	// Owed, Due and PastDue are added. What is absent is derived, or was given,
	// as before; a due is held to what is owed, and what is past due to the due.
	Owed, Due, PastDue Opt[Amount]
	// All others replace.
	DueDate     Opt[Date]
	APR         Opt[Rate]
	Facts       Opt[Facts] // all of them
	MinimumDue  Opt[Amount]
	CreditLimit Opt[Amount]
	DaysPastDue Opt[int]
}

// adjust makes an adjustment. What cannot be is a fault of its fields, and
// changes nothing.
func (t *tree) adjust(a *Adjustment, today Date) *InputError {
	at := t.find(a.Account)
	if at < 0 {
		return wrong("account", "no account of the tree has the id %q", a.Account)
	}
	account := t.nodes[at].account
	if a.Component == "" {
		return account.adjust(a)
	}
	if field := a.accountField(); field != "" {
		return wrong(field, "is the account's: leave the component out")
	}
	bucket := a.Bucket
	if bucket == "" {
		bucket = mainBucket
	}
	b := Balance{Bucket: bucket, Component: a.Component}
	old := account.balance(bucket, a.Component)
	if old != nil {
		b = *old
	}
	if fault := b.adjust(a, today); fault != nil {
		return fault
	}
	if old == nil {
		old = account.opened(bucket, a.Component)
	}
	*old = b
	return nil
}

// adjust makes an adjustment of the account's own fields.
func (a *Account) adjust(by *Adjustment) *InputError {
	if field := by.balanceField(); field != "" {
		return wrong(field, "is a balance's: the component is missing")
	}
	days, given := by.DaysPastDue.Get()
	if !given {
		days = a.DaysPastDue
	}
	changed := Account{
		CreditLimit: newer(by.CreditLimit, a.CreditLimit), MinimumDue: newer(by.MinimumDue, a.MinimumDue),
		DaysPastDue: days, Facts: by.Facts.Or(a.Facts),
	}
	var v validator
	if fault := v.ownFault(&changed, 1); fault != nil {
		return fault
	}
	a.CreditLimit, a.MinimumDue, a.DaysPastDue, a.Facts = changed.CreditLimit, changed.MinimumDue, days, changed.Facts
	return nil
}

// newer is a new value, or the old one where none is given.
func newer[T any](now, old Opt[T]) Opt[T] {
	if _, ok := now.Get(); ok {
		return now
	}
	return old
}

// accountField is a field of the adjustment that only an account has.
func (a *Adjustment) accountField() string {
	switch none := (Opt[Amount]{}); {
	case a.MinimumDue != none:
		return "minimum_due"
	case a.CreditLimit != none:
		return "credit_limit"
	case a.DaysPastDue != Opt[int]{}:
		return "days_past_due"
	}
	return ""
}

// balanceField is a field of the adjustment that only a balance has.
func (a *Adjustment) balanceField() string {
	switch none := (Opt[Amount]{}); {
	case a.Bucket != "":
		return "bucket"
	case a.Owed != none:
		return "owed"
	case a.Due != none:
		return "due"
	case a.PastDue != none:
		return "past_due"
	case a.DueDate != Opt[Date]{}:
		return "due_date"
	case a.APR != Opt[Rate]{}:
		return "apr"
	}
	return ""
}

// adjust makes an adjustment of the balance.
func (b *Balance) adjust(a *Adjustment, today Date) *InputError {
	b.DueDate = a.DueDate.Or(b.DueDate)
	b.APR = newer(a.APR, b.APR)
	b.Facts = a.Facts.Or(b.Facts)
	due, pastDue := b.dues(today)
	b.Owed += a.Owed.Or(0)
	if more, ok := a.Due.Get(); ok {
		b.Due = Some(due + more)
	} else if old, ok := b.Due.Get(); ok {
		b.Due = Some(min(old, max(b.Owed, 0)))
	}
	due, _ = b.dues(today)
	if more, ok := a.PastDue.Get(); ok {
		b.PastDue = Some(pastDue + more)
	} else if old, ok := b.PastDue.Get(); ok {
		b.PastDue = Some(min(old, due))
	}
	var v validator
	return v.balance(b, today)
}
