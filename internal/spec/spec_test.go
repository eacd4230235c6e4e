package spec_test

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"example.com/spillway/internal/spec"
)

// TestSpecs runs every case of this repository, which all must say where
// their figures come from.
func TestSpecs(t *testing.T) {
	testdata := os.DirFS("../../testdata")
	for _, name := range specFiles(t, testdata) {
		file, err := spec.Load(testdata, name)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, c := range file.Cases {
			t.Run(name+"/"+c.Name, func(t *testing.T) {
				if c.Source == "" {
					t.Errorf("%v: the case has no source", c.At)
				}
				for _, difference := range c.Run() {
					t.Errorf("%v: %v", c.At, difference)
				}
			})
		}
	}
}

// specFiles are the spec files below specs, without the policies they name.
func specFiles(t *testing.T, testdata fs.FS) (names []string) {
	err := fs.WalkDir(testdata, "specs", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		src, err := fs.ReadFile(testdata, name)
		if err == nil && spec.HasCases(name, src) {
			names = append(names, name)
		}
		return err
	})
	if err != nil || len(names) == 0 {
		t.Fatalf("no specs: %v", err)
	}
	return names
}

func TestLoadFindsEveryMistake(t *testing.T) {
	file := `
policy: {policy: p, currency: USD, payment_types: [{name: a, waterfall: w}], waterfalls: [{name: w, tiers: [{tier: t}]}]}
case: []
cases:
  - name: a
    account: {balances: []}
    payment: {amount: 5, date: 2025-05-05}
    expct: {}
    expect: {unaplied: 0, lines: {main.p: 0.001}}
  - {account: {}, expect: {unapplied: 0}}
  - {name: b, account: {}, payment: {}, events: []}
`
	_, err := spec.Load(fstest.MapFS{"a.yaml": {Data: []byte(file)}}, "a.yaml")
	if err == nil {
		t.Fatal("Load finds no mistake")
	}
	for _, want := range []string{
		`a.yaml:3:1: unknown key "case"`, `did you mean "cases"?`,
		`a.yaml:8:5: unknown key "expct"`,
		`a.yaml:9:14: unknown key "unaplied"`,
		`a.yaml:9:43: "0.001" has 3 decimals`,
		`a.yaml:10:5: the case has no name`,
		`a.yaml:10:5: the case needs either a payment or events`,
		`a.yaml:11:5: the case needs either a payment or events`,
		`a.yaml:11:5: the case expects nothing`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("Load does not say %q, but\n%v", want, err)
		}
	}
}
