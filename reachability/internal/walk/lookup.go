package walk

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/placeholder"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// untilLookedUp is the result if it rests on a lookup that has no answer yet. Most of its placeholders are unknown values; where
// it rests on the placeholder of a zone, nothing blocks for certain, and what settles it is the lookup too. No fix and no
// settlement names a placeholder.
func (r result) untilLookedUp() result {
	if r.verdict == proof.Reachable {
		return r
	}
	var missing []string
	add := func(text string) (found bool) {
		what, found := placeholder.Zones(text)
		if found && !slices.Contains(missing, what) {
			missing = append(missing, what)
		}
		return found
	}
	settle := slices.DeleteFunc(slices.Clone(r.settle), func(s proof.Settlement) bool {
		if s.Kind != proof.SettleByLookup {
			return add(s.Subject)
		}
		if !slices.Contains(missing, s.Subject) {
			missing = append(missing, s.Subject)
		}
		return true
	})
	add(r.fix)
	if r.verdict == proof.Blocked {
		for _, e := range r.evidence {
			add(e.Value)
		}
	}
	if len(missing) == 0 {
		return r
	}
	if r.verdict == proof.Blocked {
		r.verdict, r.rule = proof.Unknown, ""
		r.message += ", but that rests on a placeholder of the CDK"
	}
	r.settle, r.fix = settle, "run cdk synth with credentials, which looks up "+strings.Join(missing, " and ")+" and writes cdk.context.json"
	for _, what := range missing {
		r.settle = append(r.settle, proof.Settlement{Kind: proof.SettleByLookup, Subject: what})
	}
	return r
}
