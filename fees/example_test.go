package fees_test

import (
	"fmt"

	"example.com/spillway/fees"
	"example.com/spillway/money"
)

// 2.75 % of $289.38 is $7.95795, which the flat $5.00 undercuts.
func ExampleAssess() {
	percentage, err := money.ParseRate("2.75")
	if err != nil {
		panic(err)
	}
	schedule := fees.Schedule{Type: fees.Lesser, Flat: 5_00, Percentage: percentage, Minimum: 25}
	fee, ok := fees.Assess(schedule, 289_38)
	fmt.Println(fee, ok)
	schedule.Type = fees.Greater
	fee, ok = fees.Assess(schedule, 289_38)
	fmt.Println(fee, ok)
	// Output:
	// 500 true
	// 796 true
}
