package loanpro

import (
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/spillway/engine"
	"example.com/spillway/money"
	"example.com/spillway/rules"
)

const requests = "../testdata/requests/loanpro/"

// exactly compares what is unexported too.
var exactly = cmp.Exporter(func(reflect.Type) bool { return true })

func TestReadSeeds(t *testing.T) {
	no := engine.BoolValue(false)
	tests := []struct {
		file string
		want engine.Payment
	}{
		{"line_log.json", engine.Payment{
			Amount: 198_38, Date: day(t, "2025-03-06"), Type: "1", Account: "17", Status: engine.Active, Mode: engine.Log, Method: "1",
			Facts: engine.Facts{{Name: "description", Value: text("Payment Example")}},
		}},
		{"line_process.json", engine.Payment{
			ID: "102937", Amount: 2_39, Date: day(t, "2024-07-15"), Type: "1", Account: "35",
			Status: engine.Pending, Mode: engine.Process, Method: "4",
			Fee: engine.Some(engine.FeeTerms{Type: engine.Waive}),
			Facts: engine.Facts{
				{Name: "description", Value: text("JULY STATEMENT PAYMENT")},
				{Name: "echeck_auth_type", Value: text("WEB")},
				{Name: "payment_processor_id", Value: number("17")},
				{Name: "payment_account_id", Value: number("190")},
			},
		}},
		{"loan_process.json", engine.Payment{
			Amount: 10_00, Date: day(t, "2017-05-26"), Type: "1", Mode: engine.Process, Method: "3", Extra: "tx.classic",
			Fee: engine.Some(engine.FeeTerms{Type: engine.Percentage, Flat: 10_00, Percentage: rate(t, "5")}),
			Facts: engine.Facts{
				{Name: "selected_processor", Value: number("1")},
				{Name: "echeck_auth_type", Value: text("WEB")},
				{Name: "info", Value: text("05/26/2017 Credit/Debit Card")},
				{Name: "custom_38", Value: text("132")},
				{Name: "save_profile", Value: no},
				{Name: "processor_id", Value: number("115")},
				{Name: "processor_key", Value: text("anet")},
				{Name: "processor_name", Value: text("asdf")},
				{Name: "processor_default", Value: no},
				{Name: "payment_account_id", Value: number("371")},
			},
		}},
		{"first_log.json", engine.Payment{
			Amount: 40_00, Date: day(t, "2024-01-02"), Type: "1", Mode: engine.Log, Method: "1",
			Facts: engine.Facts{{Name: "info", Value: text("01/02/2024 Cash")}},
		}},
		{"first_process.json", engine.Payment{
			Amount: 40_00, Date: day(t, "2024-01-02"), Type: "1", Mode: engine.Process, Method: "3",
			Facts: engine.Facts{
				{Name: "selected_processor", Value: number("1")},
				{Name: "info", Value: text("01/02/2024 Credit/Debit Card")},
				{Name: "payment_account_id", Value: number("371")},
			},
		}},
	}
	for _, test := range tests {
		got, err := Read(file(t, test.file), usd())
		if err != nil || len(got) != 1 {
			t.Errorf("Read(%s) = %d requests, %v, want one", test.file, len(got), err)
			continue
		}
		if diff := cmp.Diff(test.want, got[0].Payment, exactly); diff != "" {
			t.Errorf("Read(%s): %s", test.file, diff)
		}
	}
}

// The loan's request is printed with no-break spaces; those in text stay.
func TestReadNoBreakSpaces(t *testing.T) {
	plain := string(file(t, "loan_process.json"))
	want, err := Read([]byte(plain), usd())
	if err != nil {
		t.Fatal(err)
	}
	printed := strings.ReplaceAll(plain, "\n  ", "\n\u00a0 ")
	got, err := Read([]byte(printed), usd())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, exactly); diff != "" {
		t.Error(diff)
	}
	payment := read(t, lineWith(`"description": "a\"\u00a0b`+"\u00a0"+`c"`))
	if got, want := payment.Facts[0].Value, engine.TextValue("a\"\u00a0b\u00a0c"); got != want {
		t.Errorf("description = %v, want %v", got, want)
	}
}

