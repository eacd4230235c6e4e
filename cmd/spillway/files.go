package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// A location is a file that a user named. What is below the current folder is
// found from there, all else from the root of the file system, so that files
// which include or name others by ".." find them.
type location struct {
	fsys   fs.FS
	name   string // of the file in fsys
	prefix string // what the name lacks of the path that the user gave
}

func locate(path string) (location, error) {
	if filepath.IsLocal(path) {
		return location{fsys: os.DirFS("."), name: filepath.ToSlash(filepath.Clean(path))}, nil
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return location{}, err
	}
	root := filepath.VolumeName(absolute) + string(filepath.Separator)
	name := strings.TrimPrefix(absolute, root)
	return location{os.DirFS(root), filepath.ToSlash(name), filepath.ToSlash(root)}, nil
}

// restore gives the mistakes in err their files' paths whole.
func (l location) restore(err error) error {
	var found rules.Errors
	if l.prefix == "" || !errors.As(err, &found) {
		return err
	}
	all := make(rules.Errors, len(found))
	for i, mistake := range found {
		whole := *mistake
		whole.Pos.File = l.prefix + whole.Pos.File
		all[i] = &whole
	}
	return all
}

// loadPolicy loads the policy in a file that a user named.
func loadPolicy(path string) (*engine.Policy, error) {
	at, err := locate(path)
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(at.fsys, at.name); err != nil {
		return nil, err
	}
	policy, err := engine.Load(at.fsys, at.name)
	return policy, at.restore(err)
}

// loadSet loads the policy, or the set of policies, in a file that a user named.
func loadSet(path string) (*engine.Set, error) {
	at, err := locate(path)
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(at.fsys, at.name); err != nil {
		return nil, err
	}
	set, err := engine.LoadSet(at.fsys, at.name)
	return set, at.restore(err)
}

// eachFile reads the files that a user named, standard input for none, and
// gives the worst exit code. One that cannot be read does not stop the others.
func eachFile(std stdio, files []string, worst *int, read func(in io.Reader, name string) error) error {
	if len(files) == 0 {
		files = []string{"-"}
	}
	for _, name := range files {
		if err := openFile(std.in, name, read); err != nil {
			fmt.Fprintf(std.err, "spillway: %v\n", err)
			*worst = exitBad
		}
	}
	if *worst != exitOK {
		return exit(*worst)
	}
	return nil
}

// openFile reads one file, or standard input for -.
func openFile(stdin io.Reader, name string, read func(in io.Reader, name string) error) error {
	if name == "-" {
		return read(stdin, "stdin")
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return read(f, name)
}
