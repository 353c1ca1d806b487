package placement

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
)

// Connected reports whether the app of a scope connects two VPCs, or may: by a peering, or by attachments of both to transit
// gateways. It asks CDK for all constructs of the app.
func Connected(scope constructs.Construct, a, b VPC) bool {
	stack := answers.StackOf(scope)
	var isAttached [2]bool
	for _, construct := range *scope.Node().Root().Node().FindAll(constructs.ConstructOrder_PREORDER) {
		var attached *string
		switch c := construct.(type) {
		case awsec2.CfnVPCPeeringConnection:
			from, to := VPCOfID(stack, c.VpcId()), VPCOfID(stack, c.PeerVpcId())
			if !a.IsOther(from) && !b.IsOther(to) || !a.IsOther(to) && !b.IsOther(from) {
				return true
			}
		case awsec2.CfnTransitGatewayAttachment:
			attached = c.VpcId()
		case awsec2.CfnTransitGatewayVpcAttachment:
			attached = c.VpcId()
		}
		if attached != nil {
			vpc := VPCOfID(stack, attached)
			isAttached[0], isAttached[1] = isAttached[0] || !a.IsOther(vpc), isAttached[1] || !b.IsOther(vpc)
		}
	}
	return isAttached[0] && isAttached[1]
}
