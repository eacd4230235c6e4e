package engine_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/commands"
	"github.com/leanovate/gopter/gen"

	"example.com/spillway/engine"
)

// TestAnyChainOfTransitionsEndsWhereItsLastStatusSays asks for 25 changes of
// one payment, allowed and not, with other payments among them. After each, the
// accounts owe what they did at first, less what the payments count yet.
func TestAnyChainOfTransitionsEndsWhereItsLastStatusSays(t *testing.T) {
	parameters := gopter.DefaultTestParametersWithSeed(7)
	parameters.MinSuccessfulTests, parameters.MaxSize, parameters.Workers = 150, 25, 1
	properties := gopter.NewProperties(parameters)
	properties.Property("a chain of transitions", commands.Prop(&commands.ProtoCommands{
		NewSystemUnderTestFunc: func(s commands.State) commands.SystemUnderTest { return newLedger(s.(life)) },
		InitialStateGen:        gopter.Gen(drawCase).Map(newLife),
		GenCommandFunc: func(commands.State) gopter.Gen {
			return gen.Weighted([]gen.WeightedGen{{Weight: 5, Gen: gen.UInt64().Map(drawStep)}, {Weight: 1, Gen: gopter.Gen(drawCase).Map(asStep)}})
		},
	}))
	properties.TestingRun(t)
}

// A life is what is known of a payment from the rules of transitions alone.
type life struct {
	start       drawnCase
	applied     bool
	status, was engine.Status
	left        engine.Amount
	fault       string // of the step that led here, "" when it was allowed
}

func newLife(c drawnCase) life {
	c.Payment.Status = []engine.Status{engine.Active, engine.Pending, engine.Settled}[c.Payment.Amount%3]
	_, err := lifePolicy.Apply(c.Account, c.Payment)
	return life{start: c, applied: err == nil, status: c.Payment.Status, left: c.Payment.Amount}
}

// allowed is the table of the contract, section 6.
var allowed = map[engine.Status][]engine.Status{
	engine.Pending:  {engine.Settled, engine.Active, engine.Failed, engine.Voided},
	engine.Active:   {engine.Disputed, engine.Reversed, engine.Returned, engine.ChargedBack},
	engine.Settled:  {engine.Disputed, engine.Reversed, engine.Returned, engine.ChargedBack},
	engine.Disputed: {engine.Reversed, engine.Returned, engine.ChargedBack},
}

// A step is a transition of the first payment, or another payment.
type step struct {
	event engine.Event
	part  bool
}

func asStep(c drawnCase) commands.Command {
	c.Payment.Account = ""
	return &step{event: engine.Event{Payment: &c.Payment}}
}

func drawStep(seed uint64) commands.Command {
	s := &step{event: engine.Event{Transition: &engine.Transition{ID: "first", Status: engine.Status(seed % 9)}}}
	if s.part = seed/9%3 == 0; s.part {
		s.event.Transition.Amount = engine.Some(engine.Amount(1 + seed/27%200_00))
	}
	return s
}

func (s *step) PreCondition(commands.State) bool { return true }
func (s *step) String() string {
	if t := s.event.Transition; t != nil {
		return fmt.Sprintf("%v %v", t.Status, t.Amount)
	}
	return fmt.Sprintf("pay %v", s.event.Payment.Amount)
}

func (s *step) NextState(state commands.State) commands.State {
	l := state.(life)
	l.fault = ""
	t := s.event.Transition
	if t == nil {
		return l
	}
	amount := t.Amount.Or(l.left)
	back := t.Status == engine.Reversed || t.Status == engine.Returned || t.Status == engine.ChargedBack
	switch {
	case !l.applied:
		l.fault = "unapplied"
	case t.Status == l.status:
		l.fault = "twice"
	case !slices.Contains(allowed[l.status], t.Status) && (l.status != engine.Disputed || t.Status != l.was):
		l.fault = "illegal"
	case s.part && !back:
		l.fault = "illegal"
	case amount > l.left:
		l.fault = "too_much"
	case back && amount < l.left:
		l.left -= amount
	case t.Status == engine.Disputed:
		l.was, l.status = l.status, engine.Disputed
	default:
		if back || t.Status == engine.Failed || t.Status == engine.Voided {
			l.left = 0
		}
		l.status = t.Status
	}
	return l
}

