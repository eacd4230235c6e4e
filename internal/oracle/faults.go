package oracle

import "encoding/json"

// read reads both documents, the account twice: as it becomes, and as it was.
func (d *decision) read(account, payment []byte) {
	if err := decode(payment, &d.payment); err != nil {
		invalid("")
	}
	d.readPayment(d.payment)
	if decode(account, &d.root) != nil || decode(account, &d.before) != nil {
		invalid("")
	}
	d.readAccount(d.root, nil, "account")
	d.readAccount(d.before, nil, "account")
	d.rest = whole(0)
}

// check finds what cannot be in the documents, the payment before the account,
// each in the order of its fields.
func (d *decision) check() {
	d.checkPayment(d.payment)
	d.checkAccount(d.root, 0)
	seen := map[string]bool{}
	for _, a := range d.root.all() {
		if seen[a.ID] {
			invalid(a.path + ".id")
		}
		seen[a.ID] = true
	}
}

func (d *decision) checkPayment(p *payment) {
	switch {
	case p.amount.Sign() <= 0 || p.amount.Cmp(largest) > 0:
		invalid("payment.amount")
	case p.Status == "disputed":
		invalid("payment.status")
	}
	if p.Split != nil {
		for id, text := range p.Split.Amounts {
			checkAmount(d.minor(&text), "payment.split.amounts."+id)
		}
		if len(p.Directed) > 0 {
			invalid("payment.directed")
		}
	}
	for i, to := range p.Directed {
		checkAmount(to.amount, "payment.directed["+itoa(i)+"].amount")
	}
}

func checkAmount(a num, path string) {
	if a.Sign() < 0 || a.Cmp(largest) > 0 {
		invalid(path)
	}
}

func (d *decision) checkAccount(a *account, depth int) {
	if a.ID == "" || depth > 8 {
		invalid(a.path + ".id")
	}
	if a.limit != nil {
		checkAmount(a.limit, a.path+".credit_limit")
	}
	checkAmount(a.held, a.path+".credit_held")
	if a.MinimumDue != nil {
		checkAmount(a.minimum, a.path+".minimum_due")
	}
	if a.DaysPastDue < 0 {
		invalid(a.path + ".days_past_due")
	}
	pairs := map[[2]string]bool{}
	twice := ""
	for i, b := range a.Balances {
		path := a.path + ".balances[" + itoa(i) + "]"
		checkBalance(b, path)
		pair := [2]string{b.Bucket, b.Component}
		if pairs[pair] && twice == "" {
			twice = path
		}
		pairs[pair] = true
	}
	if twice != "" {
		invalid(twice)
	}
	for _, c := range a.Children {
		d.checkAccount(c, depth+1)
	}
}

func checkBalance(b *balance, path string) {
	if b.Component == "" {
		invalid(path + ".component")
	}
	owed := b.owed
	if b.isCredit() {
		owed = sub(whole(0), owed)
	}
	checkAmount(owed, path+".owed")
	if b.due.Sign() < 0 || b.due.Cmp(positive(b.owed)) > 0 {
		invalid(path + ".due")
	}
	if b.pastDue.Sign() < 0 || b.pastDue.Cmp(b.due) > 0 {
		invalid(path + ".past_due")
	}
}

// checkAccountFacts holds the declared facts of all accounts to their types.
func (d *decision) checkAccountFacts() {
	for _, a := range d.root.all() {
		d.checkFacts("account", a.Facts, a.path)
		for i, b := range a.Balances {
			d.checkFacts("balance", b.Facts, a.path+".balances["+itoa(i)+"]")
		}
	}
}

func (d *decision) checkFacts(of string, facts map[string]any, path string) {
	for _, f := range d.policy.Facts {
		if given := facts[f.Name]; f.Of == of && given != nil && typed(f.Type, given) == nil {
			invalid(path + ".facts." + f.Name)
		}
	}
}

// typed is a value as one of a fact's type, nil if it is none.
func typed(kind string, given any) value {
	switch given := given.(type) {
	case bool:
		if kind == "bool" {
			return given
		}
	case json.Number:
		if kind == "number" || kind == "rate" || kind == "money" {
			return parse(given.String())
		}
	case string:
		return typedText(kind, given)
	}
	return nil
}

func typedText(kind, given string) value {
	switch kind {
	case "string":
		return given
	case "money", "rate", "number":
		if n := parse(given); n != nil {
			return n
		}
	case "date":
		if isDay(given) {
			return parseDay(given)
		}
	}
	return nil
}
