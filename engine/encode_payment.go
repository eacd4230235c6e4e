package engine

import "slices"

func (w *jsonWriter) payment(p *Payment) {
	w.open('{')
	w.textIfAny("id", p.ID)
	w.amount("amount", p.Amount)
	w.date("date", p.Date)
	w.textIfAny("type", p.Type)
	w.textIfAny("account", p.Account)
	w.text("status", p.Status.String())
	w.text("mode", p.Mode.String())
	w.textIfAny("method", p.Method)
	w.feeTerms(p.Fee)
	w.splitTerms(p.Split)
	w.directed(p.Directed)
	w.textIfAny("extra", p.Extra)
	w.flagIfSet("payoff", p.Payoff)
	w.flagIfSet("recovery", p.Recovery)
	w.flagIfSet("reset_past_due", p.ResetPastDue)
	w.flagIfSet("early", p.Early)
	w.flagIfSet("ignore_guardrails", p.IgnoreGuardrails)
	w.facts(p.Facts)
	w.close('}')
}

func (w *jsonWriter) feeTerms(fee Opt[FeeTerms]) {
	terms, ok := fee.Get()
	if !ok {
		return
	}
	w.object("fee")
	w.text("type", terms.Type.String())
	needed := feeParts(terms.Type)
	if terms.Flat != 0 || slices.Contains(needed, "flat") {
		w.amount("flat", terms.Flat)
	}
	if terms.Percentage != 0 || slices.Contains(needed, "percentage") {
		w.rate("percentage", terms.Percentage)
	}
	w.close('}')
}

func (w *jsonWriter) splitTerms(split Opt[SplitTerms]) {
	terms, ok := split.Get()
	if !ok {
		return
	}
	w.object("split")
	w.textIfAny("type", terms.Type)
	if len(terms.Amounts) > 0 {
		w.object("amounts")
		for _, part := range terms.Amounts {
			w.amount(part.Account, part.Amount)
		}
		w.close('}')
	}
	w.close('}')
}

func (w *jsonWriter) directed(directed []Direction) {
	if len(directed) == 0 {
		return
	}
	w.list("directed")
	for i := range directed {
		w.open('{')
		w.text("bucket", directed[i].bucket())
		w.text("component", directed[i].Component)
		w.amount("amount", directed[i].Amount)
		w.close('}')
	}
	w.close(']')
}
