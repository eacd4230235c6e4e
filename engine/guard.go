package engine

import (
	"example.com/spillway/guardrail"
	"example.com/spillway/rules"
)

// judged is a hit as its verdict needs it.
type judged = guardrail.Hit

// guard runs the guardrails of one stage, request or result, of the paid
// account. Every one is asked, and every hit reported.
func (r *run) guard(result bool) error {
	guards := r.policy.guards[asWord(result)]
	if guards.Empty() {
		return r.verdict()
	}
	r.frame.AtAccount(r.frame.Account(r.paid))
	if result {
		r.showResult()
		defer r.hideResult()
	}
	round := guards.Ask(r.action, r.today, r.members[r.paid].program)
	for g := round.Next(&r.frame); g != nil; g = round.Next(&r.frame) {
		r.note(g)
		if r.frame.Failing() {
			return r.ruleError(g.Name, g.At)
		}
	}
	return r.verdict()
}

// note notes a guardrail that is hit.
func (r *run) note(g *rules.Guardrail) {
	judged := judged{Severity: guardrail.Severity(g.Severity), Overridable: g.Overridable}
	verdict := guardrail.Judge(judged, r.payment.IgnoreGuardrails, r.override())
	r.hits = append(r.hits, Hit{
		Guardrail: g.Name, Severity: g.Severity, Message: r.message(&g.Message), Cite: g.Cite, At: g.At,
		Ignored: verdict == guardrail.Ignored,
	})
}

func (r *run) override() guardrail.Override {
	if r.policy.rules.OverrideAll {
		return guardrail.OverrideAll
	}
	return guardrail.OverrideWarnings
}

// message is a message with its expressions filled in.
func (r *run) message(m *rules.Message) string {
	if len(m.Exprs) == 0 {
		return m.Texts[0]
	}
	var text []byte
	for i, e := range m.Exprs {
		text = append(text, m.Texts[i]...)
		text = e.AppendText(text, &r.frame)
	}
	return string(append(text, m.Texts[len(m.Exprs)]...))
}

// verdict refuses the payment if a hit does, and lists in the receipt those
// that do not.
func (r *run) verdict() error {
	r.receipt.Warnings = r.receipt.Warnings[:0]
	message, refused := "", false
	for i := range r.hits {
		hit := &r.hits[i]
		if hit.Ignored || hit.Severity == rules.SeverityNotice {
			r.receipt.Warnings = append(r.receipt.Warnings, *hit)
			continue
		}
		if hit.Severity == rules.SeverityError && message == "" {
			message = hit.Message
		}
		refused = true
	}
	if !refused {
		return nil
	}
	return r.refuse("GuardrailEvaluationException", message)
}

// refuse turns the payment away, with every guardrail that was hit.
func (r *run) refuse(kind, message string) error {
	refusal := &Refusal{Message: message, Type: kind, Code: 409, Hits: append([]Hit(nil), r.hits...)}
	for _, hit := range r.hits {
		if hit.Severity == rules.SeverityWarning {
			refusal.Warnings = append(refusal.Warnings, hit.Message)
		}
	}
	return refusal
}

// ruleError is the failure of an expression, if one has failed.
func (r *run) ruleError(rule string, at rules.Pos) error {
	if !r.frame.Failing() {
		return nil
	}
	failure, _ := r.frame.Failed()
	return &RuleError{Rule: rule, At: at, Why: failure.Why + " at " + failure.At.String()}
}

// showResult lets expressions see the receipt, and the accounts as they were
// before it: these words and those take each other's places.
func (r *run) showResult() {
	r.frame.Words, r.before = r.before, r.frame.Words
	r.showReceipt()
}

// showReceipt lets expressions see the receipt.
func (r *run) showReceipt() {
	out, f := r.receipt, &r.frame
	w := f.Words[f.Receipt().W:]
	w[rules.ReceiptCharged], w[rules.ReceiptUnapplied] = int64(out.Charged), int64(out.Unapplied)
	w[rules.ReceiptLines], w[rules.ReceiptShares] = int64(len(out.Lines)), int64(len(out.Shares))
	fee := f.Words[f.Fee().W:]
	fee[rules.FeeAmount], fee[rules.FeeKind] = 0, int64(Waive)
	if paid := &out.Fee; paid.ok {
		fee[rules.FeeAmount], fee[rules.FeeKind] = int64(paid.value.Amount), int64(paid.value.Type)
	}
	lines, shares := f.AddResult(len(out.Lines), len(out.Shares))
	for i := range out.Lines {
		r.showLine(lines.Line(i), &out.Lines[i])
	}
	for i := range out.Shares {
		at := shares.Share(i)
		f.Words[at.W+rules.ShareAmount] = int64(out.Shares[i].Amount)
		t := f.Texts[at.T:]
		t[rules.ShareAccount], t[rules.ShareSplit], t[rules.ShareTier] = out.Shares[i].Account, out.Shares[i].Split, out.Shares[i].Tier
	}
}

func (r *run) showLine(at rules.Ref, line *Line) {
	w, t := r.frame.Words[at.W:], r.frame.Texts[at.T:]
	w[rules.LineAmount], w[rules.LineDue], w[rules.LineAhead] = int64(line.Amount), int64(line.Due), int64(line.Ahead)
	t[rules.LineAccount], t[rules.LineBucket], t[rules.LineComponent] = line.Account, line.Bucket, line.Component
	t[rules.LineWaterfall], t[rules.LineTier] = line.Waterfall, line.Tier
}

// hideResult brings the accounts back to what they are.
func (r *run) hideResult() { r.frame.Words, r.before = r.before, r.frame.Words }

// money prints an amount.
func (r *run) money(a Amount) string { return r.policy.Currency().Format(a) }
