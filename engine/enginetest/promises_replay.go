package enginetest

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// sameHistory says where two histories of the same events differ.
func sameHistory(a, b *engine.History) error {
	difference := a.Compare(b)
	if len(difference.Receipts)+len(difference.Deltas)+len(difference.Totals) > 0 || !reflect.DeepEqual(a.End, b.End) {
		return fmt.Errorf("the histories differ: %s", difference.AppendJSON(nil))
	}
	return nil
}

// replayed replays other events in the place of the life's.
func (p *Past) replayed(events []engine.Event) (*engine.History, error) {
	return p.Policy.Replay(p.Life.Account, events)
}

func ignoresListOrder(p *Past) error {
	if p.Err != nil {
		return nil
	}
	turned := slices.Clone(p.Life.Events)
	slices.Reverse(turned)
	h, err := p.replayed(turned)
	if err != nil {
		return err
	}
	return sameHistory(p.History, h)
}

// insertsAsReplayed takes each event out and puts it in again, but for payments
// that something happens to later: that would go with them.
func insertsAsReplayed(p *Past) error {
	if p.Err != nil {
		return nil
	}
	for i, event := range p.Life.Events {
		if event.Payment != nil && p.Life.becomes(event.Payment.ID) {
			continue
		}
		without, err := p.Policy.Remove(p.History, i)
		if err != nil {
			continue // an adjustment may then take a balance below zero
		}
		again, err := p.Policy.Insert(without.History, event)
		if err != nil {
			return err
		}
		if err := sameHistory(p.History, again.History); err != nil {
			return fmt.Errorf("event %d: %w", i, err)
		}
	}
	return nil
}

// skippedLeavesNothing leaves out all that was skipped. A payment whose fee
// counts nothing may still be asked for by a transition.
func skippedLeavesNothing(p *Past) error {
	if p.Err != nil {
		return nil
	}
	skipped := map[int]bool{}
	for i := range p.History.Entries {
		e := &p.History.Entries[i]
		skipped[e.Event] = e.Err != nil
	}
	var kept []engine.Event
	for i, event := range p.Life.Events {
		if !skipped[i] {
			kept = append(kept, event)
		}
	}
	h, err := p.replayed(kept)
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(p.History.End, h.End) {
		return errors.New("without what was skipped the account ends differently")
	}
	return nil
}

// entriesInKind looks at why events were skipped.
func entriesInKind(p *Past) error {
	var input *engine.InputError
	if p.Err != nil && !errors.As(p.Err, &input) {
		return fmt.Errorf("the answer is a %T: %w", p.Err, p.Err)
	}
	if p.Err != nil {
		return nil
	}
	for i := range p.History.Entries {
		e := &p.History.Entries[i]
		if refused := (*engine.TransitionError)(nil); errors.As(e.Err, &refused) {
			continue
		}
		if err := answersInKind(&Decision{Err: e.Err}); err != nil {
			return fmt.Errorf("event %d: %w", e.Event, err)
		}
	}
	return nil
}

func replayRepeats(p *Past) error {
	before := p.Life.copied()
	h, err := p.replayed(p.Life.Events)
	if p.Err != nil || err != nil {
		if fmt.Sprint(p.Err) != fmt.Sprint(err) {
			return fmt.Errorf("at first %v, then %v", p.Err, err)
		}
		return nil
	}
	if !bytes.Equal(p.History.AppendJSON(nil), h.AppendJSON(nil)) {
		return errors.New("a second time, the history is another")
	}
	after := p.Life.copied()
	if !reflect.DeepEqual(before.Account, after.Account) || !reflect.DeepEqual(before.Events, after.Events) {
		return errors.New("the account or the events were changed")
	}
	return nil
}

func receiptsReadBack(p *Past) error {
	if p.Err != nil {
		return nil
	}
	for i := range p.History.Entries {
		r := p.History.Entries[i].Now()
		if r == nil {
			continue
		}
		document := r.AppendJSON(nil)
		read, err := p.readReceipt(document)
		if err != nil {
			return fmt.Errorf("%s: %w", document, err)
		}
		if again := read.AppendJSON(nil); !bytes.Equal(document, again) {
			return fmt.Errorf("%s is printed as %s", document, again)
		}
		altered := bytes.Replace(document, []byte(`"payment":{`), []byte(`"payment":{"extra":"altered",`), 1)
		if _, err := p.readReceipt(altered); err == nil {
			return fmt.Errorf("an altered receipt is read: %s", altered)
		}
	}
	return nil
}

func (p *Past) readReceipt(document []byte) (engine.Receipt, error) {
	n, err := rules.ParseJSON("receipt", document)
	if err != nil {
		return engine.Receipt{}, err
	}
	return engine.DecodeReceipt(n, "receipt", p.Policy.Currency())
}

func eventsReadBack(p *Past) error {
	if p.Err != nil {
		return nil
	}
	currency := p.Policy.Currency()
	n, err := rules.ParseYAML("life.yaml", []byte(p.Life.documents(currency, "")))
	if err != nil {
		return err
	}
	account, events, err := engine.DecodeReplay(n, currency)
	if err != nil {
		return err
	}
	h, err := p.Policy.Replay(account, events)
	if err != nil {
		return err
	}
	if !bytes.Equal(p.History.AppendJSON(nil), h.AppendJSON(nil)) {
		return errors.New("read from documents, the history is another")
	}
	return nil
}
