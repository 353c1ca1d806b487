//go:build !unix

package growthtest

import "time"

var began = time.Now()

// cpuTime is the time since the test began.
func cpuTime() time.Duration { return time.Since(began) }
