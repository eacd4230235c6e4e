package tidy_test

import (
	"strings"
	"testing"
)

// core lists the packages that decide payments, with what each may import of
// ours. Arrows go down only.
var core = map[string][]string{
	"money":     {},
	"waterfall": {"money"},
	"split":     {"money", "waterfall"},
	"fees":      {"money"},
	"guardrail": {"money"},
	"rules":     {"money"},
	"engine":    {"money", "waterfall", "split", "fees", "guardrail", "rules"},
}

// around lists the packages above the core, which use it as any host does.
var around = map[string][]string{
	"engine/enginetest": {"money", "rules", "engine"},
	"internal/oracle":   {"money", "rules", "engine", "engine/enginetest"},
	"loanpro":           {"money", "rules", "engine"},
	"internal/spec":     {"money", "rules", "engine"},
	"internal/schema":   {},
	"internal/verify":   {"money", "rules", "engine", "engine/enginetest", "internal/spec"},
	"cmd/spillway":      {"money", "rules", "engine", "loanpro", "internal/spec", "internal/schema", "internal/verify"},
}

// homes lists the libraries that have one: where they may be imported, from
// tests as well.
var homes = map[string]string{
	"github.com/expr-lang/expr":     "rules",
	"gopkg.in/yaml.v3":              "rules",
	"github.com/shopspring/decimal": "money",
	"github.com/spf13/cobra":        "cmd",
}

// testOnly lists the libraries that only tests may import.
var testOnly = []string{
	"testing",
	"github.com/google/go-cmp",
	"github.com/leanovate/gopter",
	"github.com/rogpeppe/go-internal",
	"github.com/santhosh-tekuri/jsonschema",
}

// forTests lists the packages that are there for tests to use, with the
// libraries of tests: ours, and those of hosts.
var forTests = []string{"engine/enginetest"}

// outside lists what would let the core depend on more than its arguments.
var outside = []string{
	"time", "os", "net", "math/rand", "crypto/rand", "syscall", "unsafe", "plugin", "log",
}

// mayImportOutside lists the exceptions: log/slog is there for the values that
// a host logs, and logs nothing by itself.
var mayImportOutside = []string{"log/slog"}

func TestArrowsGoDown(t *testing.T) {
	for _, f := range files(t) {
		allowed, known := mayImport(f.folder())
		switch {
		case f.external() || !known && f.test:
			continue
		case !known:
			t.Errorf("%s: say in core or around what %s may import", f.name, f.folder())
			continue
		}
		for imported, at := range f.imports() {
			ours, ok := strings.CutPrefix(imported, module+"/")
			if ok && !contains(allowed, ours) {
				f.wrong(t, at, "%s must not import %s", f.folder(), ours)
			}
		}
	}
}

// mayImport is what the package of a folder may import of ours, if that was
// said.
func mayImport(folder string) (allowed []string, known bool) {
	if allowed, known = core[folder]; !known {
		allowed, known = around[folder]
	}
	return allowed, known
}

func TestLibrariesStayHome(t *testing.T) {
	for _, f := range files(t) {
		for imported, at := range f.imports() {
			for library, home := range homes {
				if within(imported, library) && !within(f.folder(), home) {
					f.wrong(t, at, "%s is for %s only", library, home)
				}
			}
		}
	}
}

func TestTestLibrariesAreForTests(t *testing.T) {
	for _, f := range sources(t) {
		for imported, at := range f.imports() {
			for _, library := range testOnly {
				if within(imported, library) && !contains(forTests, f.folder()) {
					f.wrong(t, at, "%s is for tests only", library)
				}
			}
		}
	}
}

func TestTheCoreKnowsOnlyItsArguments(t *testing.T) {
	for _, f := range coreSources(t) {
		for imported, at := range f.imports() {
			for _, banned := range outside {
				if within(imported, banned) && !contains(mayImportOutside, imported) {
					f.wrong(t, at, "no package of the core imports %s", imported)
				}
			}
			if within(imported, "io/fs") && f.folder() != "engine" && f.folder() != "rules" {
				f.wrong(t, at, "files enter through engine.Load only")
			}
		}
	}
}

// within says whether a path is that of a package or of one below it.
func within(path, parent string) bool {
	return path == parent || strings.HasPrefix(path, parent+"/")
}

func contains(list []string, wanted string) bool {
	for _, s := range list {
		if s == wanted {
			return true
		}
	}
	return false
}
