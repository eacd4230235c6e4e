package enginetest

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

var againPromises = []Promise{
	{
		"answers", "an error is an *InputError, a *Refusal or a *RuleError: what the engine finds wrong with itself is none of them",
		"engine.Policy.Apply", answersInKind,
	},
	{
		"determinism", "the same policy, account and payment give the same answer, byte for byte, and stay as they were",
		"engine.Policy.Apply", repeats,
	},
	{
		"documents", "an account and a payment that are printed and read again are decided the same",
		"engine.DecodeRequest", survivesPrinting,
	},
	{
		"key order", "the order of a document's keys changes nothing",
		"engine.DecodeRequest", ignoresKeyOrder,
	},
	{
		"errors leave nothing behind", "after an error the receipt is the zero value, and the policy answers as before",
		"engine.Policy.Apply", leavesNothing,
	},
	{
		"policies", "a policy that is printed in another way and read again decides the same",
		"rules.Load", survivesNotation,
	},
}

// answersInKind finds, among others, what the engine's own check of its receipts
// stopped.
func answersInKind(d *Decision) error {
	var input *engine.InputError
	var refusal *engine.Refusal
	var rule *engine.RuleError
	if d.Err == nil || errors.As(d.Err, &input) || errors.As(d.Err, &refusal) || errors.As(d.Err, &rule) {
		return nil
	}
	return fmt.Errorf("the answer is a %T: %w", d.Err, d.Err)
}

// answer is a decision as bytes.
func (d *Decision) answer() []byte {
	if d.Err != nil {
		return []byte(fmt.Sprintf("%T %v", d.Err, d.Err))
	}
	return d.Receipt.AppendJSON(nil)
}

// same compares a decision with one that must be the same.
func (d *Decision) same(other *Decision, how string) error {
	if !bytes.Equal(d.answer(), other.answer()) {
		return fmt.Errorf("%s it is decided differently:\n%s\n%s", how, d.answer(), other.answer())
	}
	return nil
}

func repeats(d *Decision) error {
	account, payment := cloneAccount(&d.Account), clonePayment(&d.Payment)
	if err := d.same(d.again(d.Account, d.Payment), "a second time"); err != nil {
		return err
	}
	if !reflect.DeepEqual(normal(account), normal(d.Account)) || !reflect.DeepEqual(payment, clonePayment(&d.Payment)) {
		return errors.New("the account or the payment was changed")
	}
	return nil
}

// normal is a copy whose empty lists are all alike.
func normal(a engine.Account) engine.Account { return cloneAccount(&a) }

// request prints the question as a document, its keys turned round if wanted.
func (d *Decision) request(turned bool) (*rules.Node, error) {
	currency := d.Policy.Currency()
	text := []byte(`{"account":`)
	text = d.Account.AppendJSON(text, currency)
	text = append(text, `,"payment":`...)
	text = d.Payment.AppendJSON(text, currency)
	n, err := rules.ParseJSON("request.json", append(text, '}'))
	if err == nil && turned {
		turn(n)
	}
	return n, err
}

// turn turns the order of all keys round.
func turn(n *rules.Node) {
	for i, j := 0, len(n.Keys)-1; i < j; i, j = i+1, j-1 {
		n.Keys[i], n.Keys[j] = n.Keys[j], n.Keys[i]
		n.Items[i], n.Items[j] = n.Items[j], n.Items[i]
	}
	for _, item := range n.Items {
		turn(item)
	}
}

// read decides the question as it is read from a document.
func (d *Decision) read(turned bool) (*Decision, error) {
	n, err := d.request(turned)
	if err != nil {
		return nil, err
	}
	account, payment, err := d.Policy.DecodeRequest(n)
	if err != nil {
		return &Decision{Policy: d.Policy, Err: err}, nil
	}
	return d.again(account, payment), nil
}

func survivesPrinting(d *Decision) error {
	var input *engine.InputError
	if errors.As(d.Err, &input) {
		return nil // a document says it in its own words
	}
	read, err := d.read(false)
	if err != nil {
		return err
	}
	return d.same(read, "read from a document")
}

func ignoresKeyOrder(d *Decision) error {
	if split, _ := d.Payment.Split.Get(); len(d.Payment.Facts)+len(split.Amounts) > 1 {
		return nil // a receipt prints these in the order of the document
	}
	var input *engine.InputError
	if errors.As(d.Err, &input) {
		return nil // of two faults, the first is reported
	}
	read, err := d.read(true)
	if err != nil {
		return err
	}
	return d.same(read, "with its keys in another order")
}

// leavesNothing asks something plain before and after a question that has an
// error for an answer.
func leavesNothing(d *Decision) error {
	if d.Err == nil {
		return nil
	}
	if !reflect.DeepEqual(d.Receipt, engine.Receipt{}) {
		return fmt.Errorf("a receipt with %d lines comes with the error %v", len(d.Receipt.Lines), d.Err)
	}
	account := engine.Account{Balances: []engine.Balance{{Component: "principal", Owed: 70_00}, {Component: "interest", Owed: 30_00}}}
	payment := engine.Payment{Amount: 50_01, Date: d.Payment.Date}
	if payment.Date == 0 {
		payment.Date = 1
	}
	before := d.again(account, payment)
	d.again(d.Account, d.Payment)
	return before.same(d.again(account, payment), "after an error")
}

// survivesNotation prints the policy as JSON, by way of the tree that policies
// are read into.
func survivesNotation(d *Decision) error {
	if d.Drawn == nil {
		return nil
	}
	n, err := rules.ParseYAML("drawn.yaml", []byte(d.Drawn.String()))
	if err != nil {
		return err
	}
	policy, err := loadText("drawn.json", string(appendNode(nil, n)))
	if err != nil {
		return err
	}
	other := Decide(policy, &Case{nil, d.Account, d.Payment})
	if other.Receipt.Policy.Digest != d.Receipt.Policy.Digest {
		return errors.New("the policy has another digest")
	}
	if (d.Err == nil) != (other.Err == nil) || !sameLines(d.Receipt.Lines, other.Receipt.Lines) {
		return fmt.Errorf("as JSON, the policy decides differently: %s\n%s", d.answer(), other.answer())
	}
	return nil
}

// sameLines compares lines but for the places of their tiers.
func sameLines(a, b []engine.Line) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		x, y := a[i], b[i]
		x.At, y.At = rules.Pos{}, rules.Pos{}
		if x != y {
			return false
		}
	}
	return true
}
