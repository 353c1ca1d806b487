package deployed

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// internet reads the ways to the internet and from there: gateways, Elastic IP addresses, and what VPC Block Public Access leaves of them.
func (r *reader) internet() (err error) {
	if r.InternetGateways, err = all(r.ctx, ec2.NewDescribeInternetGatewaysPaginator(r.ec2, nil), func(p *ec2.DescribeInternetGatewaysOutput) []types.InternetGateway {
		return p.InternetGateways
	}); err != nil {
		return err
	}
	if r.NatGateways, err = all(r.ctx, ec2.NewDescribeNatGatewaysPaginator(r.ec2, nil), func(p *ec2.DescribeNatGatewaysOutput) []types.NatGateway {
		return p.NatGateways
	}); err != nil {
		return err
	}
	addresses, err := r.ec2.DescribeAddresses(r.ctx, nil)
	if err != nil {
		return err
	}
	r.Addresses = addresses.Addresses
	return r.blockPublicAccess()
}

// blockPublicAccess reads VPC Block Public Access, which an account has in each Region.
func (r *reader) blockPublicAccess() error {
	options, err := r.ec2.DescribeVpcBlockPublicAccessOptions(r.ctx, nil)
	if isNotImplemented(err) {
		r.unread("DescribeVpcBlockPublicAccessOptions")
		return nil
	}
	if err != nil {
		return err
	}
	r.BlockPublicAccess = options.VpcBlockPublicAccessOptions
	for input := (&ec2.DescribeVpcBlockPublicAccessExclusionsInput{}); ; {
		page, err := r.ec2.DescribeVpcBlockPublicAccessExclusions(r.ctx, input)
		if err != nil {
			return err
		}
		r.Exclusions = append(r.Exclusions, page.VpcBlockPublicAccessExclusions...)
		if input.NextToken = page.NextToken; aws.ToString(input.NextToken) == "" {
			return nil
		}
	}
}
