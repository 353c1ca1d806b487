// Package measure runs a process and returns what it and its descendants cost: a CDK app in Go does most of its work in a
// child process, the jsii kernel.
package measure

import (
	"bytes"
	"fmt"
	"os/exec"
	"time"
)

// Command is a process to measure.
type Command struct {
	Path string
	Args []string
	Env  []string
	Dir  string
	// Debug, if set, gets every line of standard error as it is written.
	Debug func(line []byte)
}

// Usage is what a process and its descendants cost.
type Usage struct {
	Wall   time.Duration
	CPU    time.Duration // user and system
	Peak   int64         // bytes of resident memory of all processes together; 0 if unknown
	Others float64       // cores that the rest of the machine kept busy meanwhile; 0 if unknown
	Stdout []byte
}

// Run runs a command to its end.
func Run(c Command) (Usage, error) {
	command := exec.Command(c.Path, c.Args...)
	command.Env, command.Dir = c.Env, c.Dir
	var stdout, stderr bytes.Buffer
	command.Stdout = &stdout
	lines := &lineWriter{each: c.Debug}
	command.Stderr = &stderr
	if c.Debug != nil {
		command.Stderr = lines
	}
	if err := adoptOrphans(); err != nil {
		return Usage{}, err
	}
	before, start := machineBusy(), time.Now()
	if err := command.Start(); err != nil {
		return Usage{}, err
	}
	sampler := startSampler(command.Process.Pid)
	err := command.Wait()
	usage := Usage{Wall: time.Since(start), Peak: sampler.stop(), Stdout: stdout.Bytes()}
	usage.CPU = command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	orphans, orphansErr := reapOrphans()
	usage.CPU += orphans
	if busy := machineBusy() - before - usage.CPU; busy > 0 {
		usage.Others = busy.Seconds() / usage.Wall.Seconds()
	}
	if err == nil {
		err = orphansErr
	}
	if err != nil {
		return usage, fmt.Errorf("%s %v: %w\n%s%s", c.Path, c.Args, err, stdout.Bytes(), stderr.Bytes())
	}
	return usage, nil
}

// lineWriter passes on whole lines.
type lineWriter struct {
	rest []byte
	each func(line []byte)
}

func (w *lineWriter) Write(text []byte) (int, error) {
	w.rest = append(w.rest, text...)
	for {
		end := bytes.IndexByte(w.rest, '\n')
		if end < 0 {
			return len(text), nil
		}
		w.each(w.rest[:end])
		w.rest = w.rest[end+1:]
	}
}
