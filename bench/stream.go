package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"
)

// A pass is what one program spent on a stream.
type pass struct {
	cpu, wall time.Duration
	memory    int64 // the most it held, in KiB
}

// printStream compares `spillway apply` on a stream of n requests with a program
// that decodes and encodes the same stream and does nothing else.
func printStream(n int) error {
	folder, err := os.MkdirTemp("", "spillway-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	stream := filepath.Join(folder, "requests.jsonl")
	if err := writeRequests(stream, n); err != nil {
		return err
	}
	spillway := filepath.Join(folder, "spillway")
	build := exec.Command("go", "build", "-o", spillway, "./cmd/spillway")
	build.Dir, build.Stderr = "..", os.Stderr
	if err := build.Run(); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	apply := []string{spillway, "apply", "--policy", "../testdata/policies/card_act.yaml"}
	if err := checkOrder(apply, stream, n); err != nil {
		return err
	}
	contenders := []struct {
		name string
		args []string
		cpus int
	}{
		{"encoding/json, decode and encode, nothing else", []string{self, "-echo"}, runtime.NumCPU()},
		{"spillway apply", apply, runtime.NumCPU()},
		{"spillway apply, one processor", apply, 1},
	}
	const times = 3
	all := make([][]pass, len(contenders))
	for range times {
		for i, c := range contenders {
			p, err := run1(c.args, stream, c.cpus)
			if err != nil {
				return err
			}
			all[i] = append(all[i], p)
		}
	}
	fmt.Printf("A stream of %d requests, medians of %d:\n\n| program | cpu time | against decode and encode | wall time | memory |\n| --- | --- | --- | --- | --- |\n", n, times)
	base := middle(all[0], func(p pass) float64 { return p.cpu.Seconds() })
	for i, c := range contenders {
		cpu := middle(all[i], func(p pass) float64 { return p.cpu.Seconds() })
		fmt.Printf("| %s | %.2f s | %.2f x | %.2f s | %.0f MB |\n", c.name, cpu, cpu/base,
			middle(all[i], func(p pass) float64 { return p.wall.Seconds() }), middle(all[i], func(p pass) float64 { return float64(p.memory) / 1024 }))
	}
	return nil
}

func middle(passes []pass, of func(pass) float64) float64 {
	var all []float64
	for _, p := range passes {
		all = append(all, of(p))
	}
	return median(all)
}

// run1 runs a program over the stream.
func run1(args []string, stream string, cpus int) (pass, error) {
	in, err := os.Open(stream)
	if err != nil {
		return pass{}, err
	}
	defer in.Close()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stderr = in, os.Stderr
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(cpus))
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return pass{}, err
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return pass{cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), time.Since(start), usage.Maxrss}, nil
}

// writeRequests writes the stream: the payment of testdata/requests/card.json,
// with an id and an amount of its own each time.
func writeRequests(name string, n int) error {
	text, err := os.ReadFile("../testdata/requests/card.json")
	if err != nil {
		return err
	}
	var line bytes.Buffer
	if err := json.Compact(&line, text); err != nil {
		return err
	}
	parts := bytes.SplitN(line.Bytes(), []byte(`"id":"p-1","amount":"500.00"`), 2)
	if len(parts) != 2 {
		return fmt.Errorf("the request is not as it was")
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	for i := range n {
		fmt.Fprintf(w, "%s\"id\":\"%d\",\"amount\":\"%d.00\"%s\n", parts[0], i, 1+i%4000, parts[1])
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// checkOrder holds the answers to the order of the requests.
func checkOrder(args []string, stream string, n int) error {
	in, err := os.Open(stream)
	if err != nil {
		return err
	}
	defer in.Close()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stderr = in, os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	answers := bufio.NewReaderSize(out, 1<<20)
	for i := range n {
		line, err := answers.ReadSlice('\n')
		if want := fmt.Sprintf(`{"outcome":"applied","id":"%d",`, i); err != nil || !bytes.HasPrefix(line, []byte(want)) {
			return fmt.Errorf("request %d is answered by %.80s, %v", i, line, err)
		}
	}
	if _, err := io.Copy(io.Discard, answers); err != nil {
		return err
	}
	return cmd.Wait()
}

// echo decodes and encodes a stream of JSON.
func echo(in io.Reader, out io.Writer) error {
	decoder, w := json.NewDecoder(bufio.NewReaderSize(in, 64<<10)), bufio.NewWriterSize(out, 64<<10)
	encoder := json.NewEncoder(w)
	for {
		var value any
		if err := decoder.Decode(&value); err == io.EOF {
			return w.Flush()
		} else if err != nil {
			return err
		}
		if err := encoder.Encode(value); err != nil {
			return err
		}
	}
}
