package main

import (
	"bufio"
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"example.com/spillway/engine"
	"example.com/spillway/rules"
)

// A line is where the requests of a stream are answered: some at a time, by as
// many workers as there are processors, the answers written in the order of the
// requests. Nobody waits for an answer that is there: what was taken in is worked
// on before more is read, and what is written is passed on as soon as nothing
// else is under way.
type line struct {
	*applier
	next   *job      // what is taken in is gathered here; nil: nothing
	work   chan *job // for the workers
	order  chan *job // for the writer, in order
	free   chan *job // done with, for their memory
	broken atomic.Bool
	ended  sync.WaitGroup
	err    error // of writing
}

// A job is some requests on their way.
type job struct {
	requests []request
	text     []byte // what the requests' values are copied to
	ends     []int  // of each in text
	answers  []byte
	errs     []error // what came of each
	done     chan struct{}
}

// together is how many requests a job has at most: handing each on by itself keeps
// two workers from being twice one.
const together = 16

// muchText is how many bytes of requests make a job of fewer.
const muchText = 64 << 10

// perWorker is how many jobs may be under way for each worker: enough that none
// waits for the writer, few enough to keep memory small.
const perWorker = 4

// keptBytes is the most that a job keeps of requests or answers.
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

// A reading hands on what was taken in before it reads, which may have to wait.
type reading struct {
	io.Reader
	line *line
}

func (r reading) Read(p []byte) (int, error) {
	r.line.handOn()
	return r.Reader.Read(p)
}

// take takes a request in, and says whether there is any use in another.
func (l *line) take(q *request) bool {
	if l.next == nil {
		select {
		case l.next = <-l.free:
		default:
			l.next = &job{done: make(chan struct{}, 1)}
		}
	}
	j := l.next
	j.requests, j.text = append(j.requests, *q), append(j.text, q.value...)
	j.ends = append(j.ends, len(j.text))
	if len(j.requests) == together || len(j.text) >= muchText {
		l.handOn()
	}
	return !l.broken.Load()
}

// handOn gives what was taken in to the workers.
func (l *line) handOn() {
	j := l.next
	if j == nil {
		return
	}
	start := 0
	for i, end := range j.ends {
		j.requests[i].value, start = j.text[start:end], end
	}
	l.next = nil
	l.order <- j
	l.work <- j
}

// end waits for the last answer, and gives the error of writing, if there was
// one.
func (l *line) end() error {
	l.handOn()
	close(l.work)
	close(l.order)
	l.ended.Wait()
	return l.err
}

// A worker answers requests, one after another, in memory of its own.
type worker struct {
	parser  rules.Parser
	receipt engine.Receipt
}

func (l *line) run() {
	var w worker
	for j := range l.work {
		for i := range j.requests {
			n, err := w.apply(l.policy, &j.requests[i])
			j.errs = append(j.errs, err)
			j.answers = l.append(j.answers, paymentID(n), &w.receipt, err)
		}
		j.done <- struct{}{}
	}
}

// apply decides a request, and gives it as it was read.
func (w *worker) apply(policy *engine.Policy, q *request) (*rules.Node, error) {
	n, err := q.read(&w.parser)
	if err != nil {
		return n, err
	}
	account, payment, err := policy.DecodeRequest(n)
	if err != nil {
		return n, err
	}
	return n, policy.ApplyTo(&w.receipt, &account, &payment)
}

// print writes the answers.
func (l *line) print() {
	defer l.ended.Done()
	out := bufio.NewWriterSize(l.out, 64<<10)
	for j := range l.order {
		<-j.done
		for _, err := range j.errs {
			l.note(err)
		}
		if l.err == nil {
			_, l.err = out.Write(j.answers)
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
	clear(j.requests)
	clear(j.errs)
	j.requests, j.text, j.ends, j.answers, j.errs = j.requests[:0], j.text[:0], j.ends[:0], j.answers[:0], j.errs[:0]
	if cap(j.text) > keptBytes {
		j.text = nil
	}
	if cap(j.answers) > keptBytes {
		j.answers = nil
	}
	select {
	case l.free <- j:
	default:
	}
}
