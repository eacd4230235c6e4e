// Command spillway applies payments to accounts by a policy, checks policies,
// and runs the specs that their authors write.
package main

import (
	"os"
	"runtime/debug"
)

// collectAt is how far the heap may grow before it is collected, in percent: so
// little is in memory that the usual 100 collects hundreds of times a second.
const collectAt = 400

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	os.Exit(run(os.Args[1:], stdio{os.Stdin, os.Stdout, os.Stderr}))
}
