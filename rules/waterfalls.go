package rules

import (
	"slices"
	"strings"
)

// A shape is a waterfall as written: its tiers, and in their places those
// waterfalls it uses.
type shape struct {
	name  string
	at    Pos
	steps []step
	after *Node // directed_after
	state visit
	uses  map[int]bool // waterfalls used by it
}

// A step is a tier, or the use of a waterfall.
type step struct {
	tier Tier
	use  *Node // the name of the waterfall
}

type visit uint8

const (
	unvisited visit = iota
	visiting
	visited
)

var waterfallKeys = []string{"name", "leftover", "directed", "directed_after", "invalid_directions", "undo", "tiers"}

// waterfalls reads all waterfalls, then puts the tiers of those used in place.
func (p *policyParser) waterfalls(entries []*Node) {
	names := names{p: p, kind: "waterfall"}
	for _, n := range entries {
		if o, ok := p.object(n, "a waterfall", waterfallKeys); ok {
			p.waterfall(o, names.entry(o))
		}
	}
	for i := range p.shapes {
		p.expand(i, nil)
	}
	for i, s := range p.shapes {
		if s.after != nil {
			p.directedAfter(&p.policy.Waterfalls[i], s.after)
		}
	}
}

func (p *policyParser) waterfall(o object, entry Entry) {
	w := Waterfall{Entry: entry, DirectedAfter: -1}
	w.Leftover = Leftover(o.word("leftover", leftoverWords[:LeftoverParent], int(LeftoverUnapplied)))
	w.Directed = Directed(o.word("directed", directedWords, int(DirectedAbsent)))
	w.InvalidDirections = InvalidDirections(o.word("invalid_directions", invalidWords, int(InvalidRefuse)))
	w.Undo = o.texts("undo")
	s := shape{name: entry.Name, at: entry.named, after: o.get("directed_after"), uses: map[int]bool{}}
	if known := !o.broken("directed", directedWords); known && s.after != nil && w.Directed != DirectedFirst {
		p.mistake(o.key("directed_after"), "add directed: first", "directed_after goes with directed: first only")
	}
	if o.has("invalid_directions") && !o.has("directed") || w.Directed == DirectedIgnore && o.has("invalid_directions") {
		p.mistake(o.key("invalid_directions"), "add directed: first or directed: only", "invalid_directions without directions to follow")
	}
	o.need("tiers", "")
	if n := o.get("tiers"); n != nil && n.Kind == List && len(n.Items) == 0 {
		p.mistake(n, "", "a waterfall needs a tier")
	}
	for _, n := range o.list("tiers") {
		s.steps = append(s.steps, p.step(n))
	}
	p.tierNames(s.steps)
	p.shapes = append(p.shapes, s)
	p.policy.Waterfalls = append(p.policy.Waterfalls, w)
}

func (p *policyParser) step(n *Node) step {
	if n.Kind != Map || n.Get("use") == nil {
		return step{tier: p.tier(n, waterfallTier)}
	}
	o, _ := p.object(n, "a tier", append([]string{"use"}, tierKeys...))
	for _, key := range n.Keys {
		if key.Text != "use" && slices.Contains(tierKeys, key.Text) {
			p.mistake(key, "use takes the tiers as they are", "use stands alone, without %s", key.Text)
		}
	}
	if o.text("use") == "" {
		return step{tier: Tier{At: n.Pos}}
	}
	return step{use: o.get("use")}
}

// tierNames refuses two tiers of one name in what one waterfall or split writes.
func (p *policyParser) tierNames(steps []step) {
	seen := map[string]Pos{}
	for _, s := range steps {
		if s.use != nil || s.tier.Name == "" {
			continue
		}
		if first, twice := seen[s.tier.Name]; twice {
			p.Add(s.tier.named, len([]rune(s.tier.Name)), "", "tier %q is given twice, first at %v", s.tier.Name, first)
			continue
		}
		seen[s.tier.Name] = s.tier.named
	}
}

// find gives the index of the waterfall that a node names. One that
// may be in a file that could not be read is no mistake.
func (p *policyParser) find(n *Node) (index int, ok bool) {
	known := make([]string, len(p.shapes))
	for i, s := range p.shapes {
		if known[i] = s.name; s.name == n.Text {
			return i, true
		}
	}
	if !p.missing {
		p.mistake(n, didYouMean(n.Text, known), "unknown waterfall %q", n.Text)
	}
	return 0, false
}

// expand gives the tiers of a waterfall, those it uses in place. over are the
// waterfalls that led here.
func (p *policyParser) expand(i int, over []int) []Tier {
	s, w := &p.shapes[i], &p.policy.Waterfalls[i]
	if s.state != unvisited {
		return w.Tiers
	}
	s.state = visiting
	over = append(over, i)
	for _, step := range s.steps {
		if len(w.Tiers) > maxTiers {
			break
		}
		if step.use == nil {
			w.Tiers = append(w.Tiers, step.tier)
			continue
		}
		used, ok := p.find(step.use)
		switch {
		case !ok:
		case p.shapes[used].state == visiting:
			p.circle(step.use, append(over, used))
		default:
			s.uses[used] = true
			w.Tiers = append(w.Tiers, p.expand(used, over)...)
		}
	}
	if s.state = visited; len(w.Tiers) > maxTiers {
		p.Add(s.at, len([]rune(s.name)), "", "waterfall %q has more than %d tiers, the limit", s.name, maxTiers)
		w.Tiers = w.Tiers[:maxTiers]
	}
	return w.Tiers
}

// circle notes a waterfall that uses itself, by way of which others.
func (p *policyParser) circle(use *Node, over []int) {
	first := slices.Index(over, over[len(over)-1])
	var names []string
	for _, i := range over[first:] {
		names = append(names, p.shapes[i].name)
	}
	p.mistake(use, "", "waterfall %q uses itself: %s", use.Text, strings.Join(names, " -> "))
}

func (p *policyParser) directedAfter(w *Waterfall, n *Node) {
	name, ok := p.scalar(n, "directed_after")
	if !ok {
		return
	}
	known := make([]string, len(w.Tiers))
	for i, t := range w.Tiers {
		known[i] = t.Name
	}
	w.DirectedAfter = slices.Index(known, name)
	if w.DirectedAfter < 0 && !p.missing {
		p.mistake(n, didYouMean(name, known), "unknown tier %q", name)
	}
}
