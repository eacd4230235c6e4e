package waterfall_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/spillway/money"
	"example.com/spillway/waterfall"
)

// The balances of the shared cases about directions.
const (
	principal = iota
	interest
	fees
)

// to directs an amount to one of them; each owes what the cases say.
func to(target int, amount money.Amount) waterfall.Direction {
	if target < 0 {
		return waterfall.Direction{Target: target, Amount: amount}
	}
	owed := []money.Amount{principal: 100_00, interest: 20_00, fees: 10_00}
	return waterfall.Direction{Target: target, Owed: owed[target], Amount: amount}
}

// TestDirect has the figures of the shared cases about directions.
func TestDirect(t *testing.T) {
	const refuse, ignore, trim = waterfall.RefuseInvalid, waterfall.IgnoreInvalid, waterfall.TrimInvalid
	all := func(directions ...waterfall.Direction) []waterfall.Direction { return directions }
	followed := func(rest money.Amount) waterfall.Verdict {
		return waterfall.Verdict{Outcome: waterfall.Followed, Rest: rest, At: -1}
	}
	tests := []struct {
		name       string
		amount     money.Amount
		directions waterfall.Directions
		want       []waterfall.Part
		verdict    waterfall.Verdict
	}{
		{"the rest is left to the tiers", 50_00, waterfall.Directions{List: all(to(principal, 25_00))},
			[]waterfall.Part{{principal, 25_00}}, followed(25_00)},
		{"more than is owed", 50_00, waterfall.Directions{List: all(to(fees, 10_01))},
			nil, waterfall.Verdict{Rest: 50_00, Why: "it is more than the balance owes"}},
		{"two to one balance are more than is owed", 50_00, waterfall.Directions{List: all(to(fees, 6_00), to(fees, 5_00))},
			nil, waterfall.Verdict{Rest: 50_00, At: 1, Why: "it is more than the balance owes"}},
		{"two to one balance just fit, in one part", 11_00, waterfall.Directions{List: all(to(fees, 6_00), to(fees, 4_00))},
			[]waterfall.Part{{fees, 10_00}}, followed(1_00)},
		{"a balance that is not there", 50_00, waterfall.Directions{List: all(to(-1, 5_00))},
			nil, waterfall.Verdict{Rest: 50_00, Why: "there is no such balance"}},
		{"an amount of nothing", 12_00, waterfall.Directions{List: all(to(fees, 0))},
			nil, waterfall.Verdict{Rest: 12_00, Why: "the amount is not above 0"}},
		{"more than the amount", 9_00, waterfall.Directions{List: all(to(fees, 5_00), to(interest, 4_01))}, nil,
			waterfall.Verdict{Rest: 9_00, At: 1, Why: "the directed amounts add up to more than there is to apply"}},
		{"ignored, the good one with it", 9_00,
			waterfall.Directions{List: all(to(principal, 5_00), to(interest, 4_01)), Invalid: ignore}, nil,
			waterfall.Verdict{Outcome: waterfall.Ignored, Rest: 9_00, At: 1,
				Why: "the directed amounts add up to more than there is to apply"}},
		{"good ones are followed where bad ones would be ignored", 9_00,
			waterfall.Directions{List: all(to(principal, 5_00), to(interest, 4_00)), Invalid: ignore},
			[]waterfall.Part{{principal, 5_00}, {interest, 4_00}}, followed(0)},
		{"trimmed to what is owed", 50_00,
			waterfall.Directions{List: all(to(fees, 25_00), to(principal, 20_00)), Invalid: trim},
			[]waterfall.Part{{fees, 10_00}, {principal, 20_00}}, followed(20_00)},
		{"trimmed to what is left of the amount", 22_00,
			waterfall.Directions{List: all(to(principal, 20_00), to(interest, 20_00)), Invalid: trim},
			[]waterfall.Part{{principal, 20_00}, {interest, 2_00}}, followed(0)},
		{"trimmed, what is unknown or nothing falls away", 22_00,
			waterfall.Directions{List: all(to(-1, 20_00), to(fees, -1), to(interest, 5_00)), Invalid: trim},
			[]waterfall.Part{{interest, 5_00}}, followed(17_00)},
		{"only, adds up", 50_00, waterfall.Directions{List: all(to(principal, 30_00), to(interest, 20_00)), Only: true},
			[]waterfall.Part{{principal, 30_00}, {interest, 20_00}}, followed(0)},
		{"only, a cent short", 50_01,
			waterfall.Directions{List: all(to(principal, 30_00), to(interest, 20_00)), Only: true, Invalid: refuse}, nil,
			waterfall.Verdict{Rest: 50_01, At: -1, Why: "the directed amounts add up to less than there is to apply"}},
		{"only, a cent over", 49_99, waterfall.Directions{List: all(to(principal, 30_00), to(interest, 20_00)), Only: true}, nil,
			waterfall.Verdict{Rest: 49_99, At: 1, Why: "the directed amounts add up to more than there is to apply"}},
		{"what trimming leaves of an only is the rest", 30_00,
			waterfall.Directions{List: all(to(fees, 30_00)), Only: true, Invalid: trim},
			[]waterfall.Part{{fees, 10_00}}, followed(20_00)},
		{"no directions", 30_00, waterfall.Directions{Only: true}, nil,
			waterfall.Verdict{Outcome: waterfall.Ignored, Rest: 30_00, At: -1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var pool waterfall.Pool
			parts, verdict := pool.Direct(nil, test.amount, &test.directions)
			if diff := cmp.Diff(test.want, parts) + cmp.Diff(test.verdict, verdict); diff != "" {
				t.Errorf("Direct(%d) differs (-want +got):\n%s", test.amount, diff)
			}
		})
	}
}

// TestDirectAllocates nothing once the pool has grown, and leaves earlier parts.
func TestDirectAllocates(t *testing.T) {
	var pool waterfall.Pool
	list := []waterfall.Direction{to(fees, 6_00), to(principal, 5_00), to(fees, 4_00)}
	directions := waterfall.Directions{List: list}
	parts, _ := pool.Direct([]waterfall.Part{{fees, 1}}, 50_00, &directions)
	n := testing.AllocsPerRun(20, func() { parts, _ = pool.Direct(parts[:1], 50_00, &directions) })
	want := []waterfall.Part{{fees, 1}, {fees, 10_00}, {principal, 5_00}}
	if diff := cmp.Diff(want, parts); n != 0 || diff != "" {
		t.Errorf("Direct allocates %v times; parts differ (-want +got):\n%s", n, diff)
	}
}
