package privateapi

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/certificates"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// NlbListenerOptions say what a listener of a [PrivateNlbProvider] accepts, and where it forwards to. Required are Port and
// Targets.
type NlbListenerOptions struct {
	// The TCP port that clients connect to. No other listener of the provider has it.
	//
	// Required.
	Port *float64

	// What the listener speaks. Protocol_TCP passes everything through, TLS too: then the targets hold the certificate, and
	// can ask clients for theirs. Protocol_TLS ends TLS at the NLB. UDP is refused, with the reason.
	//
	// Default: Protocol_TLS if Certificates are given, else Protocol_TCP.
	Protocol elbv2.Protocol

	// The certificates of a TLS listener, the first one for clients that name no host. They come from ACM, in the account
	// and Region of the stack, or from IAM, and must cover DomainNames.
	//
	// Default: - none; required for Protocol_TLS.
	Certificates *[]elbv2.IListenerCertificate

	// The TLS policy of a TLS listener.
	//
	// Default: SslPolicy_RECOMMENDED_TLS: TLS 1.3 and 1.2.
	SslPolicy elbv2.SslPolicy

	// Which application protocol a TLS listener agrees on with clients, such as HTTP/2 for gRPC.
	//
	// Default: - none: the NLB does not negotiate.
	AlpnPolicy elbv2.AlpnPolicy

	// How long the NLB keeps an idle connection, 60 to 6000 seconds. Not together with SupportedRegions.
	//
	// Default: - 350 seconds, which is the NLB's own.
	TcpIdleTimeout awscdk.Duration

	// Where connections go: a Fargate service (or its LoadBalancerTarget), or what awselasticloadbalancingv2targets has for
	// IP addresses and instances. All targets of a listener are of one type. An ALB is refused: it belongs behind a
	// [PrivateApiProvider].
	//
	// Required.
	Targets *[]elbv2.INetworkLoadBalancerTarget

	// The port of targets that have none of their own, and of ECS services: the port of the container.
	//
	// Default: - Port.
	TargetPort *float64

	// What a TLS listener speaks to its targets: Protocol_TLS encrypts again. The NLB does not verify the targets'
	// certificates.
	//
	// Default: Protocol_TCP.
	TargetProtocol elbv2.Protocol

	// The instances, security groups or CIDR blocks behind targets that CDK does not know. They and the NLB are opened to each
	// other on the ports of the targets. IP targets, Fargate services and Auto Scaling groups need no peers; instances do, and so do
	// ECS services on instances of a capacity provider.
	//
	// Default: - none.
	TargetPeers *[]awsec2.IConnectable

	// How the NLB checks the targets: over TCP, HTTP or HTTPS. A Port of its own is opened too, on both security groups.
	//
	// Default: - ELB's: a TCP connection to the traffic port.
	HealthCheck *elbv2.HealthCheck

	// How long connections may finish at a target that is being removed.
	//
	// Default: - 300 seconds, which is ELB's own.
	DeregistrationDelay awscdk.Duration

	// Whether connections to a target that is being removed end after DeregistrationDelay.
	//
	// Default: false.
	ConnectionTermination *bool

	// Whether each connection begins with a header of proxy protocol version 2, which is the only way to know who calls through
	// PrivateLink: it has the address of the client in its own VPC, and the ID of the endpoint (type 0xEA, subtype 0x01). Targets
	// must parse it, before TLS if they hold the certificate, and must accept it from the NLB only. Health checks have the header
	// too, on a port of their own as well, but without addresses.
	//
	// Default: false.
	ProxyProtocolV2 *bool

	// Whether targets see the address of the client. It holds for clients that reach the NLB by a route, and never through
	// PrivateLink: there the source is the NLB's address whatever this says. It is no way to identify a consumer.
	//
	// Default: - ELB's: false for IP addresses, true for instances.
	PreserveClientIp *bool
}

// PrivateNlbListener is a listener of a [PrivateNlbProvider] with its targets.
type PrivateNlbListener interface {
	// Port returns the TCP port that clients connect to.
	Port() *float64

	// NetworkListener returns the listener of the NLB.
	NetworkListener() elbv2.NetworkListener

	// TargetGroup returns the target group.
	TargetGroup() elbv2.NetworkTargetGroup
}

