package publicapi_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscertificatemanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// badMigration is a refusal of a phase, and edits.
func badMigration(name string, phase publicapi.Phase, edit func(awscdk.Stack, *M), broken ...rules.Rule) cdktest.Refusal {
	return cdktest.Refusal{Name: name, Broken: broken, Prepare: func(t *testing.T) func() {
		stack := cdktest.Stack(t)
		return func() { newMigration(stack, phase, func(p *M) { edit(stack, p) }) }
	}}
}

func phaseRefusals() []cdktest.Refusal {
	return []cdktest.Refusal{
		{Name: "phase: nothing given", Broken: []rules.Rule{rules.Required, rules.Required}, Prepare: func(t *testing.T) func() {
			stack := cdktest.Stack(t)
			return func() { publicapi.NewMigration(stack, jsii.String("Migration"), nil) }
		}},
		badMigration("phase: none", "", func(awscdk.Stack, *M) {}, rules.Required),
		badMigration("phase: in lower case", "dual_run", func(awscdk.Stack, *M) {}, rules.KnownValue),
		badMigration("phase: skipped", publicapi.Phase_CLOSE, func(_ awscdk.Stack, p *M) { p.DeployedPhase = publicapi.Phase_ATTACH }, rules.MigrationPhase),
		badMigration("phase: turned back too far", publicapi.Phase_DUAL_RUN, func(_ awscdk.Stack, p *M) { p.DeployedPhase = publicapi.Phase_INTERNAL }, rules.MigrationPhase),
		badMigration("phase: an unknown one is deployed", publicapi.Phase_ATTACH, func(_ awscdk.Stack, p *M) { p.DeployedPhase = "BEGIN" }, rules.KnownValue),
		badMigration("phase: begins in the middle", publicapi.Phase_WATCH, func(_ awscdk.Stack, p *M) { p.Begin = jsii.Bool(true) }, rules.MigrationBegin),
		badMigration("phase: begins again", publicapi.Phase_STATUS_QUO, func(_ awscdk.Stack, p *M) {
			p.Begin, p.DeployedPhase = jsii.Bool(true), publicapi.Phase_ATTACH
		}, rules.MigrationBegin),
		badMigration("parameter: with spaces", publicapi.Phase_STATUS_QUO, func(_ awscdk.Stack, p *M) { p.PhaseParameterName = jsii.String("the phase") }, rules.MigrationParameter),
		badMigration("parameter: of a hierarchy without its slash", publicapi.Phase_STATUS_QUO, func(_ awscdk.Stack, p *M) { p.PhaseParameterName = jsii.String("pricing/phase") }, rules.MigrationParameter),
		badMigration("parameter: of AWS", publicapi.Phase_STATUS_QUO, func(_ awscdk.Stack, p *M) { p.PhaseParameterName = jsii.String("/aws/phase") }, rules.MigrationParameter),
		badMigration("parameter: too deep", publicapi.Phase_STATUS_QUO, func(_ awscdk.Stack, p *M) {
			p.PhaseParameterName = jsii.String(strings.Repeat("/a", rules.MaxParameterLevels+1))
		}, rules.MigrationParameter),
		badMigration("parameter: too long", publicapi.Phase_STATUS_QUO, func(_ awscdk.Stack, p *M) {
			p.PhaseParameterName = jsii.String(strings.Repeat("a", rules.MaxParameterName+1))
		}, rules.MigrationParameter),
		badMigration("parameter: a token", publicapi.Phase_STATUS_QUO, func(_ awscdk.Stack, p *M) { p.PhaseParameterName = awscdk.Aws_STACK_NAME() }, rules.MigrationParameter),
		{Name: "parameter: none in a nested stack", Broken: []rules.Rule{rules.MigrationParameter}, Prepare: func(t *testing.T) func() {
			nested := awscdk.NewNestedStack(cdktest.Stack(t), jsii.String("Nested"), nil)
			return func() { newMigration(nested, publicapi.Phase_STATUS_QUO) }
		}},
	}
}

