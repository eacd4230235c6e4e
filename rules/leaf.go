package rules

// A leaf is a word or text that an expression reads as it is: a field, a fact.
// What is done with a leaf most often is written out here in one closure each,
// instead of one that calls another to read it.
type leaf struct{ reg, at int }

// flag is a condition that is stored as 0 or 1.
func (l leaf) flag() func(*Frame) bool {
	return func(f *Frame) bool { return f.Words[f.at[l.reg].W+l.at] != 0 }
}

// is compares a text with one that is known at load.
func (l leaf) is(text string, same bool) func(*Frame) bool {
	if same {
		return func(f *Frame) bool { return f.Texts[f.at[l.reg].T+l.at] == text }
	}
	return func(f *Frame) bool { return f.Texts[f.at[l.reg].T+l.at] != text }
}

// compare compares a word with one that is known at load.
func (l leaf) compare(c comparison, v int64) func(*Frame) bool {
	switch c {
	case comparisons["=="]:
		return func(f *Frame) bool { return f.Words[f.at[l.reg].W+l.at] == v }
	case comparisons["!="]:
		return func(f *Frame) bool { return f.Words[f.at[l.reg].W+l.at] != v }
	case comparisons["<"]:
		return func(f *Frame) bool { return f.Words[f.at[l.reg].W+l.at] < v }
	case comparisons["<="]:
		return func(f *Frame) bool { return f.Words[f.at[l.reg].W+l.at] <= v }
	case comparisons[">"]:
		return func(f *Frame) bool { return f.Words[f.at[l.reg].W+l.at] > v }
	}
	return func(f *Frame) bool { return f.Words[f.at[l.reg].W+l.at] >= v }
}