// A ledger is an account with all that happened to it.
type ledger struct {
	account engine.Account
	events  []engine.Event
}

func newLedger(l life) *ledger {
	first := l.start.Payment
	first.ID = "first"
	return &ledger{l.start.Account, []engine.Event{{Payment: &first}}}
}

// Run lets the step happen on the day after the last.
func (s *step) Run(sut commands.SystemUnderTest) commands.Result {
	l := sut.(*ledger)
	event, day := s.event, l.events[0].Payment.Date+engine.Date(len(l.events))
	if event.Transition != nil {
		t := *event.Transition
		t.Date = day
		event.Transition = &t
	} else {
		p := *event.Payment
		p.Date, p.ID = day, fmt.Sprint("other ", day)
		event.Payment = &p
	}
	l.events = append(l.events, event)
	history, err := lifePolicy.Replay(l.account, l.events)
	if err != nil {
		return err
	}
	return history
}

func (s *step) PostCondition(state commands.State, result commands.Result) *gopter.PropResult {
	l := state.(life)
	h, ok := result.(*engine.History)
	if !ok {
		return &gopter.PropResult{Status: gopter.PropError, Error: result.(error)}
	}
	last := &h.Entries[len(h.Entries)-1]
	if s.event.Transition != nil {
		fault := ""
		var refused *engine.TransitionError
		if errors.As(last.Err, &refused) {
			fault = refused.Fault.String()
		} else if last.Err != nil {
			return &gopter.PropResult{Status: gopter.PropError, Error: last.Err}
		}
		if fault != l.fault {
			return gopter.NewPropResult(false, fmt.Sprintf("%v: fault %q, want %q", s, fault, l.fault))
		}
	}
	if l.applied {
		now := h.Payment("first").Now()
		if now.Payment.Status != l.status || now.Payment.Amount-now.State.Undone != l.left {
			return gopter.NewPropResult(false, fmt.Sprintf("%v: is %v, %v left; want %v, %v",
				s, now.Payment.Status, now.Payment.Amount-now.State.Undone, l.status, l.left))
		}
	}
	if diff := notCounted(h); diff != "" {
		return gopter.NewPropResult(false, fmt.Sprintf("%v: %s", s, diff))
	}
	return &gopter.PropResult{Status: gopter.PropTrue}
}

// notCounted says where the end is not the start less what the payments count.
func notCounted(h *engine.History) string {
	want := owedBy(&h.Start)
	for i := range h.Entries {
		r := h.Entries[i].Now()
		if r == nil {
			continue
		}
		for _, l := range r.Lines {
			want[[3]string{l.Account, l.Bucket, l.Component}] -= l.Amount - l.Undone
		}
		for _, c := range r.Charges {
			want[[3]string{c.Account, c.Bucket, c.Component}] += c.Amount
		}
	}
	got := owedBy(&h.End)
	for name := range got {
		if got[name] != want[name] {
			return fmt.Sprintf("%v owes %d, want %d", name, got[name], want[name])
		}
	}
	return unsound(&h.End)
}

// unsound says which balance of a tree has dues that cannot be.
func unsound(a *engine.Account) string {
	for i := range a.Balances {
		b := &a.Balances[i]
		due := b.Due.Or(max(0, b.Owed))
		if due < 0 || due > max(0, b.Owed) || b.PastDue.Or(0) < 0 || b.PastDue.Or(0) > due {
			return fmt.Sprintf("%s.%s: %+v", b.Bucket, b.Component, b)
		}
	}
	for i := range a.Children {
		if what := unsound(&a.Children[i]); what != "" {
			return what
		}
	}
	return ""
}

// owedBy is what each balance of a tree owes.
func owedBy(a *engine.Account) map[[3]string]engine.Amount {
	return balancesAfter(a, &engine.Receipt{})
}
