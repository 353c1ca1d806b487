// Package growthtest measures, for tests, how the time that something takes grows.
package growthtest

import (
	"runtime"
	"testing"
	"time"
)

const (
	times    = 10                    // how much more the large one has
	atMost   = 30                    // times the time: about 10 is linear, 100 is the square
	shortest = 10 * time.Millisecond // less than that is noise
	attempts = 5                     // others may use the machine meanwhile
)

// Linear fails a test unless ten times as many take about ten times as long. For a number, prepare returns what to measure.
// Only the time of the processor counts.
func Linear(t *testing.T, few int, prepare func(n int) (run func())) {
	t.Helper()
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	cost := func(n int) time.Duration {
		run := prepare(n)
		runtime.GC()
		start := CPUTime()
		run()
		return CPUTime() - start
	}
	for range attempts {
		small, large := cost(few), cost(times*few)
		t.Logf("%d take %v, and %d times as many %v", few, small, times, large)
		if large < atMost*max(small, shortest) {
			return
		}
	}
	t.Error("not linear")
}
