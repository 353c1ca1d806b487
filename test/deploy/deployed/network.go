package deployed

import (
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// network writes VPCs, subnets, route tables and network ACLs.
func (w *writer) network(t *template, s *State) {
	for _, vpc := range s.Vpcs {
		w.vpc(t, vpc)
	}
	for _, subnet := range s.Subnets {
		id := aws.ToString(subnet.SubnetId)
		w.add(t, id, "AWS::EC2::Subnet", object{
			"VpcId": aws.ToString(subnet.VpcId), "CidrBlock": aws.ToString(subnet.CidrBlock),
			"AvailabilityZone": aws.ToString(subnet.AvailabilityZone), "AvailabilityZoneId": aws.ToString(subnet.AvailabilityZoneId),
			"MapPublicIpOnLaunch": aws.ToBool(subnet.MapPublicIpOnLaunch),
		}, id)
	}
	for _, table := range s.RouteTables {
		w.routeTable(t, s, table)
	}
	for _, acl := range s.NetworkAcls {
		w.networkAcl(t, acl)
	}
}

func (w *writer) vpc(t *template, vpc Vpc) {
	id, primary := aws.ToString(vpc.VpcId), aws.ToString(vpc.CidrBlock)
	w.add(t, id, "AWS::EC2::VPC", object{
		"CidrBlock": primary, "EnableDnsSupport": vpc.EnableDnsSupport, "EnableDnsHostnames": vpc.EnableDnsHostnames,
	}, id)
	for _, association := range vpc.CidrBlockAssociationSet {
		block := aws.ToString(association.CidrBlock)
		if block == primary || !isAssociatedBlock(association.CidrBlockState) {
			continue
		}
		w.add(t, aws.ToString(association.AssociationId), "AWS::EC2::VPCCidrBlock", object{"VpcId": id, "CidrBlock": block})
	}
	for _, association := range vpc.Ipv6CidrBlockAssociationSet {
		if isAssociatedBlock(association.Ipv6CidrBlockState) {
			w.add(t, aws.ToString(association.AssociationId), "AWS::EC2::VPCCidrBlock", object{
				"VpcId": id, "Ipv6CidrBlock": aws.ToString(association.Ipv6CidrBlock),
			})
		}
	}
	if !slices.ContainsFunc(vpc.DomainNameServers, func(name string) bool { return name != "AmazonProvidedDNS" }) {
		return
	}
	options := aws.ToString(vpc.DhcpOptionsId)
	w.add(t, options, "AWS::EC2::DHCPOptions", object{"DomainNameServers": values(vpc.DomainNameServers...)}, options)
	w.add(t, id+" "+options, "AWS::EC2::VPCDHCPOptionsAssociation", object{"VpcId": id, "DhcpOptionsId": options})
}

// isAssociatedBlock reports whether a VPC has a block, which EC2 lists for a while after it is removed.
func isAssociatedBlock(state *ec2.VpcCidrBlockState) bool {
	return state == nil || state.State == ec2.VpcCidrBlockStateCodeAssociated
}

// blocksOf returns the blocks of IPv4 of a VPC.
func blocksOf(vpc Vpc) []string {
	var list []string
	for _, association := range vpc.CidrBlockAssociationSet {
		if isAssociatedBlock(association.CidrBlockState) {
			list = append(list, aws.ToString(association.CidrBlock))
		}
	}
	return list
}

// routeTable writes a route table with its routes and its subnets: the main route table has all subnets without another.
// A blackhole is written too, as it hides less specific routes: its target is gone, or the proof finds it of no use.
// https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html
func (w *writer) routeTable(t *template, s *State, table ec2.RouteTable) {
	id := aws.ToString(table.RouteTableId)
	w.add(t, id, "AWS::EC2::RouteTable", object{"VpcId": aws.ToString(table.VpcId)}, id)
	for i, route := range table.Routes {
		if route.State == ec2.RouteStateBlackhole {
			w.addUnread("route of %s is a blackhole: %s", id, destination(route))
		}
		w.add(t, id+" "+strconv.Itoa(i), "AWS::EC2::Route", routeOf(s, id, route))
	}
	for _, subnet := range subnetsOf(s, table) {
		w.add(t, subnet+" "+id, "AWS::EC2::SubnetRouteTableAssociation", object{"SubnetId": subnet, "RouteTableId": id})
	}
}

// routeOf returns the properties of a route. Assumption: EC2 describes a Gateway Load Balancer endpoint as the gateway of a
// route, as it does a gateway endpoint.
func routeOf(s *State, table string, route ec2.Route) object {
	properties := object{
		"RouteTableId": table, "DestinationCidrBlock": aws.ToString(route.DestinationCidrBlock),
		"DestinationIpv6CidrBlock": aws.ToString(route.DestinationIpv6CidrBlock), "DestinationPrefixListId": aws.ToString(route.DestinationPrefixListId),
		"NatGatewayId": aws.ToString(route.NatGatewayId), "NetworkInterfaceId": aws.ToString(route.NetworkInterfaceId),
		"InstanceId": aws.ToString(route.InstanceId), "TransitGatewayId": aws.ToString(route.TransitGatewayId),
		"VpcPeeringConnectionId": aws.ToString(route.VpcPeeringConnectionId),
	}
	gateway := aws.ToString(route.GatewayId)
	if strings.HasPrefix(gateway, "vpce-") && !isGatewayEndpoint(s, gateway) {
		properties["VpcEndpointId"] = gateway
	} else {
		properties["GatewayId"] = gateway
	}
	return properties
}

// isGatewayEndpoint reports whether an endpoint is one that only S3 and DynamoDB have.
func isGatewayEndpoint(s *State, id string) bool {
	return slices.ContainsFunc(s.Endpoints, func(e ec2.VpcEndpoint) bool {
		return aws.ToString(e.VpcEndpointId) == id && e.VpcEndpointType == ec2.VpcEndpointTypeGateway
	})
}

func destination(route ec2.Route) string {
	for _, v := range []*string{route.DestinationCidrBlock, route.DestinationIpv6CidrBlock, route.DestinationPrefixListId} {
		if v != nil {
			return *v
		}
	}
	return "unknown destination"
}

// subnetsOf returns the subnets that use a route table.
func subnetsOf(s *State, table ec2.RouteTable) []string {
	var list []string
	isMain := false
	for _, a := range table.Associations {
		if a.SubnetId != nil {
			list = append(list, *a.SubnetId)
		}
		isMain = isMain || aws.ToBool(a.Main)
	}
	if !isMain {
		return list
	}
	for _, subnet := range s.Subnets {
		if aws.ToString(subnet.VpcId) == aws.ToString(table.VpcId) && !hasTable(s, subnet) {
			list = append(list, aws.ToString(subnet.SubnetId))
		}
	}
	return list
}

// hasTable reports whether a subnet is associated with a route table explicitly.
func hasTable(s *State, subnet ec2.Subnet) bool {
	return slices.ContainsFunc(s.RouteTables, func(table ec2.RouteTable) bool {
		return slices.ContainsFunc(table.Associations, func(a ec2.RouteTableAssociation) bool {
			return a.SubnetId != nil && *a.SubnetId == aws.ToString(subnet.SubnetId)
		})
	})
}

// networkAcl writes a network ACL with its entries and associations. The default network ACL is not different from others.
func (w *writer) networkAcl(t *template, acl ec2.NetworkAcl) {
	id := aws.ToString(acl.NetworkAclId)
	w.add(t, id, "AWS::EC2::NetworkAcl", object{"VpcId": aws.ToString(acl.VpcId)}, id)
	for _, e := range acl.Entries {
		side := "ingress"
		if aws.ToBool(e.Egress) {
			side = "egress"
		}
		number := int(aws.ToInt32(e.RuleNumber))
		properties := object{
			"NetworkAclId": id, "RuleNumber": number, "Egress": aws.ToBool(e.Egress), "Protocol": aws.ToString(e.Protocol),
			"RuleAction": string(e.RuleAction), "CidrBlock": aws.ToString(e.CidrBlock), "Ipv6CidrBlock": aws.ToString(e.Ipv6CidrBlock),
			"PortRange": fromSDK(e.PortRange),
		}
		family := ""
		if e.Ipv6CidrBlock != nil {
			family = " IPv6"
		}
		w.add(t, id+" "+side+" "+strconv.Itoa(number)+family, "AWS::EC2::NetworkAclEntry", properties)
	}
	for _, a := range acl.Associations {
		subnet := aws.ToString(a.SubnetId)
		w.add(t, subnet+" "+id, "AWS::EC2::SubnetNetworkAclAssociation", object{"SubnetId": subnet, "NetworkAclId": id})
	}
}
