package oracle_test

import (
	"math/rand"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/spillway/engine/enginetest"
)

// Whatever the bytes draw, engine and oracle agree.
func FuzzDecide(f *testing.F) {
	for seed := range int64(8) {
		b := make([]byte, 600)
		rand.New(rand.NewSource(seed)).Read(b)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c := enginetest.Draw(enginetest.Bytes(b))
		policy, err := c.Load()
		if err != nil {
			t.Fatalf("%v\n%s", err, c.Policy)
		}
		if known(&c) {
			return
		}
		if diff := cmp.Diff(secondOpinion(policy, &c), answer(policy, &c)); diff != "" {
			t.Errorf("-oracle +engine %s\n%s", diff, c.String())
		}
	})
}