type privateNlbListener struct {
	id          string
	port        *float64
	listener    *onecall.Item[elbv2.NetworkListener]
	targetGroup *onecall.Item[elbv2.NetworkTargetGroup]
}

var _ PrivateNlbListener = (*privateNlbListener)(nil)

func (l *privateNlbListener) Port() *float64                         { return prop.Copy(l.port) }
func (l *privateNlbListener) NetworkListener() elbv2.NetworkListener { return l.listener.Object() }
func (l *privateNlbListener) TargetGroup() elbv2.NetworkTargetGroup  { return l.targetGroup.Object() }

func (p *privateNlbProvider) AddListener(id *string, options *NlbListenerOptions) PrivateNlbListener {
	refusal.RequireScope("AddListener", p, id)
	options = prop.Or(prop.Copy(options), &NlbListenerOptions{}) // the caller may change its own
	// The prefix keeps the IDs of listeners apart from those of the provider's other parts.
	constructID := jsii.String("Listener" + *id)
	r := &rules.Report{}
	check.Embedded(r, "", options)
	refusal.Of(r, p, constructID) // what is nil cannot be asked for more
	plan := p.planListener(r, *id, options)
	refusal.Of(r, p, constructID)

	defer func() { // CDK checks a target only when it is attached
		if problem := recover(); problem != nil {
			p.batch.Drop()
			p.Node().TryRemoveChild(constructID)
			if !r.HasErrors() {
				problem = fmt.Errorf("%s: %v", refusal.ChildPath(p, constructID), problem)
			}
			panic(problem)
		}
	}()
	l := p.defineListener(*constructID, plan)
	p.attach(r, l.targetGroup, plan)
	refusal.Of(r, p, constructID)
	p.added = append(p.added, l)
	p.listeners = append(p.listeners, onecall.As(l.listener, func(l elbv2.NetworkListener) constructs.IConstruct { return l }))
	if p.link.networkLoadBalancer.enforcesInbound {
		onecall.Call(p.networkGroup, awsec2.CfnSecurityGroup.SetSecurityGroupIngress, p.link.networkLoadBalancer.ingressOfConsumers(*p.Ports()...))
	}
	p.batch.Flush(l.targetGroup)
	refusal.Warn(r, l.targetGroup.Object())
	return l
}

// defineListener defines a listener and, below it, its target group. Both are L2: targets register themselves in CDK's own.
func (p *privateNlbProvider) defineListener(constructID string, plan *listenerPlan) *privateNlbListener {
	props := &elbv2.NetworkListenerProps{
		LoadBalancer:   p.networkLoadBalancerView().Placeholder(),
		Port:           plan.port,
		Protocol:       plan.protocol,
		SslPolicy:      plan.sslPolicy,
		AlpnPolicy:     plan.alpnPolicy,
		TcpIdleTimeout: plan.tcpIdleTimeout,
	}
	if len(plan.certificates) > 0 {
		props.Certificates = &[]elbv2.IListenerCertificate{plan.certificates[0]}
	}
	listener := onecall.Add(p.batch, elbv2.NewNetworkListener, constructID, props)
	for i, certificate := range plan.certificates {
		if i > 0 {
			onecall.Call2(listener, elbv2.NetworkListener.AddCertificates, jsii.String(certificates.ID(i-1, certificate)), &[]elbv2.IListenerCertificate{certificate})
		}
	}
	group := onecall.Add(listener, elbv2.NewNetworkTargetGroup, "TargetGroup", plan.targetGroup)
	forward := onecall.Static2(p.batch, elbv2.NetworkListenerAction_Forward, &[]elbv2.INetworkTargetGroup{group.Placeholder()}, (*elbv2.NetworkForwardOptions)(nil))
	onecall.Call2(listener, elbv2.NetworkListener.AddAction, jsii.String("Forward"), &elbv2.AddNetworkActionProps{Action: forward.Placeholder()})
	return &privateNlbListener{id: plan.id, port: plan.port, listener: listener, targetGroup: group}
}
