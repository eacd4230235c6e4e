package enginetest

// A Source is where draws come from. A [*math/rand.Rand] is one, so that a case
// follows from one seed; a [ByteSource] is another, so that a fuzzer finds cases.
//
// Whatever is drawn is as small as it can be when every number is 0.
type Source interface {
	Intn(n int) int // from 0 to n-1, for n > 0
}

// A ByteSource draws from bytes, in order. When they run out, all it draws is 0.
type ByteSource struct{ bytes []byte }

// Bytes is a source of the numbers in b.
func Bytes(b []byte) *ByteSource { return &ByteSource{b} }

// Intn takes one byte, or two or four where n needs them.
func (s *ByteSource) Intn(n int) int {
	size := 1
	if n > 1<<8 {
		size = 2
	}
	if n > 1<<16 {
		size = 4
	}
	value := 0
	for range size {
		value <<= 8
		if len(s.bytes) > 0 {
			value |= int(s.bytes[0])
			s.bytes = s.bytes[1:]
		}
	}
	return value % n
}

// oneIn is true one time in n, and false when 0 is drawn.
func oneIn(src Source, n int) bool { return src.Intn(n) == n-1 }

// pick draws one of a list, the first when 0 is drawn.
func pick[T any](src Source, list ...T) T { return list[src.Intn(len(list))] }
