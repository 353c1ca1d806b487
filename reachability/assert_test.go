package reachability_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

func TestAssertions(t *testing.T) {
	requireReachable := (*reachability.Report).RequireReachable
	requireBlocked := func(hop string) func(*reachability.Report, reachability.TB) {
		return func(r *reachability.Report, t reachability.TB) { r.RequireBlocked(t, hop) }
	}
	requireOnly := func(clients ...string) func(*reachability.Report, reachability.TB) {
		return func(r *reachability.Report, t reachability.TB) { r.RequireOnly(t, clients...) }
	}
	const unread = "a nested stack whose template is in a bucket"
	const reachable, blocked = "one client that reaches one API", "a stack with the same name in another Region opens nothing"
	for name, tc := range map[string]struct {
		proven string // the name of a case
		assert func(*reachability.Report, reachability.TB)
		fails  bool
	}{
		"reachable, as required":           {reachable, requireReachable, false},
		"blocked, and required to reach":   {blocked, requireReachable, true},
		"blocked at the hop":               {blocked, requireBlocked("target ingress"), false},
		"blocked at any hop":               {blocked, requireBlocked(""), false},
		"blocked at another hop":           {blocked, requireBlocked("record"), true},
		"reachable, and required to block": {reachable, requireBlocked(""), true},
		"only the client":                  {reachable, requireOnly("Consumer/Client"), false},
		"a nested stack was not read":      {unread, requireOnly("Consumer/Client"), true},
		"only another client":              {reachable, requireOnly("Consumer/Other"), true},
	} {
		t.Run(name, func(t *testing.T) {
			file := "calls/as-it-is"
			if tc.proven == unread {
				file = "calls/unread"
			}
			c := findCase(t, file, tc.proven)
			report := loadCase(t, c.Load(t)).Prove(questionOf(c))
			var f failure
			if tc.assert(report, &f); (f.text != "") != tc.fails {
				t.Errorf("want a failure: %t; it is %q", tc.fails, f.text)
			}
		})
	}
}
