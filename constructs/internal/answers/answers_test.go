package answers

import (
	"runtime"
	"testing"
)

type object struct{ name string }

// outer has the address of its first field.
type outer struct{ inner object }

func newStack() *Stack { return &Stack{holds: map[*source]bool{}} }

var asked int

// ask gives each time another answer.
func ask() int { asked++; return asked }

func TestOfAsksOnce(t *testing.T) {
	whole := &outer{}
	stack, other := newStack(), newStack()
	for name, tc := range map[string]struct {
		stack    *Stack
		object   any
		question string
		want     bool // that the answer is the first one
	}{
		"the same question":                {stack, whole, "subnets", true},
		"in another stack":                 {other, whole, "subnets", true},
		"another question":                 {stack, whole, "zone", false},
		"an equal object":                  {stack, &outer{}, "subnets", false},
		"an object at the same address":    {stack, &whole.inner, "subnets", false},
		"a value, which has no identity":   {stack, *whole, "subnets", false},
		"a value that cannot be a map key": {stack, []int{1}, "subnets", false},
	} {
		t.Run(name, func(t *testing.T) {
			first := Of(stack, whole, "subnets", ask)
			if got := Of(tc.stack, tc.object, tc.question, ask) == first; got != tc.want {
				t.Errorf("the answer is the first one: %v, want %v", got, tc.want)
			}
		})
	}
	t.Run("a value twice", func(t *testing.T) {
		if first, second := Of(stack, *whole, "subnets", ask), Of(stack, *whole, "subnets", ask); first == second {
			t.Errorf("both answers are %d, although a value has no identity", first)
		}
	})
}

func TestOfKeepsNoFailure(t *testing.T) {
	stack, vpc := newStack(), &object{}
	func() {
		defer func() { _ = recover() }()
		Of(stack, vpc, "subnets", func() int { panic("no answer") })
	}()
	if got := Of(stack, vpc, "subnets", func() int { return 7 }); got != 7 {
		t.Errorf("answer = %d, want 7", got)
	}
}

// Answers are kept as long as a construct holds its stack, and no longer.
func TestAnswersLiveAsLongAsTheirApp(t *testing.T) {
	stack, vpc := newStack(), &object{"vpc"}
	first := Of(stack, vpc, "subnets", ask)
	for range 2 * minSweep {
		Of(newStack(), &object{"subnet"}, "zone", ask)
	}
	runtime.GC()
	known.sweepAt = 0
	known.sweep()
	if n := len(known.sources); n > minSweep {
		t.Errorf("%d sources are left, most of them of apps that are gone", n)
	}
	if again := Of(stack, vpc, "subnets", ask); again != first {
		t.Error("an answer is gone before its app")
	}
	runtime.KeepAlive(stack)
}

func TestIndexIsSweptAsItGrows(t *testing.T) {
	var x index
	for range 4 {
		for range minSweep {
			x.source(&object{"subnet"})
		}
		runtime.GC()
	}
	if n := len(x.sources); n > 2*minSweep {
		t.Errorf("the index has %d entries, most of them of objects that are gone", n)
	}
}
