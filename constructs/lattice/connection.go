package lattice

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// definedApi is an API of this app, about which more is known than about an imported one.
type definedApi interface {
	IApi

	// serviceArn stands for the ARN of the service in batches.
	serviceArn() *string

	// waitFor makes the association of a consumer wait for what the API needs to answer, and for the share that allows it.
	waitFor(consumer *onecall.Batch, association *onecall.Item[awsvpclattice.CfnServiceNetworkServiceAssociation])

	// expectConsumer notes a consumer in a stack. At synthesis its account must be covered by the shares, and somebody there must be
	// allowed to call.
	expectConsumer(consumer constructs.Construct, stack *answers.Stack)
}

// connectionPlan is a connection over VPC Lattice: the association of the service with the service network of the VPC.
type connectionPlan struct {
	api     IApi
	defined definedApi     // nil for an imported API
	stack   *answers.Stack // of the consumer
	scope   constructs.Construct
	vpc     awsec2.IVpc
	network *network                               // nil if the consumer defines it
	here    []*onecall.Item[awsec2.ISecurityGroup] // its security groups, as consumers of the stack add rules to them
}

// planConnection plans how a consumer reaches an API. A consumer of a VPC without a service network will define one.
func planConnection(api IApi, o *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	p := &connectionPlan{api: api, stack: answers.StackOf(o.Scope), scope: o.Scope, vpc: o.Vpc}
	if defined, ok := api.(definedApi); ok {
		p.defined = defined
	}
	p.checkPlace(o.Report)
	p.checkNames(o)
	if o.Vpc != nil {
		p.network = findNetwork(o.Report, o.Scope, o.Vpc)
		p.checkNetwork(o)
	}
	return &privateapi.ConnectionPlan{Transport: "VPC Lattice", Connector: privateapi.ConnectorOf(p)}
}

// checkPlace checks that the service is in the Region of the consumer, and in its stage if it is one of this app.
func (p *connectionPlan) checkPlace(r *rules.Report) {
	region, isKnown := token.Literal(p.stack.Region())
	if p.defined == nil {
		if arn, ok := token.Literal(p.api.ServiceArn()); ok {
			rules.CheckLatticeServiceArn(r, "Service", arn, region)
		}
		return
	}
	stack := answers.StackOf(p.api)
	placement.CheckSameStage(r, "Service", "import the API with Api_FromAttributes", p.stack, stack)
	if other, ok := token.Literal(stack.Region()); ok && isKnown && other != region {
		r.Add(rules.LatticeRegion, "Service", "is in %s, but the consumer is in %s", other, region)
	}
}

// checkNames checks that clients call the API by its custom domain name: VPC Lattice knows no other.
func (p *connectionPlan) checkNames(o *privateapi.ConnectionOptions) {
	own := p.api.DomainNames()
	check.Each(o.DomainNames, "DomainNames", func(property, name string) {
		switch {
		case len(prop.Elements(own)) == 0:
			o.Report.AddWithFix(rules.LatticeDomain, property, "set DomainName of the API, or remove the name and set DnsMode to DnsMode_NONE",
				"%q is not a name of the API, which has no DomainName", name)
		case !token.AnyIn(own) && *(*own)[0] != name:
			o.Report.Add(rules.LatticeDomain, property, "%q is not the DomainName of the API, %q", name, *(*own)[0])
		}
	})
}

// checkNetwork checks that the service can join the service network.
func (p *connectionPlan) checkNetwork(o *privateapi.ConnectionOptions) {
	if p.network == nil {
		return
	}
	p.network.checkService(o.Report, p.api, p.stack)
	if p.network.byEndpoint && o.DnsMode == privateapi.DnsMode_PRIVATE_HOSTED_ZONE {
		o.Report.Add(rules.LatticeEndpointNames, "DnsMode", "is %s, and the VPC reaches the service network %s by an endpoint", o.DnsMode, p.network.path())
	}
}

// Gate implements [link.Definer].
func (p *connectionPlan) Gate(consumer *link.Consumer) *link.Gate {
	if p.network == nil {
		p.network = defineOnDemand(consumer.Batch, p.vpc)
	}
	gate := &link.Gate{}
	gate.SecurityGroups, gate.Here = p.network.groupsIn(consumer, p.stack)
	p.here = gate.Here
	if !p.network.byEndpoint { // the endpoint has addresses of the VPC, and the group is what clients are let out to
		gate.Peers = append(gate.Peers, onecall.Known[awsec2.IPeer](p.api.PrefixList()))
	}
	return gate
}

// Define implements [link.Definer]. Records lead to the name of the association, and are of type A: VPC Lattice has IPv6 addresses too, but
// they are in another prefix list than the one to which clients are let out.
//
// See https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-custom-domain-name.html
func (p *connectionPlan) Define(consumer *link.Consumer, _ *link.Gate) *link.Link {
	joined := onecall.Add(consumer.Batch, awsvpclattice.NewCfnServiceNetworkServiceAssociation, "ServiceAssociation",
		&awsvpclattice.CfnServiceNetworkServiceAssociationProps{
			ServiceIdentifier:        arnOf(p.api),
			ServiceNetworkIdentifier: onecall.Through(consumer.Batch, p.network.arn).Placeholder(),
		})
	l := &link.Link{ClientDependencies: []onecall.Dependency{joined}}
	if !p.network.byEndpoint {
		l.Alias = &link.Alias{
			DnsName:      onecall.Get(joined, awsvpclattice.CfnServiceNetworkServiceAssociation.AttrDnsEntryDomainName),
			HostedZoneID: onecall.Get(joined, awsvpclattice.CfnServiceNetworkServiceAssociation.AttrDnsEntryHostedZoneId),
			RecordTypes:  aRecords,
		}
	}
	for _, part := range p.network.connected {
		part = onecall.Through(consumer.Batch, part)
		l.RecordDependencies, l.ClientDependencies = append(l.RecordDependencies, part), append(l.ClientDependencies, part)
	}
	if p.defined != nil {
		p.defined.waitFor(consumer.Batch, joined)
	}
	l.Made = func() { p.made(consumer.Construct) }
	return l
}

// made notes what was defined, for the consumers to come.
func (p *connectionPlan) made(consumer constructs.Construct) {
	p.network.register(p.stack, p.vpc)
	p.network.here[p.stack] = p.here
	p.network.join(p.api, consumer)
	if p.defined != nil {
		p.defined.expectConsumer(consumer, p.stack)
	}
}
