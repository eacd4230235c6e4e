package engine_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand"
	"reflect"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// lifePolicy is one for payments that live on: they hold credit, are taken back
// in an order of their own, and leave charges behind.
var lifePolicy = mustLoad(`
policy: life
currency: USD
statuses: {counted: [active, pending, settled], frees_credit: [settled]}
facts: {balance: {weight: {type: number, default: 1}}}
payment_types:
  - {name: in_turn, waterfall: in_turn}
  - {name: shared, waterfall: shared}
  - {name: whole, waterfall: whole}
  - {name: directed, waterfall: directed}
  - {name: cure, waterfall: cure}
  - {name: rows, waterfall: rows}
waterfalls:
  - {name: rows, tiers: [{tier: dues, cap: account.minimum_due, take: due}, {tier: keeps, counts: not, where: balance.component != "fees", take: balance.owed / 2}, {tier: all, order: [balance.apr desc]}]}
  - {name: in_turn, undo: [principal, fees], tiers: [{tier: dues, take: due, order: [{component: [fees, interest, principal]}]}, {tier: rate, order: [balance.apr desc]}]}
  - {name: shared, leftover: credit, tiers: [{tier: dues, cap: account.minimum_due, share: pro_rata}, {tier: equal, share: equal, counts: ahead}]}
  - {name: whole, tiers: [{tier: ones, whole: true}, {tier: third, take: balance.owed / 3, counts: not}]}
  - {name: directed, directed: first, invalid_directions: trim, tiers: [{tier: all, share: pro_rata}]}
  - {name: cure, leftover: credit, undo: [interest], tiers: [{tier: late, take: past_due}, {use: in_turn}]}
fees:
  - {name: on_top, when: payment.method == "card", type: flat, flat: 1.00}
  - {name: inside, when: payment.method == "agent", type: percentage, percentage: 5, collect: from_payment}
  - {name: before, when: payment.method == "phone", type: flat, flat: 4.00, collect: charge_before}
  - {name: after, when: payment.method == "mail", type: flat, flat: 4.00, collect: charge_after}
splits:
  - {name: dues, tiers: [{tier: dues, take: due, share: pro_rata}, {tier: rest, order: [child.apr desc]}]}
  - {name: each, fee: each_same, leftover: unapplied, tiers: [{tier: equal, share: equal}]}
  - {name: family, among: family, tiers: [{tier: owed, share: pro_rata, by: owed}]}
`)

func TestReplayPromises(t *testing.T) {
	parameters := gopter.DefaultTestParametersWithSeed(20240716)
	parameters.MinSuccessfulTests, parameters.Workers = 400, 1
	properties := gopter.NewProperties(parameters)
	for _, promise := range []struct {
		name  string
		holds func(*rand.Rand, drawnCase) error
	}{
		{"what is posted and reversed is nothing", backIsNothing(engine.Active, engine.Reversed)},
		{"what is reserved and voided is nothing", backIsNothing(engine.Pending, engine.Voided)},
		{"parts that are taken back one by one are the whole", partsAreTheWhole},
		{"a payment that is taken back in part is as if only the rest had been paid", partIsTheRest},
		{"a receipt is read as it was written", receiptsReadBack},
		{"the order of the list is of no account", orderIsNothing},
		{"an event put in later is one that was there from the start", insertIsReplay},
		{"the statement follows the totals", statementFollowsTotals},
		{"a replay changes nothing that it is given", givenStays},
	} {
		properties.Property(promise.name, prop.ForAll(func(c drawnCase, seed int64) (bool, error) {
			err := promise.holds(rand.New(rand.NewSource(seed)), c)
			return err == nil, err
		}, drawCase, gen.Int64()))
	}
	properties.TestingRun(t)
}

// backIsNothing applies a payment with a status that counts, and gives it one
// that does not: but for charges, the account is as it was.
func backIsNothing(first, last engine.Status) func(*rand.Rand, drawnCase) error {
	return func(_ *rand.Rand, c drawnCase) error {
		c.Payment.Status, c.Payment.ResetPastDue = first, false
		h, err := lifePolicy.Replay(c.Account, []engine.Event{
			{Payment: &c.Payment},
			{Transition: &engine.Transition{ID: "p", Status: last, Date: c.Payment.Date + 1}},
		})
		if err != nil || h.Entries[0].Err != nil {
			return err
		}
		if h.Entries[1].Err != nil {
			return h.Entries[1].Err
		}
		for _, d := range h.Entries[1].Change.Deltas {
			for _, was := range h.Entries[0].Receipt.Deltas {
				if same(was, d) && (was.Owed+d.Owed != charged(h, d) || was.Due+d.Due != charged(h, d) || was.PastDue+d.PastDue != 0) {
					return fmt.Errorf("%+v is not the negation of %+v", d, was)
				}
			}
		}
		if charged(h, engine.Delta{}) != 0 {
			return nil
		}
		start, end := copyAccount(&c.Account), copyAccount(&h.End)
		dropNothing(&start)
		dropNothing(&end)
		if !reflect.DeepEqual(start, end) {
			return fmt.Errorf("from %+v to %+v", start, end)
		}
		return nil
	}
}

