package rules

// A symbols numbers the texts that a policy compares a fact with, from 0. The word
// of the fact in a [Frame] is the number of its text, so that comparing it with
// one of them is comparing two words. They are complete when the policy is read,
// and do not change any more.
type symbols struct {
	texts   []string
	numbers map[string]int64
}

// unknown is the number of a text that the policy does not compare the fact with.
const unknown = -1

func newSymbols() *symbols { return &symbols{numbers: map[string]int64{}} }

// number gives the number of a text that the policy has, a new one at need.
func (s *symbols) number(text string) int64 {
	n, ok := s.numbers[text]
	if !ok {
		n = int64(len(s.texts))
		s.texts, s.numbers[text] = append(s.texts, text), n
	}
	return n
}

// of gives the number of any text.
func (s *symbols) of(text string) int64 {
	if len(s.texts) <= few { // comparing them takes less than hashing
		for i := range s.texts {
			if s.texts[i] == text {
				return int64(i)
			}
		}
		return unknown
	}
	if n, ok := s.numbers[text]; ok {
		return n
	}
	return unknown
}

// few is up to how many texts are compared one by one.
const few = 8

// A symbol is a text in a record whose word holds its number.
type symbol struct {
	leaf
	of *symbols
}

// is compares the text with one that is known at load.
func (s symbol) is(text string) atom {
	return atom{leaf: s.leaf, c: comparisons["=="], v: s.of.number(text)}
}

// isOneOf says whether the text is one of words.
func (s symbol) isOneOf(words []string) atom {
	a := atom{leaf: s.leaf, few: []int64{}}
	for _, w := range words {
		a.few = append(a.few, s.of.number(w))
	}
	return a
}