func sourceRefusals() []cdktest.Refusal {
	return []cdktest.Refusal{
		badMigration("source: none", publicapi.Phase_ATTACH, func(_ awscdk.Stack, p *M) { p.PublicApi = nil; healthPath(p) }, rules.Required),
		badMigration("source: two", publicapi.Phase_ATTACH, func(_ awscdk.Stack, p *M) {
			api := p.PublicApi
			withListener(p)
			p.PublicApi = api
		}, rules.Contradiction),
		badMigration("source: properties of a listener without it", publicapi.Phase_ATTACH, func(_ awscdk.Stack, p *M) {
			p.ListenerPort, p.ListenerProtocol = jsii.Number(443), elbv2.ApplicationProtocol_HTTP
		}, rules.Contradiction, rules.Contradiction),
		badMigration("source: the ID of an API that it has not", publicapi.Phase_ATTACH, func(_ awscdk.Stack, p *M) {
			withListener(p)
			p.PublicApiId = jsii.String("Pricing")
		}, rules.Contradiction),
		badMigration("source: an ALB whose scheme was flipped in place", publicapi.Phase_WATCH, func(stack awscdk.Stack, p *M) {
			withListenerOf(p, elbv2.NewApplicationLoadBalancer(stack, jsii.String("Existing"), &elbv2.ApplicationLoadBalancerProps{Vpc: p.PublicApi.Vpc}))
		}, rules.PublicScheme),
		badMigration("source: an imported listener of which nothing is known", publicapi.Phase_ATTACH, func(_ awscdk.Stack, p *M) {
			withImportedListener(p)
			p.ListenerLoadBalancer, p.ListenerPort, p.Provider.HealthCheck = nil, nil, nil
		}, rules.Required, rules.Required, rules.HealthCheck),
		badMigration("source: the API is defined beside the migration too", publicapi.Phase_STATUS_QUO, func(stack awscdk.Stack, p *M) {
			publicapi.NewApi(stack, jsii.String("PublicApi"), p.PublicApi)
		}, rules.Contradiction),
		badMigration("source: blocks of the NLB, which the migration knows", publicapi.Phase_ATTACH, func(_ awscdk.Stack, p *M) {
			p.PublicApi.PrivateLinkCidrBlocks = jsii.Strings("10.1.2.0/24")
		}, rules.Contradiction),
		badMigration("source: two parts of one ID", publicapi.Phase_ATTACH, func(_ awscdk.Stack, p *M) { p.ProviderId = jsii.String("PublicApi") }, rules.Contradiction),
		badMigration("source: what is wrong with the API", publicapi.Phase_STATUS_QUO, func(_ awscdk.Stack, p *M) {
			p.PublicApi.AllowedClients, p.PublicApi.Port = nil, jsii.Number(0)
		}, rules.PortRange, rules.PublicClients),
		badMigration("source: a private hosted zone", publicapi.Phase_DUAL_RUN, func(stack awscdk.Stack, p *M) {
			p.PublicApi.HostedZone = awsroute53.NewPrivateHostedZone(stack, jsii.String("Private"), &awsroute53.PrivateHostedZoneProps{
				ZoneName: jsii.String("company.com"), Vpc: p.PublicApi.Vpc,
			})
		}, rules.PublicZone),
	}
}

// healthPath is what an existing listener needs.
func healthPath(p *M) { p.Provider.HealthCheck = &elbv2.HealthCheck{Path: jsii.String("/up")} }

