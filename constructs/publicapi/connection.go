package publicapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// connectionPlan is a connection over the internet, of which nothing is defined: the clients' VPC has its way out, and the API lets in the
// clients that it names.
type connectionPlan struct {
	api     IApi
	defined *api           // if this app defines the API; nil for an import
	stack   *answers.Stack // of the consumer
}

// PlanConnection plans how a consumer reaches the API over the internet.
func (a *api) PlanConnection(options *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	return planConnection(a, a, options)
}

func planConnection(service IApi, defined *api, options *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	p := &connectionPlan{api: service, defined: defined, stack: answers.StackOf(options.Scope)}
	if defined != nil {
		placement.CheckSameStage(options.Report, "Service", "import the API with Api_FromAttributes", p.stack, defined.plan.stack)
	}
	return &privateapi.ConnectionPlan{Transport: "the internet", Connector: privateapi.ConnectorOf(p)}
}

// Gate implements [link.Definer]. The addresses of an internet-facing ALB change, so clients are let out to every one.
func (p *connectionPlan) Gate(consumer *link.Consumer) *link.Gate {
	return &link.Gate{PeersOnly: true, Peers: []*onecall.Item[awsec2.IPeer]{onecall.Static(consumer.Batch, awsec2.Peer_Ipv4, jsii.String(everyone))}}
}

// Define implements [link.Definer]. Records lead to the ALB, once it listens.
func (p *connectionPlan) Define(consumer *link.Consumer, _ *link.Gate) *link.Link {
	l := &link.Link{Alias: link.NewAlias(consumer.Batch, p.api.LoadBalancerDnsName(), p.api.LoadBalancerCanonicalHostedZoneId(), nil)}
	if p.defined == nil {
		return l
	}
	if p.defined.plan.stack == p.stack {
		listening := onecall.Through(consumer.Batch, p.defined.loadBalancer.Listening())
		l.RecordDependencies, l.ClientDependencies = []*onecall.Item[constructs.IDependable]{listening}, []onecall.Dependency{listening}
		return l
	}
	// Between two accounts nothing else orders the stacks: a reference from one to the other does not.
	onecall.Call2(onecall.Use(consumer.Batch, p.stack.Construct()), awscdk.Stack.AddStackDependency, p.defined.plan.stack.Construct(), jsii.String("the API comes first"))
	return l
}
