package lattice

import (
	"regexp"
	"strconv"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ListenerTargetOptions say what an imported listener does not: nothing is needed for a listener of this app.
type ListenerTargetOptions struct {
	// The ALB of the listener, with its Vpc.
	//
	// Default: - that of a listener of this app; required for an imported one.
	LoadBalancer elbv2.IApplicationLoadBalancer

	// The port of the listener.
	//
	// Default: - that of a listener of this app; required for an imported one.
	Port *float64

	// What the listener speaks.
	//
	// Default: - that of a listener of this app; TargetProtocol_HTTPS for an imported one.
	Protocol TargetProtocol
}

type listenerTarget struct {
	listener elbv2.IApplicationListener
	options  ListenerTargetOptions
}

// Target_FromListener returns a target that is an internal ALB, by the listener that gets the requests: such as that of a
// [privateapi.PrivateApiProvider], so that one ALB serves both transports.
//
// The ALB is in the account and the Region of the API. A listener of HTTPS has the Certificate of the API; AWS accepts no other. An ALB is the
// target of two APIs at most. Set its XffHeaderProcessingMode to preserve: otherwise it appends the address of VPC Lattice to X-Forwarded-For,
// in which VPC Lattice writes that of the client. Callers that reach such an ALB by another way can write the header themselves, and
// x-amzn-lattice-identity too.
//
// See https://docs.aws.amazon.com/vpc-lattice/latest/ug/alb-target.html
func Target_FromListener(listener elbv2.IApplicationListener, options *ListenerTargetOptions) ITarget {
	return &listenerTarget{listener, *prop.Or(options, &ListenerTargetOptions{})}
}

// xffMode is the attribute by which an ALB decides what it does with X-Forwarded-For.
const xffMode = "routing.http.xff_header_processing.mode"

// idleTimeout is the attribute by which an ALB decides how long connections may be idle.
const idleTimeout = "idle_timeout.timeout_seconds"

// PlanTarget implements [ITarget].
func (t *listenerTarget) PlanTarget(options *TargetOptions) *TargetPlan {
	r, property := options.Report, options.Property
	before := len(r.Problems())
	check.Embedded(r, property, &t.listener)
	check.Embedded(r, property, &t.options)
	if t.listener == nil {
		r.AddWithFix(rules.Required, property, "supply the listener of the ALB", "has no listener")
	}
	if len(r.Problems()) > before {
		return nil // what is nil cannot be asked for more
	}
	plan := &TargetPlan{Type: TargetType_ALB, Port: t.options.Port, Protocol: prop.EnumOr(t.options.Protocol, TargetProtocol_HTTPS)}
	loadBalancer := t.options.LoadBalancer
	if listener, isOwn := t.listener.(elbv2.ApplicationListener); isOwn {
		facts := alb.ReadListener(listener)
		loadBalancer, plan.Port, plan.Protocol = facts.LoadBalancer, facts.Port, TargetProtocol(facts.Protocol)
		t.checkOwned(options, facts)
		plan.Dependencies = &[]constructs.IConstruct{listener}
	}
	if loadBalancer == nil {
		r.AddWithFix(rules.Required, property+".LoadBalancer", "supply the ALB of the listener", "is missing, and an imported listener does not know its ALB")
		return nil
	}
	if plan.Port == nil {
		r.AddWithFix(rules.Required, property+".Port", "supply the port of the listener", "is missing, and an imported listener does not know its port")
		return nil
	}
	if plan.Vpc = vpcOf(loadBalancer); plan.Vpc == nil {
		r.AddWithFix(rules.Required, property+".LoadBalancer", "import the ALB with its Vpc", "does not know its VPC")
		return nil
	}
	stack := answers.StackOf(options.Scope)
	t.checkPlace(r, property, stack, loadBalancer, plan.Vpc)
	arn := answers.Of(stack, loadBalancer, "ARN", loadBalancer.LoadBalancerArn)
	plan.loadBalancer = *arn
	plan.Targets = &[]*awsvpclattice.CfnTargetGroup_TargetProperty{{Id: arn}}
	plan.Peers = &[]awsec2.IConnectable{loadBalancer}
	return plan
}

// vpcOf returns the VPC of an ALB; nil for an import without one, which panics.
func vpcOf(loadBalancer elbv2.IApplicationLoadBalancer) (vpc awsec2.IVpc) {
	defer func() {
		if recover() != nil {
			vpc = nil
		}
	}()
	return loadBalancer.Vpc()
}

// checkOwned checks what this app knows of an ALB that it defines.
func (t *listenerTarget) checkOwned(options *TargetOptions, facts *alb.ListenerFacts) {
	r, property := options.Report, options.Property
	if facts.IsInternetFacing {
		r.AddWithFix(rules.LatticeAlbTarget, property, rules.LatticeAlbInternal, "is an internet-facing ALB")
	}
	if facts.VerifiesClients() {
		r.AddWithFix(rules.LatticeAlbTarget, property, "use a listener without mutual TLS", "has a listener that rejects clients without a certificate, and VPC Lattice has none")
	}
	if facts.Protocol == elbv2.ApplicationProtocol_HTTPS {
		switch {
		case options.Certificate == nil:
			r.AddWithFix(rules.LatticeAlbTarget, property, "set DomainName and Certificate of the API, or use an HTTP listener", "has an HTTPS listener, but the API has no Certificate")
		case !facts.HasCertificate(*options.Certificate.CertificateArn()):
			r.Add(rules.LatticeAlbTarget, property, "has an HTTPS listener with another certificate than that of the API")
		}
	}
	if mode := facts.Attribute(xffMode); mode != "preserve" {
		r.Add(rules.LatticeForwardedFor, property, "is an ALB whose XffHeaderProcessingMode is %s", orText(mode, "append"))
	}
	if seconds, err := strconv.ParseFloat(facts.Attribute(idleTimeout), 64); err == nil {
		rules.CheckLatticeConnections(r, property, seconds)
	}
}

func orText(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}

// checkPlace reports an ALB in another account or Region, and one whose stack must be deployed after that of the API.
func (t *listenerTarget) checkPlace(r *rules.Report, property string, stack *answers.Stack, loadBalancer elbv2.IApplicationLoadBalancer, vpc awsec2.IVpc) {
	if _, isOwn := loadBalancer.(elbv2.ApplicationLoadBalancer); !isOwn {
		if arn, ok := token.Literal(answers.Of(stack, loadBalancer, "ARN", loadBalancer.LoadBalancerArn)); ok {
			checkLoadBalancerArn(r, property, arn, stack)
		}
		return
	}
	of := answers.StackOf(loadBalancer)
	if !of.SharesEnvironment(stack) {
		r.AddWithFix(rules.LatticeAlbTarget, property, "define the API in the account and Region of the ALB", "is an ALB of another account or Region")
	}
	if own, isOwn := vpc.(awsec2.Vpc); isOwn && of != stack && answers.StackOf(own) == stack {
		r.Add(rules.StackCycle, property, "is in a stack that needs the VPC in the stack of the API, which needs the ALB")
	}
}

var loadBalancerARN = regexp.MustCompile(`^arn:[\w-]+:elasticloadbalancing:([a-z0-9-]+):(\d{12}):loadbalancer/app/`)

// checkLoadBalancerArn reports an imported ALB of another account or Region.
func checkLoadBalancerArn(r *rules.Report, property, arn string, stack *answers.Stack) {
	m := loadBalancerARN.FindStringSubmatch(arn)
	region, regionOk := token.Literal(stack.Region())
	account, accountOk := token.Literal(stack.Account())
	switch {
	case m == nil:
		r.AddWithFix(rules.LatticeAlbTarget, property, "use the ARN of an Application Load Balancer", "%q is not the ARN of an ALB", arn)
	case regionOk && m[1] != region, accountOk && m[2] != account:
		r.AddWithFix(rules.LatticeAlbTarget, property, "define the API in the account and Region of the ALB", "is an ALB of another account or Region")
	}
}
