// Package rules reads policies: YAML with expressions in it, to a checked
// [Policy] whose expressions are exact.
package rules

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Load reads the policy in the file name of fsys, with the files it includes,
// and gives it if there is no mistake in it. The error is [Errors]: every
// mistake, not the first.
//
// An include names a file relative to the file it stands in. Its entries come
// after those of the file that includes it.
//
// How a policy is set out changes nothing but places: as JSON it has the same
// digest, and decides the same.
func Load(fsys fs.FS, name string) (*Policy, error) {
	var m Mistakes
	l := loader{Mistakes: &m, fsys: fsys}
	at := Pos{name, 1, 1}
	if src, ok := l.read(name, at, 1); ok {
		if n := parseDocument(&m, name, src); n != nil {
			l.add(n, path.Dir(name), included{name: name, at: at})
			return newPolicyParser(&m, &l).parse()
		}
	}
	return nil, m.Err()
}

// FromNode reads a policy that is part of a document: a spec's. Includes are
// relative to dir in fsys; if that is nil, they are mistakes. The error is
// [Errors].
func FromNode(n *Node, fsys fs.FS, dir string) (*Policy, error) {
	var m Mistakes
	if n.src != nil {
		m.addSource(n.src)
	}
	l := loader{Mistakes: &m, fsys: fsys}
	l.add(n, dir, included{at: n.Pos})
	return newPolicyParser(&m, &l).parse()
}

// maxIncludes is how deep includes may go.
const maxIncludes = 16

// A loader gathers the files of a policy.
type loader struct {
	*Mistakes
	fsys    fs.FS
	parts   []*Node // one a file, in load order
	missing bool    // a file could not be read: what it holds is not known
	seen    []included
}

// included is a file of the policy and where it was asked for.
type included struct {
	name string
	at   Pos
	over []string // the files that include it, outermost first
}

// add takes a file in, then those it includes.
func (l *loader) add(n *Node, dir string, file included) {
	l.parts = append(l.parts, n)
	l.seen = append(l.seen, file)
	if n.Kind != Map {
		return
	}
	list := n.Get("include")
	if list == nil {
		return
	}
	if list.Kind != List {
		l.Add(list.Pos, list.width(), "write include: [file.yaml]", "include must be a list of files, got %s", list.Kind.describe(list.Text))
		return
	}
	for _, item := range list.Items {
		l.include(item, dir, file)
	}
}

func (l *loader) include(item *Node, dir string, by included) {
	name := path.Join(dir, item.Text)
	file := included{name, item.Pos, append(by.over[:len(by.over):len(by.over)], by.name)}
	fail := func(hint, format string, args ...any) {
		l.missing = true
		l.Add(item.Pos, item.width(), hint, format, args...)
	}
	switch {
	case item.Kind != Text || item.Text == "":
		fail("", "an include is the name of a file, got %s", item.Kind.describe(item.Text))
		return
	case l.fsys == nil:
		fail("", "files cannot be included here")
		return
	case strings.HasPrefix(item.Text, "/") || !fs.ValidPath(name):
		fail("name it relative to this file", "%q lies outside the folder of the policies", item.Text)
		return
	case len(file.over) > maxIncludes:
		fail("", "includes go deeper than %d files, the limit", maxIncludes)
		return
	}
	for _, over := range file.over {
		if over == name {
			fail("", "%q includes itself: %s", item.Text, strings.Join(append(file.over, name), " -> "))
			return
		}
	}
	for _, other := range l.seen {
		if other.name == name {
			l.Add(item.Pos, item.width(), "", "%q is included twice, first at %v", item.Text, other.at)
			return
		}
	}
	src, ok := l.read(name, item.Pos, item.width())
	if !ok {
		l.missing = true
		return
	}
	n := parseDocument(l.Mistakes, name, src)
	if l.missing = l.missing || n == nil; n != nil {
		l.add(n, path.Dir(name), file)
	}
}

// read reads a file of the policy.
func (l *loader) read(name string, at Pos, width int) ([]byte, bool) {
	src, err := readLimited(l.fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		hint := "includes are relative to the file they stand in"
		if at.File == name {
			hint = ""
		}
		l.Add(at, width, hint, "there is no file %q", name)
	case err != nil:
		l.Add(at, width, "", "%q cannot be read: %v", name, cause(err))
	case len(src) > maxYAML:
		l.Add(Pos{name, 1, 1}, 1, "split it up with include", "the file is over 1 MiB")
	default:
		return src, true
	}
	return nil, false
}

// readLimited reads a file up to one byte more than one may have.
func readLimited(fsys fs.FS, name string) ([]byte, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	src, err := io.ReadAll(io.LimitReader(file, maxYAML+1))
	return src, errors.Join(err, file.Close())
}

// cause is what went wrong with a file, without its name.
func cause(err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}
