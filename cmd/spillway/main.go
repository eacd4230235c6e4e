// Command spillway applies payments to accounts by a policy, checks policies,
// and runs the specs that their authors write.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], stdio{os.Stdin, os.Stdout, os.Stderr}))
}
