package reachability_test

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// certificate gives the ALB's listener a certificate whose names are known.
func certificate(name string, others ...any) change {
	return changes(
		add("Certificate", "AWS::CertificateManager::Certificate", object{
			"DomainName": name, "SubjectAlternativeNames": append(array{}, others...), "ValidationMethod": "DNS",
		}),
		put(albListener, "Certificates.0.CertificateArn", ref("Certificate")),
	)
}

// plain makes HTTP of the ALB's listener and of what checks it.
var plain = changes(
	put(albListener, "Protocol", "HTTP"), remove(albListener, "Certificates"), remove(albListener, "SslPolicy"),
	put(nlbTargets, "HealthCheckProtocol", "HTTP"),
)

var albMutations = byHop{
	reachability.HopAlbIngress: {
		{
			name: "the port one above",
			edit: pricing(ports(albIngress, 444, 444)),
			says: "443",
		},
		{
			name: "UDP",
			edit: pricing(put(albIngress, "IpProtocol", "udp")),
			says: "443",
		},
		{
			name: "from the group of the tasks",
			edit: pricing(peer(albIngress, "SourceSecurityGroupId", groupID(v1Group))),
			says: nlb,
		},
		{
			name: "from the addresses of the consumer, which the NLB hides",
			edit: pricing(
				put(vpc, "CidrBlock", "10.8.0.0/16"), put(subnet1, "CidrBlock", "10.8.0.0/24"), put(subnet2, "CidrBlock", "10.8.1.0/24"),
				peer(albIngress, "CidrIp", "10.0.0.0/16"),
			),
			says: nlb,
		},
		{
			name: "the rule is on the NLB's side",
			edit: pricing(put(albIngress, "GroupId", groupID(nlbGroup))),
			says: nlb,
		},
		{
			name: "the rule is for the way out",
			edit: pricing(turned(albIngress)),
			says: nlb,
		},
		{
			name: "no rule",
			edit: pricing(drop(albIngress)),
			says: nlb,
		},
		{
			name: "the ALB names the group of an NLB that has none",
			edit: pricing(remove(nlb, "SecurityGroups"), remove(nlb, enforcement)),
			says: nlb,
		},
		{
			name: "the ALB's group is of another VPC",
			edit: pricing(otherVpc, put(albGroup, "VpcId", ref("OtherVpc"))),
			says: "OtherVpc",
		},
	},
	reachability.HopAlbListener: {
		{
			name: "HTTP",
			edit: pricing(plain),
			says: "HTTP",
			rule: rules.CertificateRequired.ID,
		},
		{
			name: "HTTP where the path has HTTPS on another port",
			edit: pricing(plain, otherListener),
			says: "HTTP",
		},
		{
			name: "a web ACL looks at requests first",
			edit: pricing(add("WebAcl", "AWS::WAFv2::WebACLAssociation", object{
				"ResourceArn": ref(alb), "WebACLArn": "arn:aws:wafv2:eu-west-1:222222222222:regional/webacl/w/1",
			})),
			says:    "web ACL",
			unknown: true,
		},
	},
	reachability.HopCertificate: {
		{
			name: "none",
			edit: pricing(remove(albListener, "Certificates")),
			says: "certificate",
			rule: rules.CertificateRequired.ID,
		},
		{
			name: "an empty list",
			edit: pricing(put(albListener, "Certificates", array{})),
			says: "certificate",
			rule: rules.CertificateRequired.ID,
		},
		{
			name: "of another name",
			edit: pricing(certificate("api.prices.internal.company.com")),
			says: "api.prices.internal.company.com",
			rule: rules.CertificateRequired.ID,
		},
		{
			name: "of the name above",
			edit: pricing(certificate("pricing.internal.company.com")),
			says: "pricing.internal.company.com",
			rule: rules.CertificateRequired.ID,
		},
		{
			name: "a wildcard, which stands for one label",
			edit: pricing(certificate("internal.company.com", "*.internal.company.com")),
			says: "*.internal.company.com",
			rule: rules.CertificateRequired.ID,
		},
	},
}
