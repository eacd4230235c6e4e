package rules

import (
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzExpr reads any text as an expression, in every scope and for every want:
// nothing panics, every mistake lies within the text, and what compiles gives
// what the obvious evaluator gives.
func FuzzExpr(f *testing.F) {
	files, _ := filepath.Glob("testdata/expressions/*.txt")
	for _, file := range files {
		data, _ := os.ReadFile(file)
		for i, line := range strings.Split(string(data), "\n") {
			if source, _, ok := strings.Cut(line, " => "); ok && !strings.Contains(source, "{{") {
				f.Add(source, uint8(i), uint8(i/8))
			}
		}
	}
	l := newLayout(usd(), declared(), declared(), declared())
	r := rand.New(rand.NewSource(1))
	worlds := []*world{nothingWorld(), randomWorld(r), randomWorld(r)}
	f.Fuzz(func(t *testing.T, source string, scope, want uint8) {
		s, w := Scope(scope%uint8(ScopeResult+1)), Want(want%uint8(WantText+1))
		e, m := compileIn(l, source, s, w)
		if e == nil {
			within(t, source, m.Err().(Errors))
			return
		}
		within(t, source, m.Lints())
		for i, world := range worlds {
			if _, differ := disagree(e, w, world, world.frame(l)); differ != "" {
				t.Errorf("scope %d, want %d, world %d: %s", s, w, i, differ)
			}
		}
	})
}

func within(t *testing.T, source string, errs []*Error) {
	t.Helper()
	length := utf8.RuneCountInString(source)
	for _, e := range errs {
		if e.Pos.Col < 1 || e.Pos.Col > max(length, 1) || e.Width < 1 || e.Pos.Col-1+e.Width > max(length, 1) {
			t.Errorf("%v, %d wide, does not lie in a text of %d", e, e.Width, length)
		}
		if strings.Contains(e.Message, "*ast.") || strings.Contains(e.Message, "strconv") || strings.Contains(e.Message, "Node{") {
			t.Errorf("%v names Go", e)
		}
	}
}

// nothingWorld has one of everything, and nothing in it.
func nothingWorld() *world {
	account, child := newAccount(), newAccount()
	account["balances"], account["children"] = []thing{newBalance()}, []thing{child}
	payment := newPayment()
	payment["date"] = Date(1)
	w := &world{currency: usd(), vars: thing{"payment": payment, "account": account, "child": child,
		"balance": account["balances"].([]thing)[0], "fee": thing{"amount": big0(), "type": "waive"},
		"receipt": thing{"lines": []thing{}, "shares": []thing{}, "charged": big0(), "unapplied": big0()}}}
	w.compute()
	return w
}
