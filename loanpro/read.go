package loanpro

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// Read reads a request: of a line of credit one payment, of a loan one for
// each of Payments.results, in their order. Amounts are in currency.
//
// Every payment that is read has what the engine needs of it, and written by
// [engine.Payment.AppendJSON] it is a document of the engine's own.
//
// No-break spaces between fields, with which these requests are printed in
// their own documents, are spaces.
//
// The error is an [*engine.InputError] whose Field is the path in the request,
// as Payments.results[0].extra. A request with one payment at fault gives none
// of them.
func Read(src []byte, currency money.Currency) ([]Request, error) {
	n, err := rules.ParseJSON("request", plainSpaces(src))
	if err != nil {
		return nil, &engine.InputError{Why: firstMistake(err).Error()}
	}
	return Decode(n, currency)
}

// Decode is [Read] of a document that was parsed already.
func Decode(n *rules.Node, currency money.Currency) ([]Request, error) {
	switch {
	case n.Kind != rules.Map:
		return nil, wrong("", "must be a mapping, not %s", described(n))
	case n.Get("Payments") != nil:
		return decodeLoan(n, currency)
	case n.Get("entityType") != nil:
		request, err := decodePayment(n, "", line(), currency)
		if err != nil {
			return nil, err
		}
		return []Request{request}, nil
	}
	return nil, wrong("entityType", "missing: a line of credit's request has it (%s), a loan's has Payments.results", lineEntity)
}

// A Request is one payment of a request, as the engine knows it.
type Request struct {
	Payment engine.Payment
	places  []place // where in the request each part of the payment was
}

// A place says which field of a request a field of the payment came from.
type place struct{ to, field string }

// Apply applies the payment with policy to account. A line of credit's request
// names its account: the entityId must be an id in the account's tree, and
// becomes the id of an account that has none.
//
// Receipt and error are those of [engine.Policy.Apply], but that the Field of
// an [*engine.InputError] about the payment is the path in the request.
func (r *Request) Apply(policy *engine.Policy, account engine.Account) (engine.Receipt, error) {
	if id := r.Payment.Account; id != "" && !has(&account, id) {
		if account.ID != "" {
			return engine.Receipt{}, wrong("entityId", "is %s, but the account given is %q", id, account.ID)
		}
		account.ID = id
	}
	receipt, err := policy.Apply(account, r.Payment)
	var fault *engine.InputError
	if errors.As(err, &fault) {
		return engine.Receipt{}, &engine.InputError{Field: r.fieldOf(fault.Field), Why: fault.Why}
	}
	return receipt, err
}

// has says whether id is the account's or one below it.
func has(account *engine.Account, id string) bool {
	if account.ID == id {
		return true
	}
	for i := range account.Children {
		if has(&account.Children[i], id) {
			return true
		}
	}
	return false
}

// fieldOf is the request's name for a path of the engine's, which stays what
// it is if nothing in the request stands for it.
func (r *Request) fieldOf(path string) string {
	for _, p := range r.places {
		if p.to == path {
			return p.field
		}
	}
	for _, p := range r.places {
		if strings.HasPrefix(p.to, path+".") || strings.HasPrefix(path, p.to+".") {
			return p.field
		}
	}
	return path
}

// decodeLoan reads the payments of a request on a loan.
func decodeLoan(n *rules.Node, currency money.Currency) ([]Request, error) {
	if err := onlyKey(n, "", "Payments"); err != nil {
		return nil, err
	}
	items, fault := results(n.Get("Payments"), "Payments")
	switch {
	case fault != nil:
		return nil, fault
	case len(items) == 0:
		return nil, wrong("Payments.results", "must have at least one payment")
	}
	requests, shape := make([]Request, 0, len(items)), loan()
	for i, item := range items {
		path := fmt.Sprintf("Payments.results[%d]", i)
		if item.Kind != rules.Map {
			return nil, wrong(path, "must be a mapping, not %s", described(item))
		}
		request, err := decodePayment(item, path+".", shape, currency)
		if err != nil {
			return nil, err
		}
		requests = append(requests, request)
	}
	return requests, nil
}

// plainSpaces makes the no-break spaces of a document spaces, but for those in
// strings. Lines and columns stay.
func plainSpaces(src []byte) []byte {
	noBreak := []byte("\u00a0")
	if !bytes.Contains(src, noBreak) {
		return src
	}
	plain, quoted := make([]byte, 0, len(src)), false
	for i := 0; i < len(src); i++ {
		switch {
		case !quoted && bytes.HasPrefix(src[i:], noBreak):
			plain = append(plain, ' ')
			i++
			continue
		case src[i] == '"':
			quoted = !quoted
		case src[i] == '\\' && quoted && i+1 < len(src):
			plain = append(plain, src[i])
			i++
		}
		plain = append(plain, src[i])
	}
	return plain
}

// wrong is a fault of the field at path.
func wrong(path, format string, args ...any) *engine.InputError {
	return &engine.InputError{Field: path, Why: fmt.Sprintf(format, args...)}
}

// firstMistake is the first of the mistakes in a document: the others may
// follow from it.
func firstMistake(err error) error {
	var all rules.Errors
	if errors.As(err, &all) {
		return all[0]
	}
	return err
}
