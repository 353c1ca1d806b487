package reachability_test

import "github.com/cdk-private-api/cdk-private-api-go/internal/rules"

// otherEndpoint is a second endpoint to the API in the same VPC, with private DNS.
func otherEndpoint() change {
	return changes(add("SecondEndpoint", "AWS::EC2::VPCEndpoint", object{
		"VpcEndpointType": "Interface", "VpcId": ref(vpc), "ServiceName": ref("PricingServiceName"),
		"SubnetIds": refs(subnet1, subnet2), "SecurityGroupIds": groupIDs(endpointGroup), "PrivateDnsEnabled": true,
	}))
}

// What these break shows in the templates, and not on the way of the call.
var findingMutations = byHop{noHop: {
	{
		name: "two zones of one name in one VPC",
		edit: checkout(privateZone("Twin", domain, vpc)),
		rule: rules.HostedZoneTwice.ID,
	},
	{
		name: "a CNAME at the apex of the zone",
		edit: checkout(
			put(record, "Type", "CNAME"), put(record, "TTL", "300"),
			put(record, "ResourceRecords", array{dnsOf(endpoint)["DNSName"]}), remove(record, "AliasTarget"),
		),
		rule: rules.CnameAtApex.ID,
	},
	{
		name: "private DNS on the endpoint, and no such name on the service",
		edit: checkout(put(endpoint, "PrivateDnsEnabled", true)),
		rule: rules.PrivateDnsMissing.ID,
	},
	{
		name: "private DNS on the endpoint beside the zone of the same name",
		edit: edits(
			pricing(put(service, "PrivateDnsName", domain)),
			checkout(put(endpoint, "PrivateDnsEnabled", true)),
		),
		rule: rules.DnsModes.ID,
	},
	{
		name: "two endpoints with private DNS in one VPC",
		edit: edits(
			pricing(put(service, "PrivateDnsName", domain)),
			checkout(drop(record, zone), put(endpoint, "PrivateDnsEnabled", true), otherEndpoint()),
		),
		rule: rules.PrivateDnsTwice.ID,
	},
	{
		name: "a policy on the endpoint that names a role",
		edit: checkout(put(endpoint, "PolicyDocument", object{"Version": "2012-10-17", "Statement": array{object{
			"Effect": "Allow", "Action": "*", "Resource": "*",
			"Principal": object{"AWS": "arn:aws:iam::111111111111:role/checkout-task"},
		}}})),
		rule: rules.EndpointPolicy.ID,
	},
	{
		name: "an endpoint with IPv6 addresses, which the service does not have",
		edit: checkout(put(endpoint, "IpAddressType", "ipv6")),
		rule: rules.IPAddressType.ID,
	},
	{
		name: "the ALB is registered before it listens",
		edit: pricing(putPart(nlbTargets, "DependsOn", gone)),
		rule: rules.AlbTargetDependency.ID,
	},
	{
		name: "two subnets of the endpoint in one zone",
		edit: checkout(put(subnet2, "AvailabilityZone", "eu-west-1a")),
		rule: rules.SubnetPerZone.ID,
	},
	{
		name: "everyone is allowed, and nobody must accept",
		edit: pricing(allow("*")),
		rule: rules.EveryoneNeedsAcceptance.ID,
	},
	{
		name: "an organisation beside the account",
		edit: pricing(allow("arn:aws:iam::111111111111:root", "arn:aws:organizations::222222222222:organization/o-a1b2c3d4e5")),
		rule: rules.PrincipalForm.ID,
	},
	{
		name: "the account twice",
		edit: pricing(allow("arn:aws:iam::111111111111:root", "arn:aws:iam::111111111111:root")),
		rule: rules.PrincipalTwice.ID,
	},
	{
		name: "two lists of who may connect",
		edit: pricing(add("MorePermissions", "AWS::EC2::VPCEndpointServicePermissions", object{
			"ServiceId": ref(service), "AllowedPrincipals": array{"arn:aws:iam::333333333333:root"},
		})),
		rule: rules.PermissionsTwice.ID,
	},
	{
		name: "the ALB lets in every address",
		edit: pricing(add("FromAnywhere", "AWS::EC2::SecurityGroupIngress", rule(albGroup, tcp(443, "0.0.0.0/0")))),
		rule: rules.OpenIngress.ID,
		open: true,
	},
	{
		name: "two ALBs in one target group",
		edit: pricing(otherBalancer("application"), put(nlbTargets, "Targets", array{
			object{"Id": ref(alb), "Port": 443}, object{"Id": ref("OtherBalancer"), "Port": 443},
		})),
		rule: rules.AlbTarget.ID,
	},
	{
		name: "the NLB faces the internet",
		edit: pricing(put(nlb, "Scheme", "internet-facing")),
		rule: rules.InternetFacing.ID,
		open: true,
	},
	{
		name: "the NLB faces the internet, as is the default",
		edit: pricing(remove(nlb, "Scheme")),
		rule: rules.InternetFacing.ID,
		open: true,
	},
	{
		name: "the ALB faces the internet",
		edit: pricing(put(alb, "Scheme", "internet-facing")),
		rule: rules.InternetFacing.ID,
		open: true,
	},
	{
		name: "the ALB stands in one zone",
		edit: pricing(put(alb, "Subnets", refs(subnet1))),
		rule: rules.TwoZones.ID,
	},
	{
		name: "attributes of the ALB's target group",
		edit: pricing(put(nlbTargets, "TargetGroupAttributes", array{
			object{"Key": "preserve_client_ip.enabled", "Value": "false"},
		})),
		rule: rules.TargetGroupAttributes.ID,
	},
	{
		name: "a health check every two seconds",
		edit: pricing(put(nlbTargets, "HealthCheckIntervalSeconds", 2)),
		rule: rules.HealthCheck.ID,
	},
	{
		name: "two rules of one priority",
		edit: pricing(put(v2Rule, "Priority", 39776)),
		rule: rules.RoutePriority.ID,
	},
	{
		name: "an idle timeout of its own on a service for other Regions",
		edit: pricing(
			put(service, "SupportedRegions", array{region, "eu-central-1"}),
			put(nlbListener, "ListenerAttributes", array{object{"Key": "tcp.idle_timeout.seconds", "Value": "600"}}),
		),
		rule: rules.CrossRegionIdleTimeout.ID,
	},
	{
		name: "the NLB is in two services",
		edit: pricing(add("OtherService", "AWS::EC2::VPCEndpointService", object{
			"AcceptanceRequired": true, "NetworkLoadBalancerArns": refs(nlb),
		})),
		rule: rules.ServiceOfLoadBalancer.ID,
	},
}}
