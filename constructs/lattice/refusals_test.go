package lattice_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// refusal is something that a constructor or a method refuses, by these rules in this order.
type refusal struct {
	name  string
	build func(awscdk.Stack)
	rules []rules.Rule
}

func badApi(name string, edit func(awscdk.Stack, *P), broken ...rules.Rule) refusal {
	return refusal{name, func(stack awscdk.Stack) { newApi(stack, func(p *P) { edit(stack, p) }) }, broken}
}

func apiRefusals() []refusal {
	return []refusal{
		badApi("api: nothing", func(_ awscdk.Stack, p *P) { *p = P{} }, rules.Required),
		badApi("api: a prefix list that is none", func(stack awscdk.Stack, p *P) {
			p.PrefixList = awsec2.PrefixList_FromPrefixListId(stack, jsii.String("Other"), jsii.String("com.amazonaws.eu-west-1.vpc-lattice"))
		}, rules.LatticePrefixList),
		badApi("api: a domain name without a certificate", func(_ awscdk.Stack, p *P) { p.Certificate = nil }, rules.LatticeCertificate),
		badApi("api: a certificate of another Region", func(_ awscdk.Stack, p *P) {
			p.Certificate = certificate(strings.Replace(certificateArn, "eu-west-1", "us-east-1", 1))
		}, rules.LatticeCertificate),
		badApi("api: a certificate of IAM", func(_ awscdk.Stack, p *P) {
			p.Certificate = certificate("arn:aws:iam::222222222222:server-certificate/api")
		}, rules.LatticeCertificate),
		badApi("api: a certificate without a domain name", func(_ awscdk.Stack, p *P) { p.DomainName = nil }, rules.Contradiction),
		badApi("api: a certificate for HTTP", func(_ awscdk.Stack, p *P) { p.Protocol = lattice.ListenerProtocol_HTTP }, rules.Contradiction),
		badApi("api: a wildcard", func(_ awscdk.Stack, p *P) { p.DomainName = jsii.String("*.company.com") }, rules.LatticeDomain),
		badApi("api: a malformed domain name", func(_ awscdk.Stack, p *P) { p.DomainName = jsii.String("Pricing") }, rules.DomainNameForm),
		badApi("api: WebSockets for an hour", func(_ awscdk.Stack, p *P) { p.IdleTimeout = awscdk.Duration_Hours(jsii.Number(1)) }, rules.LatticeIdleTimeout),
		badApi("api: a protocol that is none", func(_ awscdk.Stack, p *P) { p.Protocol, p.Certificate, p.DomainName, p.Target = "QUIC", nil, nil, nil }, rules.KnownValue),
		badApi("api: port 0", func(_ awscdk.Stack, p *P) { p.Port = jsii.Number(0) }, rules.PortRange),
		badApi("api: a fixed response of 403", func(_ awscdk.Stack, p *P) { p.Target, p.DefaultResponse = nil, jsii.Number(403) }, rules.LatticeFixedResponse),
		badApi("api: a target and a fixed response", func(_ awscdk.Stack, p *P) { p.DefaultResponse = jsii.Number(404) }, rules.Contradiction),
		badApi("passthrough: without a domain name", func(_ awscdk.Stack, p *P) { toPassthrough(p); p.DomainName = nil }, rules.LatticePassthrough),
		badApi("passthrough: a fixed response", func(_ awscdk.Stack, p *P) { toPassthrough(p); p.Target = nil }, rules.LatticePassthrough),
		badApi("passthrough: callers that sign", func(_ awscdk.Stack, p *P) {
			toPassthrough(p)
			p.AllowedPrincipals = &[]awsiam.IPrincipal{account(cdktest.OtherAccount)}
		}, rules.LatticePassthrough),
		badApi("passthrough: targets of HTTP", func(stack awscdk.Stack, p *P) {
			toPassthrough(p)
			p.Target = addresses(stack, "Http", func(o *lattice.IpTargetOptions) { o.Protocol = lattice.TargetProtocol_HTTP })
		}, rules.LatticeTargetProtocol),
		badApi("passthrough: a function", func(_ awscdk.Stack, p *P) {
			toPassthrough(p)
			p.Target = lattice.Target_FromFunctionArn(jsii.String(functionArn))
		}, rules.LatticePassthrough),
		{"passthrough: a route", func(stack awscdk.Stack) {
			newApi(stack, toPassthrough).AddRoute(jsii.String("Quotes"), &R{PathPrefix: jsii.String("/v1"), FixedResponse: jsii.Number(404)})
		}, []rules.Rule{rules.LatticePassthrough}},
		{"passthrough: a grant", func(stack awscdk.Stack) {
			newApi(stack, toPassthrough).GrantInvoke(newRole(stack, "Caller", ""))
		}, []rules.Rule{rules.LatticePassthrough}},
		{"passthrough: a grant under AllowAnyCaller", func(stack awscdk.Stack) {
			newApi(stack, toPassthrough, func(p *P) { p.AllowedVpcAccounts, p.AllowAnyCaller = nil, jsii.Bool(true) }).GrantInvoke(newRole(stack, "Caller", ""))
		}, []rules.Rule{rules.LatticePassthrough}},
		badApi("api: a log destination that is none", func(_ awscdk.Stack, p *P) { p.LogDestinations = jsii.Strings("pricing-logs") }, rules.LatticeLogs),
		badApi("api: two buckets for logs", func(_ awscdk.Stack, p *P) {
			p.LogDestinations = jsii.Strings("arn:aws:s3:::a-logs", "arn:aws:s3:::b-logs")
		}, rules.LatticeLogs),
	}
}

