package engine

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// ReadRequest reads the text of a request, {"account": .., "payment": ..} in
// JSON or YAML; name is the file's name in messages. Amounts are in the
// policy's currency.
//
// It returns an [*InputError] that names the field at fault, payment before
// account and each in the order of the document. Its Field is empty when the
// text is no document at all.
func (p *Policy) ReadRequest(name string, src []byte) (Account, Payment, error) {
	n, err := rules.ParseDocument(name, src)
	if err != nil {
		return Account{}, Payment{}, Unreadable(err)
	}
	return p.DecodeRequest(n)
}

// Unreadable is the fault of a text that package rules could not read as a
// document: the first mistake in it, since others may follow from that one. Its
// Field is empty but for a key given twice.
func Unreadable(err error) *InputError {
	var all rules.Errors
	if errors.As(err, &all) {
		return &InputError{Field: all[0].Path, Why: all[0].Error()}
	}
	return &InputError{Why: err.Error()}
}

// DecodeRequest is [Policy.ReadRequest] of a document that was parsed already.
func (p *Policy) DecodeRequest(n *rules.Node) (Account, Payment, error) {
	return DecodeRequest(n, p.rules.Currency)
}

// DecodeRequest reads {"account": .., "payment": ..}, amounts in currency.
// What a document leaves out stays absent, but for a bucket, which is "main".
// What AppendJSON printed of an account and a payment is decided as they are, and
// the order of a document's keys changes nothing.
// Errors are as in [Policy.ReadRequest].
func DecodeRequest(n *rules.Node, currency money.Currency) (Account, Payment, error) {
	d := decoder{currency: currency}
	var accountNode, paymentNode *rules.Node
	d.fields(n, requestKeys, func(key string, v *rules.Node) {
		if key == "account" {
			accountNode = v
		} else {
			paymentNode = v
		}
	})
	d.require(n, requestKeys...)
	var payment Payment
	d.at("payment", func() { payment = d.payment(paymentNode) })
	var account Account
	d.at("account", func() { account = d.account(accountNode) })
	if d.err != nil {
		return Account{}, Payment{}, d.err
	}
	return account, payment, nil
}

// DecodeAccount reads an account that stands at path in a greater document.
func DecodeAccount(n *rules.Node, path string, currency money.Currency) (Account, error) {
	d := decoder{currency: currency, path: []byte(path)}
	account := d.account(n)
	if d.err != nil {
		return Account{}, d.err
	}
	return account, nil
}

// DecodePayment reads a payment that stands at path in a greater document.
func DecodePayment(n *rules.Node, path string, currency money.Currency) (Payment, error) {
	d := decoder{currency: currency, path: []byte(path)}
	payment := d.payment(n)
	if d.err != nil {
		return Payment{}, d.err
	}
	return payment, nil
}

var requestKeys = []string{"account", "payment"}

// A decoder reads documents into structs. It keeps the first mistake it meets
// and the path to it; what it reads after that is of no use to anybody.
type decoder struct {
	currency money.Currency
	path     []byte // to the value at hand
	err      *InputError
}

// fail records a mistake in the value at hand.
func (d *decoder) fail(format string, args ...any) {
	if d.err == nil {
		d.err = &InputError{Field: string(d.path), Why: fmt.Sprintf(format, args...)}
	}
}

// at runs read with key added to the path, unless there is a mistake already.
func (d *decoder) at(key string, read func()) {
	if d.err != nil {
		return
	}
	up := len(d.path)
	if up > 0 {
		d.path = append(d.path, '.')
	}
	d.path = append(d.path, key...)
	read()
	d.path = d.path[:up]
}

// fields reads the mapping n field by field. A null is as good as left out.
func (d *decoder) fields(n *rules.Node, known []string, read func(key string, v *rules.Node)) {
	if n.Kind != rules.Map {
		d.fail("must be a mapping, not %s", described(n))
		return
	}
	for i, key := range n.Keys {
		d.at(key.Text, func() {
			switch {
			case !slices.Contains(known, key.Text):
				d.fail("%s", unknownKey(key.Text, known))
			case n.Items[i].Kind != rules.Null:
				read(key.Text, n.Items[i])
			}
		})
	}
}

// entries reads the mapping n, whose keys are the host's own.
func (d *decoder) entries(n *rules.Node, read func(key string, v *rules.Node)) {
	if n.Kind != rules.Map {
		d.fail("must be a mapping, not %s", described(n))
		return
	}
	for i, key := range n.Keys {
		d.at(key.Text, func() { read(key.Text, n.Items[i]) })
	}
}

