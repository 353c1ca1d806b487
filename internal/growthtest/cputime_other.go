//go:build !unix

package growthtest

import "time"

var began = time.Now()

// CPUTime is the time since the test began.
func CPUTime() time.Duration { return time.Since(began) }
