package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// A progress shows on a terminal how far a replay is, and at its end, anywhere,
// how fast it was. Of a single history it says nothing.
type progress struct {
	out              io.Writer
	terminal         bool
	size             int64 // of all input; 0: not known
	read             atomic.Int64
	accounts, events int
	started, shown   time.Time
}

// newProgress begins to measure the replay of files.
func newProgress(out io.Writer, files []string) *progress {
	p := &progress{out: out, terminal: isTerminal(out), started: time.Now()}
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil || !info.Mode().IsRegular() {
			p.size = 0
			break
		}
		p.size += info.Size()
	}
	return p
}

func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// reading counts what is read from in.
func (p *progress) reading(in io.Reader) io.Reader { return counter{in, &p.read} }

type counter struct {
	io.Reader
	n *atomic.Int64
}

func (c counter) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n.Add(int64(n))
	return n, err
}

// add counts an account that has been replayed.
func (p *progress) add(events int) {
	p.accounts++
	p.events += events
	if p.terminal && time.Since(p.shown) > 100*time.Millisecond {
		p.shown = time.Now()
		fmt.Fprintf(p.out, "\r%s %s", p.bar(), p.rate())
	}
}

// done says how fast it was.
func (p *progress) done() {
	if p.terminal && !p.shown.IsZero() {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
	if p.accounts > 1 {
		fmt.Fprintf(p.out, "spillway: %s\n", p.rate())
	}
}

// bar is how much of the input has been read.
func (p *progress) bar() string {
	const width = 30
	if p.size == 0 {
		return ""
	}
	full := int(min(width, p.read.Load()*width/p.size))
	return "[" + strings.Repeat("=", full) + strings.Repeat(" ", width-full) + "]"
}

func (p *progress) rate() string {
	took := time.Since(p.started)
	return fmt.Sprintf("%d events over %d accounts in %v, %.0f a second",
		p.events, p.accounts, took.Round(time.Millisecond), float64(p.events)/took.Seconds())
}
