package publicapi

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// planSubnets selects the subnets of the ALB: public ones, unless the caller selects others.
func planSubnets(r *rules.Report, stack *answers.Stack, props *ApiProps) *[]awsec2.ISubnet {
	given := awsec2.SubnetSelection{}
	if props.VpcSubnets != nil {
		given = *props.VpcSubnets
	}
	if given.Subnets == nil && given.SubnetType == "" && given.SubnetGroupName == nil {
		given.SubnetType = awsec2.SubnetType_PUBLIC
	}
	selected := subnets.Selector{Stack: stack, Vpc: props.Vpc, Property: "VpcSubnets", Selected: &given}.Select(r)
	if selected == nil {
		return nil
	}
	selected.Zones.CheckLoadBalancer(r, "VpcSubnets", "public")
	checkPublic(r, stack, props.Vpc, *selected.Subnets)
	return selected.Subnets
}

// checkPublic reports subnets that CDK knows as private or isolated ones of the VPC: they have no route to an internet gateway.
func checkPublic(r *rules.Report, stack *answers.Stack, vpc awsec2.IVpc, selected []awsec2.ISubnet) {
	private := answers.Of(stack, vpc, "IDs of private and isolated subnets", func() (ids []string) {
		for _, subnet := range slices.Concat(*vpc.PrivateSubnets(), *vpc.IsolatedSubnets()) {
			ids = append(ids, *subnet.SubnetId())
		}
		return ids
	})
	for _, subnet := range selected {
		id := answers.Of(stack, subnet, "ID", subnet.SubnetId)
		if slices.Contains(private, *prop.Or(id, new(string))) {
			r.Add(rules.PublicSubnets, "VpcSubnets", "has a private subnet of the VPC")
			return
		}
	}
}
