package reachability_test

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

const enforcement = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"

// enforced lets PrivateLink traffic through the NLB's security group, by one rule.
func enforced(rule object) change {
	return changes(put(nlb, enforcement, "on"), put(nlbGroup, "SecurityGroupIngress", array{rule}))
}

var nlbMutations = byHop{
	reachability.HopNlbIngress: {
		{
			name: "enforced, without a rule",
			edit: pricing(put(nlb, enforcement, "on")),
			says: clientService,
		},
		{
			name: "enforced by default, without a rule",
			edit: pricing(remove(nlb, enforcement)),
			says: clientService,
		},
		{
			name: "enforced, with a rule by security group",
			edit: pricing(enforced(object{
				"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "SourceSecurityGroupId": groupID(albGroup),
			})),
			says: clientService,
		},
		{
			name: "enforced, with a rule by the client's security group, which PrivateLink does not show",
			edit: edits(
				checkout(putSection("Outputs.ClientGroup", object{"Value": groupID(clientGroup)})),
				given("Pricing", "ClientGroup", "@Checkout.ClientGroup"),
				pricing(enforced(object{
					"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "SourceSecurityGroupId": ref("ClientGroup"),
				})),
			),
			says: clientService,
		},
		{
			name: "enforced, with a rule for other addresses",
			edit: pricing(enforced(tcp(443, "10.9.0.0/16"))),
			says: clientService,
		},
		{
			name: "enforced, with a rule for one of the client's subnets",
			edit: pricing(enforced(tcp(443, "10.0.0.0/24"))),
			says: "10.0.1.0/24",
		},
		{
			name: "enforced, with a rule for another port",
			edit: pricing(enforced(tcp(444, "10.0.0.0/16"))),
			says: "443",
		},
		{
			name: "the NLB's group is of another VPC",
			edit: pricing(otherVpc, put(nlbGroup, "VpcId", ref("OtherVpc"))),
			says: "OtherVpc",
		},
	},
	reachability.HopNlbListener: {
		{
			name: "the service has no load balancer",
			edit: pricing(put(service, "NetworkLoadBalancerArns", array{})),
			says: "no NLB",
		},
		{
			name: "the service has the ALB in place of the NLB",
			edit: pricing(put(service, "NetworkLoadBalancerArns", refs(alb))),
			says: alb,
			rule: rules.ServiceLoadBalancer.ID,
		},
		{
			name: "the port one above",
			edit: pricing(put(nlbListener, "Port", 444)),
			says: "443",
		},
		{
			name: "TLS",
			edit: pricing(
				put(nlbListener, "Protocol", "TLS"),
				put(nlbListener, "Certificates", array{object{"CertificateArn": "arn:aws:acm:eu-west-1:222222222222:certificate/1"}}),
			),
			says: "TLS",
			rule: rules.NetworkListenerTCP.ID,
		},
		{
			name: "UDP",
			edit: pricing(put(nlbListener, "Protocol", "UDP")),
			says: "UDP",
		},
		{
			name: "no listener",
			edit: pricing(drop(nlbListener)),
			says: "listener",
		},
		{
			name: "the condition of the listener does not hold",
			edit: pricing(off(nlbListener)),
			says: "listener",
		},
		{
			name: "the listener is another NLB's",
			edit: pricing(otherBalancer("network"), put(nlbListener, "LoadBalancerArn", ref("OtherBalancer"))),
			says: "listener",
		},
		{
			name: "the service has another NLB",
			edit: pricing(otherBalancer("network"), put("OtherBalancer", enforcement, "off"), put(service, "NetworkLoadBalancerArns", refs("OtherBalancer"))),
			says: "listener",
		},
	},
	reachability.HopNlbEgress: {
		{
			name: "the port one above",
			edit: pricing(ports(nlbEgress, 444, 444)),
			says: "443",
		},
		{
			name: "UDP",
			edit: pricing(put(nlbEgress, "IpProtocol", "udp")),
			says: "443",
		},
		{
			name: "to the group of the tasks",
			edit: pricing(peer(nlbEgress, "DestinationSecurityGroupId", groupID(v1Group))),
			says: alb,
		},
		{
			name: "to other addresses",
			edit: pricing(peer(nlbEgress, "CidrIp", "10.9.0.0/16")),
			says: alb,
		},
		{
			name: "nothing out, as CDK writes it",
			edit: pricing(drop(nlbEgress), put(nlbGroup, "SecurityGroupEgress", nothingOut)),
			says: alb,
		},
	},
}
