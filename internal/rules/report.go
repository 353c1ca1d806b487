package rules

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is one value that breaks one [Rule].
type Problem struct {
	Rule Rule

	// Property is the property as its author wrote it, such as "AllowedPrincipals[1]".
	Property string

	// What says what is wrong, and quotes the value.
	What string

	// Fix says what to do. It is the rule's own fix unless the check has a better one.
	Fix string
}

// String returns the problem in three lines.
func (p Problem) String() string {
	return fmt.Sprintf("%s: %s [%s]\n  AWS: %s\n  Fix: %s", p.Property, p.What, p.Rule.ID, p.Rule.AWS, p.Fix)
}

// Report collects the problems of one construct, so that one error has all of them.
// The zero value is ready to use.
type Report struct {
	problems []Problem
}

// Add records that property breaks rule. The format and its args say how.
func (r *Report) Add(rule Rule, property, format string, args ...any) {
	r.AddWithFix(rule, property, rule.Fix, format, args...)
}

// AddWithFix is [Report.Add] with a fix that fits the case better than the rule's own.
func (r *Report) AddWithFix(rule Rule, property, fix, format string, args ...any) {
	r.problems = append(r.problems, Problem{Rule: rule, Property: property, What: fmt.Sprintf(format, args...), Fix: fix})
}

// AddProblem records a problem of another report.
func (r *Report) AddProblem(p Problem) { r.problems = append(r.problems, p) }

// Merge records the problems of another report that r does not have yet.
func (r *Report) Merge(other *Report) {
	for _, p := range other.problems {
		if !slices.Contains(r.problems, p) {
			r.AddProblem(p)
		}
	}
}

// Problems returns the recorded problems, in order.
func (r *Report) Problems() []Problem { return r.problems }

// HasErrors reports whether a problem is an error.
func (r *Report) HasErrors() bool {
	return slices.ContainsFunc(r.problems, func(p Problem) bool { return p.Rule.Severity == Error })
}

// Err returns the errors among the problems as one error that begins with the construct's path,
// or nil if there are none. Warnings are not errors.
func (r *Report) Err(path string) error {
	var lines []string
	for _, p := range r.problems {
		if p.Rule.Severity == Error {
			lines = append(lines, "- "+strings.ReplaceAll(p.String(), "\n", "\n  "))
		}
	}
	switch len(lines) {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("%s: 1 problem\n%s", path, lines[0])
	}
	return fmt.Errorf("%s: %d problems\n%s", path, len(lines), strings.Join(lines, "\n"))
}

// Warnings returns the problems that do not stop a deployment.
func (r *Report) Warnings() []Problem {
	var warnings []Problem
	for _, p := range r.problems {
		if p.Rule.Severity == Warning {
			warnings = append(warnings, p)
		}
	}
	return warnings
}
