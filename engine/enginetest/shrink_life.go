package enginetest

import (
	"iter"
	"reflect"
	"slices"

	"example.com/spillway/engine"
)

// MinimizeLife makes a life smaller for as long as it still fails, and gives the
// smallest found. A policy that does not load is for fails to notice.
func MinimizeLife(l Life, fails func(Life) bool) Life {
	return minimize(l, fails)
}

// ShrinkLife gives smaller lives, one after the other: without an event, or with
// a smaller account, payment or policy. Some of the policies may not load.
func ShrinkLife(l Life) iter.Seq[Life] { return shrink(l) }

// copied is a copy that shares nothing that shrinking changes.
func (l Life) copied() Life {
	out := Life{l.Policy.clone(), cloneAccount(&l.Account), slices.Clone(l.Events)}
	for i := range out.Events {
		e := &out.Events[i]
		switch {
		case e.Payment != nil:
			p := clonePayment(e.Payment)
			e.Payment = &p
		case e.Transition != nil:
			t := *e.Transition
			e.Transition = &t
		default:
			e.Adjust = slices.Clone(e.Adjust)
		}
	}
	return out
}

// changes lists what makes a life smaller, or leaves it as it is.
func (l Life) changes() (all []func(*Life)) {
	for i := range l.Events {
		all = append(all, func(l *Life) { l.without(i) })
	}
	whole := &shrinker{from: &Case{Policy: l.Policy, Account: l.Account}}
	whole.account(func(c *Case) *engine.Account { return &c.Account })
	whole.policy()
	for _, change := range whole.changes {
		all = append(all, func(l *Life) {
			c := Case{Policy: l.Policy, Account: l.Account}
			change(&c)
			l.Account = c.Account
		})
	}
	for i := range l.Events {
		all = append(all, l.eventChanges(i)...)
	}
	return all
}

// without takes an event away, of a payment all that becomes of it too.
func (l *Life) without(i int) {
	gone := l.Events[i].Payment
	l.Events = slices.Delete(l.Events, i, i+1)
	l.Events = slices.DeleteFunc(l.Events, func(e engine.Event) bool {
		return gone != nil && e.Transition != nil && e.Transition.ID == gone.ID
	})
}

// eventChanges lists what makes one event smaller.
func (l Life) eventChanges(i int) (all []func(*Life)) {
	e := &l.Events[i]
	switch {
	case e.Payment != nil:
		s := &shrinker{from: &Case{Payment: *e.Payment}}
		s.payment()
		for _, change := range s.changes {
			all = append(all, func(l *Life) {
				c := Case{Payment: *l.Events[i].Payment}
				change(&c)
				c.Payment.ID = l.Events[i].Payment.ID
				l.Events[i].Payment = &c.Payment
			})
		}
	case e.Transition != nil:
		all = append(all,
			func(l *Life) { l.Events[i].Transition.Amount = engine.Opt[engine.Amount]{} },
			func(l *Life) { l.Events[i].Transition.IgnoreGuardrails = false },
			func(l *Life) { l.Events[i].Transition.Reason = "" })
		for _, smaller := range halves(e.Transition.Amount.Or(0)) {
			all = append(all, func(l *Life) { l.Events[i].Transition.Amount = engine.Some(max(1, smaller)) })
		}
	default:
		all = adjustChanges(i, e.Adjust)
	}
	return all
}

func adjustChanges(i int, adjust []engine.Adjustment) (all []func(*Life)) {
	for j := range adjust {
		if len(adjust) > 1 {
			all = append(all, func(l *Life) { l.Events[i].Adjust = slices.Delete(l.Events[i].Adjust, j, j+1) })
		}
		all = append(all,
			func(l *Life) { l.Events[i].Adjust[j].Due = engine.Opt[engine.Amount]{} },
			func(l *Life) { l.Events[i].Adjust[j].DueDate = engine.Opt[engine.Date]{} })
		for _, smaller := range halves(adjust[j].Owed.Or(0)) {
			all = append(all, func(l *Life) { l.Events[i].Adjust[j].Owed = engine.Some(smaller) })
		}
	}
	return all
}

// A shrinkable is a [Case] or a [Life].
type shrinkable[S any] interface {
	copied() S
	changes() []func(*S)
}

// minimize makes something smaller for as long as it still fails.
func minimize[S shrinkable[S]](c S, fails func(S) bool) S {
	changes := c.changes()
	for at, tried := 0, 0; tried < len(changes); at, tried = at+1, tried+1 {
		smaller := c.copied()
		changes[at%len(changes)](&smaller)
		if reflect.DeepEqual(smaller, c) || !fails(smaller) {
			continue
		}
		c, changes, tried = smaller, smaller.changes(), -1
		at-- // the same place holds the next thing to take away
	}
	return c
}

// shrink gives what is smaller by one change.
func shrink[S shrinkable[S]](c S) iter.Seq[S] {
	return func(yield func(S) bool) {
		for _, change := range c.changes() {
			smaller := c.copied()
			change(&smaller)
			if !reflect.DeepEqual(smaller, c) && !yield(smaller) {
				return
			}
		}
	}
}
