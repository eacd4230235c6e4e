package rules

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write what is reported to testdata/mistakes/*.txt; then read the diff")

func TestMistakes(t *testing.T) {
	const dir = "testdata/mistakes"
	files, err := filepath.Glob(dir + "/*.yaml")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			_, err := Load(os.DirFS(dir), name+".yaml")
			if err == nil {
				t.Fatal("it loads")
			}
			got := err.Error() + "\n"
			golden := filepath.Join(dir, name+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTenMistakes(t *testing.T) {
	_, err := Load(os.DirFS("testdata/mistakes"), "ten_mistakes.yaml")
	if es, ok := err.(Errors); !ok || len(es) != 10 {
		t.Errorf("%v\nwant ten mistakes", err)
	}
}