// require finds out whether the mapping n has a value for each key.
func (d *decoder) require(n *rules.Node, keys ...string) {
	for _, key := range keys {
		d.at(key, func() {
			if v := n.Get(key); v == nil || v.Kind == rules.Null {
				d.fail("missing")
			}
		})
	}
}

// list reads the list n item by item.
func (d *decoder) list(n *rules.Node, read func(v *rules.Node)) {
	if n.Kind != rules.List {
		d.fail("must be a list, not %s", described(n))
		return
	}
	up := len(d.path)
	for i, item := range n.Items {
		if d.err != nil {
			return
		}
		d.path = strconv.AppendInt(append(d.path, '['), int64(i), 10)
		d.path = append(d.path, ']')
		read(item)
		d.path = d.path[:up]
	}
}

// text reads text. A number or bool is most often text without its quotes.
func (d *decoder) text(n *rules.Node) string {
	switch n.Kind {
	case rules.Text:
		return n.Text
	case rules.Number, rules.Bool:
		d.fail("must be text, not %s: put it in quotes, %q", described(n), n.Text)
	default:
		d.fail("must be text, not %s", described(n))
	}
	return ""
}

// name reads the name of an entry of the policy, or its numeric id.
func (d *decoder) name(n *rules.Node) string {
	if n.Kind == rules.Number {
		if _, err := strconv.ParseInt(n.Text, 10, 64); err != nil {
			d.fail("must be a name or a whole number, not %s", n.Text)
		}
		return n.Text
	}
	return d.text(n)
}

// amount reads an amount from the very characters it was written in.
func (d *decoder) amount(n *rules.Node) Amount { return d.units(n, d.currency.Parse) }

// sum reads an amount of a receipt that is no part of the payment's: a fee may come
// on top of the largest payment, and a total is of many balances.
func (d *decoder) sum(n *rules.Node) Amount { return d.units(n, d.currency.ParseTotal) }

func (d *decoder) units(n *rules.Node, parse func(text string) (Amount, error)) Amount {
	if n.Kind != rules.Number && n.Kind != rules.Text {
		d.fail("must be an amount, not %s", described(n))
		return 0
	}
	a, err := parse(n.Text)
	if err != nil {
		d.fail("%v", err)
	}
	return a
}

// rate reads a rate in percent.
func (d *decoder) rate(n *rules.Node) Rate {
	if n.Kind != rules.Number && n.Kind != rules.Text {
		d.fail("must be a rate in percent, not %s", described(n))
		return 0
	}
	r, err := money.ParseRate(n.Text)
	if err != nil {
		d.fail("%v", err)
	}
	return r
}

// date reads a civil date.
func (d *decoder) date(n *rules.Node) Date {
	if n.Kind != rules.Text {
		d.fail("must be a date as 2025-03-06, not %s", described(n))
		return 0
	}
	date, err := rules.ParseDate(n.Text)
	if err != nil {
		d.fail("%s %v", described(n), err)
	}
	return date
}

// flag reads true or false.
func (d *decoder) flag(n *rules.Node) bool {
	if n.Kind != rules.Bool {
		d.fail("must be true or false, not %s", described(n))
	}
	return n.Text == "true"
}

// count reads a whole number.
func (d *decoder) count(n *rules.Node) int {
	c, err := strconv.ParseInt(n.Text, 10, 32)
	if n.Kind != rules.Number || err != nil {
		d.fail("must be a whole number, not %s", described(n))
	}
	return int(c)
}

// word reads one of words, and gives its index.
func (d *decoder) word(n *rules.Node, words []string) int {
	i := slices.Index(words, n.Text)
	if n.Kind != rules.Text || i < 0 {
		d.fail("must be one of %s, not %s", strings.Join(words, ", "), described(n))
		return 0
	}
	return i
}

func unknownKey(key string, known []string) string {
	if hint := rules.DidYouMean(key, known); hint != "" {
		return "unknown key, " + hint
	}
	return "unknown key"
}

// described names what stands where something else should.
func described(n *rules.Node) string {
	switch n.Kind {
	case rules.Text:
		return strconv.Quote(clipped(n.Text))
	case rules.Number:
		return "the number " + clipped(n.Text)
	case rules.Bool:
		return n.Text
	case rules.List:
		return "a list"
	case rules.Map:
		return "a mapping"
	default:
		return "null"
	}
}

// clipped cuts text that is too long to be quoted in a message.
func clipped(text string) string {
	const most = 60
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "..."
}
