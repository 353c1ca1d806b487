package proof_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// A failing test shows each settlement as a Go literal. There is none for what only the deployment decides.
func TestSettlementsAreGoLiterals(t *testing.T) {
	want := map[proof.SettlementKind][]string{
		proof.SettleByNestedTemplate:    {`reachability.Input{Nested: map[string]string{"x": "FILE", "y": "FILE"}}`},
		proof.SettleByParameter:         {`reachability.Input{Parameters: map[string]string{"x": "VALUE", "y": "VALUE"}}`},
		proof.SettleByOutput:            {`reachability.Input{Parameters: map[string]string{"x": "@STACK.OUTPUT", "y": "@STACK.OUTPUT"}}`},
		proof.SettleByZone:              {`reachability.Facts{ZoneIDs: map[string]string{"x": "ZONE-ID", "y": "ZONE-ID"}}`},
		proof.SettleByZoneNames:         {`reachability.Facts{ZoneNames: map[string][]string{"x": {"ZONE-NAME"}, "y": {"ZONE-NAME"}}}`},
		proof.SettleByService:           {`reachability.Facts{Services: map[string]string{"x": "STACK/LOGICAL-ID", "y": "STACK/LOGICAL-ID"}}`},
		proof.SettleByCertificate:       {`reachability.Facts{Certificates: map[string][]string{"x": {"NAME"}, "y": {"NAME"}}}`},
		proof.SettleByEnvironment:       {`reachability.Input{Template: "x", Account: "ACCOUNT", Region: "REGION"}`, `reachability.Input{Template: "y", Account: "ACCOUNT", Region: "REGION"}`},
		proof.SettleByTemplate:          {`reachability.Template("FILE") or reachability.Assembly("DIR") with x, y`},
		proof.SettleByLookup:            {`reachability.Assembly("DIR") of a cdk synth that has looked up x, y`},
		proof.SettleByPrefixList:        {`reachability.Facts{PrefixLists: map[string][]string{"x": {"CIDR"}, "y": {"CIDR"}}}`},
		proof.SettleByLatticePrefixList: {`reachability.Facts{LatticePrefixLists: map[string]string{"x": "PL-ID", "y": "PL-ID"}}`},
		proof.SettleByPublicAddress:     {`reachability.Facts{PublicAddresses: map[string][]string{"x": {"ADDRESS"}, "y": {"ADDRESS"}}}`},
		proof.SettleByAssumption:        {`reachability.Facts{Assume: []string{"x", "y"}}`},
		proof.SettleByClient:            {`reachability.Question{Client: "CLIENT", Domain: "NAME"}`},
		proof.SettleByDeployment:        nil,
	}
	for _, kind := range proof.SettlementKinds() {
		hop := proof.Hop{Name: proof.HopRecord, Message: "unknown", Settle: []proof.Settlement{{Kind: kind, Subject: "x"}, {Kind: kind, Subject: "y"}, {Kind: kind, Subject: "x"}}}
		var got []string
		for line := range strings.Lines(proof.Answer{Hops: []proof.Hop{hop}}.String()) {
			if literal, ok := strings.CutPrefix(line, "      use  "); ok {
				got = append(got, strings.TrimSpace(literal))
			}
		}
		expected, ok := want[kind]
		if !ok || strings.Join(got, "\n") != strings.Join(expected, "\n") {
			t.Errorf("%s: %q, want %q", kind, got, expected)
		}
	}
}
