package rules

import (
	"errors"
	"fmt"
)

// A Date is a civil date, counted in days: 1 is 0001-01-01 and the zero Date
// is no date. Dates compare and subtract as integers.
type Date int32

// MaxDate is 9999-12-31, the last date there is.
const MaxDate Date = 3652059

// DateOf gives the date of a year (1 to 9999), month and day, and whether
// there is such a day.
func DateOf(year, month, day int) (Date, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return 0, false
	}
	return Date(daysBefore(year, month) + day), true
}

// ParseDate reads a date written YYYY-MM-DD.
func ParseDate(text string) (Date, error) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return 0, errors.New("is no date, write YYYY-MM-DD")
	}
	year, ok1 := digits(text[:4])
	month, ok2 := digits(text[5:7])
	day, ok3 := digits(text[8:])
	if !ok1 || !ok2 || !ok3 {
		return 0, errors.New("is no date, write YYYY-MM-DD")
	}
	d, ok := DateOf(year, month, day)
	if !ok {
		return 0, fmt.Errorf("is no day of the calendar")
	}
	return d, nil
}

// Civil gives the year, month and day. The zero Date gives zeros.
func (d Date) Civil() (year, month, day int) {
	if d < 1 || d > MaxDate {
		return 0, 0, 0
	}
	year = int(d-1)*400/146097 + 1
	if int(d) <= daysBefore(year, 1) {
		year--
	} else if year < 9999 && int(d) > daysBefore(year+1, 1) {
		year++
	}
	month = min(12, (int(d)-daysBefore(year, 1)-1)/28+1)
	for daysBefore(year, month) >= int(d) {
		month--
	}
	return year, month, int(d) - daysBefore(year, month)
}

// String gives YYYY-MM-DD, and nothing for the zero Date.
func (d Date) String() string { return string(d.Append(nil)) }

// Append appends what String gives, without allocating.
func (d Date) Append(dst []byte) []byte {
	year, month, day := d.Civil()
	if year == 0 {
		return dst
	}
	return append(dst,
		byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10), '-',
		byte('0'+month/10), byte('0'+month%10), '-',
		byte('0'+day/10), byte('0'+day%10))
}

// AddMonths gives the same day n months later, or the last day of that month
// if it is shorter, and whether that is a date.
func (d Date) AddMonths(n int64) (Date, bool) {
	year, month, day := d.Civil()
	if year == 0 || n < -12*9999 || n > 12*9999 {
		return 0, false
	}
	months := year*12 + month - 1 + int(n)
	year, month = months/12, months%12+1
	if year < 1 || year > 9999 {
		return 0, false
	}
	return DateOf(year, month, min(day, daysIn(year, month)))
}

// Weekday gives 1 for Monday to 7 for Sunday.
func (d Date) Weekday() int { return (int(d)-1)%7 + 1 }

// daysBefore gives the days from 0001-01-01 to the first of a month.
func daysBefore(year, month int) int {
	y := year - 1
	days := y*365 + y/4 - y/100 + y/400 + cumulative[month-1]
	if month > 2 && leap(year) {
		days++
	}
	return days
}

var cumulative = [12]int{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if leap(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func digits(text string) (n int, ok bool) {
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
