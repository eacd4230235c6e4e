package schema

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// codecKeys says which list of keys in which package's source is which form's.
var codecKeys = map[string]map[string]string{
	"engine": {
		"requestKeys": "request", "accountKeys": "account", "balanceKeys": "balance", "paymentKeys": "payment",
		"feeKeys": "terms", "splitKeys": "split_terms", "directionKeys": "direction",
		"receiptKeys": "receipt", "policyIDKeys": "policy_id", "hitKeys": "hit", "feeReportKeys": "fee_paid",
		"chargeKeys": "charge", "accountFeeKeys": "account_fee", "lineKeys": "line", "shareKeys": "share",
		"deltaKeys": "delta", "totalKeys": "total", "moveKeys": "move",
		"replayKeys": "events", "changeKeys": "change", "eventKeys": "event", "transitionKeys": "transition", "adjustKeys": "adjustment",
	},
	"rules": {
		"policyKeys": "policy", "paymentTypeKeys": "payment_type", "waterfallKeys": "waterfall", "tierKeys": "tier",
		"splitKeys": "split", "feeKeys": "fee", "guardrailKeys": "guardrail", "invariantKeys": "invariant",
	},
	"internal/spec": {"fileKeys": "spec", "caseKeys": "case", "deltaKeys": "delta_figures", "totalKeys": "total_figures"},
}

var (
	keyList = regexp.MustCompile(`(\w+Keys)\s*=\s*\[\]string\{([^}]*)\}`)
	quoted  = regexp.MustCompile(`"(\w+)"`)
)

// TestTheTableHasTheKeysOfTheCodecs compares the table with the lists that
// documents are read by.
func TestTheTableHasTheKeysOfTheCodecs(t *testing.T) {
	table := read(documents)
	for folder, lists := range codecKeys {
		found := keysIn(t, folder)
		for list, name := range lists {
			var keys []string
			for _, k := range table[name].keys {
				keys = append(keys, k.name)
			}
			want := slices.Sorted(slices.Values(found[list]))
			if got := slices.Sorted(slices.Values(keys)); !slices.Equal(got, want) {
				t.Errorf("%s has the keys %v, %s in %s reads %v", name, got, list, folder, want)
			}
		}
	}
}

// keysIn gives the lists of keys in the source of a package.
func keysIn(t *testing.T, folder string) map[string][]string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("../..", folder, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no source in %s: %v", folder, err)
	}
	lists := map[string][]string{}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, list := range keyList.FindAllStringSubmatch(string(src), -1) {
			for _, key := range quoted.FindAllStringSubmatch(list[2], -1) {
				lists[list[1]] = append(lists[list[1]], key[1])
			}
		}
	}
	return lists
}
