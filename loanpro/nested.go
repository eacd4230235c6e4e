package loanpro

import (
	"fmt"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// processor reads which processor is to move the money, a JSON object in text,
// into the facts processor_id, processor_key, processor_name, processor_default.
func (r *reader) processor(n *rules.Node) {
	processor, err := rules.ParseJSON(r.name, []byte(r.text(n)))
	if err != nil || processor.Kind != rules.Map {
		r.fail("must be a JSON object in text, not %s", described(n))
		return
	}
	r.moves = true
	known := []string{"id", "key", "name", "default"}
	for i, key := range processor.Keys {
		v := processor.Items[i]
		if absent(v) {
			continue
		}
		switch key.Text {
		case "id":
			r.fact("processor_id", engine.NumberValue(r.whole(v)))
		case "key", "name":
			r.fact("processor_"+key.Text, engine.TextValue(r.text(v)))
		case "default":
			r.fact("processor_default", engine.BoolValue(r.flag(v)))
		default:
			r.fail("%q is an %s", clipped(key.Text), unknownField(key.Text, known))
		}
	}
}

// custom reads a host's custom fields, {"results": [{"customFieldId": 38,
// "customFieldValue": "132"}]}, into facts by their ids: custom_38.
func (r *reader) custom(n *rules.Node) {
	items, err := results(n, r.path+r.name)
	if err != nil {
		r.fault = err
		return
	}
	field := r.name
	for i, item := range items {
		r.name = fmt.Sprintf("%s.results[%d]", field, i)
		r.customField(item)
		if r.fault != nil {
			return
		}
	}
}

func (r *reader) customField(n *rules.Node) {
	if n.Kind != rules.Map {
		r.fail("must be a mapping, not %s", described(n))
		return
	}
	at, id, value := r.name, "", engine.Value{}
	for i, key := range n.Keys {
		r.name = at + "." + key.Text
		switch {
		case key.Text == "customFieldValue":
			value = r.scalar(n.Items[i])
		case key.Text != "customFieldId":
			r.fail("%s", unknownField(key.Text, []string{"customFieldId", "customFieldValue"}))
		case !absent(n.Items[i]):
			id = r.whole(n.Items[i])
		}
	}
	if id == "" {
		r.failAt(at+".customFieldId", "missing")
	}
	r.name = at + ".customFieldValue"
	r.fact("custom_"+id, value)
}

// results gives the list of {"results": [..]}, which stands at path.
func results(n *rules.Node, path string) ([]*rules.Node, *engine.InputError) {
	if n.Kind != rules.Map {
		return nil, wrong(path, "must be a mapping with results, not %s", described(n))
	}
	if err := onlyKey(n, path+".", "results"); err != nil {
		return nil, err
	}
	list := n.Get("results")
	switch {
	case list == nil:
		return nil, wrong(path+".results", "missing")
	case list.Kind != rules.List:
		return nil, wrong(path+".results", "must be a list, not %s", described(list))
	}
	return list.Items, nil
}

// onlyKey says which key of a mapping is not the one that it may have.
func onlyKey(n *rules.Node, path, known string) *engine.InputError {
	for _, key := range n.Keys {
		if key.Text != known {
			return wrong(path+key.Text, "%s", unknownField(key.Text, []string{known}))
		}
	}
	return nil
}
