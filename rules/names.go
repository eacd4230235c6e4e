package rules

import "slices"

// named is an entry that was seen, for finding a second one of its name.
type named struct {
	Entry
	id  string
	own Pos // of the id
}

// names holds the entries of one kind.
type names struct {
	p    *policyParser
	kind string
	seen []named
}

// entry reads what all entries have. A name, or an id, that another entry has
// for the same program is a mistake.
func (ns *names) entry(o object) Entry {
	o.need("name", "")
	e := named{Entry: Entry{Name: o.text("name"), At: o.node.Pos, Programs: o.texts("programs")}}
	n := o.get("name")
	if n != nil {
		e.named = n.Pos
	}
	if list := o.get("programs"); list != nil && list.Kind == List && len(list.Items) == 0 {
		ns.p.mistake(list, "leave programs out to serve all of them", "programs names none")
	}
	for _, other := range ns.seen {
		if n != nil && e.Name != "" && other.Name == e.Name && overlap(other.Programs, e.Programs) {
			ns.p.mistake(n, "", "%s %q is given twice, first at %v", ns.kind, e.Name, other.named)
			break
		}
	}
	ns.seen = append(ns.seen, e)
	return e.Entry
}

// overlap says whether a program is served by both.
func overlap(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(p string) bool { return slices.Contains(b, p) })
}

// id reads the numeric id of the entry that was read last.
func (ns *names) id(o object) (id int64, given bool) {
	n := o.get("id")
	if n == nil {
		return 0, false
	}
	value, ok := digits(n.Text)
	if n.Kind != Number || !ok || len(n.Text) > 15 || len(n.Text) > 1 && n.Text[0] == '0' {
		ns.p.mistake(n, "", "an id is a whole number, got %s", n.Kind.describe(n.Text))
		return 0, false
	}
	last := &ns.seen[len(ns.seen)-1]
	for _, other := range ns.seen[:len(ns.seen)-1] {
		if other.id == n.Text && overlap(other.Programs, last.Programs) {
			ns.p.mistake(n, "", "id %s is given to two %ss, first at %v", n.Text, ns.kind, other.own)
			break
		}
	}
	last.id, last.own = n.Text, n.Pos
	return int64(value), true
}
