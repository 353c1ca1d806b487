package routedapi_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const both = routedapi.SecurityGroupReferences_BOTH

// refusal builds something that must be refused, and has the rules that it breaks.
type refusal struct {
	name   string
	broken []rules.Rule
	build  func(awscdk.Stack)
}

func group(id string) *routedapi.ClientSecurityGroup {
	return &routedapi.ClientSecurityGroup{SecurityGroupId: jsii.String(id), Account: jsii.String(cdktest.OtherAccount)}
}

func apiRefusals() []refusal {
	bad := func(name string, edit func(awscdk.Stack, *P), broken ...rules.Rule) refusal {
		return refusal{"API: " + name, broken, func(stack awscdk.Stack) { newApi(stack, func(p *P) { edit(stack, p) }) }}
	}
	return []refusal{
		{"API: nothing given", []rules.Rule{rules.Required}, func(stack awscdk.Stack) { routedapi.NewApi(stack, jsii.String("Pricing"), nil) }},
		bad("no certificate", func(_ awscdk.Stack, p *P) { p.Certificates = nil }, rules.CertificateRequired),
		bad("a port that is none", func(_ awscdk.Stack, p *P) { p.Port = jsii.Number(0) }, rules.PortRange),
		bad("a name that is none", func(_ awscdk.Stack, p *P) { p.DomainNames = jsii.Strings("Pricing") }, rules.DomainNameForm),
		bad("one zone", func(_ awscdk.Stack, p *P) {
			p.VpcSubnets = &awsec2.SubnetSelection{AvailabilityZones: jsii.Strings("eu-west-1a")}
		}, rules.TwoZones),
		bad("a long idle timeout", func(_ awscdk.Stack, p *P) { p.IdleTimeout = awscdk.Duration_Hours(jsii.Number(2)) }, rules.AlbIdleTimeout),
		bad("blocks that are none", func(_ awscdk.Stack, p *P) { p.CidrBlocks = jsii.Strings("10.1.1.0", "10.1.1.7/24", "2001:db8::/64") }, rules.CIDR, rules.CIDR, rules.RoutedBlockForm),
		bad("blocks as one token", func(_ awscdk.Stack, p *P) {
			p.CidrBlocks = awscdk.Fn_Split(jsii.String(","), awscdk.Fn_ImportValue(jsii.String("Blocks")), nil)
		}, rules.CIDR),
		bad("every address as a client", func(_ awscdk.Stack, p *P) { p.AllowedCidrs = jsii.Strings("0.0.0.0/0") }, rules.RoutedEveryone),
		bad("every IPv6 address as a client", func(_ awscdk.Stack, p *P) { p.AllowedCidrs = jsii.Strings("::/0") }, rules.RoutedBlockForm, rules.RoutedEveryone),
		bad("a client twice", func(_ awscdk.Stack, p *P) { p.AllowedCidrs = jsii.Strings("10.2.0.0/16", "10.2.0.0/16") }, rules.RoutedClientTwice),
		bad("a nil client", func(_ awscdk.Stack, p *P) { p.AllowedCidrs = &[]*string{nil} }, rules.Required),
		bad("security groups that are none", func(_ awscdk.Stack, p *P) {
			p.AllowedSecurityGroups = &[]*routedapi.ClientSecurityGroup{nil, {}, group("pricing"), {SecurityGroupId: jsii.String(groupID), Account: jsii.String("1111")}}
		}, rules.Required, rules.Required, rules.RoutedClientForm, rules.RoutedClientForm),
	}
}

