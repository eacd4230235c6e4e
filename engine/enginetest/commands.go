package enginetest

import (
	"fmt"
	"slices"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/commands"

	"example.com/spillway/engine"
)

// Commands are for gopter's stateful runs under a policy:
//
//	properties.Property("lives", commands.Prop(enginetest.Commands(policy)))
//
// Each command is one event in the life of an account, later than those before
// it. After each, the life so far is held to every promise on lives. A run that
// fails shrinks by leaving events out.
func Commands(policy *engine.Policy) commands.Commands {
	words := WordsOf(policy)
	return &commands.ProtoCommands{
		InitialStateGen: func(p *gopter.GenParameters) *gopter.GenResult {
			d := drawInput{p.Rng, words}
			first := &drawLife{drawInput: d, account: d.account("", 0), day: drawDay(p.Rng)}
			return gopter.NewGenResult(first, gopter.NoShrinker)
		},
		NewSystemUnderTestFunc: func(s commands.State) commands.SystemUnderTest {
			return &livedLife{policy, Life{Account: s.(*drawLife).account}}
		},
		GenCommandFunc: func(s commands.State) gopter.Gen {
			return func(p *gopter.GenParameters) *gopter.GenResult {
				next := s.(*drawLife).and(nil)
				next.src = p.Rng
				event := next.event()
				return gopter.NewGenResult(commands.Command(&happening{event}), gopter.NoShrinker)
			}
		},
	}
}

// and is the life with one more event, as far as drawing the next one needs.
func (l *drawLife) and(e *engine.Event) *drawLife {
	next := *l
	next.events, next.paid = slices.Clone(l.events), slices.Clone(l.paid)
	if e == nil {
		return &next
	}
	next.events = append(next.events, *e)
	switch {
	case e.Payment != nil:
		next.day = max(next.day, e.Payment.Date)
		next.paid = append(next.paid, payment{e.Payment.ID, e.Payment.Status})
	case e.Transition != nil:
		next.day = max(next.day, e.Transition.Date)
		for i := range next.paid {
			if _, part := e.Transition.Amount.Get(); next.paid[i].id == e.Transition.ID && !part {
				next.paid[i].status = e.Transition.Status
			}
		}
	}
	return &next
}

// A livedLife is the system under test: the life so far.
type livedLife struct {
	policy *engine.Policy
	life   Life
}

// A happening is one event as a command.
type happening struct{ event engine.Event }

// Run lets the event happen, and says what the life breaks then.
func (h *happening) Run(sut commands.SystemUnderTest) commands.Result {
	s := sut.(*livedLife)
	s.life.Events = append(s.life.Events, h.event)
	past := Live(s.policy, &s.life)
	for _, p := range LifePromises() {
		if p.Holds(past) != nil {
			return p.report(s.policy, s.life)
		}
	}
	return nil
}

// NextState is the life with the event in it.
func (h *happening) NextState(s commands.State) commands.State { return s.(*drawLife).and(&h.event) }

// PreCondition holds where the payment of a transition has been made.
func (h *happening) PreCondition(s commands.State) bool {
	t := h.event.Transition
	return t == nil || slices.ContainsFunc(s.(*drawLife).paid, func(p payment) bool { return p.id == t.ID })
}

// PostCondition holds where every promise does.
func (h *happening) PostCondition(_ commands.State, broken commands.Result) *gopter.PropResult {
	if broken == nil {
		return gopter.NewPropResult(true, "")
	}
	return gopter.NewPropResult(false, fmt.Sprint(broken))
}

// String is the event in short.
func (h *happening) String() string {
	switch e := &h.event; {
	case e.Payment != nil:
		return "pay " + e.Payment.ID
	case e.Transition != nil:
		return fmt.Sprintf("%s is %v", e.Transition.ID, e.Transition.Status)
	}
	return "adjust"
}
