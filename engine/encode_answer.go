package engine

import (
	"errors"
	"log/slog"
)

// AppendAnswer appends the document that answers a payment: the receipt when
// err is nil, else what the error says. Its "outcome" is applied, refused,
// invalid or failed; id is the payment's, left out when empty. An error of
// none of the engine's types is answered as failed, of type InternalError.
func AppendAnswer(dst []byte, id string, receipt *Receipt, err error) []byte {
	if err == nil {
		return receipt.AppendJSON(dst)
	}
	w := jsonWriter{buf: dst}
	var (
		refusal *Refusal
		input   *InputError
		rule    *RuleError
	)
	switch {
	case errors.As(err, &refusal):
		w.refusal(id, refusal, faultOf(err))
	case errors.As(err, &input):
		w.inputError(id, input)
	case errors.As(err, &rule):
		w.ruleError(id, rule)
	default:
		w.outcome("failed", id)
		w.text("type", "InternalError")
		w.text("message", err.Error())
		w.close('}')
		w.close('}')
	}
	return w.buf
}

// MarshalJSON gives the document that answers the payment, without its id.
func (e *Refusal) MarshalJSON() ([]byte, error) { return AppendAnswer(nil, "", nil, e), nil }

// MarshalJSON gives the document that answers the payment, without its id.
func (e *InputError) MarshalJSON() ([]byte, error) { return AppendAnswer(nil, "", nil, e), nil }

// MarshalJSON gives the document that answers the payment, without its id.
func (e *RuleError) MarshalJSON() ([]byte, error) { return AppendAnswer(nil, "", nil, e), nil }

// LogValue gives the refusal in short.
func (e *Refusal) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("type", e.Type),
		slog.Int("code", e.Code),
		slog.String("message", e.Message),
		slog.Int("hits", len(e.Hits)),
	)
}

// outcome begins the document, and the error in it.
func (w *jsonWriter) outcome(outcome, id string) {
	w.open('{')
	w.text("outcome", outcome)
	w.textIfAny("id", id)
	w.object("error")
}

// refusal writes a refusal; fault is a transition's, else "".
func (w *jsonWriter) refusal(id string, e *Refusal, fault string) {
	w.outcome("refused", id)
	w.text("message", e.Message)
	w.text("type", e.Type)
	w.textIfAny("fault", fault)
	w.count("code", e.Code)
	w.close('}')
	w.hits("hits", e.Hits)
	w.list("warnings")
	for _, message := range e.Warnings {
		w.comma()
		w.buf = appendQuoted(w.buf, message)
	}
	w.close(']')
	w.close('}')
}

func (w *jsonWriter) inputError(id string, e *InputError) {
	w.outcome("invalid", id)
	w.text("type", "InputError")
	w.text("path", e.Field)
	w.text("message", e.Why)
	w.close('}')
	w.close('}')
}

func (w *jsonWriter) ruleError(id string, e *RuleError) {
	w.outcome("failed", id)
	w.text("type", "RuleError")
	w.text("rule", e.Rule)
	w.place("at", e.At)
	w.text("message", e.Why)
	w.close('}')
	w.close('}')
}
