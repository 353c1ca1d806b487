package alb

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// checkPlacement reports targets in another VPC, and targets in a stack that must be deployed before and after the ALB's.
func (b *LoadBalancer) checkPlacement(r *rules.Report, o *RouteOptions) {
	for i, target := range prop.Elements(o.Targets) {
		property := fmt.Sprintf("Targets[%d]", i)
		if construct, isConstruct := target.(constructs.IConstruct); isConstruct && b.dependsOn(answers.StackOf(construct)) {
			b.reportCycle(r, property)
		} else if connectable, isConnectable := target.(awsec2.IConnectable); isConnectable {
			groups := placement.GroupsOf(b.plan.stack, connectable)
			b.checkVpc(r, property, groups)
			b.checkCycle(r, property, groups)
		}
	}
	for i, peer := range prop.Elements(o.TargetPeers) {
		_, isGroup := peer.(awsec2.ISecurityGroup)
		_, isPeer := peer.(awsec2.IPeer)
		if peer != nil && (isGroup || !isPeer) { // others have no security group
			b.checkCycle(r, fmt.Sprintf("TargetPeers[%d]", i), placement.GroupsOf(b.plan.stack, peer)) // a peered VPC may have them
		}
	}
}

// checkVpc reports targets that are known to be in another VPC, by their security groups.
func (b *LoadBalancer) checkVpc(r *rules.Report, property string, groups []placement.Group) {
	own := placement.VPCOf(b.plan.stack, b.plan.vpc)
	for _, group := range groups {
		if own.IsOther(group.VPC) {
			r.Add(rules.TargetVpc, property, "is in VPC %s, but the provider is in %s", group.VPC, own)
			return
		}
	}
}

// checkCycle reports security groups that get a rule for the ALB's group, and must be deployed before it.
func (b *LoadBalancer) checkCycle(r *rules.Report, property string, groups []placement.Group) {
	isCycle := func(group placement.Group) bool { return b.dependsOn(group.Stack()) }
	if b.plan.built != nil && slices.ContainsFunc(groups, isCycle) {
		b.reportCycle(r, property)
	}
}

func (b *LoadBalancer) reportCycle(r *rules.Report, property string) {
	r.Add(rules.StackCycle, property, "must be deployed after the stack of the provider, which needs what is in the stack of the targets")
}

// dependsOn reports whether the ALB's stack is known to depend on another one: by the VPC, or by the caller's listener.
func (b *LoadBalancer) dependsOn(stack *answers.Stack) bool {
	if stack == b.plan.stack {
		return false
	}
	if vpc, isOwn := b.plan.vpc.(awsec2.Vpc); isOwn && answers.StackOf(vpc) == stack {
		return true
	}
	if b.plan.existing == nil {
		return false
	}
	listener, isOwn := b.plan.existing.listener.(elbv2.ApplicationListener)
	return isOwn && answers.StackOf(listener) == stack
}

// vpcBlocks returns the CIDR block of the VPC; none if it is not known.
func (p *Plan) vpcBlocks() []netip.Prefix {
	return answers.Of(p.stack, p.vpc, "CIDR", func() (blocks []netip.Prefix) {
		defer func() {
			if recover() != nil { // an imported VPC without one
				blocks = nil
			}
		}()
		if block, err := netip.ParsePrefix(*p.vpc.VpcCidrBlock()); err == nil {
			blocks = append(blocks, block)
		}
		return blocks
	})
}

// checkAddress checks an IP target. An address is not compared with a VPC that is not looked up yet.
func (p *Plan) checkAddress(r *rules.Report, property, address string, attached *elbv2.LoadBalancerTargetProps) {
	target, _ := attached.TargetJson.(map[string]any)
	zone, _ := target["availabilityZone"].(string)
	if placement.VPCOf(p.stack, p.vpc).IsLookedUp() {
		rules.CheckIPTarget(r, property, rules.IPTarget{Address: address, Zone: zone, Vpc: p.vpcBlocks()})
	}
}
