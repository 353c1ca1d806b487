package lattice

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// serviceNetworkPlan is a service network with all defaults filled in and all rules checked.
type serviceNetworkPlan struct {
	props      *ServiceNetworkProps
	stack      *answers.Stack
	literalArn string            // of a service network that exists, if it is known
	subnets    *[]awsec2.ISubnet // of the endpoint; nil for an association
	report     *rules.Report
}

// planServiceNetwork panics with all problems of the props. It defines nothing.
func planServiceNetwork(scope constructs.Construct, id *string, props *ServiceNetworkProps) *serviceNetworkPlan {
	r := &rules.Report{}
	check.Embedded(r, "", props)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	plan := &serviceNetworkPlan{props: props, stack: answers.StackOf(scope), report: r}
	checkNetworkVpc(r, scope, id, props.Vpc)
	plan.checkArn()
	plan.checkAuthPolicy()
	checkGroups(r, scope, props.Vpc, props.SecurityGroups)
	plan.planConnection()
	refusal.Of(r, scope, id)
	return plan
}

// checkNetworkVpc checks that there is a VPC, which has no service network yet.
func checkNetworkVpc(r *rules.Report, scope constructs.Construct, id *string, vpc awsec2.IVpc) {
	if vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC of the consumers", "is missing")
		return
	}
	stack := answers.StackOf(scope)
	other := networksOf(stack)[keyOf(stack, vpc)]
	switch {
	case other == nil:
	case other.isOnDemand:
		r.AddWithFix(rules.LatticeServiceNetwork, "Vpc", "define "+*id+" before the consumers of the VPC",
			"%s has the service network %s, which a consumer defined", placement.VPCOf(stack, vpc), other.path())
	default:
		r.AddWithFix(rules.LatticeServiceNetwork, "Vpc", "remove one of the two", "%s has the service network %s", placement.VPCOf(stack, vpc), other.path())
	}
}

func (plan *serviceNetworkPlan) checkArn() {
	arn, ok := token.Literal(plan.props.ServiceNetworkArn)
	if !ok {
		return
	}
	plan.literalArn = arn
	region, _ := token.Literal(plan.stack.Region())
	rules.CheckLatticeServiceNetworkArn(plan.report, "ServiceNetworkArn", arn, region)
}

// checkAuthPolicy checks that a policy is of a service network that is defined here, and allows somebody.
func (plan *serviceNetworkPlan) checkAuthPolicy() {
	policy := plan.props.AuthPolicy
	switch {
	case policy == nil:
	case plan.props.ServiceNetworkArn != nil:
		plan.report.AddWithFix(rules.Contradiction, "AuthPolicy", "set the policy where the service network is defined", "is set, and so is ServiceNetworkArn")
	case *policy.IsEmpty():
		plan.report.AddWithFix(rules.LatticeAuth, "AuthPolicy", "add statements that allow the callers, or leave AuthPolicy out", "has no statement")
	}
}

// checkGroups checks the security groups of a caller. At least one of them must take the rules that allow clients.
func checkGroups(r *rules.Report, scope constructs.Construct, vpc awsec2.IVpc, list *[]awsec2.ISecurityGroup) {
	const property = "SecurityGroups"
	stack := answers.StackOf(scope)
	if list == nil {
		return
	}
	rules.CheckLatticeAssociationGroups(r, property, len(*list))
	check.NoNil(r, property, list)
	if len(*list) == 0 || slices.Contains(*list, nil) {
		return
	}
	if !slices.ContainsFunc(*list, func(g awsec2.ISecurityGroup) bool { return placement.TakesRules(scope, g) }) {
		r.Add(rules.SecurityGroupMutable, property, "are all imported with Mutable set to false")
	}
	own := placement.VPCOf(stack, vpc)
	for _, group := range *list {
		if _, isOwn := group.(awsec2.SecurityGroup); !isOwn {
			continue
		}
		for _, g := range placement.GroupsOf(stack, group) {
			if own.IsOther(g.VPC) {
				r.Add(rules.EndpointSecurityGroup, property, "belongs to VPC %s, but the service network is of %s", g.VPC, own)
			}
		}
	}
}

// planConnection decides between an association and an endpoint, for which it selects subnets.
func (plan *serviceNetworkPlan) planConnection() {
	props, r := plan.props, plan.report
	switch prop.EnumOr(props.Connection, ServiceNetworkConnection_VPC_ASSOCIATION) {
	case ServiceNetworkConnection_VPC_ASSOCIATION:
		if props.Subnets != nil {
			r.AddWithFix(rules.Contradiction, "Subnets", "leave it out, or set Connection to ServiceNetworkConnection_VPC_ENDPOINT",
				"is set, but an association has no subnets")
		}
	case ServiceNetworkConnection_VPC_ENDPOINT:
		if selected := (subnets.Selector{Stack: plan.stack, Vpc: props.Vpc, Property: "Subnets", Selected: props.Subnets}).Select(r); selected != nil {
			plan.subnets = selected.Subnets
		}
	default:
		r.AddWithFix(rules.KnownValue, "Connection", "use one of the ServiceNetworkConnection constants", "%q is not one of its values", props.Connection)
	}
}
