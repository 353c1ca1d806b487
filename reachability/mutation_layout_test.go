package reachability_test

import "strconv"

// checkoutApart gives the endpoint subnets of its own, so that network ACLs stand between it and its client.
var checkoutApart = changes(
	subnet("EndpointSubnet1", "eu-west-1a", "10.0.2.0/24"),
	subnet("EndpointSubnet2", "eu-west-1b", "10.0.3.0/24"),
	put(endpoint, "SubnetIds", refs(endpointSubnets...)),
)

// pricingApart gives the NLB, the ALB and the tasks subnets of their own.
var pricingApart = changes(
	subnet("NlbSubnet1", "eu-west-1a", "10.0.2.0/24"),
	subnet("NlbSubnet2", "eu-west-1b", "10.0.3.0/24"),
	put(nlb, "Subnets", refs(nlbSubnets...)),
	subnet("TaskSubnet1", "eu-west-1a", "10.0.4.0/24"),
	subnet("TaskSubnet2", "eu-west-1b", "10.0.5.0/24"),
	put(v1Service, "NetworkConfiguration.AwsvpcConfiguration.Subnets", refs(taskSubnets...)),
	put(v2Service, "NetworkConfiguration.AwsvpcConfiguration.Subnets", refs(taskSubnets...)),
)

// Where everything stands once it is apart.
var (
	clientSubnets   = []string{subnet1, subnet2}
	endpointSubnets = []string{"EndpointSubnet1", "EndpointSubnet2"}
	nlbSubnets      = []string{"NlbSubnet1", "NlbSubnet2"}
	albSubnets      = []string{subnet1, subnet2}
	taskSubnets     = []string{"TaskSubnet1", "TaskSubnet2"}
)

func subnet(id, zone, cidr string) change {
	return add(id, "AWS::EC2::Subnet", object{"AvailabilityZone": zone, "CidrBlock": cidr, "VpcId": ref(vpc)})
}

// otherVpc is a VPC in which nothing of the API stands.
var otherVpc = add("OtherVpc", "AWS::EC2::VPC", object{
	"CidrBlock": "10.9.0.0/16", "EnableDnsHostnames": true, "EnableDnsSupport": true,
})

// entry is an entry of a network ACL, for TCP and any address.
type entry struct {
	outbound bool
	action   string
	from, to int
}

var (
	anythingIn  = entry{false, "allow", 0, 65535}
	anythingOut = entry{true, "allow", 0, 65535}
	answersIn   = entry{false, "allow", 1024, 65535}
	answersOut  = entry{true, "allow", 1024, 65535}
	noAnswerIn  = entry{false, "deny", 1024, 65535}
	noAnswerOut = entry{true, "deny", 1024, 65535}
)

func allowIn(port int) entry  { return entry{false, "allow", port, port} }
func allowOut(port int) entry { return entry{true, "allow", port, port} }
func denyIn(port int) entry   { return entry{false, "deny", port, port} }
func denyOut(port int) entry  { return entry{true, "deny", port, port} }

// acl is a network ACL of the subnets, with entries in this order.
func acl(subnets []string, entries ...entry) change {
	all := []change{add("Acl", "AWS::EC2::NetworkAcl", object{"VpcId": ref(vpc)})}
	for i, s := range subnets {
		all = append(all, add("AclOf"+strconv.Itoa(i), "AWS::EC2::SubnetNetworkAclAssociation", object{
			"NetworkAclId": ref("Acl"), "SubnetId": ref(s),
		}))
	}
	for i, e := range entries {
		all = append(all, add("AclEntry"+strconv.Itoa(i), "AWS::EC2::NetworkAclEntry", object{
			"NetworkAclId": ref("Acl"), "RuleNumber": 100 + 10*i, "Egress": e.outbound, "RuleAction": e.action, "Protocol": 6,
			"CidrBlock": "0.0.0.0/0", "PortRange": object{"From": e.from, "To": e.to},
		}))
	}
	return changes(all...)
}
