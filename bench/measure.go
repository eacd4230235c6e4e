package main

import (
	"fmt"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A contest is one thing that is done in several ways. The first contender is
// ours. All have been found to give the same results before they run.
type contest struct {
	what       string
	contenders []contender
}

// A contender is one way of doing it.
type contender struct {
	name   string
	run    func(n int) // does it n times
	atMost float64     // ours may take so many times as long; 0: it is not held to that
	faster float64     // ours is to be so many times faster; 0: it is not held to that
}

// rounds is how many times each contender is timed, in turns.
const rounds = 15

// sample is about how long one timing takes.
const sample = 8 * time.Millisecond

// A timing is how long one contender takes for one turn.
type timing struct {
	perOp  float64 // nanoseconds, the median of all rounds
	ours   float64 // ours takes so many times as long: the median of the rounds' ratios
	fewest float64 // the same, the lowest of the rounds
	most   float64 // and the highest
}

// time runs the contenders in turns, so that what disturbs the machine disturbs
// all of them alike.
func (c *contest) time() []timing {
	counts := make([]int, len(c.contenders))
	for i := range c.contenders {
		counts[i] = c.contenders[i].calibrate()
	}
	times := make([][]float64, len(c.contenders))
	for range rounds {
		for i := range c.contenders {
			times[i] = append(times[i], c.contenders[i].perOp(counts[i]))
		}
	}
	out := make([]timing, len(c.contenders))
	for i := range times {
		ratios := make([]float64, rounds)
		for r := range ratios {
			ratios[r] = times[0][r] / times[i][r]
		}
		out[i] = timing{median(times[i]), median(ratios), slices.Min(ratios), slices.Max(ratios)}
	}
	return out
}

// calibrate says how often a contender runs in one sample.
func (c *contender) calibrate() int {
	n := 1
	for {
		start := spent()
		c.run(n)
		took := spent() - start
		if took >= sample/2 {
			return max(1, int(float64(n)*float64(sample)/float64(took)))
		}
		n *= 2
	}
}

func (c *contender) perOp(n int) float64 {
	start := spent()
	c.run(n)
	return float64((spent() - start).Nanoseconds()) / float64(n)
}

// spent is the processor time of this program so far, its garbage collector
// included: what else runs on the machine does not count.
func spent() time.Duration {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func median(of []float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

// print writes the rows of the table.
func (c *contest) print() {
	timings := c.time()
	for i, t := range timings {
		if i == 0 {
			fmt.Printf("| %s | **spillway** | %s | | | |\n", c.what, duration(t.perOp))
			continue
		}
		other := &c.contenders[i]
		fmt.Printf("| | %s | %s | %s | %s | %s |\n", other.name, duration(t.perOp), ratio(t), other.target(), other.verdict(t))
	}
}

// ratio says how ours compares, with what the rounds lie between.
func ratio(t timing) string {
	if t.ours >= 1 {
		return fmt.Sprintf("%.2f x as long (%.2f to %.2f)", t.ours, t.fewest, t.most)
	}
	return fmt.Sprintf("%s times faster (%s to %s)", short(1/t.ours), short(1/t.most), short(1/t.fewest))
}

func (c *contender) target() string {
	var targets []string
	if c.atMost > 0 {
		targets = append(targets, fmt.Sprintf("at most %g x", c.atMost))
	}
	if c.faster > 0 {
		targets = append(targets, fmt.Sprintf("at least %g times faster", c.faster))
	}
	return strings.Join(targets, ", ")
}

func (c *contender) verdict(t timing) string {
	switch {
	case c.atMost == 0 && c.faster == 0:
		return ""
	case c.atMost > 0 && t.ours > c.atMost, c.faster > 0 && 1/t.ours < c.faster:
		return "**no**"
	}
	return "yes"
}

func duration(ns float64) string {
	switch {
	case ns < 1e3:
		return short(ns) + " ns"
	case ns < 1e6:
		return short(ns/1e3) + " µs"
	}
	return short(ns/1e6) + " ms"
}

// short writes three digits.
func short(x float64) string {
	switch {
	case x < 10:
		return fmt.Sprintf("%.2f", x)
	case x < 100:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.0f", x)
}
