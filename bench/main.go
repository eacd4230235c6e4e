// Command bench compares Spillway with what a Go program could use in its place:
// functions written by hand, expression engines, decimal and money libraries.
//
//	cd bench && go run .
//
// prints a table in Markdown. Every contender is first held to give the same
// results. Contenders run in turns; figures are medians of the rounds, in
// processor time, so that what else runs on the machine counts for little. With
// -curves it prints how cost grows, with -stream how the command line copes with
// a long stream.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"example.com/spillway/money"
)

type amount = money.Amount

// A section is a part of the table: a name for -only, and how to make it.
type section struct {
	name string
	make func() ([]contest, error)
}

func sections() []section {
	return []section{
		{"card", cardContest},
		{"guards", guardsContest},
		{"apportion", apportionContests},
		{"installments", installmentContests},
		{"family", familyContests},
		{"load", loadContest},
	}
}

func main() {
	only := flag.String("only", "", "the sections to run, with commas; all when empty")
	curves := flag.Bool("curves", false, "how cost grows, in place of the comparisons")
	requests := flag.Int("stream", 0, "how many requests to send through spillway apply, in place of the comparisons")
	echoing := flag.Bool("echo", false, "decode and encode JSON from standard input (what -stream compares with)")
	flag.Parse()
	var err error
	switch {
	case *echoing:
		err = echo(os.Stdin, os.Stdout)
	case *curves:
		err = printCurves()
	case *requests > 0:
		err = printStream(*requests)
	default:
		err = run(*only)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(only string) error {
	fmt.Println("| what | contender | once | Spillway takes (between) | target | met |")
	fmt.Println("| --- | --- | --- | --- | --- | --- |")
	for _, s := range sections() {
		if only != "" && !strings.Contains(","+only+",", ","+s.name+",") {
			continue
		}
		contests, err := s.make()
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		for i := range contests {
			contests[i].print()
		}
	}
	return nil
}
