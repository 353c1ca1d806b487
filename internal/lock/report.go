package lock

import "github.com/cdk-private-api/cdk-private-api-go/internal/rules"

// Verdict is what a comparison found.
type Verdict string

// The verdicts, from the best.
const (
	// Held is an assembly that does nothing to what the lock holds, as far as templates tell.
	Held Verdict = "held"
	// Unknown is one of which only the deployment decides.
	Unknown Verdict = "unknown"
	// Broken is one that deletes, replaces or cuts off something.
	Broken Verdict = "broken"
)

// Report is the result of a comparison.
type Report struct {
	// Findings are sorted: those that break something, those that are unknown, then warnings, each by stack, logical ID and property.
	Findings []Finding
	// Notes say what the comparison does not cover.
	Notes []string
	// Resources and Stacks are how many the lock holds.
	Resources, Stacks int
}

// Finding is what an assembly does to a resource of the lock, or to a stack.
type Finding struct {
	Rule rules.Rule
	// Stack is the name of the stack.
	Stack string
	// LogicalID, Path and Type are those of the resource; empty for a whole stack.
	LogicalID, Path, Type string
	// Property is the property that changes, if it is about one.
	Property string
	// What says what is wrong, and Fix what to do.
	What, Fix string
	// IsUnknown says that only the deployment decides whether it is so.
	IsUnknown bool
	// File is the template of the assembly that has the resource, and Line its line there; empty and 0 if none has.
	File string
	Line int
}

// IsWarning reports whether a finding breaks nothing.
func (f Finding) IsWarning() bool { return f.Rule.Severity == rules.Warning }

// rank is the place of a kind of finding in a report.
func (f Finding) rank() int {
	switch {
	case f.IsWarning():
		return 2
	case f.IsUnknown:
		return 1
	}
	return 0
}

// Where names the resource, with the property, or the stack.
func (f Finding) Where() string {
	where := f.Stack
	if f.LogicalID != "" {
		where += "/" + f.LogicalID
	}
	if f.Property != "" {
		where += "." + f.Property
	}
	return where
}

// Verdict is the worst of the findings.
func (r *Report) Verdict() Verdict {
	verdict := Held
	for _, f := range r.Findings {
		switch {
		case f.IsWarning():
		case !f.IsUnknown:
			return Broken
		default:
			verdict = Unknown
		}
	}
	return verdict
}

// Count returns how many findings there are that hold for a function.
func (r *Report) Count(is func(f Finding) bool) (count int) {
	for _, f := range r.Findings {
		if is(f) {
			count++
		}
	}
	return count
}
