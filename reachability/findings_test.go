package reachability

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// summary is a finding on one line: the rule, where, and what it says.
func summary(f Finding) string {
	at := f.Evidence[0]
	where := at.Stack + "/" + at.LogicalID
	if at.Property != "" {
		where += "." + at.Property
	}
	return fmt.Sprintf("%s %s: %s", strings.TrimPrefix(f.Rule, "privateapi:"), where, f.Message)
}

func summaries(m *Model) []string {
	list := []string{}
	for _, f := range m.findings() {
		list = append(list, summary(f))
	}
	return list
}

func TestTheBaseHasNoFindings(t *testing.T) {
	for _, got := range summaries(edited(t)) {
		t.Errorf("found %s", got)
	}
}

func TestTheExampleHasNoFindings(t *testing.T) {
	dir := filepath.Join("..", "examples", "pricing-checkout", "testdata")
	for name, parameter := range map[string]string{"linked": "@Pricing.ServiceName", "not linked": "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"} {
		provider, consumer := Template(filepath.Join(dir, "Pricing.json")), Template(filepath.Join(dir, "Checkout.json"))
		provider.Account, provider.Region = "222222222222", "eu-west-1"
		consumer.Account, consumer.Region = "111111111111", "eu-west-1"
		consumer.Parameters = map[string]string{"PricingServiceName": parameter}
		m, err := Load(provider, consumer)
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range summaries(m) {
			t.Errorf("%s: found %s", name, got)
		}
	}
}

// findingCase is what breaks a rule, and what comes near and does not.
type findingCase struct {
	name  string
	edits []string
	want  []string
	near  [][]string
}

func testFindings(t *testing.T, cases []findingCase) {
	t.Helper()
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			m := edited(t, tc.edits...)
			if got := summaries(m); !slices.Equal(got, tc.want) {
				t.Errorf("found\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(tc.want, "\n  "))
			}
			for _, f := range m.findings() {
				rule, ok := proof.FindRule(f.Rule)
				if !ok || string(f.Severity) != string(rule.Severity) || f.AWS != rule.AWS || f.Source != rule.Source || f.Fix == "" {
					t.Errorf("%s differs from its rule", summary(f))
				}
				for _, e := range f.Evidence {
					if e.LogicalID == "" || e.Type == "" {
						t.Errorf("%s: evidence %v names no resource", summary(f), e)
					}
				}
			}
			for uncertain := range everywhere {
				for _, got := range summaries(edited(t, append(slices.Clip(tc.edits), uncertain)...)) {
					t.Errorf("with %s: found %s", uncertain, got)
				}
			}
			for i, near := range tc.near {
				for _, got := range summaries(edited(t, near...)) {
					t.Errorf("near miss %d: found %s", i, got)
				}
			}
		})
	}
}

// The fix is the check's own where it has one, else that of the rule for templates.
func TestFixesAreForTemplates(t *testing.T) {
	m := edited(t, `Provider.Permissions.AllowedPrincipals = ["arn:aws:iam::1:root", "arn:aws:sts::111111111111:assumed-role/a/b"]`)
	want := []string{rules.TemplateFix(rules.PrincipalForm), "name the role itself: arn:aws:iam::<account>:role/<name>"}
	for i, f := range m.findings() {
		if f.Fix != want[i] {
			t.Errorf("fix of %s = %q, want %q", summary(f), f.Fix, want[i])
		}
	}
}

func TestFindingsOrder(t *testing.T) {
	m := edited(t, `Provider.Nlb.Scheme = "internet-facing"`, `Provider.Listener.Port = 8443`, `Consumer.Zone.Name = "company.com"`)
	first := summaries(m)
	for _, f := range m.findings()[:1] {
		if f.Severity != SeverityError {
			t.Errorf("the first finding is a %s", f.Severity)
		}
	}
	for range 5 {
		if got := summaries(m); !slices.Equal(got, first) {
			t.Fatalf("found\n%v\nand then\n%v", first, got)
		}
	}
}

// What a macro may change, and what may not be deployed, breaks no rule.
func TestNothingIsGuessed(t *testing.T) {
	broken := []string{
		`Consumer.Zone2 = {"Type": "AWS::Route53::HostedZone", "Properties": {"Name": "api.company.com", "VPCs": [{"VPCId": {"Ref": "Vpc"}}]}}`,
		`Consumer.Endpoint.PolicyDocument = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "a", "Resource": "*"}]}`,
	}
	if got := summaries(edited(t, broken...)); len(got) != 2 {
		t.Fatalf("found %v", got)
	}
	for name, edits := range map[string][]string{
		"a macro":     {`Consumer.@Transform = "Ours"`},
		"a condition": {`Consumer.Zone2.@Condition = "Maybe"`, `Consumer.Endpoint.@Condition = "Maybe"`},
		"a value":     {`Consumer.Zone2.Name = {"Ref": "Undecided"}`, `Consumer.Endpoint.PolicyDocument = {"Fn::If": ["Maybe", {"Statement": []}, {"Ref": "AWS::NoValue"}]}`},
	} {
		for _, got := range summaries(edited(t, slices.Concat(broken, edits)...)) {
			t.Errorf("%s: found %s", name, got)
		}
	}
	if got := summaries(edited(t, append(broken, `Consumer.@Transform = "AWS::LanguageExtensions"`)...)); len(got) != 2 {
		t.Errorf("with a macro of AWS: found %v", got)
	}
}
