package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"log/slog"

	"example.com/spillway/rules"
)

// AppendJSON appends the receipt as a document, which [DecodeReceipt] reads.
// The same receipt gives the same bytes. Its last key is a digest of the others.
func (r *Receipt) AppendJSON(dst []byte) []byte {
	w := jsonWriter{buf: dst, currency: r.currency}
	w.sealed(r)
	return w.buf
}

// sealed writes a receipt with its digest: that of the document without it.
func (w *jsonWriter) sealed(r *Receipt) {
	w.comma()
	w.more = false
	start := len(w.buf)
	w.receipt(r)
	digest := digestOf(w.buf[start:])
	w.buf = w.buf[:len(w.buf)-1] // the brace that closes it
	w.key("digest")
	w.buf = append(w.buf, '"')
	w.buf = append(append(w.buf, digest[:]...), '"')
	w.close('}')
}

const digestPrefix = "sha256:"

// digestOf is the digest of a document.
func digestOf(document []byte) (text [len(digestPrefix) + 2*sha256.Size]byte) {
	sum := sha256.Sum256(document)
	copy(text[:], digestPrefix)
	hex.Encode(text[len(digestPrefix):], sum[:])
	return text
}

// MarshalJSON gives what AppendJSON appends.
func (r *Receipt) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil), nil }

// LogValue gives the receipt in short: what was paid, by which policy, and how
// much of it found no balance.
func (r *Receipt) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("id", r.Payment.ID),
		slog.String("policy", r.Policy.Name),
		slog.String("version", r.Policy.Version),
		slog.String("account", r.Payment.Account),
		slog.String("amount", r.currency.Format(r.Payment.Amount)),
		slog.String("charged", r.currency.Format(r.Charged)),
		slog.String("unapplied", r.currency.Format(r.Unapplied)),
		slog.Int("lines", len(r.Lines)),
		slog.Int("warnings", len(r.Warnings)),
	)
}

func (w *jsonWriter) receipt(r *Receipt) {
	w.open('{')
	w.text("outcome", "applied")
	w.textIfAny("id", r.Payment.ID)
	w.object("policy")
	w.text("name", r.Policy.Name)
	w.text("version", r.Policy.Version)
	w.text("digest", r.Policy.Digest)
	w.close('}')
	w.key("payment")
	w.payment(&r.Payment)
	w.hits("warnings", r.Warnings)
	w.fee(r.Fee)
	w.amount("charged", r.Charged)
	w.charges(r.Charges)
	w.lines(r.Lines)
	w.shares(r.Shares)
	w.amount("unapplied", r.Unapplied)
	w.deltas(r.Deltas)
	w.totals(r.Totals)
	if move, ok := r.Move.Get(); ok {
		w.object("move")
		w.amount("amount", move.Amount)
		w.text("method", move.Method)
		w.close('}')
	}
	w.state(&r.State)
	w.close('}')
}

// state writes what became of the payment; of a new one there is nothing to say.
func (w *jsonWriter) state(s *State) {
	w.flagIfSet("held", s.Held)
	if was, ok := s.Was.Get(); ok {
		w.text("was", was.String())
	}
	if s.Undone != 0 {
		w.amount("undone", s.Undone)
	}
	if s.Changes != 0 {
		w.count("changes", s.Changes)
	}
}

func (w *jsonWriter) charges(charges []Charge) {
	if len(charges) == 0 {
		return
	}
	w.list("charges")
	for i := range charges {
		c := &charges[i]
		w.open('{')
		w.text("account", c.Account)
		w.text("bucket", c.Bucket)
		w.text("component", c.Component)
		w.amount("amount", c.Amount)
		w.flagIfSet("refund", c.Refund)
		w.close('}')
	}
	w.close(']')
}

func (w *jsonWriter) hits(key string, hits []Hit) {
	w.list(key)
	for i := range hits {
		h := &hits[i]
		w.open('{')
		w.text("guardrail", h.Guardrail)
		w.text("severity", h.Severity.String())
		w.text("message", h.Message)
		w.text("cite", h.Cite)
		w.place("at", h.At)
		w.flag("ignored", h.Ignored)
		w.close('}')
	}
	w.close(']')
}

func (w *jsonWriter) fee(fee Opt[Fee]) {
	f, ok := fee.Get()
	if !ok {
		return
	}
	w.object("fee")
	w.textIfAny("schedule", f.Schedule)
	w.text("type", f.Type.String())
	w.amount("amount", f.Amount)
	w.text("collect", f.Collect.String())
	if len(f.Each) > 0 {
		w.list("each")
		for _, each := range f.Each {
			w.open('{')
			w.text("account", each.Account)
			w.amount("amount", each.Amount)
			w.close('}')
		}
		w.close(']')
	}
	w.close('}')
}

func (w *jsonWriter) lines(lines []Line) {
	w.list("lines")
	for i := range lines {
		l := &lines[i]
		w.open('{')
		w.text("account", l.Account)
		w.text("bucket", l.Bucket)
		w.text("component", l.Component)
		w.amount("amount", l.Amount)
		w.amount("due", l.Due)
		w.amount("ahead", l.Ahead)
		w.text("waterfall", l.Waterfall)
		w.text("tier", l.Tier)
		w.place("at", l.At)
		if l.KeepsDue {
			w.text("counts", rules.CountsNot.String())
		}
		if l.Undone != 0 {
			w.amount("undone", l.Undone)
		}
		w.close('}')
	}
	w.close(']')
}

func (w *jsonWriter) shares(shares []SharePart) {
	w.list("shares")
	for i := range shares {
		s := &shares[i]
		w.open('{')
		w.text("account", s.Account)
		w.amount("amount", s.Amount)
		w.text("split", s.Split)
		w.text("tier", s.Tier)
		w.close('}')
	}
	w.close(']')
}

func (w *jsonWriter) deltas(deltas []Delta) {
	w.list("deltas")
	for i := range deltas {
		d := &deltas[i]
		w.open('{')
		w.text("account", d.Account)
		w.text("bucket", d.Bucket)
		w.text("component", d.Component)
		w.amount("owed", d.Owed)
		w.amount("due", d.Due)
		w.amount("past_due", d.PastDue)
		w.close('}')
	}
	w.close(']')
}

func (w *jsonWriter) totals(totals []Total) {
	w.list("totals")
	for i := range totals {
		t := &totals[i]
		w.open('{')
		w.text("account", t.Account)
		w.amount("owed", t.Owed)
		w.amount("due", t.Due)
		w.amount("past_due", t.PastDue)
		w.amount("minimum_due", t.MinimumDue)
		w.amountIfAny("available_credit", t.AvailableCredit)
		w.close('}')
	}
	w.close(']')
}
