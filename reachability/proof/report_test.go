package proof_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// The text of a report is bounded, and says what it leaves out.
func TestReportTextIsBounded(t *testing.T) {
	text := func(n int) string {
		r := &proof.Report{}
		for i := range n {
			for _, verdict := range []proof.Verdict{proof.Reachable, proof.Blocked, proof.Unknown} {
				r.Answers = append(r.Answers, proof.Answer{Client: fmt.Sprint(i), Verdict: verdict})
			}
			r.Findings = append(r.Findings, proof.Finding{Message: fmt.Sprint(i)})
			r.Notices = append(r.Notices, proof.Notice{Message: fmt.Sprint(i)})
		}
		return r.String()
	}
	few, many := text(500), text(5_000)
	if strings.Contains(few, " more ") {
		t.Errorf("500 of a kind are not all shown:\n%s", few[len(few)-300:])
	}
	if len(many) > len(few)+300 {
		t.Errorf("%d bytes, and %d for ten times as many", len(few), len(many))
	}
	for _, kind := range []string{"answers that are reachable", "answers that are blocked", "answers that are unknown", "findings", "notices"} {
		if !strings.Contains(many, "and 4500 more "+kind+"\n") {
			t.Errorf("it does not say how many %s are left out", kind)
		}
	}
}
