package reachability_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// askAbout asks for what settles a hop, and reads the file that this makes.
func askAbout(t *testing.T, file string, settle ...reachability.Settlement) (*reachability.FactsQuestions, *reachability.FactsFile) {
	t.Helper()
	hop := reachability.Hop{Name: reachability.HopAcceptance, Verdict: reachability.Unknown, Message: "nobody knows", Settle: settle}
	q, err := reachability.AskForFacts(file, &reachability.Report{Answers: []reachability.Answer{{Verdict: reachability.Unknown, Hops: []reachability.Hop{hop}}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, q.Text, 0o600); err != nil {
		t.Fatal(err)
	}
	facts, err := reachability.LoadFacts(file)
	if err != nil {
		t.Fatalf("%s\ncannot be read: %v", q.Text, err)
	}
	return q, facts
}

// Each kind of settlement that is a fact has a place in the file, with the command that answers it. None is given by it.
func TestQuestionsOfEachKind(t *testing.T) {
	subjects := map[proof.SettlementKind]struct{ subject, field, command string }{
		proof.SettleByParameter: {"Shop.Vpc", "parameters.Shop.Vpc", "aws cloudformation describe-stacks --stack-name Shop "},
		proof.SettleByOutput:    {"Shop.Name", "parameters.Shop.Name", ""},
		proof.SettleByZone:      {"111111111111/us-west-2-lax-1a", "zoneIds.111111111111.us-west-2-lax-1a", "aws ec2 describe-availability-zones --region us-west-2 --zone-names us-west-2-lax-1a "},
		proof.SettleByZoneNames: {"111111111111/eu-west-1", "zoneNames.111111111111/eu-west-1", "aws ec2 describe-subnets --region eu-west-1 "},
		proof.SettleByService:   {"com.amazonaws.vpce.eu-west-1.vpce-svc-01", "services.com.amazonaws.vpce.eu-west-1.vpce-svc-01", "aws cloudformation describe-stack-resources --physical-resource-id vpce-svc-01 "},
		proof.SettleByCertificate: {
			"arn:aws:acm:eu-west-1:222222222222:certificate/0a1b", "certificates.arn:aws:acm:eu-west-1:222222222222:certificate/0a1b",
			"aws acm describe-certificate --region eu-west-1 --certificate-arn arn:aws:acm:eu-west-1:222222222222:certificate/0a1b ",
		},
		proof.SettleByLatticePrefixList: {"eu-west-1", "latticePrefixLists.eu-west-1", "aws ec2 describe-managed-prefix-lists --region eu-west-1 --filters Name=prefix-list-name,Values=com.amazonaws.eu-west-1.vpc-lattice "},
		proof.SettleByPublicAddress:     {"eipalloc-0a1b", "publicAddresses.eipalloc-0a1b", "aws ec2 describe-addresses --allocation-ids eipalloc-0a1b "},
		proof.SettleByPrefixList:        {"pl-6da54004", "prefixLists.pl-6da54004", "aws ec2 get-managed-prefix-list-entries --prefix-list-id pl-6da54004 "},
		proof.SettleByNestedTemplate:    {"Shop/Network", "nestedTemplates.Shop/Network", ""},
		proof.SettleByAssumption:        {"accepted", "assumptions.accepted", "aws ec2 describe-vpc-endpoint-connections "},
	}
	empty, err := reachability.LoadFacts(writeFacts(t, "{}"))
	if err != nil {
		t.Fatal(err)
	}
	noFacts := []proof.SettlementKind{proof.SettleByEnvironment, proof.SettleByTemplate, proof.SettleByLookup, proof.SettleByClient, proof.SettleByDeployment}
	for _, kind := range proof.SettlementKinds() {
		t.Run(string(kind), func(t *testing.T) {
			want := subjects[kind]
			q, facts := askAbout(t, filepath.Join(t.TempDir(), "facts.json"), reachability.Settlement{Kind: kind, Subject: want.subject})
			if slices.Contains(noFacts, kind) {
				if len(q.Open) > 0 {
					t.Errorf("%v is open", q.Open)
				}
				return
			}
			if len(q.Open) != 1 || q.Added != 1 || q.Open[0].Field != want.field || !strings.HasPrefix(q.Open[0].Command, want.command) {
				t.Errorf("%+v, want %+v", q, want)
			}
			if !reflect.DeepEqual(facts, empty) {
				t.Errorf("%+v is given by\n%s", facts, q.Text)
			}
		})
	}
}

// What a file gives stays, and what it asks for is not asked for again.
func TestQuestionsExtendAFile(t *testing.T) {
	file := writeFacts(t, everyFact)
	before, err := reachability.LoadFacts(file)
	if err != nil {
		t.Fatal(err)
	}
	zone := func(name string) reachability.Settlement {
		return reachability.Settlement{Kind: proof.SettleByZone, Subject: "111111111111/" + name}
	}
	for _, added := range []int{1, 0} {
		q, after := askAbout(t, file, zone("eu-west-1a"), zone("eu-west-1b"), reachability.Settlement{Kind: proof.SettleByAssumption, Subject: "accepted"})
		if q.Added != added || len(q.Open) != 1 || q.Open[0].Field != "zoneIds.111111111111.eu-west-1b" {
			t.Errorf("%+v, want %d added", q, added)
		}
		if !reflect.DeepEqual(after, before) {
			t.Errorf("%+v became %+v", before, after)
		}
	}
	filled, _ := os.ReadFile(file)
	if err := os.WriteFile(file, []byte(strings.Replace(string(filled), `"value": null`, `"value": "euw1-az2"`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := reachability.LoadFacts(file); err != nil || got.Facts.ZoneIDs["111111111111/eu-west-1b"] != "euw1-az2" {
		t.Errorf("%+v, %v", got, err)
	}
}

// A name from a template is never a part of a command unless it is plain.
func TestCommandsHaveNoHostileNames(t *testing.T) {
	for _, subject := range []string{"Shop.$(id)", "Shop.a'b", "--profile.x", "Shop.a b", "Shop.a\nb", "Shop.`id`"} {
		q, _ := askAbout(t, filepath.Join(t.TempDir(), "facts.json"), reachability.Settlement{Kind: proof.SettleByParameter, Subject: subject})
		if len(q.Open) != 1 || q.Open[0].Command != "" {
			t.Errorf("%q: %+v", subject, q.Open)
		}
	}
}

func TestQuestionsAreNotAddedToABadFile(t *testing.T) {
	for _, file := range []string{writeFacts(t, `{"zoneIDz": {}}`), t.TempDir()} {
		if _, err := reachability.AskForFacts(file, &reachability.Report{}); err == nil || !strings.HasPrefix(err.Error(), file+": ") {
			t.Errorf("%s: %v", file, err)
		}
	}
}
