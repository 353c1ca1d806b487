package parallel_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/parallel"
)

func TestEachTakesEveryIndexOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 63, 64, 65, 10_000} {
		taken := make([]atomic.Int32, n)
		parallel.Each(n, func(i int) { taken[i].Add(1) })
		for i := range taken {
			if got := taken[i].Load(); got != 1 {
				t.Fatalf("%d indexes: index %d was taken %d times", n, i, got)
			}
		}
	}
}

// A panic on another goroutine would end the process, whatever its callers recover from.
func TestPanicsReachTheCaller(t *testing.T) {
	var done atomic.Int32
	for name, run := range map[string]func(){
		"Each": func() {
			parallel.Each(1_000, func(i int) {
				if i == 500 {
					panic("no such hop")
				}
			})
		},
		"Do": func() { parallel.Do(func() { panic("no such hop") }, func() { done.Add(1) }) },
	} {
		got := func() (r any) {
			defer func() { r = recover() }()
			run()
			return nil
		}()
		if !strings.Contains(fmt.Sprint(got), "no such hop") || !strings.Contains(fmt.Sprint(got), "parallel_test.go") {
			t.Errorf("%s panics with %v, want the value and its stack", name, got)
		}
	}
	if done.Load() != 1 {
		t.Error("the other function did not run")
	}
}
