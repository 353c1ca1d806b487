package reachability_test

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// dnsOf is what an alias record of an endpoint says: entry 0 is the Regional name.
func dnsOf(id string) object {
	half := func(i int) object {
		first := object{"Fn::Select": array{0, att(id, "DnsEntries")}}
		return object{"Fn::Select": array{i, object{"Fn::Split": array{":", first}}}}
	}
	return object{"HostedZoneId": half(0), "DNSName": half(1)}
}

// privateZone adds a private hosted zone of a VPC.
func privateZone(id, name, of string) change {
	return add(id, "AWS::Route53::HostedZone", object{
		"Name": name, "VPCs": array{object{"VPCId": ref(of), "VPCRegion": region}},
	})
}

// forHost says on the provider's side which name is meant.
var forHost = changes(
	put(v1Rule, "Conditions", array{hosts(domain), paths("/v1/*")}), put(v2Rule, "Conditions", array{hosts(domain), paths("/v2/*")}),
)

// parentZone has the name of the API in a zone above it.
var parentZone = put(zone, "Name", "internal.company.com.")

var dnsMutations = byHop{
	reachability.HopHostedZone: {
		{
			name: "the zone is of another VPC",
			edit: checkout(otherVpc, put(zone, "VPCs.0.VPCId", ref("OtherVpc"))),
			says: domain,
		},
		{
			name: "the zone is of that VPC in another Region",
			edit: checkout(put(zone, "VPCs.0.VPCRegion", "eu-central-1")),
			says: "eu-central-1",
		},
		{
			name:  "the zone and its record have another name",
			edit:  checkout(put(zone, "Name", "api.prices.internal.company.com."), put(record, "Name", "api.prices.internal.company.com")),
			says:  domain,
			quiet: true,
		},
		{
			name:  "the zone is for a name below",
			edit:  checkout(put(zone, "Name", "eu."+domain), put(record, "Name", "eu."+domain)),
			says:  domain,
			quiet: true,
		},
		{
			name:  "the condition of the zone does not hold",
			edit:  checkout(off(zone, record)),
			says:  domain,
			quiet: true,
		},
		{
			name: "the VPC does not resolve names",
			edit: checkout(put(vpc, "EnableDnsSupport", false)),
			says: "EnableDnsSupport",
			rule: rules.VpcDns.ID,
		},
		{
			name: "the VPC has no DNS hostnames",
			edit: checkout(put(vpc, "EnableDnsHostnames", false)),
			says: "EnableDnsHostnames",
			rule: rules.VpcDns.ID,
		},
		{
			name: "the VPC has no DNS hostnames, as is the default",
			edit: checkout(remove(vpc, "EnableDnsHostnames")),
			says: "EnableDnsHostnames",
			rule: rules.VpcDns.ID,
		},
		{
			name:    "the zone is public, and nothing says that the internet delegates to it",
			edit:    checkout(remove(zone, "VPCs")),
			says:    "public",
			unknown: true,
		},
		{
			name: "a DNS firewall looks at names first",
			edit: checkout(
				add("Firewall", "AWS::Route53Resolver::FirewallRuleGroup", object{}),
				add("FirewallOfVpc", "AWS::Route53Resolver::FirewallRuleGroupAssociation", object{
					"FirewallRuleGroupId": att("Firewall", "Id"), "VpcId": ref(vpc), "Priority": 101,
				}),
			),
			says:    "FirewallOfVpc",
			unknown: true,
		},
	},
	reachability.HopRecord: {
		{
			name:  "no record",
			edit:  checkout(drop(record)),
			says:  domain,
			quiet: true,
		},
		{
			name:  "a record of type TXT",
			edit:  checkout(put(record, "Type", "TXT"), remove(record, "AliasTarget"), put(record, "ResourceRecords", array{`"v=1"`}), put(record, "TTL", "300")),
			says:  domain,
			quiet: true,
		},
		{
			name: "only a AAAA record, of an endpoint that has IPv4 addresses",
			edit: checkout(put(record, "Type", "AAAA")),
			says: "AAAA",
		},
		{
			name:  "the record has the name of another host",
			edit:  checkout(put(record, "Name", "www."+domain)),
			says:  domain,
			quiet: true,
		},
		{
			name: "the alias leads to the endpoint of another API",
			edit: edits(otherAPI, checkout(put(record, "AliasTarget", dnsOf("SecondEndpoint"))), pricing(forHost)),
			says: "SecondEndpoint",
		},
		{
			name: "the record is in the zone of another VPC",
			edit: checkout(otherVpc, privateZone("OtherZone", "internal.company.com", "OtherVpc"), put(record, "HostedZoneId", ref("OtherZone"))),
			says: domain,
		},
		{
			name: "a more specific zone without the record hides it",
			edit: checkout(parentZone, privateZone("Hiding", "pricing.internal.company.com", vpc)),
			says: "pricing.internal.company.com",
		},
		{
			name:  "the condition of the record does not hold",
			edit:  checkout(off(record)),
			says:  domain,
			quiet: true,
		},
	},
}
