package main

import "testing"

// FuzzLimit sets limits from flags. None makes it panic, and a limit is never below one.
func FuzzLimit(f *testing.F) {
	for _, seed := range []string{"files=1", "hops=-1", "steps=99999999999999999999", "=", "questions", "bytes=1=2", "Files=1", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var o options
		err := o.addLimit(s)
		for name, field := range limitFields(&o.limits) {
			if *field < 0 || err != nil && *field != 0 {
				t.Errorf("--limit %q sets %s to %d, %v", s, name, *field, err)
			}
		}
	})
}
