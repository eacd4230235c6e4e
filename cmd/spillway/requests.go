package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// maxYAMLRequest is how much is read of a request that is not JSON: a little
// more than what the parser takes, so that it says why it does not.
const maxYAMLRequest = 1<<20 + 1

// A request is one as it was found: read already, or as the JSON that it is.
// fault says why it is none.
type request struct {
	node  *rules.Node
	value []byte // until the next request
	name  string // of the document, in messages
	fault error
}

// requests gives the documents in r, in order. An [*engine.InputError] stands
// for one that is no document; any other error is the reader's, and the last.
func requests(r io.Reader, name string) iter.Seq2[*rules.Node, error] {
	return func(yield func(*rules.Node, error) bool) {
		for q, err := range incoming(r, name) {
			var n *rules.Node
			if err == nil {
				n, err = q.read(new(rules.Parser))
			}
			if !yield(n, err) {
				return
			}
		}
	}
}

// incoming gives the requests in r, in order, not read yet. An error is the
// reader's, and the last.
func incoming(r io.Reader, name string) iter.Seq2[request, error] {
	in := bufio.NewReaderSize(r, 64<<10)
	if isYAML(name) || !isJSON(in) {
		return yamlRequest(in, name)
	}
	return jsonRequests(in, name)
}

// read gives the request as a tree, in the memory of a parser.
func (q *request) read(p *rules.Parser) (*rules.Node, error) {
	if q.node != nil || q.fault != nil {
		return q.node, q.fault
	}
	n, err := p.ParseJSON(q.name, q.value)
	return n, unreadable(err)
}

// isJSON says whether what is to be read starts as JSON does. YAML may start
// with a brace too, but what follows is then no quote. It looks no further than
// it must: whoever sends a request may wait for the answer before the next.
func isJSON(in *bufio.Reader) bool {
	braces := 0
	for n := 1; ; n++ {
		start, err := in.Peek(n)
		if err != nil {
			return braces > 0
		}
		switch c := start[n-1]; {
		case strings.IndexByte(" \t\r\n\xef\xbb\xbf", c) >= 0: // blanks, and a byte order mark
		case c == '{' || c == '[':
			braces++
		default:
			return braces > 0 && (c == '"' || c == '}' || c == ']')
		}
	}
}

func jsonRequests(in io.Reader, name string) iter.Seq2[request, error] {
	return func(yield func(request, error) bool) {
		nth := 0
		for value, err := range rules.Values(in) {
			nth++
			q := request{value: value, name: nthName(name, nth)}
			var fault *rules.ValueError
			if errors.As(err, &fault) {
				q.fault, err = unreadable(fmt.Errorf("%s: %w", name, err)), nil
			}
			if !yield(q, err) {
				return
			}
		}
	}
}

// nthName names the nth value of a stream, whose positions count from its own
// start.
func nthName(name string, nth int) string {
	if nth == 1 {
		return name
	}
	return fmt.Sprintf("%s, value %d", name, nth)
}

// yamlRequest gives the one request of a YAML document. What is none may be a
// stream of JSON that begins badly.
func yamlRequest(in io.Reader, name string) iter.Seq2[request, error] {
	return func(yield func(request, error) bool) {
		src, err := io.ReadAll(io.LimitReader(in, maxYAMLRequest))
		if err != nil {
			yield(request{}, err)
			return
		}
		n, err := rules.ParseYAML(name, src)
		if err != nil && !isYAML(name) && bytes.Contains(src, []byte("\n{\"")) {
			jsonRequests(io.MultiReader(bytes.NewReader(src), in), name)(yield)
			return
		}
		yield(request{node: n, fault: unreadable(err)}, nil)
	}
}

// unreadable is the fault of a request that is no document.
func unreadable(err error) error {
	if err == nil {
		return nil
	}
	return engine.Unreadable(err)
}

func isYAML(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".yaml" || ext == ".yml"
}

// paymentID finds the payment's id even in a request that is wrong elsewhere.
func paymentID(request *rules.Node) string {
	if request == nil {
		return ""
	}
	payment := request.Get("payment")
	if payment == nil {
		return ""
	}
	if id := payment.Get("id"); id != nil && id.Kind == rules.Text {
		return id.Text
	}
	return ""
}
