package main

import (
	"cmp"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"

	gomoney "github.com/Rhymond/go-money"
	govalues "github.com/govalues/decimal"
	"github.com/shopspring/decimal"

	"example.com/spillway/money"
)

// A pot is an amount and who shares it.
type pot struct {
	all     amount
	weights []int64
	rooms   []amount // or nil
}

// drawPot draws weights as debts of up to $5,000 are; rooms fill about a third.
func drawPot(r *rand.Rand, n int, withRooms bool) pot {
	p := pot{}
	var total int64
	for range n {
		weight := 1 + r.Int64N(5000_00)
		p.weights = append(p.weights, weight)
		total += weight
	}
	p.all = amount(total/2 + r.Int64N(total/4))
	if withRooms {
		for _, weight := range p.weights {
			room := weight
			if r.IntN(3) == 0 {
				room = 1 + weight/4
			}
			p.rooms = append(p.rooms, amount(room))
		}
		p.all = p.all * 3 / 4
	}
	return p
}

// apportionContests compare ways to share an amount.
func apportionContests() ([]contest, error) {
	var all []contest
	for _, withRooms := range []bool{false, true} {
		for _, n := range []int{3, 8, 100, 1000} {
			c, err := apportionContest(n, withRooms)
			if err != nil {
				return nil, err
			}
			all = append(all, c)
		}
	}
	return all, nil
}

func apportionContest(n int, withRooms bool) (contest, error) {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	hand := &weighing{}
	open := make([]int, 0, n)
	byHand := func(dst []amount, p *pot) []amount {
		if p.rooms != nil {
			hand.shareWithin(p.all, p.weights, p.rooms, dst, open)
			return dst
		}
		hand.weights = p.weights
		hand.share(p.all)
		return append(dst[:0], hand.parts...)
	}
	ours := func(dst []amount, p *pot) []amount {
		money.Apportion(dst, p.all, p.weights, p.rooms)
		return dst
	}
	type way struct {
		contender
		do func(dst []amount, p *pot) []amount
	}
	ways := []way{
		{contender{name: "money.Apportion"}, ours},
		{contender{name: "largest remainder by hand, 64 bits", atMost: 1.5}, byHand},
		{contender{name: "shopspring/decimal", faster: 30}, byShopspring},
		{contender{name: "govalues/decimal"}, byGovalues},
	}
	if !withRooms { // the library knows no rooms, and hands the last cents out in order: only the sum is the same
		ways = append(ways, way{contender{name: "go-money, last cents in order", faster: 1}, byGoMoney})
	}
	c := contest{what: fmt.Sprintf("`Apportion`, %d targets, rooms: %v", n, withRooms)}
	pots := make([]pot, 16)
	for i := range pots {
		pots[i] = drawPot(r, n, withRooms)
	}
	for _, w := range ways {
		if err := sharesAlike(w.name, pots, w.do); err != nil {
			return c, err
		}
		dst, next := make([]amount, n), 0
		w.run = func(times int) {
			for range times {
				w.do(dst, &pots[next])
				next = (next + 1) % len(pots)
			}
		}
		c.contenders = append(c.contenders, w.contender)
	}
	return c, nil
}

// sharesAlike holds a way to share to what the obvious one in math/big gives.
func sharesAlike(name string, pots []pot, do func([]amount, *pot) []amount) error {
	for i := range pots {
		p := &pots[i]
		want := make([]amount, len(p.weights))
		var wide []*big.Int
		for _, weight := range p.weights {
			wide = append(wide, big.NewInt(weight))
		}
		rest := money.ApportionWide(want, p.all, wide, p.rooms)
		if rest != 0 {
			return fmt.Errorf("%d are left over", rest)
		}
		got := slices.Clone(do(make([]amount, len(p.weights)), p))
		var sum amount
		for n := range got {
			sum += got[n]
			if off := got[n] - want[n]; off != 0 && (name[:8] != "go-money" || off > 1 || off < -1) {
				return fmt.Errorf("%s gives %v, not %v", name, got, want)
			}
		}
		if sum != p.all {
			return fmt.Errorf("%s gives %d of %d", name, sum, p.all)
		}
	}
	return nil
}

