// Package tidy_test holds this repository to its own style: what may import
// what, how large things get, what is documented, and what the packages that
// decide payments keep away from.
package tidy_test
