package jsondoc_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// A document that would overflow the stack is refused.
func TestDepth(t *testing.T) {
	form := &jsondoc.Form{Name: "the file", Rule: rules.Rule{Severity: rules.Error}, MaxSize: 1 << 26}
	for _, tc := range []struct {
		depth int
		want  string
	}{
		{99, ""},
		{100, "is not JSON: line 1: objects and lists lie too deep in each other"},
		{1 << 24, "is not JSON: line 1: objects and lists lie too deep in each other"},
	} {
		r := &rules.Report{}
		form.Read(r, `{"a": `+strings.Repeat("[", tc.depth)+strings.Repeat("]", tc.depth)+`}`)
		got := ""
		for _, p := range r.Problems() {
			got += p.What
		}
		if got != tc.want {
			t.Errorf("%d deep: %q, want %q", tc.depth, got, tc.want)
		}
	}
}
