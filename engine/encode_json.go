package engine

import (
	"strconv"
	"unicode/utf8"

	"example.com/spillway/money"
	"example.com/spillway/rules"
)

// A jsonWriter appends JSON to buf, commas included, in the order in which it
// is told. Amounts are written in currency.
type jsonWriter struct {
	buf      []byte
	currency money.Currency
	more     bool // something stands before the next value on its level
}

func (w *jsonWriter) comma() {
	if w.more {
		w.buf = append(w.buf, ',')
	}
	w.more = true
}

// open begins an object or a list.
func (w *jsonWriter) open(bracket byte) {
	w.comma()
	w.buf = append(w.buf, bracket)
	w.more = false
}

func (w *jsonWriter) close(bracket byte) {
	w.buf = append(w.buf, bracket)
	w.more = true
}

// key begins a member. What is written next is its value.
func (w *jsonWriter) key(key string) {
	w.comma()
	w.buf = appendQuoted(w.buf, key)
	w.buf = append(w.buf, ':')
	w.more = false
}

// object begins a member that is an object, list one that is a list.
func (w *jsonWriter) object(key string) {
	w.key(key)
	w.open('{')
}

func (w *jsonWriter) list(key string) {
	w.key(key)
	w.open('[')
}

func (w *jsonWriter) text(key, value string) {
	w.key(key)
	w.buf = appendQuoted(w.buf, value)
	w.more = true
}

// textIfAny writes a member that is left out when it is empty.
func (w *jsonWriter) textIfAny(key, value string) {
	if value != "" {
		w.text(key, value)
	}
}

func (w *jsonWriter) amount(key string, a Amount) {
	w.key(key)
	w.buf = append(w.buf, '"')
	w.buf = w.currency.Append(w.buf, a)
	w.buf = append(w.buf, '"')
	w.more = true
}

// amountIfAny writes a member that is left out when it is absent.
func (w *jsonWriter) amountIfAny(key string, a Opt[Amount]) {
	if a, ok := a.Get(); ok {
		w.amount(key, a)
	}
}

func (w *jsonWriter) rate(key string, r Rate) {
	w.key(key)
	w.buf = append(w.buf, '"')
	w.buf = r.Append(w.buf)
	w.buf = append(w.buf, '"')
	w.more = true
}

func (w *jsonWriter) date(key string, d Date) {
	w.key(key)
	w.buf = append(w.buf, '"')
	w.buf = d.Append(w.buf)
	w.buf = append(w.buf, '"')
	w.more = true
}

func (w *jsonWriter) count(key string, n int) {
	w.key(key)
	w.buf = strconv.AppendInt(w.buf, int64(n), 10)
	w.more = true
}

func (w *jsonWriter) flag(key string, b bool) {
	w.key(key)
	w.buf = strconv.AppendBool(w.buf, b)
	w.more = true
}

// flagIfSet writes a flag that is left out when it is false.
func (w *jsonWriter) flagIfSet(key string, b bool) {
	if b {
		w.flag(key, b)
	}
}

// place writes a place as file:line:col, and no place as "".
func (w *jsonWriter) place(key string, at rules.Pos) {
	w.key(key)
	w.more = true
	if at == (rules.Pos{}) {
		w.buf = append(w.buf, `""`...)
		return
	}
	w.buf = append(appendEscaped(append(w.buf, '"'), at.File), ':')
	w.buf = append(strconv.AppendInt(w.buf, int64(at.Line), 10), ':')
	w.buf = append(strconv.AppendInt(w.buf, int64(at.Col), 10), '"')
}

// appendQuoted appends s as a JSON string.
func appendQuoted(dst []byte, s string) []byte {
	return append(appendEscaped(append(dst, '"'), s), '"')
}

// appendEscaped appends s as it stands inside a JSON string. Only what JSON
// wants escaped is; what is no UTF-8 becomes the replacement character.
func appendEscaped(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			dst = utf8.AppendRune(dst, r)
			i += size
			continue
		}
		i++
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c == '\t':
			dst = append(dst, '\\', 't')
		case c < ' ' || c == 0x7f:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return dst
}
