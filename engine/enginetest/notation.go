package enginetest

import (
	"encoding/json"

	"example.com/spillway/rules"
)

// appendNode appends a value of a document as JSON.
func appendNode(dst []byte, n *rules.Node) []byte {
	switch n.Kind {
	case rules.Null:
		return append(dst, "null"...)
	case rules.Text:
		return append(dst, quoted(n.Text)...)
	case rules.List:
		dst = append(dst, '[')
		for i, item := range n.Items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendNode(dst, item)
		}
		return append(dst, ']')
	case rules.Map:
		dst = append(dst, '{')
		for i, item := range n.Items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(append(dst, quoted(n.Keys[i].Text)...), ':')
			dst = appendNode(dst, item)
		}
		return append(dst, '}')
	}
	return append(dst, n.Text...)
}

func quoted(text string) []byte {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err) // it is text
	}
	return b
}
