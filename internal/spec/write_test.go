package spec_test

import (
	"errors"
	"math/rand"
	"strings"
	"testing"
	"testing/fstest"

	"example.com/spillway/engine"
	"example.com/spillway/engine/enginetest"
	"example.com/spillway/internal/spec"
)

// TestWrittenCasesPass writes drawn cases down and runs them: what is expected
// is what came.
func TestWrittenCasesPass(t *testing.T) {
	kinds := map[string]int{}
	for seed := range int64(500) {
		c := enginetest.Draw(rand.New(rand.NewSource(seed)))
		policy, err := c.Load()
		if err != nil {
			t.Fatal(err)
		}
		receipt, err := policy.Apply(c.Account, c.Payment)
		var input *engine.InputError
		var refusal *engine.Refusal
		switch {
		case errors.As(err, &input):
			continue // a document may say it in its own words
		case errors.As(err, &refusal):
			kinds["refused"]++
		case err != nil:
			kinds["failed"]++
		default:
			kinds["applied"]++
		}
		w := spec.Written{Name: "drawn", Comments: []string{"a comment: with [all] of {it}"}, Policy: policy,
			Account: c.Account, Payment: c.Payment, Receipt: receipt, Err: err}
		text := "policy:\n  " + strings.ReplaceAll(c.Policy.String(), "\n", "\n  ") + "\ncases:\n" + w.Write()
		file, err := spec.Load(fstest.MapFS{"drawn.yaml": {Data: []byte(text)}}, "drawn.yaml")
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		for _, d := range file.Cases[0].Run() {
			t.Errorf("seed %d: %v\n%s", seed, d, w.Write())
		}
	}
	if len(kinds) < 3 {
		t.Errorf("too few kinds of answers: %v", kinds)
	}
}