func TestReadSeveral(t *testing.T) {
	got, err := Read([]byte(`{"Payments": {"results": [
		{"id": 1, "amount": 10, "date": "2024-01-02"},
		{"id": "2", "amount": "20.50", "date": "2024-01-03", "displayId": 77}]}}`), usd())
	if err != nil {
		t.Fatal(err)
	}
	var payments []engine.Payment
	for _, r := range got {
		payments = append(payments, r.Payment)
	}
	want := []engine.Payment{
		{ID: "1", Amount: 10_00, Date: day(t, "2024-01-02")},
		{ID: "77", Amount: 20_50, Date: day(t, "2024-01-03"), Facts: engine.Facts{{Name: "id", Value: engine.NumberValue("2")}}},
	}
	if diff := cmp.Diff(want, payments, exactly); diff != "" {
		t.Error(diff)
	}
}

// Amounts are exact however they are written.
func TestReadAmounts(t *testing.T) {
	amounts := map[string]engine.Amount{
		`10`: 10_00, `10.0`: 10_00, `10.00`: 10_00, `"10"`: 10_00, `"10.00"`: 10_00, `2.39`: 2_39, `198.38`: 198_38,
		`0.01`: 1, `0.1`: 10, `1000000`: 1_000_000_00, `9999999999999.99`: 9_999_999_999_999_99, `4503599627370.49`: 4_503_599_627_370_49,
	}
	for written, want := range amounts {
		if got := read(t, lineReplacing("amount", written)).Amount; got != want {
			t.Errorf("amount %s is %d, want %d", written, got, want)
		}
	}
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	src, err := os.ReadFile(requests + name)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// read reads the one payment of a request that must be right.
func read(t *testing.T, src string) engine.Payment {
	t.Helper()
	got, err := Read([]byte(src), usd())
	if err != nil || len(got) != 1 {
		t.Fatalf("Read(%s) = %d requests, %v, want one", src, len(got), err)
	}
	return got[0].Payment
}

// lineWith is the least request on a line of credit, with more fields.
func lineWith(fields string) string {
	return `{"entityType": "Entity.LineOfCredit", "entityId": 35, "amount": 10, "applyDate": "2024-07-15",
		"status": "lineOfCredit.transactionStatus.active", ` + fields + `}`
}

// lineReplacing is the least request on a line of credit with another value of
// one field, or without it if that is "".
func lineReplacing(name, value string) string {
	var fields []string
	for _, f := range [][2]string{{"entityType", `"Entity.LineOfCredit"`}, {"entityId", "35"}, {"amount", "10"},
		{"applyDate", `"2024-07-15"`}, {"status", `"lineOfCredit.transactionStatus.active"`}} {
		if f[0] == name {
			f[1] = value
		}
		if f[1] != "" {
			fields = append(fields, `"`+f[0]+`": `+f[1])
		}
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

func loanWith(fields string) string {
	return `{"Payments": {"results": [{"amount": "10", "date": "2024-07-15", ` + fields + `}]}}`
}

func customField(fields string) string { return `"CustomFieldValues": {"results": [{` + fields + `}]}` }

func usd() money.Currency {
	currency, _ := money.Lookup("USD")
	return currency
}

func day(t *testing.T, text string) engine.Date {
	t.Helper()
	d, err := rules.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func rate(t *testing.T, text string) engine.Rate {
	t.Helper()
	r, err := money.ParseRate(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// fault is the input error that err is.
func fault(t *testing.T, src string, err error) engine.InputError {
	t.Helper()
	var fault *engine.InputError
	if !errors.As(err, &fault) {
		t.Fatalf("Read(%s) fails with %v, want an input error", src, err)
	}
	return *fault
}
