// Package limit has the error for a load or a proof that costs more than a limit allows, and reads files of limited size.
package limit

import "fmt"

// Error says which limit was exceeded, and how to raise it.
type Error struct {
	// Most is the limit on Of, such as files, in one load or one proof.
	Most   int
	Of, In string
	// Field is the field of Limits that raises it.
	Field string
}

// Check returns an [Error] if a cost is more than the limit allows.
func Check(cost int, exceeded Error) error {
	if cost <= exceeded.Most {
		return nil
	}
	return &exceeded
}

// Error names the limit, and the field to set.
func (e *Error) Error() string { return e.Reason() + "; to allow more, raise Limits." + e.Field }

// Reason names the limit.
func (e *Error) Reason() string { return fmt.Sprintf("more than %d %s in one %s", e.Most, e.Of, e.In) }
