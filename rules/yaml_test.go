package rules

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// walk visits a node and all below it.
func walk(n *Node, visit func(*Node)) {
	visit(n)
	for _, k := range n.Keys {
		walk(k, visit)
	}
	for _, item := range n.Items {
		walk(item, visit)
	}
}

// checkPlaces fails if a place of the tree is not in the file, or a scalar
// cannot be followed from its source to its text.
func checkPlaces(t *testing.T, n *Node, src string) {
	t.Helper()
	text := newSource(n.Pos.File, []byte(strings.TrimPrefix(src, "\ufeff")))
	walk(n, func(n *Node) {
		inFile(t, text, n.Pos)
		if n.Kind == List || n.Kind == Map {
			return
		}
		tr := n.trace()
		if got := string(tr.runes); !strings.EqualFold(got, n.Text) && n.src != nil && n.Pos.Line > 0 && n.Text != "null" {
			t.Errorf("%v: traced %q, want %q", n.Pos, got, n.Text)
		}
		for i := range utf8.RuneCountInString(n.Text) + 1 {
			inFile(t, text, n.At(i))
		}
	})
}

func inFile(t *testing.T, text *source, p Pos) {
	t.Helper()
	if p.Line < 1 || p.Line > len(text.starts) || p.Col < 1 || p.Col > utf8.RuneCountInString(text.line(p.Line))+2 {
		t.Errorf("%v is not in the file: it has %d lines", p, len(text.starts))
	}
}

func TestAt(t *testing.T) {
	tests := []struct{ name, src string }{
		{"plain", "a: b == @x"},
		{"plain over lines", "a: b\n  == c\n\n\n    and @x"},
		{"plain after unicode", "größe: b — @x"},
		{"single", "a: 'it''s @x'"},
		{"single over lines", "a: 'it''s\n\n   the   @x'"},
		{"double", `a: "\"\u00e4\x41\t @x"`},
		{"double over lines", "a: \"one\\\n   two\n\n  three \\\n\n @x\""},
		{"literal", "a: |\n  one\n    two @x\n"},
		{"literal, indented", "a:\n  - b: |2-\n        one\n\n       @x\n"},
		{"literal, comment", "a: |+ # 3 of them\n  one\n @x: 5\n @x\n"},
		{"folded", "a: >-\n  one\n  two\n\n  three\n    four\n  @x\n"},
		{"folded, leading blank lines", "a: >\n\n\n  one\n  @x\n"},
		{"folded, windows", "a: >\r\n  one\r\n  two\r\n  @x\r\n"},
		{"flow", "a: {b: [1,  2 @x , 3]}"},
		{"byte order mark", "\ufeffa: b @x"},
		{"unicode line break", "a: 'b\u2028 \u0085 @x'"},
		{"top", "@"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := strings.ReplaceAll(tt.src, "@x", "§x")
			if tt.name == "literal, comment" {
				src = strings.Replace(src, " §x: 5\n", "", 1)
				src = strings.Replace(src, "\n §x", "\n  §x", 1)
			}
			src = strings.Replace(src, "@", "§", 1)
			n, err := ParseYAML("f", []byte(src))
			if err != nil {
				t.Fatal(err)
			}
			checkPlaces(t, n, src)
			plain := newSource("f", []byte(strings.TrimPrefix(src, "\ufeff")))
			want := plain.pos(strings.Index(plain.text, "§"))
			seen := false
			walk(n, func(n *Node) {
				if i := strings.Index(n.Text, "§"); i >= 0 && n.Kind == Text {
					seen = true
					if got := n.At(utf8.RuneCountInString(n.Text[:i])); got != want {
						t.Errorf("At = %v, want %v, in\n%s", got, want, src)
					}
				}
			})
			if !seen {
				t.Error("no mark in the tree")
			}
		})
	}
}

