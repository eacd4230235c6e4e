package rules

import (
	"testing"
	"time"
)

// Every date there is, against the calendar of package time.
func TestEveryDate(t *testing.T) {
	day := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := Date(1); d <= MaxDate; d++ {
		year, month, dom := d.Civil()
		if year != day.Year() || month != int(day.Month()) || dom != day.Day() {
			t.Fatalf("Date(%d).Civil() = %d %d %d, want %v", d, year, month, dom, day)
		}
		if back, ok := DateOf(year, month, dom); !ok || back != d {
			t.Fatalf("DateOf(%d, %d, %d) = %v, %v, want %d", year, month, dom, back, ok, d)
		}
		if want := (int(day.Weekday())+6)%7 + 1; d.Weekday() != want {
			t.Fatalf("%v.Weekday() = %d, want %d", d, d.Weekday(), want)
		}
		day = day.AddDate(0, 0, 1)
	}
}

func TestParseDate(t *testing.T) {
	for _, text := range []string{"2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29"} {
		d, err := ParseDate(text)
		if err != nil || d.String() != text {
			t.Errorf("ParseDate(%q) = %v, %v", text, d, err)
		}
	}
	for _, text := range []string{"", "2024-02-30", "1900-02-29", "2024-13-01", "2024-00-10", "0000-01-01",
		"2024-1-01", "24-01-01", "2024-01-01 ", "2024/01/01", "2024-01-0a", "+024-01-01"} {
		if d, err := ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", text, d)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int64
		want string
	}{
		{"2024-01-31", 1, "2024-02-29"}, {"2023-01-31", 1, "2023-02-28"}, {"2024-03-31", -1, "2024-02-29"},
		{"2024-12-15", 1, "2025-01-15"}, {"2024-01-15", -13, "2022-12-15"}, {"9999-12-01", 1, ""}, {"0001-01-01", -1, ""},
	} {
		from, _ := ParseDate(c.from)
		got, ok := from.AddMonths(c.n)
		if got.String() != c.want || ok != (c.want != "") {
			t.Errorf("%s.AddMonths(%d) = %v, %v, want %s", c.from, c.n, got, ok, c.want)
		}
	}
}
