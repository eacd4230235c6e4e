package main

import (
	"strings"
	"testing"
)

// Everyone in a contest gives the same results: making one finds out.
func TestContendersAgree(t *testing.T) {
	for _, s := range sections() {
		if _, err := s.make(); err != nil {
			t.Errorf("%s: %v", s.name, err)
		}
	}
}

// BenchmarkContests runs each contender of each contest by itself, for profiles:
//
//	go test -run '^$' -bench 'Contests/card' -cpuprofile cpu.out
func BenchmarkContests(b *testing.B) {
	for _, s := range sections() {
		b.Run(s.name, func(b *testing.B) {
			contests, err := s.make()
			if err != nil {
				b.Fatal(err)
			}
			for _, c := range contests {
				for _, one := range c.contenders {
					b.Run(strings.ReplaceAll(c.what+"/"+one.name, " ", "_"), func(b *testing.B) {
						b.ReportAllocs()
						one.run(b.N)
					})
				}
			}
		})
	}
}
