package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whoever sends a request over a pipe may wait for its answer before sending
// the next.
func TestARequestIsAnsweredBeforeTheNext(t *testing.T) {
	policy := filepath.Join(t.TempDir(), "p.yaml")
	const rules = `{policy: p, currency: USD, payment_types: [{name: any, waterfall: w}], waterfalls: [{name: w, tiers: [{tier: t}]}]}`
	if err := os.WriteFile(policy, []byte(rules), 0o600); err != nil {
		t.Fatal(err)
	}
	requests, in := io.Pipe()
	out, answers := io.Pipe()
	code := make(chan int)
	go func() { code <- run([]string{"apply", "-p", policy}, stdio{requests, answers, os.Stderr}) }()
	lines := bufio.NewReader(out)
	for i := range 3 {
		fmt.Fprintf(in, `{"account": {}, "payment": {"id": "%d", "amount": 5, "date": "2024-07-15"}}`, i)
		line, err := lines.ReadString('\n')
		if want := fmt.Sprintf(`{"outcome":"applied","id":"%d"`, i); err != nil || !strings.HasPrefix(line, want) {
			t.Fatalf("request %d is answered by %q, %v", i, line, err)
		}
	}
	in.Close()
	if got := <-code; got != exitOK {
		t.Errorf("exit code %d, want %d", got, exitOK)
	}
}
