package rules

// headBytes is how many bytes of a text its head holds.
const headBytes = 7

// Head is a text's length and first bytes in a word, never below 0: the word of
// a fact that is text. Texts of different heads differ, and up to 7 bytes long
// those of one head are the same, so that most comparisons are of two words.
func Head(text string) int64 {
	h := uint64(min(len(text), 127)) << (8 * headBytes)
	for i := range min(len(text), headBytes) {
		h |= uint64(text[i]) << (8 * i)
	}
	return int64(h)
}

// A headed is a text in a record whose word holds its head.
type headed struct{ head, text leaf }

// is compares the text with one that is known at load.
func (h headed) is(text string) truth {
	same := atom{leaf: h.head, c: comparisons["=="], v: Head(text)}.truth()
	if len(text) <= headBytes {
		return same
	}
	return and(same, sometimes(h.text.is(text, true)))
}

// isOneOf says whether the text is one of words.
func (h headed) isOneOf(words []string) truth {
	a, long := atom{leaf: h.head}, false
	for _, w := range words {
		a.few = append(a.few, Head(w))
		long = long || len(w) > headBytes
	}
	if !long {
		return a.truth()
	}
	return and(a.truth(), sometimes(func(f *Frame) bool {
		head, text := f.Words[f.at[h.head.reg].W+h.head.at], f.Texts[f.at[h.text.reg].T+h.text.at]
		for i, one := range a.few {
			if head == one && text == words[i] {
				return true
			}
		}
		return false
	}))
}
