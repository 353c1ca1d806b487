// Package parallel runs independent work on all cores.
package parallel

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// mostAtOnce is how many indexes a goroutine takes at once: neighbors often share what they need, and taking costs little.
const mostAtOnce = 64

// Each calls do with each index below n, on several goroutines and in any order, and waits for all of them. If a call
// panics, so does Each, once the others have ended.
func Each(n int, do func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	atOnce := max(1, min(mostAtOnce, n/(8*max(workers, 1))))
	var next atomic.Int64
	work := func() {
		for {
			end := int(next.Add(int64(atOnce)))
			start := end - atOnce
			if start >= n {
				return
			}
			for i := start; i < min(end, n); i++ {
				do(i)
			}
		}
	}
	if workers <= 1 {
		work()
		return
	}
	Do(slicesOf(workers, work)...)
}

// Do calls functions, each on a goroutine of its own, and waits for all of them. If one panics, so does Do, once the others
// have ended.
func Do(list ...func()) {
	var group sync.WaitGroup
	var failed atomic.Pointer[string]
	for _, f := range list {
		group.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					reason := fmt.Sprintf("%v\n\n%s", r, debug.Stack())
					failed.CompareAndSwap(nil, &reason)
				}
			}()
			f()
		})
	}
	group.Wait()
	if reason := failed.Load(); reason != nil {
		panic(*reason)
	}
}

func slicesOf(n int, f func()) []func() {
	list := make([]func(), n)
	for i := range list {
		list[i] = f
	}
	return list
}