func byGoMoney(dst []amount, p *pot) []amount {
	ratios := make([]int, len(p.weights))
	for i, weight := range p.weights {
		ratios[i] = int(weight)
	}
	parts, err := gomoney.New(int64(p.all), gomoney.USD).Allocate(ratios...)
	must(err)
	for i, part := range parts {
		dst[i] = amount(part.Amount())
	}
	return dst
}

// byShopspring shares in exact decimals of cents: whole cents, then the last
// ones to the largest remainders. In rooms, it first fills who would be full.
func byShopspring(dst []amount, p *pot) []amount {
	open, all := filled(dst, p, func(all amount, weight, total int64) amount {
		quotient, _ := decimal.New(int64(all), 0).Mul(decimal.New(weight, 0)).QuoRem(decimal.New(total, 0), 0)
		return amount(quotient.IntPart())
	})
	total := decimal.Zero
	for _, i := range open {
		total = total.Add(decimal.New(p.weights[i], 0))
	}
	left, whole := decimal.New(int64(all), 0), decimal.New(int64(all), 0)
	remainders := make([]decimal.Decimal, len(p.weights))
	for _, i := range open {
		quotient, remainder := whole.Mul(decimal.New(p.weights[i], 0)).QuoRem(total, 0)
		remainders[i], left = remainder, left.Sub(quotient)
		dst[i] = amount(quotient.IntPart())
	}
	slices.SortStableFunc(open, func(a, b int) int { return remainders[b].Cmp(remainders[a]) })
	for _, i := range open[:left.IntPart()] {
		dst[i]++
	}
	return dst
}

func byGovalues(dst []amount, p *pot) []amount {
	of := func(n int64) govalues.Decimal { return govalues.MustNew(n, 0) }
	divide := func(all, weight, total govalues.Decimal) (q, r govalues.Decimal) {
		product, err := all.Mul(weight)
		must(err)
		q, r, err = product.QuoRem(total)
		must(err)
		return q, r
	}
	open, all := filled(dst, p, func(all amount, weight, total int64) amount {
		quotient, _ := divide(of(int64(all)), of(weight), of(total))
		whole, _, _ := quotient.Int64(0)
		return amount(whole)
	})
	var sum int64
	for _, i := range open {
		sum += p.weights[i]
	}
	total, whole, left := of(sum), of(int64(all)), all
	remainders := make([]govalues.Decimal, len(p.weights))
	for _, i := range open {
		quotient, remainder := divide(whole, of(p.weights[i]), total)
		n, _, _ := quotient.Int64(0)
		dst[i], remainders[i] = amount(n), remainder
		left -= amount(n)
	}
	slices.SortStableFunc(open, func(a, b int) int { return remainders[b].Cmp(remainders[a]) })
	for _, i := range open[:left] {
		dst[i]++
	}
	return dst
}

// filled fills who would be full, and says who is not, and what is left for them.
func filled(dst []amount, p *pot, floor func(all amount, weight, total int64) amount) (open []int, all amount) {
	clear(dst)
	all = p.all
	for i := range p.weights {
		open = append(open, i)
	}
	for full := p.rooms != nil; full; {
		var total int64
		for _, i := range open {
			total += p.weights[i]
		}
		still, left := open[:0:0], all
		for _, i := range open {
			if floor(all, p.weights[i], total) >= p.rooms[i] {
				dst[i] = p.rooms[i]
				left -= p.rooms[i]
			} else {
				still = append(still, i)
			}
		}
		full = len(still) < len(open)
		open, all = still, left
	}
	slices.SortFunc(open, cmp.Compare)
	return open, all
}
