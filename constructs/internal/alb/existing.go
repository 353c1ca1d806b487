package alb

import (
	"strings"

	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// existingPlan is the caller's own listener and its ALB.
type existingPlan struct {
	listener     elbv2.IApplicationListener
	loadBalancer elbv2.IApplicationLoadBalancer
	subnetIDs    *[]*string // of an ALB of this app
	isPublic     bool       // an ALB of this app is internet-facing
}

// ExistingSubnets returns the IDs of the subnets of the caller's ALB; nil if they are unknown.
func (p *Plan) ExistingSubnets() *[]*string {
	if p.existing == nil {
		return nil
	}
	return p.existing.subnetIDs
}

// HasGroup reports whether the ALB has a security group that can let clients in.
func (p *Plan) HasGroup() bool {
	return p.existing == nil || p.existing.loadBalancer == nil || len(*p.existing.loadBalancer.Connections().SecurityGroups()) > 0
}

// IsInternetFacing reports whether the caller's ALB is known to be internet-facing.
func (p *Plan) IsInternetFacing() bool { return p.existing != nil && p.existing.isPublic }

// HasAddress reports whether the caller's ALB knows the name that leads to it, which an import may not; true for one that is built.
func (p *Plan) HasAddress() (ok bool) {
	if p.existing == nil || p.existing.loadBalancer == nil {
		return true
	}
	defer func() { ok = recover() == nil }()
	return p.existing.loadBalancer.LoadBalancerDnsName() != nil && p.existing.loadBalancer.LoadBalancerCanonicalHostedZoneId() != nil
}

// Claim notes that one more NLB has the caller's ALB as its target, unless there are errors, and reports one too many. path
// returns the path of the construct that has the NLB.
func (p *Plan) Claim(r *rules.Report, path func() string) {
	if p.existing == nil || p.existing.loadBalancer == nil {
		return
	}
	claims := answers.OfApp(p.stack, "NLBs of "+p.nameOfExisting(), func() *[]string { return &[]string{} })
	if len(*claims) == rules.MaxLoadBalancersOfALB {
		r.Add(rules.AlbTargetQuota, "Listener", "has the ALB that %s use already", strings.Join(*claims, " and "))
	}
	if *refusesNetworks(p.stack, p.nameOfExisting()) {
		r.AddWithFix(rules.WebAclPrivateLink, "Listener", "set PrivateLinkCidrBlocks of the public API to the blocks of the NLB's subnets, or use a publicapi.Migration",
			"has an ALB whose web ACL lets in named clients alone")
	}
	if !r.HasErrors() {
		*claims = append(*claims, path())
	}
}

// RefuseNetworks notes that the web ACL of an ALB that is built, at a path, lets no NLB in: [Plan.Claim] reports one in front.
func (b *LoadBalancer) RefuseNetworks(path string) { *refusesNetworks(b.plan.stack, path) = true }

func refusesNetworks(stack *answers.Stack, name string) *bool {
	return answers.OfApp(stack, "web ACL that blocks NLBs of "+name, func() *bool { return new(bool) })
}

// nameOfExisting is the same for all imports of one ALB: its ARN, or its path if this app defines it.
func (p *Plan) nameOfExisting() string {
	if arn, ok := token.Literal(p.existing.loadBalancer.LoadBalancerArn()); ok {
		return arn
	}
	return *p.existing.loadBalancer.Node().Path()
}

// planExisting reads what it can from the caller's listener, and checks the properties that describe it.
func (p *Plan) planExisting(r *rules.Report, o *Options) {
	p.existing = &existingPlan{listener: o.Listener, loadBalancer: o.ListenerLoadBalancer}
	p.port = o.ListenerPort
	p.protocol = prop.EnumOr(o.ListenerProtocol, elbv2.ApplicationProtocol_HTTPS)
	if listener, ok := o.Listener.(elbv2.ApplicationListener); ok {
		p.readOwnedListener(r, o, listener)
	}
	if p.protocol != elbv2.ApplicationProtocol_HTTP && p.protocol != elbv2.ApplicationProtocol_HTTPS {
		r.AddWithFix(rules.KnownValue, "ListenerProtocol", "use one of the ApplicationProtocol constants", "%q is not one of its values", p.protocol)
	}
	if p.existing.loadBalancer == nil {
		r.AddWithFix(rules.Required, "ListenerLoadBalancer", "supply the ALB of the Listener", "is missing, and an imported Listener does not know its ALB")
	} else {
		p.checkSameVpc(r, p.existing.loadBalancer)
	}
	if p.port == nil {
		r.AddWithFix(rules.Required, o.portProperty(), "supply the port of the Listener", "is missing, and an imported Listener does not know its port")
		p.port = jsii.Number(defaultPort)
	}
	check.Port(r, o.portProperty(), p.port)
	for _, name := range check.Set(
		check.Property{Name: "AccessLogsBucket", IsSet: o.AccessLogsBucket != nil},
		check.Property{Name: "AccessLogsPrefix", IsSet: o.AccessLogsPrefix != nil},
		check.Property{Name: "Certificates", IsSet: o.Certificates != nil},
		check.Property{Name: "ConnectionLogsBucket", IsSet: o.ConnectionLogsBucket != nil},
		check.Property{Name: "ConnectionLogsPrefix", IsSet: o.ConnectionLogsPrefix != nil},
		check.Property{Name: "IdleTimeout", IsSet: o.IdleTimeout != nil},
		check.Property{Name: "MutualAuthentication", IsSet: o.MutualAuthentication != nil},
		check.Property{Name: "SslPolicy", IsSet: o.SslPolicy != ""},
		check.Property{Name: "WebAclArn", IsSet: o.WebAclArn != nil},
		check.Property{Name: "XffHeaderProcessingMode", IsSet: o.XffHeaderProcessingMode != ""},
	) {
		r.AddWithFix(rules.Contradiction, name, "set it on the ALB of the Listener", "is set together with Listener")
	}
}

// readOwnedListener reads from a listener of this app what the caller need not say.
func (p *Plan) readOwnedListener(r *rules.Report, o *Options, listener elbv2.ApplicationListener) {
	facts := ReadListener(listener)
	if given, ok := o.ListenerLoadBalancer.(elbv2.ApplicationLoadBalancer); ok && *given.Node().Path() != *facts.LoadBalancer.Node().Path() {
		r.AddWithFix(rules.Contradiction, "ListenerLoadBalancer", "leave it out: the Listener knows its ALB",
			"is %s, but the Listener is one of %s", *given.Node().Path(), *facts.LoadBalancer.Node().Path())
	}
	p.existing.loadBalancer, p.existing.subnetIDs = facts.LoadBalancer, facts.SubnetIDs
	p.existing.isPublic = facts.IsInternetFacing
	if facts.IsInternetFacing {
		r.Add(rules.InternetFacing, "Listener", "has an internet-facing ALB")
	}
	p.port = facts.Port
	given, isLiteral := token.LiteralNumber(o.ListenerPort)
	if actual, ok := token.LiteralNumber(p.port); ok && isLiteral && actual != given {
		r.AddWithFix(rules.OnePort, o.portProperty(), "omit "+o.portProperty()+": the listener has the port", "is %v, but the Listener listens on %v", given, actual)
	}
	p.protocol = facts.Protocol
	if o.ListenerProtocol != "" && o.ListenerProtocol != p.protocol {
		r.AddWithFix(rules.Contradiction, "ListenerProtocol", "leave it out", "is %s, but the Listener listens with %s", o.ListenerProtocol, p.protocol)
	}
	p.verifiesClients = facts.VerifiesClients()
}

// checkSameVpc reports an ALB that is known to be in another VPC.
func (p *Plan) checkSameVpc(r *rules.Report, alb elbv2.IApplicationLoadBalancer) {
	own, other := placement.VPCOf(p.stack, p.vpc), placement.VPCOf(p.stack, alb.Vpc())
	if own.IsOther(other) {
		r.Add(rules.LoadBalancerVpc, "Vpc", "is %s, but the ALB of the Listener is in %s", own, other)
	}
}
