package oracle

import "time"

// A day counts days.
type day int

func parseDay(text string) day {
	t, _ := time.Parse(time.DateOnly, text)
	return day(t.Unix() / (24 * 60 * 60))
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

func (d day) time() time.Time { return time.Unix(int64(d)*24*60*60, 0).UTC() }

func (d day) String() string { return d.time().Format(time.DateOnly) }

// dayOf is a day of the calendar.
func dayOf(year, month, date int) day {
	return day(time.Date(year, time.Month(month), date, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// calendar evaluates a function of dates.
func (s scene) calendar(function string, args []value) value {
	if function == "date" {
		return parseDay(args[0].(string))
	}
	d := args[0].(day)
	t := d.time()
	switch function {
	case "days":
		return whole(int64(args[1].(day) - d))
	case "add_days":
		return d + day(args[1].(num).Num().Int64())
	case "add_months":
		month := int(t.Month()) + int(args[1].(num).Num().Int64())
		last := dayOf(t.Year(), month+1, 0)
		return min(last, dayOf(t.Year(), month, 1)+day(t.Day()-1))
	case "month_start":
		return dayOf(t.Year(), int(t.Month()), 1)
	case "year":
		return whole(int64(t.Year()))
	case "month":
		return whole(int64(t.Month()))
	case "day":
		return whole(int64(t.Day()))
	}
	return whole(int64((t.Weekday()+6)%7 + 1)) // weekday
}
