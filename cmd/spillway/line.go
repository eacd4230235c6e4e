package main

import (
	"bufio"
	"runtime"
	"sync"
	"sync/atomic"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// A line is where the requests of a stream are answered: by as many workers as
// there are processors, each request by one, the answers written in the order of
// the requests. Nobody waits for an answer that is there: what is written is
// passed on as soon as no other request is under way.
type line struct {
	*applier
	work   chan *job // for the workers
	order  chan *job // for the writer, in order
	free   chan *job // done with, for their memory
	broken atomic.Bool
	ended  sync.WaitGroup
	err    error // of writing
}

// A job is a request on its way.
type job struct {
	request
	text   []byte // what request.value is copied to
	answer []byte
	err    error // what came of it
	done   chan struct{}
}

// perWorker is how many requests may be under way for each worker: enough that
// none waits for the writer, few enough to keep memory small.
const perWorker = 16

// keptBytes is the most that a job keeps of a request or an answer.
const keptBytes = 1 << 20

func newLine(a *applier) *line {
	workers := runtime.GOMAXPROCS(0)
	l := &line{applier: a, work: make(chan *job, perWorker*workers), order: make(chan *job, perWorker*workers), free: make(chan *job, perWorker*workers)}
	l.ended.Add(1)
	go l.print()
	for range workers {
		go l.run()
	}
	return l
}

// take takes a request in, and says whether there is any use in another.
func (l *line) take(q *request) bool {
	var j *job
	select {
	case j = <-l.free:
	default:
		j = &job{done: make(chan struct{}, 1)}
	}
	j.text = append(j.text[:0], q.value...)
	j.request = *q
	j.value = j.text
	l.order <- j
	l.work <- j
	return !l.broken.Load()
}

// end waits for the last answer, and gives the error of writing, if there was
// one.
func (l *line) end() error {
	close(l.work)
	close(l.order)
	l.ended.Wait()
	return l.err
}

// run answers requests, one after another, in memory of its own.
func (l *line) run() {
	var (
		parser  rules.Parser
		receipt engine.Receipt
	)
	for j := range l.work {
		n, err := j.read(&parser)
		if err == nil {
			var account engine.Account
			var payment engine.Payment
			if account, payment, err = l.policy.DecodeRequest(n); err == nil {
				err = l.policy.ApplyTo(&receipt, &account, &payment)
			}
		}
		j.err = err
		j.answer = l.append(j.answer[:0], paymentID(n), &receipt, err)
		j.done <- struct{}{}
	}
}

// print writes the answers.
func (l *line) print() {
	defer l.ended.Done()
	out := bufio.NewWriterSize(l.out, 64<<10)
	for j := range l.order {
		<-j.done
		l.note(j.err)
		if l.err == nil {
			_, l.err = out.Write(j.answer)
		}
		if l.err == nil && len(l.order) == 0 {
			l.err = out.Flush()
		}
		if l.err != nil {
			l.broken.Store(true)
		}
		l.recycle(j)
	}
}

// recycle gives a job back, without what it would keep too much of.
func (l *line) recycle(j *job) {
	j.request = request{}
	if cap(j.text) > keptBytes {
		j.text = nil
	}
	if cap(j.answer) > keptBytes {
		j.answer = nil
	}
	select {
	case l.free <- j:
	default:
	}
}
