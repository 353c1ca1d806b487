// Package targets tells what the targets of load balancers are, and checks where they stand.
package targets

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Place is where a load balancer stands.
type Place struct {
	Stack *answers.Stack
	Vpc   awsec2.IVpc

	// Needs is what the load balancer needs besides its VPC; nil for nothing that this app defines.
	Needs constructs.IConstruct

	// AddsRules is true if security groups of targets get rules that name a group of the load balancer's stack.
	AddsRules bool
}

// Check reports targets in another VPC, and targets and peers in a stack that must be deployed before and after the load balancer's.
func Check[T any](r *rules.Report, p Place, targets []T, peers []awsec2.IConnectable) {
	for i, target := range targets {
		property := fmt.Sprintf("Targets[%d]", i)
		if construct, isConstruct := any(target).(constructs.IConstruct); isConstruct && p.dependsOn(answers.StackOf(construct)) {
			reportCycle(r, property)
		} else if connectable, isConnectable := any(target).(awsec2.IConnectable); isConnectable {
			groups := placement.GroupsOf(p.Stack, connectable)
			p.checkVpc(r, property, groups)
			p.checkCycle(r, property, groups)
		}
	}
	for i, peer := range peers {
		_, isGroup := peer.(awsec2.ISecurityGroup)
		_, isPeer := peer.(awsec2.IPeer)
		if peer != nil && (isGroup || !isPeer) { // others have no security group
			p.checkCycle(r, fmt.Sprintf("TargetPeers[%d]", i), placement.GroupsOf(p.Stack, peer)) // a peered VPC may have them
		}
	}
}

// checkVpc reports targets that are known to be in another VPC, by their security groups.
func (p Place) checkVpc(r *rules.Report, property string, groups []placement.Group) {
	own := placement.VPCOf(p.Stack, p.Vpc)
	for _, group := range groups {
		if own.IsOther(group.VPC) {
			r.Add(rules.TargetVpc, property, "is in VPC %s, but the provider is in %s", group.VPC, own)
			return
		}
	}
}

// checkCycle reports security groups that get a rule for the load balancer's group, and must be deployed before it.
func (p Place) checkCycle(r *rules.Report, property string, groups []placement.Group) {
	isCycle := func(group placement.Group) bool { return p.dependsOn(group.Stack()) }
	if p.AddsRules && slices.ContainsFunc(groups, isCycle) {
		reportCycle(r, property)
	}
}

func reportCycle(r *rules.Report, property string) {
	r.Add(rules.StackCycle, property, "must be deployed after the stack of the provider, which needs what is in the stack of the targets")
}

// dependsOn reports whether the load balancer's stack is known to depend on another one.
func (p Place) dependsOn(stack *answers.Stack) bool {
	if stack == p.Stack {
		return false
	}
	if vpc, isOwn := p.Vpc.(awsec2.Vpc); isOwn && answers.StackOf(vpc) == stack {
		return true
	}
	return p.Needs != nil && answers.StackOf(p.Needs) == stack
}

// CheckAddress checks an IP target. An address is not compared with a VPC that is not looked up yet.
func (p Place) CheckAddress(r *rules.Report, property, address string, attached *elbv2.LoadBalancerTargetProps) {
	target, _ := attached.TargetJson.(map[string]any)
	zone, _ := target["availabilityZone"].(string)
	if placement.VPCOf(p.Stack, p.Vpc).IsLookedUp() {
		rules.CheckIPTarget(r, property, rules.IPTarget{Address: address, Zone: zone, Vpc: p.vpcBlocks()})
	}
}

// vpcBlocks returns the CIDR block of the VPC; none if it is not known.
func (p Place) vpcBlocks() []netip.Prefix {
	return answers.Of(p.Stack, p.Vpc, "CIDR", func() (blocks []netip.Prefix) {
		defer func() {
			if recover() != nil { // an imported VPC without one
				blocks = nil
			}
		}()
		if block, err := netip.ParsePrefix(*p.Vpc.VpcCidrBlock()); err == nil {
			blocks = append(blocks, block)
		}
		return blocks
	})
}
