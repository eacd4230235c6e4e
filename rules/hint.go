package rules

// What other packages need to report mistakes in documents of their own.

// AddNode notes, like Add, a mistake in a node of a parsed document.
func (m *Mistakes) AddNode(n *Node, hint, format string, args ...any) {
	if n.src != nil {
		m.addSource(n.src)
	}
	m.Add(n.Pos, n.width(), hint, format, args...)
}

// DidYouMean is the hint for a word of a document that is none of known: the
// nearest of them or, if none is near, all of them when they are few; else "".
func DidYouMean(text string, known []string) string { return didYouMean(text, known) }
