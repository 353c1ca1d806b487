package reachability_test

import "github.com/cdk-private-api/cdk-private-api-go/reachability"

var endpointMutations = byHop{
	reachability.HopRoute: {
		{
			name: "the endpoint is in another VPC",
			edit: checkout(
				otherVpc, otherSubnet, put(endpoint, "VpcId", ref("OtherVpc")), put(endpoint, "SubnetIds", refs("OtherSubnet")),
				put(endpointGroup, "VpcId", ref("OtherVpc")),
			),
			says:    "OtherVpc",
			unknown: true,
		},
		{
			name: "a route leads to an appliance",
			edit: checkout(add("Detour", "AWS::EC2::Route", object{
				"RouteTableId": ref("VpcPrivateSubnet1RouteTableB2C5B500"), "DestinationCidrBlock": "10.0.1.0/24",
				"VpcEndpointId": "vpce-0123456789abcdef0",
			})),
			says:    subnet1,
			unknown: true,
		},
	},
	reachability.HopEndpointZones: {
		{
			name: "no subnets",
			edit: checkout(remove(endpoint, "SubnetIds")),
			says: "subnet",
		},
		{
			name: "an empty list of subnets",
			edit: checkout(put(endpoint, "SubnetIds", array{})),
			says: "subnet",
		},
		{
			name: "one of two subnets in a zone in which the service is not",
			edit: checkout(put(subnet2, "AvailabilityZone", "eu-west-1c")),
			says: "euw1-az3",
		},
		{
			name: "the NLB is in one zone, and not in that of the endpoint",
			edit: edits(
				checkout(put(endpoint, "SubnetIds", refs(subnet1)), put(subnet1, "AvailabilityZone", "eu-west-1c")),
				pricing(put(nlb, "Subnets", refs(subnet1))),
			),
			says: "euw1-az3",
		},
		{
			name: "the service moves out of one of the zones",
			edit: pricing(put(subnet1, "AvailabilityZone", "eu-west-1c")),
			says: "euw1-az2",
		},
		{
			name: "subnets of another VPC",
			edit: checkout(
				otherVpc, otherSubnet, put(endpoint, "SubnetIds", refs("OtherSubnet")),
			),
			says: "OtherVpc",
		},
		{
			name: "the NLB stands nowhere",
			edit: pricing(put(nlb, "Subnets", array{})),
			says: nlb,
		},
		{
			name:    "a zone whose ID nobody says",
			edit:    checkout(put(subnet2, "AvailabilityZone", "eu-west-1d")),
			says:    "eu-west-1d",
			unknown: true,
		},
	},
	reachability.HopEndpointService: {
		{
			name:  "an endpoint of type Gateway",
			edit:  checkout(put(endpoint, "VpcEndpointType", "Gateway")),
			says:  "Gateway",
			quiet: true,
		},
		{
			name:  "the service is one of AWS's own",
			edit:  checkout(put(endpoint, "ServiceName", "com.amazonaws.eu-west-1.s3")),
			says:  "com.amazonaws.eu-west-1.s3",
			quiet: true,
		},
		{
			name:    "a service that nobody has loaded",
			edit:    checkout(put(endpoint, "ServiceName", "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0")),
			says:    "vpce-svc-0123456789abcdef0",
			unknown: true,
		},
		{
			name: "the consumer is in another Region",
			edit: edits(deployedIn("Checkout", consumer, "eu-central-1"), checkout(
				put(zone, "VPCs.0.VPCRegion", "eu-central-1"),
				put(subnet1, "AvailabilityZone", "eu-central-1a"), put(subnet2, "AvailabilityZone", "eu-central-1b"),
			)),
			says: "eu-central-1",
		},
		{
			name: "the endpoint looks for it in another Region",
			edit: checkout(put(endpoint, "ServiceRegion", "eu-central-1")),
			says: "eu-central-1",
		},
		{
			name:  "the alias leads to the endpoint of an AWS service",
			edit:  checkout(put(record, "AliasTarget", dnsOf(ecr))),
			says:  "com.amazonaws.eu-west-1.ecr.api",
			quiet: true,
		},
	},
	reachability.HopAllowedPrincipal: {
		{
			name: "another account",
			edit: pricing(allow("arn:aws:iam::333333333333:root")),
			says: consumer,
		},
		{
			name: "a role of another account",
			edit: pricing(allow("arn:aws:iam::333333333333:role/deploy")),
			says: consumer,
		},
		{
			name: "the partition of other accounts",
			edit: pricing(allow("arn:aws-cn:iam::" + consumer + ":root")),
			says: consumer,
		},
		{
			name: "nobody",
			edit: pricing(allow()),
			says: consumer,
		},
		{
			name: "no permissions",
			edit: pricing(drop(permissions)),
			says: consumer,
		},
		{
			name: "the condition of the permissions does not hold",
			edit: pricing(off(permissions)),
			says: consumer,
		},
		{
			name: "the permissions of another service",
			edit: edits(otherAPI, pricing(drop("OtherPermissions"), put(permissions, "ServiceId", ref("OtherService")))),
			says: consumer,
		},
		{
			name: "the consumer moves to another account",
			edit: deployedIn("Checkout", "333333333333", region),
			says: "333333333333",
		},
		{
			name:    "one role of the account, which may not be the one that creates the endpoint",
			edit:    pricing(allow("arn:aws:iam::" + consumer + ":role/deploy")),
			says:    "role/deploy",
			unknown: true,
		},
	},
	reachability.HopAcceptance: {
		{
			name:    "somebody must accept the connection",
			edit:    pricing(put(service, "AcceptanceRequired", true)),
			says:    "accept",
			unknown: true,
		},
		{
			name:    "nothing says whether somebody must accept, so somebody must",
			edit:    pricing(remove(service, "AcceptanceRequired")),
			says:    "AcceptanceRequired",
			unknown: true,
		},
	},
}

