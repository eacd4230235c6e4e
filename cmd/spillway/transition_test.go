package main

import (
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// ask is the script command "ask FILE TRANSITION [OLD NEW]": it writes a request
// for a transition of receipt.json, with OLD in it made NEW, on account.json.
func ask(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 && len(args) != 4 {
		ts.Fatalf("usage: ask FILE TRANSITION [OLD NEW]")
	}
	receipt := strings.TrimSpace(ts.ReadFile("receipt.json"))
	if len(args) == 4 {
		receipt = strings.ReplaceAll(receipt, args[2], args[3])
	}
	request := `{"account":` + strings.TrimSpace(ts.ReadFile("account.json")) + `,"receipt":` + receipt + `,"transition":{` + args[1] + `}}`
	ts.Check(writeFile(ts.MkAbs(args[0]), request))
}

func writeFile(name, text string) error { return os.WriteFile(name, []byte(text+"\n"), 0o600) }
