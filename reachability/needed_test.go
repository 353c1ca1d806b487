package reachability_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/casetest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// neededFacts is all that people have to give, beside parameters, before the reachable cases of a file are proven: the hops,
// each with the kind of a fact or the ID of an assumption that settles it. Files without an entry need nothing.
var neededFacts = map[string][]string{
	"calls/as-it-is":     {"endpoint zones: zone"},
	"path/as-it-is":      {"certificate: certificate", "certificate: certificate-names", "endpoint zones: zone"},
	"scenarios/handover": {"acceptance: accepted", "endpoint zones: zone"},
	"scenarios/lattice": {
		"ALB ingress: latticePrefixList", "caller policy: signed-requests", "client egress: latticePrefixList", "resource share: share-accepted",
		"target health check: latticePrefixList", "target ingress: latticePrefixList",
	},
	"scenarios/lattice-example": {
		"caller policy: signed-requests", "resource share: share-accepted", "service certificate: certificate",
		"service certificate: certificate-names", "target ingress: latticePrefixList",
	},
	"scenarios/marketplace": {"endpoint service: provider", "endpoint service: service", "endpoint service: template"},
	"scenarios/postgres":    {"NLB listener: http2", "certificate: certificate", "certificate: certificate-names", "endpoint zones: zone", "target: proxy-protocol"},
	"scenarios/private-dns": {"endpoint zones: zone", "hosted zone: verified"},
}

// The proof fails closed, and must stay usable: without facts, templates that AWS would serve wait for these alone.
func TestFactsThatTemplatesNeed(t *testing.T) {
	got, files := map[string][]string{}, map[string]bool{}
	for _, file := range casetest.Files(t, caseFiles) {
		if !strings.HasPrefix(file.Name, "scenarios/") && !strings.HasSuffix(file.Name, "/as-it-is") {
			continue
		}
		needed := map[string]bool{}
		for _, c := range file.Cases {
			if outcomes := c.Outcomes(); len(outcomes) > 0 && !slices.ContainsFunc(outcomes, func(o *casetest.Outcome) bool { return o.Want != "reachable" }) {
				files[file.Name] = true
				maps.Copy(needed, factsNeededBy(t, c))
			}
		}
		if len(needed) > 0 {
			got[file.Name] = slices.Sorted(maps.Keys(needed))
		}
	}
	if !reflect.DeepEqual(got, neededFacts) {
		t.Errorf("the templates need\n%q\nwant\n%q", got, neededFacts)
	}
	if len(files) != 19 {
		t.Errorf("%d files have reachable templates", len(files))
	}
}

// factsNeededBy has what settles the unknown hops of a case without its facts.
func factsNeededBy(t *testing.T, c *casetest.Case) map[string]bool {
	t.Helper()
	q := questionOf(c)
	q.Facts = reachability.Facts{}
	needed := map[string]bool{}
	for _, a := range loadCase(t, c.Load(t)).Prove(q).Answers {
		for _, hop := range a.Hops {
			for _, s := range hop.Settle {
				by := string(s.Kind)
				if s.Kind == proof.SettleByAssumption {
					by = s.Subject
				}
				needed[hop.Name+": "+by] = true
			}
		}
	}
	return needed
}
