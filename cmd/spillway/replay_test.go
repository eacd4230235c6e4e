package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAYearOfACard holds the statement of a card's year to the one that
// docs/replay.md explains.
func TestAYearOfACard(t *testing.T) {
	const golden = "../../testdata/replay/card_year.txt"
	var out, errs bytes.Buffer
	args := []string{"replay", "--text", "--policy", "../../testdata/policies/card_act.yaml", "../../testdata/replay/card_year.yaml"}
	if code := run(args, stdio{strings.NewReader(""), &out, &errs}); code != exitOK {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	if *update {
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Error(diff)
	}
}