// allow makes a list of the principals that may connect.
func allow(arns ...string) change {
	list := array{}
	for _, arn := range arns {
		list = append(list, arn)
	}
	return put(permissions, "AllowedPrincipals", list)
}

// otherBalancer is a load balancer that stands where the others do and has nothing to do with the API.
func otherBalancer(kind string) change {
	return changes(
		newGroup("OtherGroup", vpc),
		add("OtherBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", object{
			"Type": kind, "Scheme": "internal", "Subnets": refs(subnet1, subnet2), "SecurityGroups": groupIDs("OtherGroup"),
		}),
	)
}

// otherAPI is another service of the provider, to which the consumer has an endpoint beside the first.
var otherAPI = edits(
	pricing(
		otherBalancer("network"),
		add("OtherService", "AWS::EC2::VPCEndpointService", object{
			"AcceptanceRequired": false, "NetworkLoadBalancerArns": refs("OtherBalancer"),
		}),
		add("OtherPermissions", "AWS::EC2::VPCEndpointServicePermissions", object{
			"ServiceId": ref("OtherService"), "AllowedPrincipals": array{"arn:aws:iam::" + consumer + ":root"},
		}),
		putSection("Outputs.OtherName", object{
			"Value": object{"Fn::Sub": "com.amazonaws.vpce.eu-west-1.${OtherService}"},
		}),
	),
	checkout(
		add("SecondEndpoint", "AWS::EC2::VPCEndpoint", object{
			"VpcEndpointType": "Interface", "VpcId": ref(vpc), "ServiceName": ref("OtherName"),
			"SubnetIds": refs(subnet1, subnet2), "SecurityGroupIds": groupIDs(endpointGroup),
		}),
	),
	given("Checkout", "OtherName", "@Pricing.OtherName"),
)

var otherSubnet = add("OtherSubnet", "AWS::EC2::Subnet", object{
	"AvailabilityZone": "eu-west-1a", "CidrBlock": "10.9.0.0/24", "VpcId": ref("OtherVpc"),
})