func listenerRefusals() []refusal {
	bad := func(name string, edit func(awscdk.Stack, *P), broken ...rules.Rule) refusal {
		return refusal{"Listener: " + name, broken, func(stack awscdk.Stack) {
			routedapi.NewApi(stack, jsii.String("Pricing"), func() *P {
				vpc := apiVpc(stack)
				p := &P{Vpc: vpc, Listener: newListener(stack, vpc, false)}
				edit(stack, p)
				return p
			}())
		}}
	}
	return []refusal{
		bad("an internet-facing ALB", func(stack awscdk.Stack, p *P) {
			p.Listener = newListener(awscdk.NewNestedStack(stack, jsii.String("Public"), nil), p.Vpc, true)
		}, rules.RoutedInternal),
		bad("what is for an ALB that is built", func(_ awscdk.Stack, p *P) {
			p.Certificates, p.DeletionProtection, p.VpcSubnets = certificates(), jsii.Bool(false), &awsec2.SubnetSelection{}
		}, rules.Contradiction, rules.Contradiction, rules.Contradiction),
		bad("another port", func(_ awscdk.Stack, p *P) { p.Port = jsii.Number(444) }, rules.OnePort),
		bad("another VPC", func(stack awscdk.Stack, p *P) { p.Vpc = clientVpc(stack) }, rules.LoadBalancerVpc),
		bad("imported, and nothing else", func(stack awscdk.Stack, p *P) { p.Listener = importListener(stack) }, rules.Required, rules.Required),
		bad("imported, with an ALB that knows no name", func(stack awscdk.Stack, p *P) {
			p.Listener, p.Port = importListener(stack), jsii.Number(443)
			p.ListenerLoadBalancer = elbv2.ApplicationLoadBalancer_FromApplicationLoadBalancerAttributes(stack, jsii.String("ImportedAlb"), &elbv2.ApplicationLoadBalancerAttributes{
				LoadBalancerArn: jsii.String(albArn), SecurityGroupId: jsii.String(groupID), Vpc: p.Vpc,
			})
		}, rules.Required),
	}
}

func importRefusals() []refusal {
	bad := func(name string, edit func(*A), broken ...rules.Rule) refusal {
		return refusal{"import: " + name, broken, func(stack awscdk.Stack) { importApi(stack, edit) }}
	}
	return []refusal{
		{"import: nothing given", []rules.Rule{rules.Required, rules.Required}, func(stack awscdk.Stack) { routedapi.Api_FromAttributes(stack, jsii.String("PricingApi"), nil) }},
		bad("the name of an internet-facing ALB", func(a *A) { a.LoadBalancerDnsName = jsii.String("pricing-0123456789.eu-west-1.elb.amazonaws.com") }, rules.RoutedInternal),
		bad("a name that is none", func(a *A) { a.DomainNames = jsii.Strings("Pricing") }, rules.DomainNameForm),
		bad("a port and ports", func(a *A) { a.Port, a.Ports = jsii.Number(443), &[]*float64{jsii.Number(80)} }, rules.Contradiction),
		bad("an IPv6 block", func(a *A) { a.CidrBlocks = jsii.Strings("2001:db8::/64") }, rules.RoutedBlockForm),
		bad("a security group by name", func(a *A) { a.SecurityGroupId = jsii.String("pricing-alb") }, rules.RoutedClientForm),
		bad("an account and a Region that are none", func(a *A) { a.Account, a.Region = jsii.String("pricing"), jsii.String("Ireland") }, rules.RoutedClientForm, rules.RegionForm),
	}
}

func consumerRefusals() []refusal {
	bad := func(name string, build func(awscdk.Stack), broken ...rules.Rule) refusal {
		return refusal{"consumer: " + name, broken, build}
	}
	return []refusal{
		bad("of another VPC", func(stack awscdk.Stack) { consume(stack, newApi(stack)) }, rules.RoutedVpc),
		bad("of an import whose VPC is not known", func(stack awscdk.Stack) { consume(stack, importApi(stack, func(a *A) { a.VpcId = nil })) }, rules.RoutedVpc),
		bad("over nil", func(stack awscdk.Stack) { consume(stack, newApi(stack).Over(nil)) }, rules.Required),
		bad("over a network that reports", func(stack awscdk.Stack) {
			consume(stack, newApi(stack).Over(&closedNetwork{newNetwork(stack, both)}))
		}, rules.RouteOwner),
		bad("without blocks, over a gateway", func(stack awscdk.Stack) {
			api := importApi(stack, func(a *A) { a.CidrBlocks = nil })
			consume(stack, api.Over(newNetwork(stack, routedapi.SecurityGroupReferences_INBOUND)))
		}, rules.RoutedBlocks),
		bad("without blocks, of another account", func(stack awscdk.Stack) {
			api := importApi(stack, func(a *A) { a.CidrBlocks, a.Account = nil, jsii.String(cdktest.OtherAccount) })
			consume(stack, api.Over(newNetwork(stack, both)))
		}, rules.RoutedBlocks),
		bad("with an endpoint's subnets", func(stack awscdk.Stack) {
			consume(stack, newApi(stack).Over(newNetwork(stack, both)), func(p *C) { p.Subnets = &awsec2.SubnetSelection{} })
		}, rules.Contradiction),
		bad("with private DNS", func(stack awscdk.Stack) {
			consume(stack, newApi(stack).Over(newNetwork(stack, both)), func(p *C) { p.DnsMode = privateapi.DnsMode_PRIVATE_DNS })
		}, rules.PrivateDnsMissing),
		bad("of another stage", func(stack awscdk.Stack) {
			stage := awscdk.NewStage(awscdk.App_Of(stack), jsii.String("Stage"), nil)
			api := newApi(awscdk.NewStack(stage, jsii.String("Provider"), &awscdk.StackProps{Env: &awscdk.Environment{Account: stack.Account(), Region: stack.Region()}}))
			consume(stack, api.Over(newNetwork(stack, both)))
		}, rules.CrossStage),
		bad("that moves within one network", func(stack awscdk.Stack) {
			api, n := newApi(stack), newNetwork(stack, both)
			consume(stack, api.Over(n), func(p *C) { p.Previous = api.Over(n) })
		}, rules.PreviousService),
	}
}

