package vpcpeering

import (
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/routes"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// network is the two ends of a connection.
type network struct{ requester, accepter *end }

func (n *network) planRouting(options *routedapi.RoutingOptions) *routedapi.RoutingPlan {
	plan := &routedapi.RoutingPlan{Transport: "VPC peering", References: n.references(), Dependencies: &[]constructs.IDependable{}}
	if options.Vpc == nil {
		return plan // which is reported already
	}
	stack := answers.StackOf(options.Scope)
	vpc, apiVpc := placement.VPCOf(stack, options.Vpc), placement.VPCOf(stack, options.ApiVpc)
	if vpc.IsOther(n.requester.id) && vpc.IsOther(n.accepter.id) {
		options.Report.Add(rules.NetworkVpc, "Service", "is over a peering of %s and %s, but the consumer is in %s", n.requester.id, n.accepter.id, vpc)
		return plan
	}
	client, server := n.requester, n.accepter
	if vpc.Is(n.accepter.id) || vpc.IsOther(n.requester.id) {
		client, server = server, client
	}
	switch {
	case apiVpc.Is(client.id), apiVpc.IsOther(server.id):
		options.Report.Add(rules.NetworkVpc, "Service", "is in VPC %s, but the peering leads from %s to %s", apiVpc, vpc, server.id)
	default:
		for _, block := range routes.Outside(options.CidrBlocks, server.blocks) {
			options.Report.Add(rules.NetworkDestination, "Service", "has the block %s, to which the peering does not route", block)
		}
	}
	if client.routed != nil {
		plan.Dependencies = &[]constructs.IDependable{client.routed}
	}
	return plan
}

// references says what security group rules may name: nothing of another Region, and nothing of one that is not known to be the same.
func (n *network) references() routedapi.SecurityGroupReferences {
	if n.requester.environment.Region == n.accepter.environment.Region {
		return routedapi.SecurityGroupReferences_BOTH
	}
	return routedapi.SecurityGroupReferences_NONE
}
