package rules

import (
	"encoding/json"
	"strings"
)

// token reads the token at hand: its kind, and its text if it is a scalar. The
// brackets that close have no kind of their own: whoever reads on asks more.
func (r *jsonReader) token() (Kind, string, error) {
	if r.tokens == nil {
		kind, text := r.cut()
		return kind, text, nil
	}
	token, err := r.tokens.Token()
	if err != nil {
		return Null, "", err
	}
	switch t := token.(type) {
	case json.Delim:
		return bracket(byte(t)), "", nil
	case string:
		return Text, t, nil
	case json.Number:
		return Number, t.String(), nil
	case bool:
		if t {
			return Bool, "true", nil
		}
		return Bool, "false", nil
	}
	return Null, "null", nil
}

func bracket(c byte) Kind {
	if c == '{' {
		return Map
	}
	return List
}

// more says whether the list or mapping at hand has a value to come.
func (r *jsonReader) more() bool {
	if r.tokens != nil {
		return r.tokens.More()
	}
	c := r.src.text[r.blank(r.past)]
	return c != ']' && c != '}'
}

// cut reads the token at hand of text that encoding/json has found to be JSON,
// so that it need only look for where the token ends. It sets past.
func (r *jsonReader) cut() (Kind, string) {
	text := r.src.text
	end := r.offset + 1
	switch c := text[r.offset]; c {
	case '{', '[', '}', ']':
		r.past = end
		return bracket(c), ""
	case '"':
		return Text, r.cutString()
	}
	for end < len(text) && strings.IndexByte(",]} \t\r\n", text[end]) < 0 {
		end++
	}
	r.past = end
	switch text[r.offset] {
	case 't', 'f':
		return Bool, text[r.offset:end]
	case 'n':
		return Null, text[r.offset:end]
	}
	return Number, text[r.offset:end]
}

// cutString reads a string; what is escaped in it, encoding/json reads.
func (r *jsonReader) cutString() string {
	text := r.src.text[r.offset:]
	end := 1 + strings.IndexByte(text[1:], '"')
	if strings.IndexByte(text[1:end], '\\') < 0 {
		r.past = r.offset + end + 1
		return text[1:end]
	}
	for end = 1; text[end] != '"'; end++ {
		if text[end] == '\\' {
			end++
		}
	}
	r.past = r.offset + end + 1
	var s string
	_ = json.Unmarshal([]byte(text[:end+1]), &s) // it is JSON: that was seen
	return s
}