// charged is what stays of the fee on the balance of a delta, or, of none, on
// all.
func charged(h *engine.History, d engine.Delta) (sum engine.Amount) {
	for _, c := range h.Entries[0].Receipt.Charges {
		if d.Account == "" || c.Account == d.Account && c.Bucket == d.Bucket && c.Component == d.Component {
			sum += c.Amount
		}
	}
	return sum
}

func same(a, b engine.Delta) bool {
	return a.Account == b.Account && a.Bucket == b.Bucket && a.Component == b.Component
}

// dropNothing leaves out balances that were opened and owe nothing.
func dropNothing(a *engine.Account) {
	var kept []engine.Balance
	for _, b := range a.Balances {
		if b.Bucket != "credit" || b.Owed != 0 {
			kept = append(kept, b)
		}
	}
	a.Balances = kept
	for i := range a.Children {
		dropNothing(&a.Children[i])
	}
}

// partsAreTheWhole charges a payment back part by part on one day, and at once:
// both lead to the same end.
func partsAreTheWhole(r *rand.Rand, c drawnCase) error {
	c.Payment.Status = engine.Settled
	back := func(amount engine.Opt[engine.Amount]) engine.Event {
		return engine.Event{Transition: &engine.Transition{ID: "p", Status: engine.ChargedBack, Amount: amount, Date: c.Payment.Date + 1}}
	}
	whole := []engine.Event{{Payment: &c.Payment}, back(engine.Opt[engine.Amount]{})}
	parts := whole[:1:1]
	for left := c.Payment.Amount; left > 0; {
		part := min(left, 1+engine.Amount(r.Int63n(int64(c.Payment.Amount)/3+2)))
		parts = append(parts, back(engine.Some(part)))
		left -= part
	}
	a, err := lifePolicy.Replay(c.Account, whole)
	if err != nil {
		return err
	}
	b, err := lifePolicy.Replay(c.Account, parts)
	if err != nil {
		return err
	}
	if a.Entries[0].Err == nil && !reflect.DeepEqual(a.End, b.End) {
		return fmt.Errorf("at once %+v, in parts %+v", a.End, b.End)
	}
	return nil
}

// partIsTheRest takes part of a payment back whose waterfall is filled row by
// row: the account is as if it had been the smaller payment from the start.
func partIsTheRest(r *rand.Rand, c drawnCase) error {
	c.Payment.Type, c.Payment.Method, c.Payment.ResetPastDue = "rows", "", false
	c.Payment.Split, c.Payment.Directed = engine.Opt[engine.SplitTerms]{}, nil
	c.Payment.Status = []engine.Status{engine.Active, engine.Settled}[r.Intn(2)]
	c.Payment.Amount = 2 + c.Payment.Amount%400_00
	rest := c.Payment
	rest.Amount = 1 + engine.Amount(r.Int63n(int64(c.Payment.Amount)-1))
	part, err := lifePolicy.Replay(c.Account, []engine.Event{
		{Payment: &c.Payment},
		{Transition: &engine.Transition{ID: "p", Status: engine.Returned, Amount: engine.Some(c.Payment.Amount - rest.Amount), Date: c.Payment.Date}},
	})
	if err != nil {
		return err
	}
	less, err := lifePolicy.Replay(c.Account, []engine.Event{{Payment: &rest}})
	if err != nil || part.Entries[0].Err != nil {
		return err
	}
	if a, b := summed(part), summed(less); !reflect.DeepEqual(part.End, less.End) || !reflect.DeepEqual(a, b) {
		return fmt.Errorf("in part %+v %+v, the rest %+v %+v", part.End, a, less.End, b)
	}
	return nil
}

// summed adds up the deltas of a history by balance.
func summed(h *engine.History) map[[3]string][3]engine.Amount {
	sums := map[[3]string][3]engine.Amount{}
	for i := range h.Entries {
		var deltas []engine.Delta
		if e := &h.Entries[i]; e.Receipt != nil {
			deltas = e.Receipt.Deltas
		} else if e.Change != nil {
			deltas = e.Change.Deltas
		}
		for _, d := range deltas {
			name := [3]string{d.Account, d.Bucket, d.Component}
			sum := sums[name]
			sums[name] = [3]engine.Amount{sum[0] + d.Owed, sum[1] + d.Due, sum[2] + d.PastDue}
			if sums[name] == [3]engine.Amount{} {
				delete(sums, name)
			}
		}
	}
	return sums
}

