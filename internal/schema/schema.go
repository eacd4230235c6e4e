// Package schema makes the JSON Schemas of the documents that go into spillway
// and come out of it, from one table of their keys.
package schema

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Kinds are the documents that there are schemas of.
func Kinds() []string {
	return []string{"request", "receipt", "events", "transition", "policy", "set", "spec"}
}

// For gives the JSON Schema (2020-12) of a kind of document.
func For(kind string) ([]byte, error) {
	if !slices.Contains(Kinds(), kind) {
		return nil, fmt.Errorf("there is no schema %q: there are %s", kind, strings.Join(Kinds(), ", "))
	}
	root := kind
	if kind == "transition" { // its request; the transition itself is a part of it
		root = "change"
	}
	forms := read(documents)
	used := map[string]any{}
	forms.use(root, used)
	return json.MarshalIndent(map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "spillway " + kind,
		"$ref":    "#/$defs/" + root,
		"$defs":   used,
	}, "", "  ")
}

// A form is a kind of mapping, or another name for a value.
type form struct {
	alias  string
	keys   []key
	oneOf  [][]string
	strict bool // nothing in it may be null
}

type key struct {
	name, value string
	needed      bool
}

type forms map[string]*form

// read reads the table.
func read(table string) forms {
	all := forms{}
	var f *form
	for _, line := range strings.Split(table, "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case line[0] != ' ' && len(words) == 3 && words[1] == "=":
			all[words[0]] = &form{alias: words[2]}
		case line[0] != ' ':
			f = &form{strict: len(words) > 1}
			all[words[0]] = f
		case words[0] == "one" && words[1] == "of":
			f.oneOf = append(f.oneOf, words[2:])
		default:
			name, needed := strings.CutSuffix(words[0], "!")
			f.keys = append(f.keys, key{name, words[1], needed})
		}
	}
	return all
}

// use adds the schema of a form to those used, with all that it refers to.
func (all forms) use(name string, used map[string]any) {
	if used[name] != nil {
		return
	}
	f := all[name]
	if f.alias != "" {
		used[name] = all.value(f.alias, used)
		return
	}
	used[name] = true // so that a form may hold itself
	properties, required := map[string]any{}, []string{}
	for _, k := range f.keys {
		value := all.value(k.value, used)
		if k.needed {
			required = append(required, k.name)
		} else if !f.strict {
			value = anyOf(value, map[string]any{"type": "null"})
		}
		properties[k.name] = value
	}
	object := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		object["required"] = required
	}
	for _, names := range f.oneOf {
		var one []any
		for _, name := range names {
			one = append(one, map[string]any{"required": []string{name}})
		}
		object["oneOf"] = one
	}
	used[name] = object
}

// value is the schema of a value.
func (all forms) value(text string, used map[string]any) any {
	switch inner := text[1:max(1, len(text)-1)]; {
	case text[0] == '[' && text[len(text)-1] == ']':
		return map[string]any{"type": "array", "items": all.value(inner, used)}
	case text[0] == '{':
		return map[string]any{"type": "object", "additionalProperties": all.value(inner, used)}
	}
	if first, rest, found := strings.Cut(text, "/"); found {
		return anyOf(all.value(first, used), all.value(rest, used))
	}
	if all[text] != nil {
		all.use(text, used)
		return map[string]any{"$ref": "#/$defs/" + text}
	}
	if known := scalar(text); known != nil {
		return known
	}
	return map[string]any{"enum": strings.Split(text, "|")}
}

func anyOf(values ...any) any { return map[string]any{"anyOf": values} }

// scalar is the schema of a value that is no form, nil if it has no such name.
func scalar(name string) any {
	const digits = `(0|[1-9][0-9]*)(\.[0-9]+)?$`
	switch name {
	case "text":
		return map[string]any{"type": "string"}
	case "amount", "rate":
		return map[string]any{"type": []string{"string", "number"}, "pattern": "^-?" + digits}
	case "signed":
		return map[string]any{"type": []string{"string", "number"}, "pattern": "^[+-]?" + digits}
	case "date":
		return map[string]any{"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
	case "count":
		return map[string]any{"type": "integer"}
	case "flag":
		return map[string]any{"type": "boolean"}
	case "name":
		return map[string]any{"type": []string{"string", "integer"}}
	case "scalar", "expression":
		return map[string]any{"type": []string{"string", "number", "boolean"}}
	case "fact":
		return map[string]any{"type": []string{"string", "number", "boolean", "null"}}
	}
	return nil
}
