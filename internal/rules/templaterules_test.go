package rules_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestCodeMatches(t *testing.T) {
	for _, tc := range []struct {
		matcher, code string
		want          bool
	}{
		{"200", "200", true},
		{"200", "204", false},
		{"200-299", "204", true},
		{"200-299", "299", true},
		{"200-299", "300", false},
		{"200,204-206,404", "205", true},
		{"200,204-206,404", "404", true},
		{"200,204-206,404", "203", false},
		{"200, 404", "404", true},
		{"200-299", "", false},
		{"200-299", "2000", false},
		{"", "200", false},
	} {
		if got := rules.CodeMatches(tc.matcher, tc.code); got != tc.want {
			t.Errorf("CodeMatches(%q, %q) = %v", tc.matcher, tc.code, got)
		}
	}
}
