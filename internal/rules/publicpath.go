package rules

// The rules of the hops over the internet: out of the client's VPC, and into that of an internet-facing ALB.
var (
	PathInternetRoute = Rule{
		ID: "privateapi:pathInternetRoute", Severity: Error,
		Summary: "The most specific route in each subnet of the client for a public address leads to a NAT gateway or an internet gateway.",
		AWS:     "drops the packets, or sends them elsewhere: the connection times out",
		Fix:     "add a route for 0.0.0.0/0 to a NAT gateway to the route tables of the client's subnets, or call over PrivateLink",
		Source:  vpcGuide + "route-table-options.html",
	}
	PathNatGateway = Rule{
		ID: "privateapi:pathNatGateway", Severity: Error,
		Summary: "The NAT gateway is public, and the route table of its subnet leads to an internet gateway.",
		AWS:     "drops the packets: a NAT gateway reaches the internet from a public subnet alone",
		Fix:     "put a public NAT gateway into a subnet with a route for 0.0.0.0/0 to an internet gateway",
		Source:  vpcGuide + "vpc-nat-gateway.html",
	}
	PathNatNetworkAcl = Rule{
		ID: "privateapi:pathNatNetworkAcl", Severity: Error,
		Summary: "The network ACL of the NAT gateway's subnet allows requests from the client to any address, and responses.",
		AWS:     "drops requests or responses: the connection times out",
		Fix:     "allow the client's requests in and out of the NAT gateway's subnet, and ports 1024 to 65535 both ways",
		Source:  vpcGuide + "vpc-network-acls.html",
	}
	PathInternetGateway = Rule{
		ID: "privateapi:pathInternetGateway", Severity: Error,
		Summary: "The internet gateway is attached to the client's VPC, and what sends packets to it has a public address.",
		AWS:     "drops the packets: an internet gateway translates only addresses that have a public one",
		Fix:     "attach the internet gateway to the VPC, and route the client's subnet to a NAT gateway",
		Source:  vpcGuide + "VPC_Internet_Gateway.html",
	}
	PathBlockPublicAccess = Rule{
		ID: "privateapi:pathBlockPublicAccess", Severity: Error,
		Summary: "VPC Block Public Access lets the client out to the internet, and requests in to the ALB.",
		AWS:     "drops the packets at the internet gateway",
		Fix:     "exclude the VPC or the subnets with an AWS::EC2::VPCBlockPublicAccessExclusion, or call over PrivateLink",
		Source:  vpcGuide + "security-vpc-bpa.html",
	}
	PathPublicSubnet = Rule{
		ID: "privateapi:pathPublicSubnet", Severity: Error,
		Summary: "The ALB has public addresses, and the route tables of its subnets lead to an internet gateway that is attached to its VPC.",
		AWS:     "drops requests or responses: the connection times out",
		Fix:     "put an internet-facing ALB into subnets with a route for 0.0.0.0/0 to an internet gateway that is attached to the VPC",
		Source:  applicationL + "application-load-balancers.html",
	}
)
