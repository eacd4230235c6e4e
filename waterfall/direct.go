package waterfall

import "example.com/spillway/money"

// Direct pays what a payment directs to balances by itself. It returns parts
// with one part appended for each balance that was paid, in the order in which
// they are first directed to, and a verdict that holds the rest of amount.
//
// A direction cannot be followed when its balance is unknown, when its amount is
// 0 or less, and when it is more than its balance still owes, or than is left of
// amount, after the directions before it. With Only, a sum below amount cannot
// be followed either. d.Invalid says what becomes of such directions. No
// directions at all are answered with [Ignored].
//
// For any directions and any amount:
//
//   - the parts appended, plus the rest, are amount, and the rest of an amount
//     above 0 is never below 0;
//   - every part is above 0 and at most what its balance owes;
//   - unless the verdict is [Followed], no part is appended;
//   - it is never [Refused] where invalid directions are ignored or trimmed.
func (p *Pool) Direct(parts []Part, amount money.Amount, d *Directions) ([]Part, Verdict) {
	if len(d.List) == 0 {
		return parts, Verdict{Outcome: Ignored, Rest: amount, At: -1}
	}
	if p.mine == nil {
		p.mine = make(map[int]int)
	}
	clear(p.mine)
	paid, left := parts, amount
	for i, direction := range d.List {
		part, why := p.follow(paid, left, direction)
		if why != "" && d.Invalid != TrimInvalid {
			return parts, d.invalid(amount, i, why)
		}
		if part > 0 {
			paid = p.pay(paid, direction.Target, part)
			left -= part
		}
	}
	if d.Only && left > 0 && d.Invalid != TrimInvalid {
		return parts, d.invalid(amount, -1, whyShort)
	}
	return paid, Verdict{Outcome: Followed, Rest: left, At: -1}
}

// Directions are what a payment directs to balances, and how that is taken.
type Directions struct {
	List    []Direction
	Only    bool // they must add up to the amount
	Invalid Invalid
}

// A Direction sends an amount to one balance.
type Direction struct {
	Target int          // the balance: its part's ID; below 0: there is no such balance
	Owed   money.Amount // what the balance owes before any direction, the same in each direction to it
	Amount money.Amount
}

// Invalid says what becomes of directions that cannot be followed.
type Invalid uint8

// What becomes of directions that cannot be followed.
const (
	RefuseInvalid Invalid = iota // the payment is refused
	IgnoreInvalid                // it is as if there were none, good ones included
	TrimInvalid                  // each is followed as far as it can be
)

// A Verdict says what became of directions.
type Verdict struct {
	Outcome Outcome
	Rest    money.Amount // of the amount; all of it unless Followed
	At      int          // which direction cannot be followed; -1: none, or only their sum
	Why     string       // why it cannot be, in a borrower's words; "" when it can
}

// Outcome says what became of directions.
type Outcome uint8

// What can become of directions.
const (
	Refused  Outcome = iota // the payment is to be refused
	Ignored                 // the tiers run as if there were none
	Followed                // the parts are paid
)

// Why directions cannot be followed.
const (
	whyUnknown = "there is no such balance"
	whyNothing = "the amount is not above 0"
	whyOwed    = "it is more than the balance owes"
	whyLeft    = "the directed amounts add up to more than there is to apply"
	whyShort   = "the directed amounts add up to less than there is to apply"
)

// follow says how much of a direction can be followed after those already paid,
// and, when that is not all of it, why.
func (p *Pool) follow(paid []Part, left money.Amount, d Direction) (money.Amount, string) {
	owed := d.Owed
	if at, ok := p.mine[d.Target]; ok {
		owed -= paid[at].Amount
	}
	switch {
	case d.Target < 0:
		return 0, whyUnknown
	case d.Amount <= 0:
		return 0, whyNothing
	case d.Amount > owed:
		return min(owed, left), whyOwed
	case d.Amount > left:
		return left, whyLeft
	}
	return d.Amount, ""
}

// pay adds to the part of a balance, which is appended when it has none yet.
func (p *Pool) pay(paid []Part, target int, amount money.Amount) []Part {
	if at, ok := p.mine[target]; ok {
		paid[at].Amount += amount
		return paid
	}
	p.mine[target] = len(paid)
	return append(paid, Part{target, amount})
}

// invalid is the verdict on directions that cannot be followed.
func (d *Directions) invalid(amount money.Amount, at int, why string) Verdict {
	outcome := Refused
	if d.Invalid == IgnoreInvalid {
		outcome = Ignored
	}
	return Verdict{Outcome: outcome, Rest: amount, At: at, Why: why}
}
