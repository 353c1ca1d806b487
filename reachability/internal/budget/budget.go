// Package budget counts what one proof costs against its limits.
package budget

import (
	"sync/atomic"

	"github.com/cdk-private-api/cdk-private-api-go/internal/limit"
)

// Limits bound what one proof may cost.
type Limits struct{ Questions, Steps, Hops int }

// Budget is what is left of the limits of one proof. It is safe for use on several goroutines. What counts reports whether
// the proof may go on.
type Budget struct {
	limits                 Limits
	questions, steps, hops atomic.Int64
	exceeded               atomic.Bool
}

// New is a full budget.
func New(limits Limits) *Budget { return &Budget{limits: limits} }

// Questions counts questions: a client that calls a name on a port with a path.
func (b *Budget) Questions(n int) bool { return b.spend(&b.questions, n, b.limits.Questions) }

// Steps counts what is compared: rules, entries, records and the like.
func (b *Budget) Steps(n int) bool { return b.spend(&b.steps, n, b.limits.Steps) }

// Hops counts hops that are reported.
func (b *Budget) Hops(n int) bool { return b.spend(&b.hops, n, b.limits.Hops) }

func (b *Budget) spend(spent *atomic.Int64, n, most int) bool {
	if spent.Add(int64(n)) > int64(most) {
		b.exceeded.Store(true)
	}
	return b.Left()
}

// Left reports whether no limit is exceeded.
func (b *Budget) Left() bool { return !b.exceeded.Load() }

// Spent are the steps so far.
func (b *Budget) Spent() int { return int(b.steps.Load()) }

// Err names a limit that is exceeded; nil if there is none.
func (b *Budget) Err() error {
	for _, l := range []struct {
		spent    *atomic.Int64
		exceeded limit.Error
	}{
		{&b.questions, limit.Error{Most: b.limits.Questions, Of: "questions", Field: "Questions"}},
		{&b.steps, limit.Error{Most: b.limits.Steps, Of: "steps", Field: "Steps"}},
		{&b.hops, limit.Error{Most: b.limits.Hops, Of: "reported hops", Field: "Hops"}},
	} {
		l.exceeded.In = "proof"
		if err := limit.Check(int(l.spent.Load()), l.exceeded); err != nil {
			return err
		}
	}
	return nil
}
