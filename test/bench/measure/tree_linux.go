package measure

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// prSetChildSubreaper is PR_SET_CHILD_SUBREAPER of prctl.
const prSetChildSubreaper = 36

// adoptOrphans makes orphaned descendants children of this process, so that their CPU time is counted: a jsii kernel can
// outlive its app.
var adoptOrphans = sync.OnceValue(func() error {
	if _, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, prSetChildSubreaper, 1, 0); errno != 0 {
		return fmt.Errorf("prctl: %w", errno)
	}
	return nil
})

// reapOrphans waits for the descendants that outlived a command, and returns their CPU time.
func reapOrphans() (time.Duration, error) {
	var total time.Duration
	for end := time.Now().Add(10 * time.Second); ; {
		usage := syscall.Rusage{}
		pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, &usage)
		switch {
		case errors.Is(err, syscall.ECHILD):
			return total, nil
		case errors.Is(err, syscall.EINTR):
		case err != nil:
			return total, fmt.Errorf("wait4: %w", err)
		case pid > 0:
			total += time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
		case time.Now().After(end):
			return total, errors.New("a descendant did not end")
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

// machineBusy returns the CPU time that all processes of the machine have used so far, and that its host has taken from it.
func machineBusy() time.Duration {
	const tick = 10 * time.Millisecond // USER_HZ is 100 wherever Go runs
	content, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	line, _, _ := bytes.Cut(content, []byte("\n"))
	var busy time.Duration
	for i, field := range bytes.Fields(line) {
		switch i {
		case 1, 2, 3, 6, 7, 8: // user, nice, system, irq, softirq, steal
			ticks, _ := strconv.ParseInt(string(field), 10, 64)
			busy += time.Duration(ticks) * tick
		}
	}
	return busy
}

const sampleEvery = 50 * time.Millisecond

// sampler samples the resident memory of a process tree. Pages that processes share count in each of them.
type sampler struct {
	done chan struct{}
	peak chan int64
}

func startSampler(root int) *sampler {
	s := &sampler{make(chan struct{}), make(chan int64)}
	go func() {
		var peak int64
		ticks := time.NewTicker(sampleEvery)
		defer ticks.Stop()
		for {
			select {
			case <-s.done:
				s.peak <- peak
				return
			case <-ticks.C:
				peak = max(peak, treeMemory(root))
			}
		}
	}()
	return s
}

func (s *sampler) stop() int64 {
	close(s.done)
	return <-s.peak
}

// treeMemory returns the resident bytes of a process and its descendants. A process that has just ended counts as nothing.
func treeMemory(pid int) int64 {
	proc := filepath.Join("/proc", strconv.Itoa(pid))
	var total int64
	if statm, err := os.ReadFile(filepath.Join(proc, "statm")); err == nil {
		if fields := bytes.Fields(statm); len(fields) > 1 {
			pages, _ := strconv.ParseInt(string(fields[1]), 10, 64)
			total = pages * int64(os.Getpagesize())
		}
	}
	threads, _ := filepath.Glob(filepath.Join(proc, "task", "*", "children"))
	for _, thread := range threads {
		children, _ := os.ReadFile(thread)
		for _, child := range bytes.Fields(children) {
			if id, err := strconv.Atoi(string(child)); err == nil {
				total += treeMemory(id)
			}
		}
	}
	return total
}
