package deployed

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

func (r *reader) vpcs() error {
	list, err := all(r.ctx, ec2.NewDescribeVpcsPaginator(r.ec2, nil), func(p *ec2.DescribeVpcsOutput) []types.Vpc { return p.Vpcs })
	if err != nil {
		return err
	}
	for _, vpc := range list {
		one := Vpc{Vpc: vpc}
		support, err := r.vpcAttribute(vpc, types.VpcAttributeNameEnableDnsSupport)
		if err != nil {
			return err
		}
		names, err := r.vpcAttribute(vpc, types.VpcAttributeNameEnableDnsHostnames)
		if err != nil {
			return err
		}
		one.EnableDnsSupport = support.EnableDnsSupport != nil && aws.ToBool(support.EnableDnsSupport.Value)
		one.EnableDnsHostnames = names.EnableDnsHostnames != nil && aws.ToBool(names.EnableDnsHostnames.Value)
		if one.DomainNameServers, err = r.nameServers(aws.ToString(vpc.DhcpOptionsId)); err != nil {
			return err
		}
		r.Vpcs = append(r.Vpcs, one)
	}
	return nil
}

func (r *reader) vpcAttribute(vpc types.Vpc, name types.VpcAttributeName) (*ec2.DescribeVpcAttributeOutput, error) {
	return r.ec2.DescribeVpcAttribute(r.ctx, &ec2.DescribeVpcAttributeInput{VpcId: vpc.VpcId, Attribute: name})
}

// nameServers returns the DNS servers of DHCP options. A VPC without options uses Amazon's.
// https://docs.aws.amazon.com/vpc/latest/userguide/VPC_DHCP_Options.html
func (r *reader) nameServers(options string) ([]string, error) {
	if options == "" || options == "default" {
		return nil, nil
	}
	out, err := r.ec2.DescribeDhcpOptions(r.ctx, &ec2.DescribeDhcpOptionsInput{DhcpOptionsIds: []string{options}})
	if err != nil {
		return nil, fmt.Errorf("DHCP options %s: %w", options, err)
	}
	var servers []string
	for _, o := range out.DhcpOptions {
		for _, c := range o.DhcpConfigurations {
			if aws.ToString(c.Key) != "domain-name-servers" {
				continue
			}
			for _, v := range c.Values {
				servers = append(servers, aws.ToString(v.Value))
			}
		}
	}
	return servers, nil
}

// networks reads subnets, and what filters and forwards traffic between them.
func (r *reader) networks() (err error) {
	if r.Subnets, err = all(r.ctx, ec2.NewDescribeSubnetsPaginator(r.ec2, nil), func(p *ec2.DescribeSubnetsOutput) []types.Subnet {
		return p.Subnets
	}); err != nil {
		return err
	}
	if r.RouteTables, err = all(r.ctx, ec2.NewDescribeRouteTablesPaginator(r.ec2, nil), func(p *ec2.DescribeRouteTablesOutput) []types.RouteTable {
		return p.RouteTables
	}); err != nil {
		return err
	}
	if r.NetworkAcls, err = all(r.ctx, ec2.NewDescribeNetworkAclsPaginator(r.ec2, nil), func(p *ec2.DescribeNetworkAclsOutput) []types.NetworkAcl {
		return p.NetworkAcls
	}); err != nil {
		return err
	}
	if r.SecurityGroups, err = all(r.ctx, ec2.NewDescribeSecurityGroupsPaginator(r.ec2, nil), func(p *ec2.DescribeSecurityGroupsOutput) []types.SecurityGroup {
		return p.SecurityGroups
	}); err != nil {
		return err
	}
	if r.NetworkInterfaces, err = all(r.ctx, ec2.NewDescribeNetworkInterfacesPaginator(r.ec2, nil), func(p *ec2.DescribeNetworkInterfacesOutput) []types.NetworkInterface {
		return p.NetworkInterfaces
	}); err != nil {
		return err
	}
	r.Instances, err = all(r.ctx, ec2.NewDescribeInstancesPaginator(r.ec2, nil), func(p *ec2.DescribeInstancesOutput) []types.Instance {
		var list []types.Instance
		for _, reservation := range p.Reservations {
			list = append(list, reservation.Instances...)
		}
		return list
	})
	return err
}

func (r *reader) endpoints() (err error) {
	r.Endpoints, err = all(r.ctx, ec2.NewDescribeVpcEndpointsPaginator(r.ec2, nil), func(p *ec2.DescribeVpcEndpointsOutput) []types.VpcEndpoint {
		return p.VpcEndpoints
	})
	return err
}

// services reads endpoint services with their allowed principals and their connections.
func (r *reader) services() error {
	list, err := all(r.ctx, ec2.NewDescribeVpcEndpointServiceConfigurationsPaginator(r.ec2, nil), func(p *ec2.DescribeVpcEndpointServiceConfigurationsOutput) []types.ServiceConfiguration {
		return p.ServiceConfigurations
	})
	if err != nil {
		return err
	}
	for _, service := range list {
		input := &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: service.ServiceId}
		principals, err := all(r.ctx, ec2.NewDescribeVpcEndpointServicePermissionsPaginator(r.ec2, input), func(p *ec2.DescribeVpcEndpointServicePermissionsOutput) []types.AllowedPrincipal {
			return p.AllowedPrincipals
		})
		if err != nil {
			return fmt.Errorf("permissions of %s: %w", aws.ToString(service.ServiceId), err)
		}
		r.Services = append(r.Services, Service{service, principals})
	}
	if len(list) == 0 {
		return nil
	}
	r.Connections, err = all(r.ctx, ec2.NewDescribeVpcEndpointConnectionsPaginator(r.ec2, nil), func(p *ec2.DescribeVpcEndpointConnectionsOutput) []types.VpcEndpointConnection {
		return p.VpcEndpointConnections
	})
	if isNotImplemented(err) {
		r.unread("DescribeVpcEndpointConnections")
		return nil
	}
	return err
}
