package engine

import "errors"

// AppendJSON appends the change as a document. Its "outcome" is changed.
func (c *Change) AppendJSON(dst []byte) []byte {
	w := jsonWriter{buf: dst, currency: c.currency}
	w.change(c)
	w.key("receipt")
	w.sealed(&c.Receipt)
	w.close('}')
	return w.buf
}

// AppendChange appends the document that answers a transition: the change when
// err is nil, else what the error says, as [AppendAnswer] does. The error of a
// transition that is refused says by its "fault" why.
func AppendChange(dst []byte, id string, change *Change, err error) []byte {
	if err == nil {
		return change.AppendJSON(dst)
	}
	return AppendAnswer(dst, id, nil, err)
}

// change writes all of a change but its end: the receipt.
func (w *jsonWriter) change(c *Change) {
	w.open('{')
	w.text("outcome", "changed")
	w.textIfAny("id", c.ID)
	w.count("nth", c.Nth)
	w.text("phase", c.Phase.String())
	w.textIfAny("reason", c.Reason)
	w.date("date", c.Date)
	w.amount("amount", c.Amount)
	w.amount("unapplied", c.Unapplied)
	w.hits("warnings", c.Warnings)
	w.fee(c.Fee)
	w.charges(c.Charges)
	w.deltas(c.Deltas)
	w.totals(c.Totals)
}

// AppendJSON appends the history as a document: receipts in their last state
// or what refused their payments, changes, the account at the end, and the
// statement.
func (h *History) AppendJSON(dst []byte) []byte {
	w := jsonWriter{buf: dst, currency: h.policies.Currency()}
	w.open('{')
	w.object("receipts")
	for i := range h.Entries {
		e := &h.Entries[i]
		if p := h.Events[e.Event].Payment; p != nil {
			w.key(h.name(e))
			w.answer(p.ID, e.now, e.Err)
		}
	}
	w.close('}')
	w.list("changes")
	for i := range h.Entries {
		e := &h.Entries[i]
		if t := h.Events[e.Event].Transition; t != nil {
			w.transition(t.ID, e)
		}
	}
	w.close(']')
	w.key("account")
	w.account(&h.End)
	w.list("statement")
	for _, line := range h.Statement() {
		w.statementLine(h, &line)
	}
	w.close(']')
	w.close('}')
	return w.buf
}

// answer writes what answers a payment.
func (w *jsonWriter) answer(id string, receipt *Receipt, err error) {
	if err == nil {
		w.sealed(receipt)
		return
	}
	w.comma()
	w.buf = AppendAnswer(w.buf, id, nil, err)
}

// transition writes what answers a transition of a replay.
func (w *jsonWriter) transition(id string, e *Entry) {
	if e.Err != nil {
		w.answer(id, nil, e.Err)
		return
	}
	w.change(e.Change)
	w.close('}')
}

func (w *jsonWriter) statementLine(h *History, l *StatementLine) {
	w.open('{')
	w.date("date", l.Date)
	w.count("event", l.Event)
	switch e := &h.Events[l.Event]; {
	case e.Payment != nil:
		w.text("what", "payment")
		w.textIfAny("id", e.Payment.ID)
	case e.Transition != nil:
		w.text("what", e.Transition.Status.String())
		w.textIfAny("id", e.Transition.ID)
	default:
		w.text("what", "adjust")
	}
	w.text("account", l.Account)
	w.amount("change", l.Change)
	w.amount("owed", l.Owed)
	w.amount("due", l.Due)
	w.amount("past_due", l.PastDue)
	w.amount("minimum_due", l.MinimumDue)
	w.amountIfAny("available_credit", l.AvailableCredit)
	w.close('}')
}

// AppendJSON appends the revision as a document: the receipts that differ, each
// as it was and is, and what leads from the old end to the new.
func (r *Revision) AppendJSON(dst []byte) []byte {
	w := jsonWriter{buf: dst, currency: r.History.policies.Currency()}
	w.open('{')
	w.list("receipts")
	for i := range r.Receipts {
		v := &r.Receipts[i]
		w.open('{')
		w.textIfAny("id", v.ID)
		w.entry("old", v.ID, v.Old)
		w.entry("new", v.ID, v.New)
		w.close('}')
	}
	w.close(']')
	w.deltas(r.Deltas)
	w.totals(r.Totals)
	w.close('}')
	return w.buf
}

func (w *jsonWriter) entry(key, id string, e *Entry) {
	if e != nil {
		w.key(key)
		w.answer(id, e.now, e.Err)
	}
}

// Worst is the error of the history that weighs most: one that is no refusal,
// else a refusal, nil when nothing was skipped.
func (h *History) Worst() (worst error) {
	var refusal *Refusal
	for i := range h.Entries {
		err := h.Entries[i].Err
		if err != nil && (worst == nil || !errors.As(err, &refusal)) {
			worst = err
		}
	}
	return worst
}
