package proof_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

func TestRulesAreComplete(t *testing.T) {
	id := regexp.MustCompile(`^privateapi:[a-z][A-Za-z]+$`)
	for _, rule := range proof.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			if !id.MatchString(rule.ID) {
				t.Errorf("ID %q does not match %s", rule.ID, id)
			}
			if rule.Severity != rules.Error && rule.Severity != rules.Warning {
				t.Errorf("Severity is %q", rule.Severity)
			}
			for field, text := range map[string]string{"Summary": rule.Summary, "AWS": rule.AWS, "Fix": rule.Fix} {
				if text == "" || text != strings.TrimSpace(text) || strings.Contains(text, "\n") {
					t.Errorf("%s is %q, want one line of text", field, text)
				}
				if strings.HasSuffix(text, ".") != (field == "Summary") {
					t.Errorf("%s is %q; a summary is a sentence with a full stop, the others have none", field, text)
				}
			}
			source, err := url.Parse(rule.Source)
			if err != nil || source.Scheme != "https" || source.Host != "docs.aws.amazon.com" || len(source.Path) < 2 {
				t.Errorf("Source is %q, want a page of https://docs.aws.amazon.com", rule.Source)
			}
		})
	}
}

func TestFindRule(t *testing.T) {
	for _, want := range proof.Rules() {
		for _, id := range []string{want.ID, strings.TrimPrefix(want.ID, "privateapi:")} {
			if got, ok := proof.FindRule(id); !ok || got != want {
				t.Errorf("FindRule(%q) = %v, %v", id, got, ok)
			}
		}
	}
	if got, ok := proof.FindRule("privateapi:nothing"); ok {
		t.Errorf("FindRule of no rule = %v", got)
	}
}

// Templates have CloudFormation properties, so a fix for a template names no property of a construct.
func TestTemplateFixesNameNoConstructProperty(t *testing.T) {
	if got := rules.TemplateFix(rules.CIDR); got != rules.CIDR.Fix {
		t.Errorf("the fix of a rule that fits = %q", got)
	}
	constructs := []string{
		"DnsMode", "EndpointPolicy", "ForceEndpointPolicy", "ProvidesPrivateDns", "AllowPrincipal,", "AllowNoPrincipals",
		"AllowEveryoneWithoutAcceptance", "TcpIdleTimeout", "ListenerPort", "ConsumerCidrs", "NetworkListenerProtocol",
	}
	found := map[string]bool{}
	for _, rule := range proof.Rules() {
		fix := rules.TemplateFix(rule)
		if fix == "" || strings.HasSuffix(fix, ".") || strings.Contains(fix, "\n") {
			t.Errorf("the fix of %s is %q, want one line without a full stop", rule.ID, fix)
		}
		for _, property := range constructs {
			if strings.Contains(fix, property) && !onlyInConstructs[rule.ID] {
				t.Errorf("the fix of %s for templates names %s: %s", rule.ID, property, fix)
			}
			found[property] = found[property] || strings.Contains(rule.Fix, property)
		}
	}
	for _, property := range constructs {
		if !found[property] {
			t.Errorf("no fix of a rule names %s", property)
		}
	}
}

// onlyInConstructs are rules that a template cannot be asked about.
var onlyInConstructs = map[string]bool{rules.EndpointPolicyUnverified.ID: true, rules.EndpointPolicyForced.ID: true, rules.LatticeEndpointNames.ID: true}