func consentRefusals() []refusal {
	return []refusal{
		badApi("share: a role", func(_ awscdk.Stack, p *P) { p.ShareWith = jsii.Strings("arn:aws:iam::111111111111:role/checkout") }, rules.LatticeShare),
		badApi("share: an account twice", func(_ awscdk.Stack, p *P) { p.ShareWith = jsii.Strings(cdktest.OtherAccount, cdktest.OtherAccount) }, rules.ShareTwice),
		badApi("share: external principals of nobody", func(_ awscdk.Stack, p *P) { p.ShareWith, p.AllowExternalPrincipals = nil, jsii.Bool(true) }, rules.Contradiction),
		badApi("callers: any and none", func(_ awscdk.Stack, p *P) {
			p.AllowedPrincipals, p.AllowAnyCaller, p.AllowNoCallers = nil, jsii.Bool(true), jsii.Bool(true)
		}, rules.LatticeAuth),
		badApi("callers: a policy without AWS_IAM", func(_ awscdk.Stack, p *P) { p.AllowAnyCaller = jsii.Bool(true) }, rules.LatticeAuth),
		badApi("callers: every principal", func(_ awscdk.Stack, p *P) { p.AllowedPrincipals = &[]awsiam.IPrincipal{awsiam.NewAnyPrincipal()} }, rules.LatticePrincipal),
		badApi("callers: every principal, with a condition that everybody meets", func(_ awscdk.Stack, p *P) {
			p.AllowedPrincipals = &[]awsiam.IPrincipal{awsiam.NewPrincipalWithConditions(awsiam.NewAnyPrincipal(), &map[string]any{
				"StringEquals": map[string]any{"vpc-lattice-svcs:RequestMethod": "GET"},
			})}
		}, rules.LatticePrincipal),
		badApi("callers: an AWS service", func(_ awscdk.Stack, p *P) {
			p.AllowedPrincipals = &[]awsiam.IPrincipal{awsiam.NewServicePrincipal(jsii.String("ecs.amazonaws.com"), nil)}
		}, rules.LatticePrincipal),
		badApi("callers: a short account", func(_ awscdk.Stack, p *P) {
			p.AllowedPrincipals, p.AllowedVpcAccounts = &[]awsiam.IPrincipal{account("11")}, jsii.Strings("11")
		}, rules.LatticePrincipal, rules.LatticePrincipal),
		badApi("callers: nil", func(_ awscdk.Stack, p *P) {
			p.AllowedPrincipals, p.AllowedVpcs = &[]awsiam.IPrincipal{nil}, &[]awsec2.IVpc{nil}
		}, rules.Required, rules.Required),
		badApi("callers: more than an auth policy holds", func(_ awscdk.Stack, p *P) {
			p.AllowedPrincipals = &[]awsiam.IPrincipal{}
			for i := range 200 {
				*p.AllowedPrincipals = append(*p.AllowedPrincipals, role(fmt.Sprintf("arn:aws:iam::111111111111:role/checkout-of-region-%d-%s", i, strings.Repeat("a", 10))))
			}
		}, rules.LatticeAuthPolicySize),
		{"callers: one more under AllowAnyCaller", func(stack awscdk.Stack) {
			newApi(stack, anyCaller).AllowVpcAccount(jsii.String(cdktest.OtherAccount))
		}, []rules.Rule{rules.LatticeAuth}},
		{"callers: a VPC of another account", func(stack awscdk.Stack) {
			other := cdktest.StackIn(awscdk.App_Of(stack), "Other", cdktest.OtherAccount)
			newApi(stack).AllowVpc(awsec2.NewVpc(other, jsii.String("Vpc"), nil))
		}, []rules.Rule{rules.LatticePrincipal}},
		{"grant: a role without a name in another stack", func(stack awscdk.Stack) {
			newApi(stack).GrantInvoke(newRole(cdktest.StackIn(awscdk.App_Of(stack), "Other", cdktest.Account), "Caller", ""))
		}, []rules.Rule{rules.LatticeGrant}},
		{"grant: a role with a path that is not known in another stack", func(stack awscdk.Stack) {
			other := cdktest.StackIn(awscdk.App_Of(stack), "Other", cdktest.Account)
			newApi(stack).GrantInvoke(awsiam.NewRole(other, jsii.String("Caller"), &awsiam.RoleProps{
				RoleName: jsii.String("checkout-task"), Path: awscdk.NewCfnParameter(other, jsii.String("Path"), nil).ValueAsString(),
				AssumedBy: awsiam.NewServicePrincipal(jsii.String("ecs-tasks.amazonaws.com"), nil),
			}))
		}, []rules.Rule{rules.LatticeGrant}},
		{"grant: a role without a name in another account", func(stack awscdk.Stack) {
			newApi(stack).GrantInvoke(newRole(cdktest.StackIn(awscdk.App_Of(stack), "Other", cdktest.OtherAccount), "Caller", ""))
		}, []rules.Rule{rules.LatticeGrant}},
	}
}

