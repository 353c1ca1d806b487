package routedapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// place is an API, and where it stands as far as the app knows.
type place interface {
	IApi

	// stackOf returns the stack of the API, or of its import.
	stackOf() *answers.Stack
	// vpcOf returns the VPC of the API; nil if it is not known.
	vpcOf() awsec2.IVpc
	// environment returns the account and the Region of the API.
	environment() (account, region *string)
	// defined returns the API if this app defines it; nil for an import.
	defined() *api
	// named returns the clients that the ALB lets in, by the IDs of their rules, with the paths of what names them.
	named() map[string]string
}

// connectionPlan is a connection by route: nothing stands between the clients and the ALB.
type connectionPlan struct {
	api      place
	stack    *answers.Stack // of the consumer
	routing  *RoutingPlan
	opens    bool // the consumer adds rules to the security group of the ALB
	namesOut bool // outbound rules of clients name that group
}

// over is an API as clients of another VPC reach it. A wrapper of the API that replaces PlanConnection is for consumers without a network.
type over struct {
	IApi
	api     place
	network INetwork
}

// PlanConnection plans how a consumer reaches the API over the network.
func (o *over) PlanConnection(options *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	p := newConnectionPlan(o.api, options)
	p.routing = &RoutingPlan{Transport: "a route"}
	if o.network == nil {
		options.Report.AddWithFix(rules.Required, "Service", "pass a VpcPeering or a Spoke to Over", "is over a network that is nil")
	} else if plan := o.network.PlanRouting(&RoutingOptions{
		Scope: options.Scope, Vpc: options.Vpc, ApiVpc: o.api.vpcOf(), CidrBlocks: o.api.CidrBlocks(), Report: options.Report,
	}); plan != nil {
		p.routing = plan
	}
	return p.connectionPlan(options)
}

// planLocal plans how a consumer in the VPC of an API reaches it: by the local route of its route tables.
func planLocal(a place, options *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	p := newConnectionPlan(a, options)
	p.routing = &RoutingPlan{Transport: "the local route", References: SecurityGroupReferences_BOTH}
	own, theirs := placement.VPCOf(p.stack, options.Vpc), placement.VPCOf(p.stack, a.vpcOf())
	switch {
	case a.vpcOf() == nil:
		options.Report.AddWithFix(rules.RoutedVpc, "Service", "set VpcId of the import if the consumer is in the VPC of the API, or "+rules.RoutedVpc.Fix,
			"is an import of an API whose VPC is not known")
	case own.IsOther(theirs):
		options.Report.Add(rules.RoutedVpc, "Service", "is in VPC %s, but the consumer is in %s", theirs, own)
	}
	return p.connectionPlan(options)
}

func newConnectionPlan(a place, options *privateapi.ConnectionOptions) *connectionPlan {
	p := &connectionPlan{api: a, stack: answers.StackOf(options.Scope)}
	if a.defined() != nil {
		placement.CheckSameStage(options.Report, "Service", "import the API with Api_FromAttributes", p.stack, a.stackOf())
	}
	return p
}

// connectionPlan decides by what rules clients are let out and in. CloudFormation's outbound rules cannot say whose a security group
// is, so from another account they name blocks.
//
// See https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupegress.html
func (p *connectionPlan) connectionPlan(o *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	references := p.routing.References
	isNamed := p.api.SecurityGroup() != nil && p.isOfSameEnvironment() && (references == SecurityGroupReferences_BOTH || references == SecurityGroupReferences_INBOUND)
	p.opens, p.namesOut = isNamed, isNamed && references == SecurityGroupReferences_BOTH
	if !p.namesOut && len(*p.api.CidrBlocks()) == 0 {
		o.Report.Add(rules.RoutedBlocks, "Service", "has unknown CIDR blocks, and is reached over %s", p.routing.Transport)
	}
	if p.opens && !placement.TakesRules(o.Scope, p.api.SecurityGroup()) {
		o.Report.Add(rules.SecurityGroupMutable, "Service", "has an ALB whose security group is imported with Mutable set to false")
	}
	return &privateapi.ConnectionPlan{Transport: p.routing.Transport, Connector: privateapi.ConnectorOf(p)}
}

// isOfSameEnvironment reports whether the consumer is known to be in the account and the Region of the API.
func (p *connectionPlan) isOfSameEnvironment() bool {
	account, region := p.api.environment()
	return *p.stack.Account() == *account && *p.stack.Region() == *region
}

// Gate implements [link.Definer].
func (p *connectionPlan) Gate(consumer *link.Consumer) *link.Gate {
	gate := &link.Gate{PeersOnly: !p.namesOut}
	if p.opens {
		gate.SecurityGroups, gate.Here = p.gateOf(consumer)
		for _, dependency := range prop.Elements(p.routing.Dependencies) {
			gate.RulesWaitFor = append(gate.RulesWaitFor, onecall.Known(dependency))
		}
	}
	if p.namesOut {
		return gate
	}
	for _, block := range *p.api.CidrBlocks() {
		gate.Peers = append(gate.Peers, onecall.Static(consumer.Batch, awsec2.Peer_Ipv4, block))
	}
	return gate
}

// Define implements [link.Definer]. Records lead to the ALB, once it listens and the network routes.
func (p *connectionPlan) Define(consumer *link.Consumer, _ *link.Gate) *link.Link {
	l := &link.Link{Alias: link.NewAlias(consumer.Batch, p.api.LoadBalancerDnsName(), p.api.LoadBalancerCanonicalHostedZoneId(), nil)}
	for _, dependency := range prop.Elements(p.routing.Dependencies) {
		p.waitFor(l, onecall.Known(dependency))
	}
	a := p.api.defined()
	if a == nil {
		return l
	}
	if listening := a.loadBalancer.Listening(); listening != nil && a.stackOf() == p.stack {
		p.waitFor(l, onecall.Through(consumer.Batch, listening))
	}
	if a.stackOf() != p.stack {
		// Between two accounts nothing else orders the stacks: a reference from one to the other does not.
		onecall.Call2(onecall.Use(consumer.Batch, p.stack.Construct()), awscdk.Stack.AddStackDependency, a.stackOf().Construct(), jsii.String("the API comes first"))
	}
	l.Made = func() {
		if a.built != nil {
			a.built.made()
		}
		a.expectConsumer(consumer.Construct, p.opens)
	}
	return l
}

func (p *connectionPlan) waitFor(l *link.Link, part *onecall.Item[constructs.IDependable]) {
	l.RecordDependencies, l.ClientDependencies = append(l.RecordDependencies, part), append(l.ClientDependencies, part)
}
