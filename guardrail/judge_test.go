package guardrail_test

import (
	"testing"

	g "example.com/spillway/guardrail"
)

// TestJudge has every case there is.
func TestJudge(t *testing.T) {
	type call struct {
		hit      g.Hit
		ignore   bool
		override g.Override
	}
	want := map[call]g.Verdict{}
	for _, override := range []g.Override{g.OverrideAll, g.OverrideWarnings} {
		for _, ignore := range []bool{false, true} {
			for _, overridable := range []bool{false, true} {
				want[call{g.Hit{g.Error, overridable}, ignore, override}] = g.Refused
				want[call{g.Hit{g.Warning, overridable}, ignore, override}] = g.Refused
				want[call{g.Hit{g.Notice, overridable}, ignore, override}] = g.Noted
			}
		}
	}
	// What is bypassed, all of it.
	want[call{g.Hit{g.Error, true}, true, g.OverrideAll}] = g.Ignored
	want[call{g.Hit{g.Warning, true}, true, g.OverrideAll}] = g.Ignored
	want[call{g.Hit{g.Warning, true}, true, g.OverrideWarnings}] = g.Ignored
	for c, verdict := range want {
		if got := g.Judge(c.hit, c.ignore, c.override); got != verdict {
			t.Errorf("Judge(%+v, %t, %d) = %d, want %d", c.hit, c.ignore, c.override, got, verdict)
		}
	}
}

// TestJudgeFailsClosed on values that nobody should pass.
func TestJudgeFailsClosed(t *testing.T) {
	unknown := g.Hit{g.Notice + 1, true}
	if got := g.Judge(unknown, false, g.OverrideAll); got != g.Refused {
		t.Errorf("Judge(%+v, false, all) = %d, want Refused", unknown, got)
	}
	if got := g.Judge(unknown, true, g.OverrideWarnings); got != g.Refused {
		t.Errorf("Judge(%+v, true, warnings) = %d, want Refused", unknown, got)
	}
	warning := g.Hit{g.Warning, true}
	if got := g.Judge(warning, true, g.OverrideWarnings+1); got != g.Refused {
		t.Errorf("Judge(%+v, true, unknown) = %d, want Refused", warning, got)
	}
}

func TestRefuses(t *testing.T) {
	soft, hard := g.Hit{g.Warning, true}, g.Hit{g.Error, false}
	told := g.Hit{g.Notice, false}
	tests := []struct {
		name   string
		hits   []g.Hit
		ignore bool
		want   bool
	}{
		{"nothing hit", nil, false, false},
		{"a notice", []g.Hit{told}, false, false},
		{"a warning", []g.Hit{told, soft}, false, true},
		{"a warning ignored", []g.Hit{soft, told}, true, false},
		{"one of two that stands", []g.Hit{soft, hard}, true, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := g.Refuses(test.hits, test.ignore, g.OverrideAll); got != test.want {
				t.Errorf("Refuses(%+v, %t, all) = %t, want %t", test.hits, test.ignore, got, test.want)
			}
		})
	}
}

func TestRefusesAllocates(t *testing.T) {
	hits := []g.Hit{{g.Warning, true}, {g.Notice, true}}
	if n := testing.AllocsPerRun(20, func() { g.Refuses(hits, true, g.OverrideAll) }); n != 0 {
		t.Errorf("Refuses allocates %v times", n)
	}
}

func BenchmarkRefuses(b *testing.B) {
	hits := []g.Hit{{g.Warning, true}, {g.Notice, true}, {g.Warning, true}}
	b.ReportAllocs()
	for b.Loop() {
		g.Refuses(hits, true, g.OverrideWarnings)
	}
}
