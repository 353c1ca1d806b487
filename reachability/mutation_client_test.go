package reachability_test

import "github.com/cdk-private-api/cdk-private-api-go/reachability"

// nothingOut is the rule that CDK writes for no egress.
var nothingOut = array{object{
	"CidrIp": "255.255.255.255/32", "Description": "Disallow all traffic", "FromPort": 252, "IpProtocol": "icmp", "ToPort": 86,
}}

var clientMutations = byHop{
	reachability.HopClientEgress: {
		{
			name: "the port one above",
			edit: checkout(ports(clientEgress, 444, 444)),
			says: "443",
		},
		{
			name: "a range that ends one below",
			edit: checkout(ports(clientEgress, 80, 442)),
			says: "443",
		},
		{
			name: "UDP",
			edit: checkout(put(clientEgress, "IpProtocol", "udp")),
			says: "443",
		},
		{
			name: "to the group of other endpoints",
			edit: checkout(peer(clientEgress, "DestinationSecurityGroupId", groupID(awsGroup))),
			says: endpoint,
		},
		{
			name: "to the CIDR block of another VPC",
			edit: checkout(peer(clientEgress, "CidrIp", "10.1.0.0/16")),
			says: endpoint,
		},
		{
			name: "the rule is on the endpoint's side",
			edit: checkout(put(clientEgress, "GroupId", groupID(endpointGroup))),
			says: endpoint,
		},
		{
			name: "the rule is for the way in",
			edit: checkout(turned(clientEgress)),
			says: endpoint,
		},
		{
			name: "no rule",
			edit: checkout(drop(clientEgress)),
			says: endpoint,
		},
		{
			name: "nothing out, as CDK writes it",
			edit: checkout(drop(clientEgress), put(clientGroup, "SecurityGroupEgress", nothingOut)),
			says: endpoint,
		},
		{
			name: "the condition of the rule does not hold",
			edit: checkout(off(clientEgress)),
			says: endpoint,
		},
		{
			name: "the client's group is of another VPC",
			edit: checkout(otherVpc, put(clientGroup, "VpcId", ref("OtherVpc"))),
			says: "OtherVpc",
		},
		{
			name: "the endpoint left in the default group, to which no rule leads",
			edit: checkout(remove(endpoint, "SecurityGroupIds")),
			// Neither group names the other, so nothing tells that the service is a client.
			quiet: true,
			says:  "443",
		},
	},
	reachability.HopEndpointIngress: {
		{
			name: "the port one above",
			edit: checkout(ports(endpointIngress, 444, 444)),
			says: "443",
		},
		{
			name: "a range that begins one above",
			edit: checkout(ports(endpointIngress, 444, 65535)),
			says: "443",
		},
		{
			name: "UDP",
			edit: checkout(put(endpointIngress, "IpProtocol", "udp")),
			says: "443",
		},
		{
			name: "from the group of the endpoints",
			edit: checkout(peer(endpointIngress, "SourceSecurityGroupId", groupID(endpointGroup))),
			says: clientService,
		},
		{
			name: "from the CIDR block of another VPC",
			edit: checkout(peer(endpointIngress, "CidrIp", "10.1.0.0/16")),
			says: clientService,
		},
		{
			name: "from one of the two subnets of the client",
			edit: checkout(peer(endpointIngress, "CidrIp", "10.0.0.0/24")),
			says: "10.0.1.0/24",
		},
		{
			name: "the rule is on the client's side",
			edit: checkout(put(endpointIngress, "GroupId", groupID(clientGroup))),
			says: clientService,
		},
		{
			name: "the rule is for the way out",
			edit: checkout(turned(endpointIngress)),
			says: clientService,
		},
		{
			name: "no rule",
			edit: checkout(drop(endpointIngress)),
			says: clientService,
		},
		{
			name: "the condition of the rule does not hold",
			edit: checkout(off(endpointIngress)),
			says: clientService,
		},
		{
			name: "the default group of the VPC, which lets its members in",
			edit: checkout(remove(endpoint, "SecurityGroupIds"), peer(clientEgress, "CidrIp", "10.0.0.0/16")),
			says: "default",
			// Neither group names the other, so nothing tells that the service is a client.
			quiet: true,
		},
		{
			name: "the endpoint's group is of another VPC",
			edit: checkout(otherVpc, put(endpointGroup, "VpcId", ref("OtherVpc"))),
			says: "OtherVpc",
		},
		{
			name:  "the client is in another group",
			edit:  checkout(put(clientService, "NetworkConfiguration.AwsvpcConfiguration.SecurityGroups", groupIDs("Tasks")), newGroup("Tasks", vpc)),
			says:  clientService,
			quiet: true,
		},
	},
}

// newGroup adds a security group without rules, which EC2 lets out to every address.
func newGroup(id, of string) change {
	return add(id, "AWS::EC2::SecurityGroup", object{"GroupDescription": id, "VpcId": ref(of)})
}
