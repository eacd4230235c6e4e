package rules

import "regexp"

// A declaredFact is a fact as a policy declares it.
type declaredFact struct {
	FactDecl
	node *Node // its name
}

// factSections are the documents' parts that hold facts. A child's facts are
// those of an account.
var factSections = []string{"account", "balance", "payment"}

// declareFacts reads the facts of all files and lays out the frames.
func (p *policyParser) declareFacts(roots []object) {
	var sections [3][]FactDecl
	for _, root := range roots {
		n := root.get("facts")
		if n == nil {
			continue
		}
		o, ok := p.object(n, "facts", factSections)
		if !ok {
			continue
		}
		for i, section := range factSections {
			if facts := o.get(section); facts != nil {
				sections[i] = p.factSection(sections[i], facts, section)
			}
		}
	}
	p.policy.Layout = newLayout(p.policy.Currency, sections[0], sections[1], sections[2])
}

var factName = regexp.MustCompile(`^[\pL_$][\pL\pN_$]*$`)

func (p *policyParser) factSection(decls []FactDecl, n *Node, section string) []FactDecl {
	if n.Kind != Map {
		p.mistake(n, "write name: type", "the facts of %s must be a mapping, got %s", section, n.Kind.describe(n.Text))
		return decls
	}
	for i, key := range n.Keys {
		if !factName.MatchString(key.Text) {
			p.mistake(key, "letters, digits and _, no digit first", "%q is no name of a fact", key.Text)
			continue
		}
		if first, twice := p.declared[section+"."+key.Text]; twice {
			p.mistake(key, "", "fact %q of %s is declared twice, first at %v", key.Text, section, first)
			continue
		}
		p.declared[section+"."+key.Text] = key.Pos
		decl := FactDecl{Name: key.Text, At: key.Pos}
		if p.factDecl(&decl, n.Items[i]) {
			decls = append(decls, decl)
			p.facts = append(p.facts, declaredFact{decl, key})
		}
	}
	return decls
}

// factDecl reads a type, or a type and a default. It gives false if there is no
// type to go on with.
func (p *policyParser) factDecl(decl *FactDecl, n *Node) bool {
	var fallback *Node
	if n.Kind == Map {
		o, _ := p.object(n, "a fact", []string{"type", "default"})
		o.need("type", "")
		fallback = o.get("default")
		if n = o.get("type"); n == nil {
			return false
		}
	}
	t, ok := p.word(n, "type", factTypeWords)
	decl.Type = FactType(t)
	if !ok || fallback == nil {
		return ok
	}
	var err error
	if decl.HasDefault = true; fallback.Kind == List || fallback.Kind == Map {
		p.mistake(fallback, "", "the default of a fact must be one value, got %s", fallback.Kind.describe(""))
	} else if decl.Default, err = ParseFact(decl.Type, fallback.Kind, fallback.Text, p.policy.Currency); err != nil {
		p.mistake(fallback, "", "the default of fact %q %v", decl.Name, err)
	}
	return true
}
