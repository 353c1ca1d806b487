package routedapi

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// planCidrBlocks takes the caller's blocks, or reads those of the subnets: none if a subnet does not know its block.
func (plan *apiPlan) planCidrBlocks(r *rules.Report, props *ApiProps, selected *[]awsec2.ISubnet) {
	if props.CidrBlocks != nil {
		plan.cidrBlocks = givenBlocks(r, "CidrBlocks", props.CidrBlocks)
		return
	}
	list := prop.Elements(selected)
	if ids := plan.loadBalancer.ExistingSubnets(); ids != nil {
		list = subnets.WithIDs(props.Vpc, ids)
	}
	for _, subnet := range list {
		block := subnets.BlockOf(plan.stack, subnet)
		if block == nil {
			plan.cidrBlocks = nil
			return
		}
		plan.cidrBlocks = append(plan.cidrBlocks, block)
	}
}

// givenBlocks checks the IPv4 blocks of a list, each of which may be a token.
func givenBlocks(r *rules.Report, property string, list *[]*string) []*string {
	check.NoNil(r, property, list)
	if list != nil && token.IsList(*list) {
		r.AddWithFix(rules.CIDR, property, "list the blocks one by one; each may be a token", "is a list that is known only at deploy time, and each block needs a rule")
	}
	check.Each(list, property, func(property, block string) {
		rules.CheckCIDR(r, property, block)
		rules.CheckRoutedBlock(r, property, block)
	})
	return slices.DeleteFunc(slices.Clone(token.Elements(list)), func(block *string) bool { return block == nil })
}
