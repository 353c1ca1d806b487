package routedapi

import (
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ClientAccessProps are the properties of a [ClientAccess].
type ClientAccessProps struct {
	// The API that the clients call.
	//
	// Required.
	Api IApi

	// The security groups of the clients, which must exist, as the network between the VPCs must.
	//
	// Default: - none; required without CidrBlocks.
	SecurityGroups *[]*ClientSecurityGroup

	// The IPv4 CIDR blocks of the clients.
	//
	// Default: - none; required without SecurityGroups.
	CidrBlocks *[]*string

	// The network over which the clients come, if this app defines it. The rules are created after it: EC2 accepts no rule that names a
	// security group of a VPC that is not connected yet.
	//
	// Default: - deployed before, or no SecurityGroups.
	Network INetwork
}

// ClientAccess lets clients of other accounts in: it adds rules to the security group of an API's ALB.
//
// A consumer of the account and Region of the API adds these rules by itself. For one of another account, define a ClientAccess in a stack
// of the API's account that is deployed after the clients: the API itself comes before them, so it cannot name their security groups.
type ClientAccess interface {
	constructs.Construct

	// Api returns the API that the clients call.
	Api() IApi
}

type clientAccess struct {
	constructs.Construct
	api IApi
}

var _ ClientAccess = (*clientAccess)(nil)

// NewClientAccess defines a [ClientAccess].
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewClientAccess(scope constructs.Construct, id *string, props *ClientAccessProps) ClientAccess {
	refusal.RequireScope("NewClientAccess", scope, id)
	props = prop.Or(prop.Copy(props), &ClientAccessProps{}) // the caller may change its own
	ingress := planClientAccess(scope, id, props)

	a := &clientAccess{api: props.Api}
	batch := onecall.Begin(a, &a.Construct, scope, id)
	made := defineIngress(batch, props.Api.SecurityGroup().SecurityGroupId(), ingress)
	if props.Network != nil {
		for _, rule := range made {
			onecall.WaitFor(batch, rule, onecall.Known[constructs.IDependable](props.Network))
		}
	}
	batch.Flush()
	a.note(ingress)
	return a
}

func (a *clientAccess) Api() IApi { return a.api }

// note makes the API know its clients.
func (a *clientAccess) note(ingress []*ingressRule) {
	api, isOurs := a.api.(place)
	if !isOurs {
		return
	}
	path := *a.Node().Path()
	for _, rule := range ingress {
		api.named()[rule.id] = path
	}
}

// planClientAccess panics with all problems of the props.
func planClientAccess(scope constructs.Construct, id *string, props *ClientAccessProps) []*ingressRule {
	r := &rules.Report{}
	check.Embedded(r, "", props)
	if props.Api == nil {
		r.AddWithFix(rules.Required, "Api", "supply the API that the clients call", "is missing")
	}
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	stack := answers.StackOf(scope)
	ingress := planIngress(r, stack, clientProps{
		blocks: "CidrBlocks", cidrBlocks: props.CidrBlocks, groups: "SecurityGroups", securityGroups: props.SecurityGroups,
	}, *props.Api.Ports())
	if len(prop.Elements(props.CidrBlocks)) == 0 && len(prop.Elements(props.SecurityGroups)) == 0 {
		r.AddWithFix(rules.Required, "SecurityGroups", "list the security groups of the clients, or set CidrBlocks", "is empty, and so is CidrBlocks")
	}
	if props.Api.SecurityGroup() == nil {
		r.AddWithFix(rules.Required, "Api", "set SecurityGroupId of the import", "has an unknown security group")
	}
	checkReferences(r, scope, props)
	if api, isOurs := props.Api.(place); isOurs {
		checkOwner(r, stack, api)
		checkNamed(r, api, ingress)
	}
	refusal.Of(r, scope, id)
	return ingress
}

// checkReferences reports security groups at the other end of a network over which rules name none. The report of the network is for a
// consumer: the VPC of the clients is not known here.
func checkReferences(r *rules.Report, scope constructs.Construct, props *ClientAccessProps) {
	if props.Network == nil || len(prop.Elements(props.SecurityGroups)) == 0 {
		return
	}
	options := &RoutingOptions{Scope: scope, CidrBlocks: props.Api.CidrBlocks(), Report: &rules.Report{}}
	if api, isOurs := props.Api.(place); isOurs {
		options.ApiVpc = api.vpcOf()
	}
	if plan := props.Network.PlanRouting(options); plan != nil && plan.References == SecurityGroupReferences_NONE {
		r.Add(rules.RoutedReferences, "SecurityGroups", "is set, but %s is between Regions", plan.Transport)
	}
}

// checkOwner reports a stack that is known to be of another account or Region than the API, or of another stage.
func checkOwner(r *rules.Report, stack *answers.Stack, api place) {
	account, region := api.environment()
	for _, pair := range [][2]*string{{account, stack.Account()}, {region, stack.Region()}} {
		theirs, isKnown := token.Literal(pair[0])
		own, isOwnKnown := token.Literal(pair[1])
		if isKnown && isOwnKnown && theirs != own {
			r.Add(rules.RoutedOwner, "Api", "is in %s, but the ClientAccess is in %s", theirs, own)
		}
	}
	if api.defined() != nil {
		placement.CheckSameStage(r, "Api", "import the API with Api_FromAttributes", stack, api.stackOf())
	}
}

// checkNamed reports clients that the ALB lets in already.
func checkNamed(r *rules.Report, api place, ingress []*ingressRule) {
	for _, rule := range ingress {
		if by, isNamed := api.named()[rule.id]; isNamed {
			r.Add(rules.RoutedClientTwice, rule.property, "is let in by %s already", by)
		}
	}
}