// albTarget puts an API in front of an ALB that is edited.
func albTarget(name string, edit func(*elbv2.ApplicationLoadBalancerProps, *elbv2.BaseApplicationListenerProps), broken ...rules.Rule) refusal {
	return badApi(name, func(stack awscdk.Stack, p *P) {
		p.Target = lattice.Target_FromListener(newListener(stack, edit), nil)
	}, broken...)
}

func targetRefusals() []refusal {
	type (
		B = elbv2.ApplicationLoadBalancerProps
		L = elbv2.BaseApplicationListenerProps
	)
	return []refusal{
		albTarget("alb: public", func(b *B, _ *L) {
			b.InternetFacing, b.VpcSubnets = jsii.Bool(true), &awsec2.SubnetSelection{Subnets: b.Vpc.PrivateSubnets()}
		}, rules.LatticeAlbTarget),
		albTarget("alb: another certificate", func(_ *B, l *L) { l.Certificates = &[]elbv2.IListenerCertificate{certificate(otherArn)} }, rules.LatticeAlbTarget),
		badApi("alb: HTTPS behind an API without a certificate", func(stack awscdk.Stack, p *P) {
			p.DomainName, p.Certificate, p.Target = nil, nil, lattice.Target_FromListener(newListener(stack), nil)
		}, rules.LatticeAlbTarget),
		badApi("alb: of another account", func(stack awscdk.Stack, p *P) {
			p.Target = lattice.Target_FromListener(newListener(cdktest.StackIn(awscdk.App_Of(stack), "Other", cdktest.OtherAccount)), nil)
		}, rules.LatticeAlbTarget),
		badApi("alb: an import of another account", func(stack awscdk.Stack, p *P) {
			p.Target = importedListener(stack, "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/a/0123456789abcdef", newVpc(stack, "AlbVpc"))
		}, rules.LatticeAlbTarget),
		badApi("alb: an import that knows nothing", func(stack awscdk.Stack, p *P) {
			p.Target = lattice.Target_FromListener(elbv2.ApplicationListener_FromApplicationListenerAttributes(stack, jsii.String("Imported"), &elbv2.ApplicationListenerAttributes{
				ListenerArn:   jsii.String("arn:aws:elasticloadbalancing:eu-west-1:222222222222:listener/app/a/0123456789abcdef/0123456789abcdef"),
				SecurityGroup: awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("ImportedGroup"), jsii.String("sg-0123456789abcdef0"), nil),
			}), nil)
		}, rules.Required),
		{"alb: of three APIs", func(stack awscdk.Stack) {
			listener := newListener(stack)
			for i := range 3 {
				lattice.NewApi(stack, jsii.String(fmt.Sprint("Api", i)), &P{
					DomainName: jsii.String(domain), Certificate: certificate(certificateArn), PrefixList: awsec2.PrefixList_FromPrefixListId(stack, jsii.String(fmt.Sprint("List", i)), jsii.String(prefixListID)),
					Target: lattice.Target_FromListener(listener, nil), AllowAnyCaller: jsii.Bool(true),
				})
			}
		}, []rules.Rule{rules.LatticeAlbQuota}},
		{"alb: twice in one API", func(stack awscdk.Stack) {
			listener := newListener(stack)
			newApi(stack, func(p *P) { p.Target = lattice.Target_FromListener(listener, nil) }).
				AddRoute(jsii.String("Again"), &R{PathPrefix: jsii.String("/v1"), Target: lattice.Target_FromListener(listener, nil)})
		}, []rules.Rule{rules.LatticeAlbQuota}},
		badApi("alb: with a health check", func(stack awscdk.Stack, p *P) {
			p.Target = checkedAlb{lattice.Target_FromListener(newListener(stack), nil)}
		}, rules.LatticeHealthCheck),
		badApi("addresses: without their security groups", func(stack awscdk.Stack, p *P) {
			p.Target = addresses(stack, "Ips", func(o *lattice.IpTargetOptions) { o.Peers = nil })
		}, rules.TargetPeers),
		badApi("addresses: without a VPC", func(stack awscdk.Stack, p *P) {
			p.Target = addresses(stack, "Ips", func(o *lattice.IpTargetOptions) { o.Vpc = nil })
		}, rules.Required),
		badApi("addresses: public", func(_ awscdk.Stack, p *P) {
			p.Target = lattice.Target_FromIpAddresses(jsii.Strings("8.8.8.8", "ten"), &lattice.IpTargetOptions{Vpc: newVpc(p.PrefixList.Stack(), "Ips"), Peers: &[]awsec2.IConnectable{}})
		}, rules.TargetAddress, rules.TargetAddress),
		badApi("addresses: none", func(stack awscdk.Stack, p *P) {
			p.Target = lattice.Target_FromIpAddresses(nil, &lattice.IpTargetOptions{Vpc: newVpc(stack, "Ips"), Peers: &[]awsec2.IConnectable{}})
		}, rules.Required),
		badApi("addresses: too many", func(stack awscdk.Stack, p *P) {
			list := []string{}
			for i := range 101 {
				list = append(list, fmt.Sprint("10.0.1.", i))
			}
			p.Target = lattice.Target_FromIpAddresses(jsii.Strings(list...), &lattice.IpTargetOptions{Vpc: newVpc(stack, "Ips"), Peers: &[]awsec2.IConnectable{}})
		}, rules.LatticeTarget),
		badApi("addresses: TCP behind HTTPS", func(stack awscdk.Stack, p *P) {
			p.Target = addresses(stack, "Ips", func(o *lattice.IpTargetOptions) { o.Protocol = lattice.TargetProtocol_TCP })
		}, rules.LatticeTargetProtocol),
		badApi("addresses: gRPC health checks", func(stack awscdk.Stack, p *P) {
			p.Target = addresses(stack, "Ips", func(o *lattice.IpTargetOptions) {
				o.ProtocolVersion, o.HealthCheck = lattice.ProtocolVersion_GRPC, &lattice.HealthCheck{Interval: awscdk.Duration_Seconds(jsii.Number(4)), Path: jsii.String("up")}
			})
		}, rules.LatticeHealthCheck, rules.LatticeHealthCheck, rules.LatticeHealthCheck),
		badApi("instances: none", func(stack awscdk.Stack, p *P) {
			p.Target = lattice.Target_FromInstances(nil, &lattice.InstanceTargetOptions{Vpc: newVpc(stack, "Fleet")})
		}, rules.Required),
		badApi("function: an ARN that is none", func(_ awscdk.Stack, p *P) { p.Target = lattice.Target_FromFunctionArn(jsii.String("pricing")) }, rules.LatticeTarget),
	}
}

