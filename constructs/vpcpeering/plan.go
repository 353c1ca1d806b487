package vpcpeering

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/routes"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// plan is a peering connection with all defaults filled in and all rules checked.
type plan struct {
	props               *VpcPeeringProps
	stack               *answers.Stack // of the connection
	requester, accepter *end

	peerOwner, peerRegion *string // nil if they are those of the stack

	backScope constructs.Construct // of the routes back; nil if they are beside the connection
	backStack *answers.Stack
	backID    string

	before []*answers.Stack // that the stack of the connection waits for
	report *rules.Report
}

// newPlan panics with all problems of the props. It defines nothing.
func newPlan(scope constructs.Construct, id *string, props *VpcPeeringProps) *plan {
	r := &rules.Report{}
	check.Embedded(r, "", props)
	requireVpc(r, "Requester", props.Requester)
	requireVpc(r, "Accepter", props.Accepter)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	p := &plan{props: props, stack: answers.StackOf(scope), report: r, backID: *id}
	p.requester = p.planSide("Requester", props.Requester)
	p.accepter = p.planSide("Accepter", props.Accepter)
	p.planRole()
	if p.requester.id.Is(p.accepter.id) {
		r.Add(rules.PeeringSelf, "Accepter.Vpc", "is the VPC of the Requester too")
		refusal.Of(r, scope, id) // its blocks overlap, of course
	}
	p.checkOverlap()
	p.planEnvironments()
	p.planBack()
	routes.Claim(r, p.stack, func() string { return refusal.ChildPath(scope, id) }, slices.Concat(
		routes.Of(p.requester.tables, p.accepter.blocks), routes.Of(p.accepter.tables, p.requester.blocks))...)
	refusal.Of(r, scope, id)
	return p
}

func requireVpc(r *rules.Report, property string, side *Side) {
	switch {
	case side == nil:
		r.AddWithFix(rules.Required, property, "supply the two VPCs to connect", "is missing")
	case side.Vpc == nil:
		r.AddWithFix(rules.Required, property+".Vpc", "supply the VPC", "is missing")
	}
}

// planRole takes the account of the accepter from the role, which an imported VPC does not know. It checks that another account has one.
func (p *plan) planRole() {
	role, e := p.props.AccepterRole, p.accepter
	if role == nil {
		if placement.Differ(e.environment.Account, *p.stack.Account()) {
			p.report.Add(rules.PeeringRole, "AccepterRole", "is missing, and the Accepter's VPC is of account %s", e.environment.Account)
		}
		return
	}
	account := answers.Of(p.stack, role, "account", func() string { return *role.Env().Account })
	if !placement.Differ(account, e.environment.Account) {
		e.environment.Account = account
		return
	}
	if e.id.Home() != nil || e.environment.Account != *p.stack.Account() {
		p.report.Add(rules.PeeringRoleAccount, "AccepterRole", "is of account %s, and the Accepter's VPC of account %s", account, e.environment.Account)
		return
	}
	e.environment.Account = account // the VPC is imported beside the connection, and not where it is
}

// checkOverlap compares all blocks of the two VPCs that are known, whether routes lead there or not.
func (p *plan) checkOverlap() {
	for _, overlap := range routes.Overlaps(p.accepter.all, p.requester.all) {
		p.report.Add(rules.PeeringOverlap, overlap.A.Property, "has %s, which overlaps %s of %s", overlap.A.Value, overlap.B.Value, overlap.B.Property)
	}
}

// planEnvironments decides what the request says about the accepter, and which stacks come before it.
func (p *plan) planEnvironments() {
	here := placement.EnvironmentOfStack(p.stack)
	if own := p.requester.environment; own.DiffersFrom(here) {
		p.report.Add(rules.PeeringScope, "Requester.Vpc", "is in %s, and the stack in %s", own, here)
	}
	if account := p.accepter.environment.Account; account != here.Account {
		p.peerOwner = literal(account)
	}
	if region := p.accepter.environment.Region; region != here.Region {
		p.peerRegion = literal(region)
	}
	for _, home := range []*answers.Stack{p.requester.id.Home(), p.accepter.id.Home(), homeOfRole(p.props.AccepterRole)} {
		if home != nil && home != p.stack && !slices.Contains(p.before, home) {
			p.before = append(p.before, home)
		}
	}
}

// homeOfRole returns the stack that defines a role; nil for none, and for an import.
func homeOfRole(role awsiam.IRole) *answers.Stack {
	if own, isOwn := role.(awsiam.Role); isOwn {
		return answers.StackOf(own)
	}
	return nil
}

// literal returns a value that is the same in every stack; nil for a token, which stands for the value of the stack that has it.
func literal(value string) *string {
	if _, isLiteral := token.Literal(&value); !isLiteral {
		return nil
	}
	return jsii.String(value)
}

// planBack decides where the routes back are.
func (p *plan) planBack() {
	there, here := p.accepter.environment, placement.EnvironmentOfStack(p.stack)
	if p.props.AccepterScope == nil {
		if there.DiffersFrom(here) {
			p.report.Add(rules.PeeringScope, "AccepterScope", "is missing, and the Accepter's VPC is in %s", there)
		}
		return
	}
	p.backScope, p.backStack = p.props.AccepterScope, answers.StackOf(p.props.AccepterScope)
	if back := placement.EnvironmentOfStack(p.backStack); back.DiffersFrom(there) {
		p.report.Add(rules.PeeringScope, "AccepterScope", "is in %s, and the Accepter's VPC in %s", back, there)
	}
	switch {
	case slices.Contains(p.before, p.backStack):
		p.report.Add(rules.PeeringCycle, "AccepterScope", "is in the stack %s, for which the connection waits", *p.backStack.Construct().Node().Path())
	case p.backStack == p.stack:
		p.backScope = nil // beside the connection
	case placement.Taken(p.stack, p.backScope)[p.backID]:
		p.report.AddWithFix(rules.Contradiction, "AccepterScope", "use another ID, or a construct of its own in that stack", "has the routes back of another %s", p.backID)
	}
}
