package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"strconv"
)

// digest gives what tells one policy from another: "sha256:" and the hash of
// all its files as they were read, in load order. Comments, formatting and the
// names of the files that include others do not change it; any value does, and
// so do the order of keys and how a number is written.
func digest(parts []*Node) string {
	h := sha256.New()
	for _, part := range parts {
		render(h, part)
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}

// render writes a node so that no two trees give the same bytes: its kind, the
// lengths of what follows, and that.
func render(h hash.Hash, n *Node) {
	head := append([]byte{"nbdtlm"[n.Kind]}, strconv.Itoa(len(n.Text))...)
	head = append(append(head, ':'), n.Text...)
	head = append(strconv.AppendInt(head, int64(len(n.Items)), 10), ';')
	h.Write(head) // a hash never fails
	for i, item := range n.Items {
		if n.Kind == Map {
			render(h, n.Keys[i])
		}
		render(h, item)
	}
}
