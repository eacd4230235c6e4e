package main

import "slices"

// A weighing is largest remainder as one writes it by hand: floors, then the
// cents that are left to the largest remainders, found by sorting. Its products
// must fit 64 bits.
type weighing struct {
	weights    []int64
	parts      []amount
	remainders []int64
	order      []int
}

// share sets parts to what each weight gets of all.
func (w *weighing) share(all amount) {
	var total int64
	for _, weight := range w.weights {
		total += weight
	}
	w.parts, w.remainders, w.order = w.parts[:0], w.remainders[:0], w.order[:0]
	left := all
	for i, weight := range w.weights {
		product := int64(all) * weight
		w.parts = append(w.parts, amount(product/total))
		w.remainders = append(w.remainders, product%total)
		w.order = append(w.order, i)
		left -= w.parts[i]
	}
	slices.SortStableFunc(w.order, func(a, b int) int {
		switch {
		case w.remainders[a] > w.remainders[b]:
			return -1
		case w.remainders[a] < w.remainders[b]:
			return 1
		}
		return 0
	})
	for _, i := range w.order[:left] {
		w.parts[i]++
	}
}

// shareWithin is share where no part may exceed its room: who would be full is
// filled, all at once, until nobody would be.
func (w *weighing) shareWithin(all amount, weights []int64, rooms, dst []amount, open []int) {
	clear(dst)
	open = open[:0]
	for i := range weights {
		if weights[i] > 0 && rooms[i] > 0 {
			open = append(open, i)
		}
	}
	for {
		var total int64
		for _, i := range open {
			total += weights[i]
		}
		still, left := open[:0], all
		for _, i := range open {
			if amount(int64(all)*weights[i]/total) >= rooms[i] {
				dst[i] = rooms[i]
				left -= rooms[i]
				continue
			}
			still = append(still, i)
		}
		done := len(still) == len(open)
		open, all = still, left
		if done || len(open) == 0 {
			break
		}
	}
	if len(open) == 0 {
		return
	}
	w.weights = w.weights[:0]
	for _, i := range open {
		w.weights = append(w.weights, weights[i])
	}
	w.share(all)
	for n, i := range open {
		dst[i] = w.parts[n]
	}
}
