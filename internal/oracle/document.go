package oracle

import (
	"bytes"
	"encoding/json"
	"math/big"
)

// An account is a node of the account tree. Its amounts are in minor units.
type account struct {
	ID          string         `json:"id"`
	Program     string         `json:"program"`
	Kind        string         `json:"kind"`
	CreditLimit *string        `json:"credit_limit"`
	CreditHeld  *string        `json:"credit_held"`
	MinimumDue  *string        `json:"minimum_due"`
	DaysPastDue int64          `json:"days_past_due"`
	RollsUp     string         `json:"rolls_up"`
	Facts       map[string]any `json:"facts"`
	Balances    []*balance     `json:"balances"`
	Children    []*account     `json:"children"`

	path    string // in the document
	parent  *account
	limit   num // nil: none
	held    num
	minimum num
	taken   num // by lines of this payment
	handed  num // by earlier tiers of the split at hand
	changed bool
}

// A balance is one amount owed.
type balance struct {
	Bucket    string         `json:"bucket"`
	Component string         `json:"component"`
	Owed      string         `json:"owed"`
	Due       *string        `json:"due"`
	PastDue   *string        `json:"past_due"`
	DueDate   string         `json:"due_date"`
	APR       *string        `json:"apr"`
	Facts     map[string]any `json:"facts"`

	owed, due, pastDue num
	taken              num
	date               *day
	apr                num // nil: none
	changed            bool
}

// A payment is the payment's document.
type payment struct {
	ID      string `json:"id"`
	Amount  string `json:"amount"`
	Date    string `json:"date"`
	Type    string `json:"type"`
	Account string `json:"account"`
	Status  string `json:"status"`
	Mode    string `json:"mode"`
	Method  string `json:"method"`
	Fee     *struct {
		Type       string  `json:"type"`
		Flat       *string `json:"flat"`
		Percentage *string `json:"percentage"`
	} `json:"fee"`
	Split *struct {
		Type    string            `json:"type"`
		Amounts map[string]string `json:"amounts"`
	} `json:"split"`
	Directed         []direction    `json:"directed"`
	Extra            string         `json:"extra"`
	Payoff           bool           `json:"payoff"`
	Recovery         bool           `json:"recovery"`
	ResetPastDue     bool           `json:"reset_past_due"`
	Early            bool           `json:"early"`
	IgnoreGuardrails bool           `json:"ignore_guardrails"`
	Facts            map[string]any `json:"facts"`

	amount num
	date   day
}

// A direction asks for part of a payment to go to one balance.
type direction struct {
	Bucket    string `json:"bucket"`
	Component string `json:"component"`
	Amount    string `json:"amount"`
	amount    num
}

func decode(document []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(document))
	d.UseNumber()
	return d.Decode(into)
}

// minor is an amount in minor units; nothing is 0.
func (d *decision) minor(text *string) num {
	if text == nil || *text == "" {
		return whole(0)
	}
	return mul(parse(*text), power(d.policy.Decimals))
}

// readAccount fills in what a document leaves out. It comes after the payment.
func (d *decision) readAccount(a, parent *account, path string) {
	a.path, a.parent, a.taken, a.handed = path, parent, whole(0), whole(0)
	if a.ID == "" && parent == nil {
		a.ID = "account"
	}
	if a.Program == "" && parent != nil {
		a.Program = parent.Program
	}
	if a.RollsUp == "" {
		a.RollsUp = "all"
	}
	if a.CreditLimit != nil {
		a.limit = d.minor(a.CreditLimit)
	}
	a.held = d.minor(a.CreditHeld)
	a.minimum = whole(0)
	for _, b := range a.Balances {
		d.readBalance(b)
		a.minimum = add(a.minimum, b.due)
	}
	if a.MinimumDue != nil {
		a.minimum = d.minor(a.MinimumDue)
	}
	for i, c := range a.Children {
		d.readAccount(c, a, path+".children["+itoa(i)+"]")
	}
}

func (d *decision) readBalance(b *balance) {
	if b.Bucket == "" {
		b.Bucket = "main"
	}
	b.taken = whole(0)
	b.owed = d.minor(&b.Owed)
	if b.DueDate != "" {
		on := parseDay(b.DueDate)
		b.date = &on
	}
	if b.APR != nil {
		b.apr = parse(*b.APR)
	}
	b.due, b.pastDue = whole(0), whole(0)
	switch {
	case b.Due != nil:
		b.due = d.minor(b.Due)
	case !b.isCredit() && (b.date == nil || *b.date <= d.payment.date):
		b.due = b.owed
	}
	switch {
	case b.PastDue != nil:
		b.pastDue = d.minor(b.PastDue)
	case b.date != nil && *b.date < d.payment.date:
		b.pastDue = b.due
	}
}

func (b *balance) isCredit() bool { return b.Bucket == "credit" && b.Component == "credit" }

func (d *decision) readPayment(p *payment) {
	p.amount = d.minor(&p.Amount)
	if p.Date != "" {
		p.date = parseDay(p.Date)
	}
	if p.Status == "" {
		p.Status = "active"
	}
	if p.Mode == "" {
		p.Mode = "log"
	}
	for i := range p.Directed {
		if p.Directed[i].Bucket == "" {
			p.Directed[i].Bucket = "main"
		}
		p.Directed[i].amount = d.minor(&p.Directed[i].Amount)
	}
}

// all lists an account and those below it, in tree order.
func (a *account) all() []*account {
	list := []*account{a}
	for _, c := range a.Children {
		list = append(list, c.all()...)
	}
	return list
}

// find is the account of an id, nil if there is none.
func (a *account) find(id string) *account {
	for _, b := range a.all() {
		if b.ID == id {
			return b
		}
	}
	return nil
}

// balance is the balance of that name, nil if there is none.
func (a *account) balance(bucket, component string) *balance {
	for _, b := range a.Balances {
		if b.Bucket == bucket && b.Component == component {
			return b
		}
	}
	return nil
}

// open is the balance of that name, made last if it is not there.
func (a *account) open(bucket, component string) *balance {
	b := a.balance(bucket, component)
	if b == nil {
		b = &balance{Bucket: bucket, Component: component, owed: whole(0), due: whole(0), pastDue: whole(0), taken: whole(0)}
		a.Balances = append(a.Balances, b)
	}
	return b
}

// total adds up a measure of the account's own balances and what rolls up.
func (a *account) total(of func(*balance) num, principalOnly bool) num {
	sum := whole(0)
	for _, b := range a.Balances {
		if b.Component == "principal" || !principalOnly {
			sum = add(sum, of(b))
		}
	}
	for _, c := range a.Children {
		if c.RollsUp != "none" {
			sum = add(sum, c.total(of, principalOnly || c.RollsUp == "principal"))
		}
	}
	return sum
}

func owedOf(b *balance) num    { return b.owed }
func dueOf(b *balance) num     { return b.due }
func pastDueOf(b *balance) num { return b.pastDue }

// state is a balance's state.
func (b *balance) state() string {
	switch {
	case b.pastDue.Sign() > 0:
		return "past_due"
	case b.due.Sign() > 0:
		return "due"
	}
	return "not_due"
}

// largest is the largest amount in minor units that documents may have.
var largest = new(big.Rat).SetInt64(1_000_000_000_000_000)
