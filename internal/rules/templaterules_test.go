package rules_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestCodeMatches(t *testing.T) {
	for _, tc := range []struct {
		matcher, code string
		want          bool
	}{
		{"200", "200", true},
		{"200", "204", false},
		{"200-299", "204", true},
		{"200-299", "299", true},
		{"200-299", "300", false},
		{"200,204-206,404", "205", true},
		{"200,204-206,404", "404", true},
		{"200,204-206,404", "203", false},
		{"200, 404", "404", true},
		{"200-299", "", false},
		{"200-299", "2000", false},
		{"", "200", false},
	} {
		if got := rules.CodeMatches(tc.matcher, tc.code); got != tc.want {
			t.Errorf("CodeMatches(%q, %q) = %v", tc.matcher, tc.code, got)
		}
	}
}

// A template has no properties of constructs, so no fix of it names one.
func TestTemplateFixesAreOfCloudFormation(t *testing.T) {
	if got := rules.TemplateFix(rules.CIDR); got != rules.CIDR.Fix {
		t.Errorf("the fix of a rule that fits = %q", got)
	}
	constructs := []string{
		"DnsMode", "EndpointPolicy", "ForceEndpointPolicy", "ProvidesPrivateDns", "AllowPrincipal,", "AllowNoPrincipals",
		"AllowEveryoneWithoutAcceptance", "TcpIdleTimeout", "ListenerPort", "ConsumerCidrs", "NetworkListenerProtocol",
	}
	found := map[string]bool{}
	for _, rule := range slices.Concat(rules.All(), rules.Template()) {
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
var onlyInConstructs = map[string]bool{rules.EndpointPolicyUnverified.ID: true, rules.EndpointPolicyForced.ID: true}