func TestScalars(t *testing.T) {
	kinds := map[Kind]string{
		Number: "0 -1 010 1_000 .5 5. 1e3 +1 0x1F .inf .nan -.inf 1.5 12345678901234567890123",
		Text:   "yes no on off y 2024-01-01 2024-13-01 2024-01-01T00:00:00Z 1.2.3 '5' \"true\" abc -",
		Bool:   "true false True TRUE False",
		Null:   "~ null Null",
	}
	for kind, words := range kinds {
		for word := range strings.FieldsSeq(words) {
			if word == "-" {
				word = "a-"
			}
			n, err := ParseYAML("f", []byte("a: "+word))
			if err != nil {
				t.Fatal(err)
			}
			got := n.Get("a")
			want := strings.Trim(word, `'"`)
			if kind == Bool {
				want = strings.ToLower(word)
			}
			if got.Kind != kind || got.Text != want {
				t.Errorf("%s: kind %d, text %q; want kind %d, text %q", word, got.Kind, got.Text, kind, want)
			}
		}
	}
	for _, empty := range []string{"", "\n", "# only a comment\n", "---\n", "\ufeff"} {
		if n, err := ParseYAML("f", []byte(empty)); err != nil || n.Kind != Null {
			t.Errorf("ParseYAML(%q) = %v, %v; want a Null", empty, n, err)
		}
	}
	n, err := ParseYAML("f", []byte("1: a\ntrue: b\n2024-01-01: c\n"))
	if err != nil || n.Get("1") == nil || n.Get("true") == nil || n.Get("2024-01-01") == nil {
		t.Errorf("plain keys: %v, %v", n, err)
	}
}

func TestYAMLMistakes(t *testing.T) {
	tests := []struct{ src, place, part string }{
		{"a: &x 1", "1:4", "anchors"},
		{"a: &x 1\nb: *x", "2:4", "aliases"},
		{"a:\n  <<: {b: 1}", "2:3", "merge"},
		{"a: !payment.late", "1:4", "tags"},
		{"a: ! payment.late", "1:4", "tags"},
		{"a: !!str 5", "1:4", "tags"},
		{"a: 1\n---\nb: 2", "2:1", "second document"},
		{"a: 1\nb: 2\na: 3", "3:1", `key "a" is given twice, first at line 1`},
		{"? [a]\n: b", "1:3", "a key must be a word"},
		{"a: 1\n\tb: 2", "2:1", "tab"},
		{"a:\n  - b: 1\n    \tc: 2", "3:5", "tab"},
		{"a: b: c", "1:5", `": "`},
		{"x: 1\nwhen: a ? b : c", "2:13", `": "`},
		{"- when: a ? b : c", "1:15", `": "`},
		{"a: [1, 2\nb: 3", "1:4", "brackets"},
		{"x: 1\na: {b: x ? 1}\n", "2:4", "braces"},
		{"a: @x", "1:4", "starts with"},
		{"a: 1\nb: `x`", "2:4", "starts with"},
		{"a: 'x", "1:4", "quote"},
		{"a: \"\\q\"", "1:5", "escape"},
		{"a: 1\n  b: 2\nc: 3", "2:3", "where no key"},
		{"a:\n  - 1\n b: 2", "3:2", ""},
		{"a: 1\nb: \x01", "2:4", "control"},
		{"a: 1\nb: \xff", "2:4", "UTF-8"},
		{"a: 1\nb", "2:1", `without its ":"`},
		{strings.Repeat("[", 70) + strings.Repeat("]", 70), "1:65", "64 levels"},
		{strings.Repeat("[", 20000), "1:1", ""},
		{strings.Repeat(" ", 1<<20+1), "1:1", "1 MiB"},
		{"[" + strings.Repeat("1,", 200_001) + "]", "1:400000", "200000 values"},
	}
	for _, tt := range tests {
		n, err := ParseYAML("f", []byte(tt.src))
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%.60q: %v, %v; want a mistake", tt.src, n, err)
			continue
		}
		all := err.(Errors)
		if len(all) == 0 || all[len(all)-1].Pos.String() != "f:"+tt.place || !strings.Contains(all[len(all)-1].Message, tt.part) {
			t.Errorf("%.60q: %v\nwant it at %s, with %q", tt.src, err, tt.place, tt.part)
		}
	}
}

func FuzzParseYAML(f *testing.F) {
	files, _ := filepath.Glob("../testdata/specs/*/*.yaml")
	for i, name := range files {
		if src, err := os.ReadFile(name); err == nil && len(src) < 8000 && i%4 == 0 {
			f.Add(string(src))
		}
	}
	for _, src := range []string{"a: >-\n  b\n\n  c\n", "a: |2\n    b\n", "a: \"x\\\n  y\"", "- 'it''s\n  x'", "{a: b\n\n c}", "a: *x", "? a"} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		n, err := ParseYAML("f", []byte(src))
		text := newSource("f", []byte(strings.TrimPrefix(src, "\ufeff")))
		if err != nil {
			for _, e := range err.(Errors) {
				inFile(t, text, e.Pos)
				_ = e.Underlined()
			}
			return
		}
		checkPlaces(t, n, src)
	})
}
