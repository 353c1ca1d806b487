package network_test

import (
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// The first rule that ends the request decides, as far as rules look at addresses.
func TestWebAclAllows(t *testing.T) {
	const (
		in      = "IPSetReferenceStatement: {Arn: !GetAtt Near.Arn}"
		out     = "IPSetReferenceStatement: {Arn: !GetAtt Far.Arn}"
		other   = "IPSetReferenceStatement: {Arn: 'arn:aws:wafv2:eu-west-1:111111111111:regional/ipset/x/1'}"
		header  = "IPSetReferenceStatement: {Arn: !GetAtt Far.Arn, IPSetForwardedIPConfig: {HeaderName: X-Forwarded-For, FallbackBehavior: MATCH, Position: ANY}}"
		country = "GeoMatchStatement: {CountryCodes: [DE]}"
		aws     = "ManagedRuleGroupStatement: {VendorName: AWS, Name: AWSManagedRulesCommonRuleSet}"
		seller  = "ManagedRuleGroupStatement: {VendorName: Seller, Name: Rules}"
		changed = "ManagedRuleGroupStatement: {VendorName: AWS, Name: X, RuleActionOverrides: [{Name: Y, ActionToUse: {Allow: {}}}]}"
		group   = "RuleGroupReferenceStatement: {Arn: 'arn:aws:wafv2:eu-west-1:111111111111:regional/rulegroup/x/1'}"
	)
	not := func(s string) string { return "NotStatement: {Statement: {" + s + "}}" }
	and := func(a, b string) string { return "AndStatement: {Statements: [{" + a + "}, {" + b + "}]}" }
	or := func(a, b string) string { return "OrStatement: {Statements: [{" + a + "}, {" + b + "}]}" }
	rule := func(action, statement string) string {
		return "{Action: {" + action + ": {}}, Statement: {" + statement + "}}"
	}
	managed := func(statement string) string { return "{OverrideAction: {None: {}}, Statement: {" + statement + "}}" }
	for name, c := range map[string]struct {
		byDefault string
		rules     []string
		want      network.Tristate
		at        string
	}{
		"no rule, allows":             {"Allow", nil, network.Yes, "DefaultAction"},
		"no rule, blocks":             {"Block", nil, network.No, "DefaultAction"},
		"undecided default":           {"!Ref Undecided", nil, network.Maybe, "DefaultAction"},
		"allow-list with the address": {"Block", []string{rule("Allow", in)}, network.Yes, "Rules[0]"},
		"allow-list of others":        {"Block", []string{rule("Allow", out)}, network.No, "DefaultAction"},
		"allow-list elsewhere":        {"Block", []string{rule("Allow", other)}, network.Maybe, "Rules[0]"},
		"allow-list by a header":      {"Block", []string{rule("Allow", header)}, network.Maybe, "Rules[0]"},
		"two allow-lists":             {"Block", []string{rule("Allow", out), rule("Allow", in)}, network.Yes, "Rules[1]"},
		"one of two":                  {"Block", []string{rule("Allow", or(out, in))}, network.Yes, "Rules[0]"},
		"none of two":                 {"Block", []string{rule("Allow", or(out, out))}, network.No, "DefaultAction"},
		"both of two":                 {"Block", []string{rule("Allow", and(in, out))}, network.No, "DefaultAction"},
		"and a country":               {"Block", []string{rule("Allow", and(in, country))}, network.Maybe, "Rules[0]"},
		"others blocked":              {"Allow", []string{rule("Block", not(out))}, network.No, "Rules[0]"},
		"others blocked, not this":    {"Allow", []string{rule("Block", not(in))}, network.Yes, "DefaultAction"},
		"others blocked, perhaps":     {"Allow", []string{rule("Block", not(other))}, network.Maybe, "Rules[0]"},
		"counted":                     {"Allow", []string{rule("Count", not(out))}, network.Yes, "DefaultAction"},
		"blocked before it is allowed": {
			"Block", []string{rule("Block", in), rule("Allow", in)}, network.No, "Rules[0]",
		},
		"perhaps blocked before it is allowed": {"Block", []string{rule("Block", country), rule("Allow", in)}, network.Maybe, "Rules[0]"},
		"perhaps blocked before it is blocked": {"Allow", []string{rule("Block", country), rule("Block", in)}, network.No, "Rules[1]"},
		"perhaps allowed before it is blocked": {"Allow", []string{rule("Allow", country), rule("Block", in)}, network.Maybe, "Rules[0]"},
		"a puzzle":                             {"Allow", []string{rule("Captcha", country)}, network.Maybe, "Rules[0]"},
		"rules of AWS, then an allow-list":     {"Block", []string{managed(aws), rule("Allow", out)}, network.No, "DefaultAction"},
		"rules of AWS, then the address":       {"Block", []string{managed(aws), rule("Allow", in)}, network.Maybe, "Rules[0]"},
		"rules of AWS that may allow":          {"Block", []string{managed(changed), rule("Allow", out)}, network.Maybe, "Rules[0]"},
		"rules of a seller":                    {"Block", []string{managed(seller)}, network.Maybe, "Rules[0]"},
		"rules of the owner":                   {"Block", []string{managed(group)}, network.Maybe, "Rules[0]"},
		"an undecided rule":                    {"Block", []string{"!Ref Undecided"}, network.Maybe, "Rules[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			var text strings.Builder
			text.WriteString(`
Parameters: {Undecided: {Type: String}}
Resources:
  Near: {Type: AWS::WAFv2::IPSet, Properties: {IPAddressVersion: IPV4, Scope: REGIONAL, Addresses: [10.0.0.0/16]}}
  Far: {Type: AWS::WAFv2::IPSet, Properties: {IPAddressVersion: IPV4, Scope: REGIONAL, Addresses: [198.51.100.0/24]}}
  Acl:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: `)
			if strings.HasPrefix(c.byDefault, "!") {
				text.WriteString(c.byDefault)
			} else {
				text.WriteString("{" + c.byDefault + ": {}}")
			}
			text.WriteString("\n      Rules: [")
			for i, r := range c.rules {
				text.WriteString(strings.Replace(r, "{", "{Name: r, Priority: "+string(rune('0'+i))+", ", 1) + ", ")
			}
			text.WriteString("]\n")
			file := filepath.Join(t.TempDir(), "template.yaml")
			if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
				t.Fatal(err)
			}
			asm, err := assembly.Load(assembly.Input{Template: file})
			if err != nil {
				t.Fatal(err)
			}
			n := network.New(asm)
			has := func(block network.Property) network.Tristate {
				if prefix, ok := network.Block(block.Value); ok && prefix.Contains(netip.MustParseAddr("10.0.0.5")) {
					return network.Yes
				}
				return network.No
			}
			got, at := n.WebAclAllows(n.WebAcl(n.OfType("AWS::WAFv2::WebACL")[0].Ref()), has)
			if got != c.want || at.Path() != c.at {
				t.Errorf("allows %s by %s, want %s by %s\n%s", got, at.Path(), c.want, c.at, &text)
			}
		})
	}
}
