package rules

// A Record is what the host must know of a record with facts.
type Record struct {
	Words, Texts int // how many of each one record takes
	Facts        []FactSlot

	words []int64 // of the facts of a document that has none of them
	texts []string
	index map[string]int
}

// A FactSlot is where a declared fact lies in its record. A fact that is
// missing and has no default is [Missing] in its word.
type FactSlot struct {
	Name string
	Type FactType
	Word int // the value; of a number its whole part, the fraction follows
	Text int // of text, which has a word too: see [FactSlot.SetText]
	Decl *FactDecl

	symbols *symbols // of text
}

// Default writes the record at as one that leaves all facts out.
func (r *Record) Default(f *Frame, at Ref) {
	if len(r.words) > 0 {
		copy(f.Words[at.W+r.Words-len(r.words):], r.words)
	}
	if len(r.texts) > 0 {
		copy(f.Texts[at.T+r.Texts-len(r.texts):], r.texts)
	}
}

// Find gives the index of the fact of a name, -1 if there is none declared. hint
// is where to look first: facts mostly come as they are declared, some left out.
func (r *Record) Find(name string, hint int) int {
	for i := hint; i < min(hint+8, len(r.Facts)); i++ {
		if r.Facts[i].Name == name {
			return i
		}
	}
	if i, ok := r.index[name]; ok {
		return i
	}
	return -1
}

// SetText writes the fact, which is text, of the record at.
func (s *FactSlot) SetText(f *Frame, at Ref, text string) {
	f.Words[at.W+s.Word], f.Texts[at.T+s.Text] = s.symbols.of(text), text
}

// Set writes the fact of the record at.
func (s *FactSlot) Set(f *Frame, at Ref, v FactValue) {
	s.write(f.Words[at.W:], f.Texts[at.T:], v)
}

func (s *FactSlot) write(words []int64, texts []string, v FactValue) {
	switch s.Type {
	case FactString:
		words[s.Word], texts[s.Text] = s.symbols.of(v.Text), v.Text
	case FactNumber:
		words[s.Word], words[s.Word+1] = v.Word, v.Fraction
	default:
		words[s.Word] = v.Word
	}
}

// declare adds facts at the end of a record.
func (r *record) declare(decls []FactDecl) Record {
	r.facts = map[string]field{}
	firstWord, firstText := r.words, r.texts
	out := Record{index: map[string]int{}}
	for i, d := range decls {
		slot := FactSlot{Name: d.Name, Type: d.Type, Word: r.words, Text: r.texts, Decl: &decls[i]}
		f := factFields[d.Type]
		if d.Type == FactString {
			slot.symbols = newSymbols()
			slot.symbols.number(d.Default.Text) // so that it is known before the expressions are
		}
		f.word, f.text, f.optional, f.symbols = slot.Word, slot.Text, !d.HasDefault, slot.symbols
		r.facts[d.Name] = f
		r.words++
		switch d.Type {
		case FactString:
			r.texts++
		case FactNumber:
			r.words++
		}
		out.Facts = append(out.Facts, slot)
		out.index[d.Name] = i
	}
	out.Words, out.Texts = r.words, r.texts
	words, texts := make([]int64, r.words), make([]string, r.texts)
	for _, slot := range out.Facts {
		if slot.Decl.HasDefault {
			slot.write(words, texts, slot.Decl.Default)
		} else {
			words[slot.Word] = Missing
		}
	}
	out.words, out.texts = words[firstWord:], texts[firstText:]
	return out
}
