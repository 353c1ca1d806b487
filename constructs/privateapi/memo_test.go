package privateapi_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

func TestMemo(t *testing.T) {
	asked := 0
	ask := func() int { asked++; return asked }
	t.Run("asks once for each key", func(t *testing.T) {
		m := &privateapi.Memo{}
		a, b, again := m.Of("a", ask), m.Of("b", ask), m.Of("a", ask)
		if a != again || a == b {
			t.Errorf("answers %d, %d and %d again, want the first twice", a, b, again)
		}
	})
	t.Run("asks each time for what cannot be a key", func(t *testing.T) {
		m := &privateapi.Memo{}
		key := struct{ list []int }{}
		if first, second := m.Of(key, ask), m.Of(key, ask); first == second {
			t.Errorf("the answer is %d both times", first)
		}
	})
	t.Run("keeps a bounded number", func(t *testing.T) {
		m := &privateapi.Memo{}
		for i := range 3 * privateapi.MemoSize {
			if m.Of(i, ask); m.Size() > privateapi.MemoSize {
				t.Fatalf("%d answers are kept", m.Size())
			}
		}
	})
	t.Run("keeps nothing of who fails", func(t *testing.T) {
		m := &privateapi.Memo{}
		func() {
			defer func() { _ = recover() }()
			m.Of("a", func() int { panic("no answer") })
		}()
		if m.Size() != 0 {
			t.Error("a failure is kept")
		}
	})
}
