package rules_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestCheckCertificate(t *testing.T) {
	of := func(env rules.Environment) func(*rules.Report, string, string) {
		return func(r *rules.Report, property, arn string) { rules.CheckCertificate(r, property, arn, env) }
	}
	runChecks(t, of(rules.Environment{Account: "222222222222", Region: "eu-west-1"}), map[string]checkCase[string]{
		"one of ACM":                    {"arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef", ok},
		"one of IAM":                    {"arn:aws:iam::222222222222:server-certificate/cloudfront/api", ok},
		"one of another Region":         {"arn:aws:acm:us-east-1:222222222222:certificate/a", rules.CertificateArn},
		"one of another account":        {"arn:aws:acm:eu-west-1:111111111111:certificate/a", rules.CertificateArn},
		"one of another account in IAM": {"arn:aws:iam::111111111111:server-certificate/api", rules.CertificateArn},
		"a name":                        {"my-cert", rules.CertificateArn},
		"nothing":                       {"", rules.CertificateArn},
		"a certificate authority":       {"arn:aws:acm-pca:eu-west-1:222222222222:certificate-authority/a", rules.CertificateArn},
	})
	runChecks(t, of(rules.Environment{}), map[string]checkCase[string]{
		"one of China": {"arn:aws-cn:acm:cn-north-1:222222222222:certificate/a", ok},
		"a name":       {"my-cert", rules.CertificateArn},
	})
}

func TestCheckCertificateNames(t *testing.T) {
	check := func(names ...string) func(*rules.Report, string, string) {
		return func(r *rules.Report, property, domain string) {
			rules.CheckCertificateNames(r, property, domain, names)
		}
	}
	runChecks(t, check("company.com", "*.Company.com"), map[string]checkCase[string]{
		"the first name":          {"company.com", ok},
		"a name below":            {"api.company.com", ok},
		"the wildcard itself":     {"*.company.com", ok},
		"a name two levels below": {"api.pricing.company.com", rules.CertificateNames},
		"a wildcard below":        {"*.api.company.com", rules.CertificateNames},
		"another name":            {"api.other.com", rules.CertificateNames},
	})
	runChecks(t, rules.CheckCertificateCount, map[string]checkCase[int]{"as many": {25, ok}, "one more": {26, rules.CertificateQuota}})
}

func TestCheckTrustStore(t *testing.T) {
	runChecks(t, func(r *rules.Report, property, arn string) { rules.CheckTrustStore(r, property, arn, "eu-west-1") }, map[string]checkCase[string]{
		"one of the Region":     {"arn:aws:elasticloadbalancing:eu-west-1:222222222222:truststore/clients/0123456789abcdef", ok},
		"one of another Region": {"arn:aws:elasticloadbalancing:us-east-1:222222222222:truststore/clients/0123456789abcdef", rules.TrustStore},
		"a name":                {"clients", rules.TrustStore},
	})
}

func TestCheckConsumerCIDR(t *testing.T) {
	on := func(isDualStack bool) func(*rules.Report, string, string) {
		return func(r *rules.Report, property, cidr string) { rules.CheckConsumerCIDR(r, property, cidr, isDualStack) }
	}
	runChecks(t, on(false), map[string]checkCase[string]{
		"a block": {"10.0.0.0/16", ok}, "no block, told elsewhere": {"10.0.0.0", ok},
		"every address": {"0.0.0.0/0", rules.ConsumerCIDR}, "an IPv6 block": {"2001:db8::/32", rules.ConsumerCIDR},
	})
	runChecks(t, on(true), map[string]checkCase[string]{"an IPv6 block": {"2001:db8::/32", ok}, "every IPv6 address": {"::/0", rules.ConsumerCIDR}})
	runChecks(t, rules.CheckSecurityGroups, map[string]checkCase[int]{"as many groups": {5, ok}, "one more group": {6, rules.SecurityGroupQuota}})
	runChecks(t, rules.CheckSecurityGroupRules, map[string]checkCase[int]{"as many": {60, ok}, "one more": {61, rules.SecurityGroupRuleQuota}})
	runChecks(t, rules.CheckLogsPrefix, map[string]checkCase[string]{"a prefix": {"alb", ok}, "with that of ELB": {"alb/AWSLogs/", rules.AccessLogsPrefix}})
}

func TestCertificateCovers(t *testing.T) {
	for _, tc := range []struct {
		name, domain string
		want         bool
	}{
		{"api.company.com", "api.company.com", true},
		{"API.Company.com", "api.company.COM", true},
		{"api.company.com", "other.company.com", false},
		{"*.company.com", "api.company.com", true},
		{"*.company.com", "*.company.com", true},
		{"*.company.com", "company.com", false},
		{"*.company.com", "v1.api.company.com", false},
		{"*.company.com", "api.other.com", false},
		{"*.company.com", "api.mycompany.com", false},
	} {
		if got := rules.CertificateCovers(tc.name, tc.domain); got != tc.want {
			t.Errorf("CertificateCovers(%q, %q) = %v, want %v", tc.name, tc.domain, got, tc.want)
		}
	}
}