// checkedAlb is a target of another package that plans a health check for an ALB.
type checkedAlb struct{ lattice.ITarget }

func (t checkedAlb) PlanTarget(options *lattice.TargetOptions) *lattice.TargetPlan {
	plan := t.ITarget.PlanTarget(options)
	plan.HealthCheck = &lattice.HealthCheck{}
	return plan
}

// routes adds routes to an API.
func routes(name string, broken []rules.Rule, list ...*R) refusal {
	return refusal{name, func(stack awscdk.Stack) {
		api := newApi(stack)
		for i, options := range list {
			api.AddRoute(jsii.String([]string{"First", "Second"}[i]), options)
		}
	}, broken}
}

func routeRefusals() []refusal {
	gone, v1 := jsii.Number(404), jsii.String("/v1")
	one := func(rule rules.Rule) []rules.Rule { return []rules.Rule{rule} }
	header := func(h *lattice.HeaderMatch) *[]*lattice.HeaderMatch { return &[]*lattice.HeaderMatch{h} }
	return []refusal{
		routes("route: no condition", one(rules.LatticeRoute), &R{FixedResponse: gone}),
		routes("route: a path and a prefix", one(rules.LatticeRoute), &R{Path: v1, PathPrefix: v1, FixedResponse: gone}),
		routes("route: a wildcard", one(rules.LatticeRoute), &R{Path: jsii.String("/v1/*"), FixedResponse: gone}),
		routes("route: a path that is too long", one(rules.LatticeRoute), &R{Path: jsii.String("/" + strings.Repeat("a", 128)), FixedResponse: gone}),
		routes("route: PATCH", one(rules.LatticeMethod), &R{Method: jsii.String("PATCH"), FixedResponse: gone}),
		routes("route: a case without a path", one(rules.Contradiction), &R{Method: jsii.String("GET"), CaseSensitive: jsii.Bool(true), FixedResponse: gone}),
		routes("route: priority 101", one(rules.LatticePriority), &R{Path: v1, Priority: jsii.Number(101), FixedResponse: gone}),
		{"route: a priority of a token", func(stack awscdk.Stack) {
			parameter := awscdk.NewCfnParameter(stack, jsii.String("Priority"), &awscdk.CfnParameterProps{Type: jsii.String("Number")})
			newApi(stack).AddRoute(jsii.String("First"), &R{Path: v1, Priority: parameter.ValueAsNumber(), FixedResponse: gone})
		}, one(rules.LatticePriority)},
		routes("route: a priority twice", one(rules.LatticePriority), &R{Path: v1, Priority: jsii.Number(1), FixedResponse: gone}, &R{Method: jsii.String("GET"), Priority: jsii.Number(1), FixedResponse: gone}),
		routes("route: a response of 403", one(rules.LatticeFixedResponse), &R{Path: v1, FixedResponse: jsii.Number(403)}),
		routes("route: no action", one(rules.Required), &R{Path: v1}),
		routes("route: two actions", one(rules.Contradiction), &R{Path: v1, FixedResponse: gone, Target: lattice.Target_FromFunctionArn(jsii.String(functionArn))}),
		routes("route: the same requests", one(rules.RouteOverlap), &R{PathPrefix: v1, FixedResponse: gone}, &R{Path: jsii.String("/V1/quotes"), FixedResponse: gone}),
		{"route: an id twice", func(stack awscdk.Stack) {
			api := newApi(stack)
			for range 2 {
				api.AddRoute(jsii.String("First"), &R{Path: v1, FixedResponse: gone})
			}
		}, one(rules.Contradiction)},
		{"route: ids with one derived priority", func(stack awscdk.Stack) {
			api, ids := newApi(stack), map[int]string{}
			for i := 0; ; i++ {
				id := fmt.Sprint("Route", i)
				if other := ids[rules.DeriveLatticePriority(id)]; other != "" {
					api.AddRoute(jsii.String(other), &R{Path: jsii.String("/a"), FixedResponse: gone})
					api.AddRoute(jsii.String(id), &R{Path: jsii.String("/b"), FixedResponse: gone})
				}
				ids[rules.DeriveLatticePriority(id)] = id
			}
		}, one(rules.LatticePriority)},
		routes("route: headers", []rules.Rule{rules.Required, rules.LatticeRoute}, &R{Headers: header(&lattice.HeaderMatch{}), FixedResponse: gone}),
		routes("route: a header that is none", []rules.Rule{rules.LatticeRoute, rules.LatticeRoute}, &R{Headers: header(&lattice.HeaderMatch{Name: jsii.String("a:"), Exact: jsii.String("")}), FixedResponse: gone}),
		routes("route: weights", []rules.Rule{rules.LatticeForward, rules.Contradiction, rules.Required, rules.Required}, &R{Path: v1, Targets: &[]*lattice.WeightedTarget{
			{Id: jsii.String("A"), Target: lattice.Target_FromFunctionArn(jsii.String(functionArn)), Weight: jsii.Number(1000)},
			{Id: jsii.String("A"), Target: lattice.Target_FromFunctionArn(jsii.String(functionArn))},
			{Target: lattice.Target_FromFunctionArn(jsii.String(functionArn))},
			nil,
		}}),
	}
}

