package loanpro

import (
	"bytes"
	"encoding/json"
	"errors"

	"example.com/spillway/engine"
)

// AppendAnswer appends the answer to a payment in the form that its request's
// sender knows. A refusal is one of two bodies of status 409:
//
//	{"error":{"message":"","type":"GuardrailEvaluationException","code":409},"warnings":["<p>...</p>"]}
//	{"error":{"message":"...","type":"GuardrailEvaluationException","code":409}}
//
// The first is for warnings only; an error with warnings beside it lists them
// too. Refusals by other than guardrails have their own type. Messages are as
// the policy wrote them, their HTML too. All else is answered as
// [engine.AppendAnswer] does it, with the payment's id, "" for none.
func AppendAnswer(dst []byte, id string, receipt *engine.Receipt, err error) []byte {
	var refusal *engine.Refusal
	if !errors.As(err, &refusal) {
		return engine.AppendAnswer(dst, id, receipt, err)
	}
	body := refusedBody{Warnings: refusal.Warnings}
	body.Error.Message, body.Error.Type, body.Error.Code = refusal.Message, refusal.Type, refusal.Code
	buf := bytes.NewBuffer(dst)
	encoder := json.NewEncoder(buf)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(body) // texts and a number in memory: nothing to fail
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
}

// refusedBody is the body of a refusal.
type refusedBody struct {
	Error struct {
		Message string `json:"message"`
		Type    string `json:"type"`
		Code    int    `json:"code"`
	} `json:"error"`
	Warnings []string `json:"warnings,omitempty"`
}