func accessRefusals() []refusal {
	type props = routedapi.ClientAccessProps
	bad := func(name string, edit func(awscdk.Stack, *props), broken ...rules.Rule) refusal {
		return refusal{"client access: " + name, broken, func(stack awscdk.Stack) {
			p := &props{Api: newApi(stack), SecurityGroups: &[]*routedapi.ClientSecurityGroup{group(groupID)}}
			edit(stack, p)
			routedapi.NewClientAccess(stack, jsii.String("Access"), p)
		}}
	}
	return []refusal{
		{"client access: nothing given", []rules.Rule{rules.Required}, func(stack awscdk.Stack) { routedapi.NewClientAccess(stack, jsii.String("Access"), nil) }},
		bad("no clients", func(_ awscdk.Stack, p *props) { p.SecurityGroups = nil }, rules.Required),
		bad("every address", func(_ awscdk.Stack, p *props) { p.CidrBlocks = jsii.Strings("0.0.0.0/0") }, rules.RoutedEveryone),
		bad("an API without a known security group", func(stack awscdk.Stack, p *props) {
			p.Api = importApi(stack, func(a *A) { a.SecurityGroupId = nil })
		}, rules.Required),
		bad("an API of another account and Region", func(stack awscdk.Stack, p *props) {
			p.Api = importApi(stack, func(a *A) { a.Account, a.Region = jsii.String(cdktest.OtherAccount), jsii.String("us-east-1") })
		}, rules.RoutedOwner, rules.RoutedOwner),
		bad("a client that is let in already", func(stack awscdk.Stack, p *props) {
			routedapi.NewClientAccess(stack, jsii.String("First"), &props{Api: p.Api, SecurityGroups: p.SecurityGroups})
		}, rules.RoutedClientTwice),
		bad("a security group over a network between Regions", func(stack awscdk.Stack, p *props) {
			p.Network = newNetwork(stack, routedapi.SecurityGroupReferences_NONE)
		}, rules.RoutedReferences),
	}
}

// closedNetwork is a network that reports a problem.
type closedNetwork struct{ *network }

func (n *closedNetwork) PlanRouting(options *routedapi.RoutingOptions) *routedapi.RoutingPlan {
	options.Report.Add(rules.RouteOwner, "Service", "has the block 10.1.0.0/16, to which another network routes already")
	return nil
}

// elsewhere are rules that other tests of this package, or of the packages of networks, show to be enforced.
var elsewhere = []rules.Rule{rules.RoutedClients}

func TestRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	var cases []cdktest.Refusal
	for _, tc := range slices.Concat(apiRefusals(), listenerRefusals(), importRefusals(), consumerRefusals(), accessRefusals()) {
		cases = append(cases, cdktest.Refusal{Name: tc.name, Broken: tc.broken, Prepare: func(t *testing.T) func() {
			stack := cdktest.Stack(t)
			return func() { tc.build(stack) }
		}})
	}
	cdktest.Refusals(t, cases, rules.Routed(), elsewhere...)
}
