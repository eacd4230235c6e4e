package main

import (
	"fmt"
	"strings"
	"testing/fstest"

	"example.com/spillway/engine"
)

// largePolicy is a policy of 200 guardrails and 50 waterfalls, 400 KB in all.
func largePolicy() string {
	var b strings.Builder
	b.WriteString(strings.Split(oursHead, "payment_types:")[0])
	b.WriteString("payment_types:\n")
	for i := range 50 {
		fmt.Fprintf(&b, "  - {name: type_%d, waterfall: waterfall_%d}\n", i, i)
	}
	b.WriteString("waterfalls:\n")
	for i := range 50 {
		fmt.Fprintf(&b, "  - name: waterfall_%d\n    leftover: credit\n    tiers:\n", i)
		for t := range 8 {
			fmt.Fprintf(&b, "      - tier: tier %d\n        where: balance.owed > %d && balance.component != \"escrow\"\n        cap: account.minimum_due * 1.%d\n"+
				"        order: [{component: [fees, interest, principal]}, balance.apr desc]\n", t, t*10, t)
		}
	}
	b.WriteString("guardrails:\n")
	all := guards()
	for i := range 200 {
		fmt.Fprintf(&b, "  - name: guardrail_%d\n    when: payment.amount > %d\n    forbid: %q\n    message: \"The fee of {{fee.amount}} is too high.\"\n    cite: %s\n",
			i, i, all[i%len(all)].ours, strings.Repeat("12 CFR 1026.52(b)(1)(ii), comment 52(b)(1)(ii)-2.i.A and more. ", 21))
	}
	return b.String()
}

// loadContest times loading it.
func loadContest() ([]contest, error) {
	text := largePolicy()
	fsys := fstest.MapFS{"p.yaml": {Data: []byte(text)}}
	if _, err := engine.Load(fsys, "p.yaml"); err != nil {
		return nil, err
	}
	return []contest{{fmt.Sprintf("loading a policy of 200 guardrails, 50 waterfalls, %d KB (target: at most 100 ms)", len(text)/1000), []contender{
		{name: "Load", run: func(n int) {
			for range n {
				_, err := engine.Load(fsys, "p.yaml")
				must(err)
			}
		}},
	}}}, nil
}
