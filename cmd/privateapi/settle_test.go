package main

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// Each settlement is a flag to copy. There is none for what only the deployment decides.
func TestSettlementsAreFlags(t *testing.T) {
	want := map[proof.SettlementKind]string{
		proof.SettleByNestedTemplate:    "--nested x=FILE --nested y=FILE",
		proof.SettleByParameter:         "--parameter x=VALUE --parameter y=VALUE",
		proof.SettleByOutput:            "--parameter x=@STACK.OUTPUT --parameter y=@STACK.OUTPUT",
		proof.SettleByZone:              "--zone x=ZONE-ID --zone y=ZONE-ID",
		proof.SettleByZoneNames:         "--zone-names x=NAME,NAME --zone-names y=NAME,NAME",
		proof.SettleByService:           "--service x=STACK/LOGICAL-ID --service y=STACK/LOGICAL-ID",
		proof.SettleByCertificate:       "--certificate x=NAME,NAME --certificate y=NAME,NAME",
		proof.SettleByPrefixList:        "--prefix-list x=CIDR,CIDR --prefix-list y=CIDR,CIDR",
		proof.SettleByLatticePrefixList: "--lattice-prefix-list x=PL-ID --lattice-prefix-list y=PL-ID",
		proof.SettleByPublicAddress:     "--public-address x=ADDRESS,ADDRESS --public-address y=ADDRESS,ADDRESS",
		proof.SettleByEnvironment:       "--template x=ACCOUNT/REGION --template y=ACCOUNT/REGION",
		proof.SettleByTemplate:          "--template FILE or --assembly DIR with x, y",
		proof.SettleByLookup:            "--assembly DIR of a cdk synth that has looked up x, y",
		proof.SettleByAssumption:        "--assume x --assume y",
		proof.SettleByClient:            "--client CLIENT --domain NAME",
		proof.SettleByDeployment:        "",
	}
	for _, kind := range proof.SettlementKinds() {
		got := strings.Join(flagsFor([]proof.Settlement{{Kind: kind, Subject: "x"}, {Kind: kind, Subject: "y"}, {Kind: kind, Subject: "x"}}), "\n")
		if expected, ok := want[kind]; !ok || got != expected {
			t.Errorf("%s: %q, want %q", kind, got, expected)
		}
		for word := range strings.FieldsSeq(got) {
			if flag, ok := strings.CutPrefix(word, "--"); ok && !strings.Contains(proveUsage, "\n  --"+flag+" ") {
				t.Errorf("%s: there is no flag --%s", kind, flag)
			}
		}
	}
}

func TestOneLineSettlesAll(t *testing.T) {
	r := &reachability.Report{Answers: []reachability.Answer{answer("A", "/", zonesUnknown()), answer("B", "/", acceptanceUnknown())}}
	want := "all unknown paths: --zone 111111111111/eu-west-1a=ZONE-ID --assume accepted\n"
	if text := renderText(r, textOptions{}); !strings.Contains(text, want) {
		t.Errorf("%s\nhas no %s", text, want)
	}
	evil := acceptanceUnknown()
	evil.Settle = []proof.Settlement{{Kind: proof.SettleByParameter, Subject: "x; rm -rf y"}}
	r.Answers = append(r.Answers, answer("C", "/", evil))
	if text := renderText(r, textOptions{}); !strings.Contains(text, " --parameter 'x; rm -rf y=VALUE'\n") {
		t.Errorf("a shell would run a part of\n%s", text)
	}
	either := acceptanceUnknown()
	either.Settle = []proof.Settlement{{Kind: proof.SettleByService, Subject: "x"}, {Kind: proof.SettleByAssumption, Subject: proof.AssumeProvider}}
	r.Answers[2] = answer("C", "/", either)
	if text := renderText(r, textOptions{}); !strings.Contains(text, " --service x=STACK/LOGICAL-ID\n") {
		t.Errorf("a fact settles it, and it is assumed too:\n%s", text)
	}
	r.Answers = r.Answers[:1]
	if text := renderText(r, textOptions{}); strings.Contains(text, "all unknown") {
		t.Errorf("one reason is said twice:\n%s", text)
	}
}