func providerRefusals() []cdktest.Refusal {
	ownCertificate := func(stack awscdk.Stack, name string) *[]elbv2.IListenerCertificate {
		certificate := awscertificatemanager.NewCertificate(stack, jsii.String("Certificate"), &awscertificatemanager.CertificateProps{DomainName: &name})
		return &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromCertificateManager(certificate)}
	}
	return []cdktest.Refusal{
		badMigration("provider: none", publicapi.Phase_ATTACH, func(_ awscdk.Stack, p *M) { p.Provider = nil }, rules.Required),
		badMigration("provider: what is wrong with it in the end is wrong from the beginning", publicapi.Phase_STATUS_QUO, func(_ awscdk.Stack, p *M) {
			p.Provider.Certificates, p.Provider.AllowedAccounts = nil, jsii.Strings("1111")
		}, rules.PrincipalForm, rules.CertificateRequired),
		badMigration("provider: a listener of its own", publicapi.Phase_WATCH, func(_ awscdk.Stack, p *M) {
			api := p.PublicApi
			withListener(p)
			p.Provider.Listener, p.Provider.StandbyAlb, p.Listener, p.PublicApi = p.Listener, privateapi.StandbyAlb_BUILT, nil, api
		}, rules.Contradiction, rules.Contradiction),
		badMigration("provider: other names", publicapi.Phase_ATTACH, func(_ awscdk.Stack, p *M) {
			p.PublicApi.HostedZone, p.PublicApi.DomainNames = nil, jsii.Strings("b.company.com", "a.company.com")
			p.Provider.DomainNames = jsii.Strings("a.company.com")
		}, rules.MigrationNames),
		badMigration("provider: no names", publicapi.Phase_STATUS_QUO, func(_ awscdk.Stack, p *M) { p.Provider.DomainNames = nil }, rules.MigrationNames),
		badMigration("provider: a certificate of other names", publicapi.Phase_ATTACH, func(stack awscdk.Stack, p *M) {
			p.Provider.Certificates = ownCertificate(stack, "private.company.com")
		}, rules.CertificateNames),
		badMigration("provider: another VPC", publicapi.Phase_ATTACH, func(stack awscdk.Stack, p *M) {
			p.Provider.Vpc = awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Other"), &awsec2.VpcAttributes{
				VpcId: jsii.String("vpc-0fedcba9876543210"), AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"),
				PrivateSubnetIds: jsii.Strings("subnet-0fedcba9876543210", "subnet-0fedcba9876543211"), PrivateSubnetIpv4CidrBlocks: jsii.Strings("10.2.0.0/24", "10.2.1.0/24"),
			})
		}, rules.LoadBalancerVpc),
		badMigration("provider: subnets of unknown blocks", publicapi.Phase_ATTACH, func(stack awscdk.Stack, p *M) {
			nested := awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Imports"), nil)
			p.PublicApi.Vpc = apiVpc(nested)
			p.Provider.Vpc = p.PublicApi.Vpc
		}, rules.MigrationNetworkBlocks),
		badMigration("provider: the port of the API for the ALB that stands by", publicapi.Phase_STATUS_QUO, func(_ awscdk.Stack, p *M) { p.StandbyPort = jsii.Number(443) }, rules.ListenerPort),
		badMigration("provider: a port that is none for the ALB that stands by", publicapi.Phase_WATCH, func(_ awscdk.Stack, p *M) { p.StandbyPort = jsii.Number(0) }, rules.PortRange),
		badMigration("provider: health checks where clients need a certificate", publicapi.Phase_ATTACH, func(stack awscdk.Stack, p *M) {
			p.PublicApi.MutualAuthentication = &elbv2.MutualAuthentication{
				MutualAuthenticationMode: elbv2.MutualAuthenticationMode_VERIFY,
				TrustStore: elbv2.TrustStore_FromTrustStoreArn(stack, jsii.String("TrustStore"),
					jsii.String("arn:aws:elasticloadbalancing:eu-west-1:222222222222:truststore/clients/0123456789abcdef")),
			}
		}, rules.HealthCheck),
		badMigration("provider: a health check that is wrong for both ALBs is wrong once", publicapi.Phase_WATCH, func(_ awscdk.Stack, p *M) {
			p.Provider.HealthCheck = &elbv2.HealthCheck{Path: jsii.String("up")}
		}, rules.HealthCheck),
		{Name: "route: the priority of the rule that will answer health checks", Broken: []rules.Rule{rules.RoutePriority}, Prepare: func(t *testing.T) func() {
			m := newMigration(cdktest.Stack(t), publicapi.Phase_STATUS_QUO)
			return func() {
				m.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{Priority: jsii.Number(1), Targets: addresses("10.1.2.5")})
			}
		}},
		badMigration("provider: an existing listener without a path of health checks, before it is needed", publicapi.Phase_STATUS_QUO, func(_ awscdk.Stack, p *M) {
			withListener(p)
			p.Provider.HealthCheck = nil
		}, rules.HealthCheck),
		badMigration("provider: ports of both ALBs", publicapi.Phase_ATTACH, func(_ awscdk.Stack, p *M) {
			withImportedListener(p)
			p.ListenerPort, p.Provider.ListenerPort, p.StandbyPort = jsii.Number(0), jsii.Number(65536), jsii.Number(443)
		}, rules.PortRange, rules.ListenerPort, rules.PortRange),
		{Name: "route: target groups that exist", Broken: []rules.Rule{rules.TargetGroupLoadBalancer}, Prepare: func(t *testing.T) func() {
			stack := cdktest.Stack(t)
			m := newMigration(stack, publicapi.Phase_STATUS_QUO)
			group := elbv2.ApplicationTargetGroup_FromTargetGroupAttributes(stack, jsii.String("Group"), &elbv2.TargetGroupAttributes{
				TargetGroupArn: jsii.String("arn:aws:elasticloadbalancing:eu-west-1:222222222222:targetgroup/quotes/0123456789abcdef"),
			})
			return func() {
				m.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{TargetGroups: &[]*elbv2.WeightedTargetGroup{{TargetGroup: group}}})
			}
		}},
	}
}

func TestMigrationRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	var cases []cdktest.Refusal
	for _, list := range [][]cdktest.Refusal{phaseRefusals(), sourceRefusals(), providerRefusals()} {
		cases = append(cases, list...)
	}
	cdktest.RefusalsIn(t, "migration-refusals.txt", cases, rules.Migration())
}

// A refused migration leaves nothing in the tree, not even the part that is right.
func TestRefusedMigrationDefinesNothing(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	p := migrationProps(stack)
	p.Phase, p.Provider.Certificates = publicapi.Phase_WATCH, nil
	before := len(*stack.Node().Children())
	cdktest.Panic(t, func() { publicapi.NewMigration(stack, jsii.String("Migration"), p) })
	if after := len(*stack.Node().Children()); after != before {
		t.Errorf("%d children, want %d", after, before)
	}
}

// Whoever passes tokens is not refused for what only the deployment knows.
func TestMigrationTokensPass(t *testing.T) {
	defer cdktest.Recover(t)
	for name, edit := range map[string]func(awscdk.Stack, *M){
		"names": func(stack awscdk.Stack, p *M) {
			name := awscdk.NewCfnParameter(stack, jsii.String("Name"), nil).ValueAsString()
			p.PublicApi.DomainNames, p.PublicApi.HostedZone = &[]*string{name}, nil
		},
		"ports": func(stack awscdk.Stack, p *M) {
			number := func(id string) *float64 {
				return awscdk.NewCfnParameter(stack, &id, &awscdk.CfnParameterProps{Type: jsii.String("Number")}).ValueAsNumber()
			}
			p.StandbyPort, p.Provider.Port, p.Provider.ListenerPort = number("StandbyPort"), number("Port"), number("ListenerPort")
		},
		"a VPC that is still to be looked up": func(stack awscdk.Stack, p *M) {
			vpc := awsec2.Vpc_FromLookup(stack, jsii.String("LookedUp"), &awsec2.VpcLookupOptions{VpcId: jsii.String("vpc-0123456789abcdef0")})
			p.PublicApi.Vpc, p.Provider.Vpc = vpc, vpc
		},
		"the scheme of the ALB": func(stack awscdk.Stack, p *M) {
			balancer := elbv2.NewApplicationLoadBalancer(stack, jsii.String("Existing"), &elbv2.ApplicationLoadBalancerProps{Vpc: p.PublicApi.Vpc})
			var resource elbv2.CfnLoadBalancer
			jsii.UnsafeCast(balancer.Node().DefaultChild(), &resource)
			resource.SetScheme(awscdk.NewCfnParameter(stack, jsii.String("Scheme"), nil).ValueAsString())
			withListenerOf(p, balancer)
		},
		"a VPC of this app, whose blocks only the deployment knows": func(stack awscdk.Stack, p *M) {
			vpc := awsec2.NewVpc(stack, jsii.String("Own"), &awsec2.VpcProps{IpAddresses: awsec2.IpAddresses_AwsIpamAllocation(&awsec2.AwsIpamProps{
				Ipv4IpamPoolId: jsii.String("ipam-pool-0123456789abcdef0"), Ipv4NetmaskLength: jsii.Number(16), DefaultSubnetIpv4NetmaskLength: jsii.Number(24),
			})})
			p.PublicApi.Vpc, p.Provider.Vpc = vpc, vpc
		},
	} {
		for _, phase := range []publicapi.Phase{publicapi.Phase_ATTACH, publicapi.Phase_CLOSE} {
			cdktest.Run(t, name+" in "+string(phase), func(t *testing.T) {
				stack := cdktest.Stack(t)
				cdktest.Check(t, func() { newMigration(stack, phase, func(p *M) { edit(stack, p) }) })
				cdktest.SynthTemplate(t, stack)
			})
		}
	}
}
