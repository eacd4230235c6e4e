package main

import (
	"bytes"
	"io"
	"os"
	"testing"
)

// BenchmarkApplyStream answers a stream of a thousand requests, as many as
// there are workers at a time.
func BenchmarkApplyStream(b *testing.B) {
	policy, err := loadPolicy("../../testdata/policies/card_act.yaml")
	if err != nil {
		b.Fatal(err)
	}
	request, err := os.ReadFile("../../testdata/requests/card.json")
	if err != nil {
		b.Fatal(err)
	}
	stream := bytes.Repeat(bytes.ReplaceAll(request, []byte("\n"), []byte(" ")), 1000)
	b.ReportAllocs()
	for b.Loop() {
		a := applier{policy: policy, format: formatSpillway, out: io.Discard}
		if err := a.stream(bytes.NewReader(stream), "stream"); err != nil || a.worst != exitOK {
			b.Fatal(a.worst, err)
		}
	}
}
