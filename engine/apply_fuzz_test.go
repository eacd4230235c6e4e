package engine_test

import (
	"math/rand"
	"testing"

	"example.com/spillway/engine/enginetest"
)

// Whatever policy, account and payment the bytes draw, the decision keeps every
// promise.
func FuzzApply(f *testing.F) {
	for seed := range int64(8) {
		f.Add(drawnBytes(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c := enginetest.Draw(enginetest.Bytes(b))
		if promise, err := enginetest.Broken(c); err != nil {
			t.Errorf("%s: %v\n%s", promise, err, c.String())
		}
	})
}

// FuzzLife lets payments, transitions and adjustments happen that the bytes
// draw: the history keeps every promise.
func FuzzLife(f *testing.F) {
	for seed := range int64(8) {
		f.Add(drawnBytes(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		l := enginetest.DrawLife(enginetest.Bytes(b))
		if promise, err := enginetest.BrokenLife(l); err != nil {
			t.Errorf("%s: %v\n%s", promise, err, l.String())
		}
	})
}

// drawnBytes are bytes that draw a case of some size.
func drawnBytes(seed int64) []byte {
	b := make([]byte, 1500) // nine cases in ten take fewer
	rand.New(rand.NewSource(seed)).Read(b)
	return b
}