func anyCaller(p *P) { p.AllowedPrincipals, p.AllowAnyCaller = nil, jsii.Bool(true) }

func newRole(stack awscdk.Stack, id, name string) awsiam.Role {
	props := &awsiam.RoleProps{AssumedBy: awsiam.NewServicePrincipal(jsii.String("ecs-tasks.amazonaws.com"), nil)}
	if name != "" {
		props.RoleName = jsii.String(name)
	}
	return awsiam.NewRole(stack, jsii.String(id), props)
}

// importedListener is a target by a listener that another app defines.
func importedListener(stack awscdk.Stack, arn string, vpc awsec2.IVpc) lattice.ITarget {
	group := awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("ImportedGroup"), jsii.String("sg-0123456789abcdef0"), nil)
	return lattice.Target_FromListener(elbv2.ApplicationListener_FromApplicationListenerAttributes(stack, jsii.String("ImportedListener"), &elbv2.ApplicationListenerAttributes{
		ListenerArn: jsii.String(strings.Replace(arn, "loadbalancer", "listener", 1) + "/0123456789abcdef"), SecurityGroup: group,
	}), &lattice.ListenerTargetOptions{
		Port: jsii.Number(443),
		LoadBalancer: elbv2.ApplicationLoadBalancer_FromApplicationLoadBalancerAttributes(stack, jsii.String("ImportedAlb"), &elbv2.ApplicationLoadBalancerAttributes{
			LoadBalancerArn: jsii.String(arn), SecurityGroupId: jsii.String("sg-0123456789abcdef0"), Vpc: vpc,
		}),
	})
}

// elsewhere are the rules of a consumer and its service network, of ECS services, and those that synthesis checks: their tests are next to them.
var elsewhere = []rules.Rule{
	rules.LatticeArn, rules.LatticeRegion, rules.LatticeServiceNetwork, rules.LatticeAssociation, rules.LatticePortName,
	rules.LatticeCallers, rules.LatticeConsumerShared, rules.LatticeConsumerAllowed,
	rules.LatticeServiceTwice, rules.LatticeBothShared, rules.LatticeEndpointNames,
}

func TestRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	var cases []cdktest.Refusal
	for _, tc := range slices.Concat(apiRefusals(), consentRefusals(), targetRefusals(), routeRefusals()) {
		cases = append(cases, cdktest.Refusal{Name: tc.name, Broken: tc.rules, Prepare: func(t *testing.T) func() {
			stack := cdktest.Stack(t)
			return func() { tc.build(stack) }
		}})
	}
	cdktest.Refusals(t, cases, rules.Lattice(), elsewhere...)
}
