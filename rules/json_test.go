package rules

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func TestParseJSON(t *testing.T) {
	const src = "{\n  \"ä\": [1.50, \"x\\u00e4\\ud83d\\ude00@\", true,\tnull],\n \"b\" : {}}"
	n, err := ParseJSON("f", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	checkPlaces(t, n, src)
	list := n.Get("ä")
	places := []string{"f:2:8", "f:2:9", "f:2:15", "f:2:39", "f:2:45"}
	for i, n := range append([]*Node{list}, list.Items...) {
		if n.Pos.String() != places[i] {
			t.Errorf("place %d = %v, want %s", i, n.Pos, places[i])
		}
	}
	if list.Items[0].Text != "1.50" || list.Items[1].At(3).Col != 35 {
		t.Errorf("%q, its fourth character at %v", list.Items[0].Text, list.Items[1].At(3))
	}
}

func TestJSONMistakes(t *testing.T) {
	tests := []struct{ src, place, part string }{
		{`{"a": 1, "a": 2}`, "1:10", `key "a" is given twice`},
		{`{"a": 1`, "1:8", "cut short"},
		{"{\"a\": [1,\n2", "2:2", "cut short"},
		{`{"a": "x`, "1:9", "cut short"},
		{``, "1:1", "empty"},
		{`{"a": 1} {"b": 2}`, "1:10", "after the end"},
		{`{"a": 1} ,`, "1:10", "after the end"},
		{`{"a": NaN}`, "1:7", "not JSON"},
		{`[1,,2]`, "1:4", "not JSON"},
		{`[1,]`, "1:4", "not JSON"},
		{`{"a": 010}`, "1:8", "not JSON"},
		{`{a: 1}`, "1:2", "not JSON"},
		{"{\"a\": \"\xff\"}", "1:8", "UTF-8"},
		{strings.Repeat("[", 100), "1:65", "64 levels"},
		{strings.Repeat(" ", maxJSON+1), "1:1", "16 MiB"},
	}
	for _, tt := range tests {
		_, err := ParseJSON("f", []byte(tt.src))
		var e *Error
		if !errors.As(err, &e) || e.Pos.String() != "f:"+tt.place || !strings.Contains(e.Message, tt.part) {
			t.Errorf("%.40q: %v; want it at %s, with %q", tt.src, err, tt.place, tt.part)
		}
	}
}

func TestParseDocument(t *testing.T) {
	for _, src := range []string{`{"a": 1}`, `a: 1`, `{a: 1}`, " {\"a\":\n1}", "\ufeff{\"a\": 1}"} {
		n, err := ParseDocument("f", []byte(src))
		if err != nil || n.Get("a") == nil || n.Get("a").Text != "1" {
			t.Errorf("ParseDocument(%q) = %v, %v", src, n, err)
		}
	}
	if _, err := ParseDocument("f", []byte(`{"a": 1`)); err == nil || !strings.Contains(err.Error(), "cut short") {
		t.Errorf("a JSON document cut short: %v", err)
	}
}

func TestValues(t *testing.T) {
	tests := []struct {
		name, stream string
		want         []string // those that start with "!" are errors
	}{
		{"lines", "{\"a\":1}\n\n{\"b\":2}\n", []string{`{"a":1}`, `{"b":2}`}},
		{"one after the other", `{"a":1}{"b":"}{"}[3]`, []string{`{"a":1}`, `{"b":"}{"}`, `[3]`}},
		{"over lines", "{\n \"a\":\n{\"b\": [\n{},\n{}\n]}\n}\n{}", []string{"{\n \"a\":\n{\"b\": [\n{},\n{}\n]}\n}", "{}"}},
		{"cut short", "{\"a\":\"x\n{\"b\":2}\n", []string{"!line 1: the value is cut short", `{"b":2}`}},
		{"cut short at the end", "{}\n{\"a\": [", []string{"{}", "!line 2: the value is cut short"}},
		{"cut short after a comma", "{\"a\": 1,\n{}\n", []string{"!line 1: the value is cut short", "{}"}},
		{"no object", "nonsense {}\n5\n{}", []string{"!line 1: a JSON object is expected", "!line 2: a JSON object is expected", "{}"}},
		{"one bracket too many", "{}}\n{}", []string{"{}", "!line 1: a JSON object is expected", "{}"}},
		{"the wrong bracket", "{\"a\": [1}\n{}", []string{"!line 1: the value is cut short", "{}"}},
		{"escapes", `{"a":"\"}\\"}{}`, []string{`{"a":"\"}\\"}`, "{}"}},
		{"nothing", " \n", nil},
		{"too long", `{"a":"` + strings.Repeat("x", maxJSON) + "\"}\n{}", []string{"!line 1: the value is over 16 MiB", "{}"}},
		{"byte order mark", "\ufeff{}", []string{"{}"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for value, err := range Values(strings.NewReader(tt.stream)) {
				if err != nil {
					value = []byte("!" + err.Error())
				}
				got = append(got, string(value))
			}
			if strings.Join(got, "|") != strings.Join(tt.want, "|") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	var last error
	for _, err := range Values(io.MultiReader(strings.NewReader("{}"), iotest.ErrReader(io.ErrClosedPipe))) {
		last = err
	}
	if !errors.Is(last, io.ErrClosedPipe) {
		t.Errorf("a reader's error: %v", last)
	}
}

func FuzzParseJSON(f *testing.F) {
	for _, src := range []string{`{"a": [1, 2.50, "x\u00e4", true, null]}`, `[`, `{"a":1}{}`, "[\n\t{}\r\n]"} {
		f.Add(src)
	}
	files, _ := filepath.Glob("../testdata/requests/*.json")
	for _, name := range files {
		if src, err := os.ReadFile(name); err == nil {
			f.Add(string(src))
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		n, err := ParseJSON("f", []byte(src))
		text := newSource("f", []byte(strings.TrimPrefix(src, "\ufeff")))
		if err != nil {
			for _, e := range err.(Errors) {
				inFile(t, text, e.Pos)
			}
			return
		}
		if !json.Valid([]byte(text.text)) {
			t.Errorf("accepted, but not JSON")
		}
		checkPlaces(t, n, src)
	})
}

func FuzzValues(f *testing.F) {
	for _, src := range []string{"{}\n{}", `{"a":"}"}[1]`, "{\n{}", "x\n{}"} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		good := true
		joined := ""
		for value, err := range Values(strings.NewReader(src)) {
			good = good && err == nil
			joined += string(value)
		}
		if want := strings.TrimPrefix(src, "\ufeff"); good && strip(joined) != strip(want) {
			t.Errorf("the values of %q are %q", want, joined)
		}
		wrapped := "{\"x\": [" + strings.ReplaceAll(src, "\n", " ") + "]}"
		if !json.Valid([]byte(wrapped)) {
			return
		}
		for value, err := range Values(strings.NewReader(wrapped + "\n" + wrapped)) {
			if err != nil || string(value) != wrapped {
				t.Errorf("Values gives %q, %v; want %q", value, err, wrapped)
			}
		}
	})
}

// strip takes the blanks out that JSON allows between values.
func strip(text string) string {
	return strings.NewReplacer(" ", "", "\n", "", "\t", "", "\r", "").Replace(text)
}