// receiptsReadBack reads receipts, also those with a life, and writes them again.
func receiptsReadBack(r *rand.Rand, c drawnCase) error {
	h, err := lifePolicy.Replay(c.Account, drawEvents(r, c))
	if err != nil {
		return err
	}
	for i := range h.Entries {
		receipt := h.Entries[i].Now()
		if receipt == nil {
			continue
		}
		document := receipt.AppendJSON(nil)
		n, err := rules.ParseJSON("receipt", document)
		if err != nil {
			return err
		}
		read, err := engine.DecodeReceipt(n, "receipt", lifePolicy.Currency())
		if err != nil {
			return fmt.Errorf("%s: %w", document, err)
		}
		if again := read.AppendJSON(nil); !bytes.Equal(document, again) {
			return fmt.Errorf("%s is written as %s", document, again)
		}
		altered := bytes.Replace(document, []byte(`"payment":{`), []byte(`"payment":{"extra":"x",`), 1)
		var refused *engine.TransitionError
		if n, err = rules.ParseJSON("receipt", altered); err != nil {
			return err
		}
		if _, err := engine.DecodeReceipt(n, "receipt", lifePolicy.Currency()); !errors.As(err, &refused) {
			return fmt.Errorf("an altered receipt is read: %v", err)
		}
	}
	return nil
}

func orderIsNothing(r *rand.Rand, c drawnCase) error {
	events := drawEvents(r, c)
	a, err := lifePolicy.Replay(c.Account, events)
	if err != nil {
		return err
	}
	shuffled := append([]engine.Event(nil), events...)
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	b, err := lifePolicy.Replay(c.Account, shuffled)
	if err != nil {
		return err
	}
	return sameHistory(a, b)
}

// sameHistory says where two histories of the same events differ.
func sameHistory(a, b *engine.History) error {
	difference := a.Compare(b)
	if len(difference.Receipts)+len(difference.Deltas)+len(difference.Totals) > 0 || !reflect.DeepEqual(a.End, b.End) {
		return fmt.Errorf("%s", difference.AppendJSON(nil))
	}
	return nil
}

// insertIsReplay takes each event out of a history and puts it in again.
func insertIsReplay(r *rand.Rand, c drawnCase) error {
	events := drawEvents(r, c)
	whole, err := lifePolicy.Replay(c.Account, events)
	if err != nil {
		return err
	}
	for i := range events {
		if p := events[i].Payment; p != nil && p.ID == "p" {
			continue // its transitions go with it
		}
		without, err := lifePolicy.Remove(whole, i)
		if err != nil {
			return err
		}
		again, err := lifePolicy.Insert(without.History, events[i])
		if err != nil {
			return err
		}
		if err := sameHistory(whole, again.History); err != nil {
			return fmt.Errorf("event %d: %w", i, err)
		}
		if err := negates(without, again); err != nil {
			return fmt.Errorf("event %d: %w", i, err)
		}
	}
	return nil
}

// negates says whether what corrects one way corrects the other way too.
func negates(a, b *engine.Revision) error {
	sums := map[[3]string]engine.Amount{}
	for _, d := range append(append([]engine.Delta(nil), a.Deltas...), b.Deltas...) {
		sums[[3]string{d.Account, d.Bucket, d.Component}] += d.Owed
	}
	for name, sum := range sums {
		if sum != 0 {
			return fmt.Errorf("the corrections of %v add up to %d", name, sum)
		}
	}
	return nil
}

func givenStays(r *rand.Rand, c drawnCase) error {
	events, account := drawEvents(r, c), copyAccount(&c.Account)
	before := fmt.Sprintf("%+v", events)
	if _, err := lifePolicy.Replay(c.Account, events); err != nil {
		return err
	}
	if !reflect.DeepEqual(account, c.Account) || before != fmt.Sprintf("%+v", events) {
		return errors.New("the replay changed what it was given")
	}
	return nil
}

// drawEvents makes a payment's life of a case: no two events have the same day
// and order.
func drawEvents(r *rand.Rand, c drawnCase) []engine.Event {
	c.Payment.Status = []engine.Status{engine.Active, engine.Pending, engine.Settled}[r.Intn(3)]
	first := c.Payment
	events := []engine.Event{{Payment: &first}}
	for i := range 2 + r.Intn(8) {
		day := c.Payment.Date + engine.Date(r.Intn(20)-5)
		event := engine.Event{Date: day, Order: i + 1}
		switch r.Intn(4) {
		case 0:
			p := c.Payment
			p.ID, p.Date, p.Amount = fmt.Sprint("other ", i), day, 1+engine.Amount(r.Intn(300_00))
			event.Payment = &p
		case 1:
			a := engine.Adjustment{Bucket: fmt.Sprint("new", r.Intn(2)), Component: "interest", Owed: engine.Some(engine.Amount(r.Intn(50_00)))}
			if r.Intn(2) == 0 {
				a.DueDate = engine.Some(day + 3)
			}
			event.Adjust = []engine.Adjustment{a}
		default:
			event.Transition = &engine.Transition{ID: "p", Status: engine.Status(r.Intn(9)), Date: day}
			if r.Intn(2) == 0 {
				event.Transition.Amount = engine.Some(1 + engine.Amount(r.Intn(30_00)))
			}
		}
		events = append(events, event)
	}
	return events
}
