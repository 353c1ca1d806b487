package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// PrivateNlbProvider is an internal service over TCP or TLS, such as a database, Kafka, or gRPC with a certificate of the
// task's own, that other VPCs and accounts can connect to over AWS PrivateLink.
//
// It defines an internal NLB that forwards straight to targets, and an endpoint service with the principals that may
// connect. The NLB has no listener until one is added, accepts PrivateLink traffic only, and is let out to its targets
// only. An API over HTTP with routes by path or host, or with mTLS at the load balancer, is a [PrivateApiProvider].
//
// Targets see the NLB's address as that of the client: PrivateLink hides the client's, whether client IP addresses are
// preserved or not. The address and the endpoint of the caller come with proxy protocol v2 alone.
type PrivateNlbProvider interface {
	IPrivateLinkProvider

	// AddListener lets the NLB listen on a port and forward to targets. It opens the security groups of the NLB and the
	// targets to each other, on the port of the targets and on that of their health checks. Add all listeners before a consumer
	// of this app is defined. It panics if AWS would not accept the listener.
	AddListener(id *string, options *NlbListenerOptions) PrivateNlbListener
}

type privateNlbProvider struct {
	constructs.Construct
	privateLinkProvider
	added []*privateNlbListener // the listeners
}

var _ PrivateNlbProvider = (*privateNlbProvider)(nil)

// NewPrivateNlbProvider defines a [PrivateNlbProvider].
//
// Before it defines anything, it panics with all that AWS would refuse in props.
func NewPrivateNlbProvider(scope constructs.Construct, id *string, props *PrivateNlbProviderProps) PrivateNlbProvider {
	refusal.RequireScope("NewPrivateNlbProvider", scope, id)
	r := &rules.Report{}
	props = prop.Or(prop.Copy(props), &PrivateNlbProviderProps{}) // the caller may change its own
	check.Embedded(r, "", props)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	plan := planPrivateLink(r, answers.StackOf(scope), props.privateLink())
	if plan.vpc != nil && len(plan.zones.Names) == 0 && !plan.zones.Unknown && !r.HasErrors() {
		r.AddWithFix(rules.Required, "VpcSubnets", "select at least one subnet", "selects no subnet")
	}
	plan.checkRegion(r)
	refusal.Of(r, scope, id)

	p := &privateNlbProvider{}
	p.begin(p, &p.Construct, plan, scope, id)
	p.defineNetworkLoadBalancer("NLB of a private service: PrivateLink in, targets out")
	onecall.Call(p.networkGroup, awsec2.CfnSecurityGroup.SetSecurityGroupEgress, any(&closedEgress))
	p.defineEndpointService()
	p.validateListeners()
	p.batch.Flush(p.serviceId)
	p.validatePrincipals()
	refusal.Warn(r, p)
	return p
}

// closedEgress is the rule by which CDK closes a security group: without any egress rule, EC2 adds one to everywhere. Targets may
// be in another stack, which is deployed later.
var closedEgress = []any{&awsec2.CfnSecurityGroup_EgressProperty{
	IpProtocol: jsii.String("icmp"), CidrIp: jsii.String("255.255.255.255/32"), FromPort: jsii.Number(252), ToPort: jsii.Number(86),
	Description: jsii.String("Disallow all traffic"),
}}

func (p *privateNlbProvider) Ports() *[]*float64 {
	ports := []*float64{}
	for _, listener := range p.added {
		ports = append(ports, listener.Port())
	}
	return &ports
}

// validateListeners makes synthesis check that there is a listener. All providers of an app share one validation: each would be a
// call to CDK.
func (p *privateNlbProvider) validateListeners() {
	shared := answers.OfApp(p.link.stack, "validation of listeners", func() *listenersAdded { return &listenersAdded{} })
	shared.providers = append(shared.providers, p)
	if len(shared.providers) == 1 {
		node := onecall.Get(p.networkLoadBalancer, elbv2.CfnLoadBalancer.Node)
		onecall.Call(node, constructs.Node.AddValidation, constructs.IValidation(shared))
	}
}

// listenersAdded validates at synthesis, when no more listeners can come, that each provider of an app has one.
type listenersAdded struct {
	providers []*privateNlbProvider
}

var _ constructs.IValidation = (*listenersAdded)(nil)

// Validate implements [constructs.IValidation].
func (v *listenersAdded) Validate() *[]*string {
	r := &rules.Report{}
	for _, provider := range v.providers {
		if len(provider.added) == 0 {
			r.Add(rules.ListenerRequired, "AddListener", "was not called on %s", *provider.Node().Path())
		}
	}
	return refusal.Messages(r)
}
