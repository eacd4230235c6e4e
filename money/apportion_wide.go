package money

import "math/big"

// ApportionWide is [Apportion] for weights of any size, done the obvious way in
// math/big: slower, with the same answers and promises. A nil weight counts as
// 0.
func ApportionWide(dst []Amount, amount Amount, weights []*big.Int, rooms []Amount) (rest Amount) {
	clear(dst)
	if amount <= 0 {
		return amount
	}
	w := wide{dst: dst, weights: weights, rooms: rooms, rest: amount}
	for i := range dst {
		if weights[i] != nil && weights[i].Sign() > 0 && (rooms == nil || rooms[i] > 0) {
			w.open = append(w.open, i)
		}
	}
	for w.fill() {
	}
	if len(w.open) > 0 {
		w.share()
	}
	return w.rest
}

// A wide is one apportioning under way.
type wide struct {
	dst     []Amount
	weights []*big.Int
	rooms   []Amount
	open    []int  // the targets that are not full, in order
	rest    Amount // what no target has yet
}

// fill gives every open target whose share is its room or more just its room,
// all at once, and reports whether there was one.
func (w *wide) fill() bool {
	if w.rooms == nil {
		return false
	}
	var still []int
	total, amount := w.total(), w.rest
	for _, i := range w.open {
		if floor, _ := w.exact(amount, i, total); floor < w.rooms[i] {
			still = append(still, i)
			continue
		}
		w.dst[i] = w.rooms[i]
		w.rest -= w.rooms[i]
	}
	filled := len(still) < len(w.open)
	w.open = still
	return filled
}

// share gives every open target its share without the fraction, then one minor
// unit each to those with the largest fractions.
func (w *wide) share() {
	total, amount := w.total(), w.rest
	remainders := map[int]*big.Int{}
	for _, i := range w.open {
		w.dst[i], remainders[i] = w.exact(amount, i, total)
		w.rest -= w.dst[i]
	}
	for ; w.rest > 0; w.rest-- {
		best := -1
		for _, i := range w.open {
			if r := remainders[i]; r != nil && (best < 0 || r.Cmp(remainders[best]) > 0) {
				best = i
			}
		}
		w.dst[best]++
		delete(remainders, best)
	}
}

// exact is amount * weight / total: its floor, and the remainder over total.
func (w *wide) exact(amount Amount, i int, total *big.Int) (floor Amount, remainder *big.Int) {
	product := new(big.Int).Mul(big.NewInt(int64(amount)), w.weights[i])
	quotient, remainder := product.QuoRem(product, total, new(big.Int))
	return Amount(quotient.Int64()), remainder
}

// total adds up the open weights.
func (w *wide) total() *big.Int {
	total := new(big.Int)
	for _, i := range w.open {
		total.Add(total, w.weights[i])
	}
	return total
}
