package main

import (
	"fmt"
	"io"
	"time"
)

// A watch says when enough cases have been tried, and shows on a terminal how
// many have.
type watch struct {
	out            io.Writer
	terminal       bool
	cases          int
	limit          time.Duration
	started, shown time.Time
}

func newWatch(out io.Writer, v *verification) *watch {
	return &watch{out: out, terminal: isTerminal(out), cases: v.cases, limit: v.limit, started: time.Now()}
}

// goOn says whether one more case is to be tried.
func (w *watch) goOn(done int) bool {
	took := time.Since(w.started)
	if w.terminal && time.Since(w.shown) > 100*time.Millisecond {
		w.shown = time.Now()
		of := ""
		if w.cases > 0 {
			of = fmt.Sprintf(" of %d", w.cases)
		}
		fmt.Fprintf(w.out, "\r%d%s cases in %v", done, of, took.Round(time.Second))
	}
	if w.limit > 0 && took >= w.limit {
		return false
	}
	return w.cases == 0 && w.limit > 0 || done < w.cases
}

// done takes the line away.
func (w *watch) done() {
	if w.terminal && !w.shown.IsZero() {
		fmt.Fprint(w.out, "\r\x1b[K")
	}
}
