package publicapi_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// M are the properties of a migration.
type M = publicapi.MigrationProps

// allPhases are the phases in their order.
var allPhases = []publicapi.Phase{
	publicapi.Phase_STATUS_QUO, publicapi.Phase_ATTACH, publicapi.Phase_DUAL_RUN,
	publicapi.Phase_WATCH, publicapi.Phase_CLOSE, publicapi.Phase_INTERNAL,
}

// migrationVpc is a VPC of which the blocks of subnets are known.
func migrationVpc(scope constructs.Construct) awsec2.IVpc {
	return awsec2.Vpc_FromVpcAttributes(scope, jsii.String("ApiVpc"), &awsec2.VpcAttributes{
		VpcId: jsii.String("vpc-0123456789abcdef0"), VpcCidrBlock: jsii.String("10.1.0.0/16"),
		AvailabilityZones:           jsii.Strings("eu-west-1a", "eu-west-1b"),
		PublicSubnetIds:             jsii.Strings("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
		PublicSubnetRouteTableIds:   jsii.Strings("rtb-0123456789abcdef0", "rtb-0123456789abcdef1"),
		PrivateSubnetIds:            jsii.Strings("subnet-0123456789abcdef2", "subnet-0123456789abcdef3"),
		PrivateSubnetRouteTableIds:  jsii.Strings("rtb-0123456789abcdef2", "rtb-0123456789abcdef3"),
		PrivateSubnetIpv4CidrBlocks: jsii.Strings("10.1.2.0/24", "10.1.3.0/24"),
	})
}

// migrationProps are the properties of the API from its first to its last phase.
func migrationProps(scope constructs.Construct) *M {
	vpc := migrationVpc(scope)
	return &M{
		PublicApi: &P{
			Vpc: vpc, DomainNames: jsii.Strings(domain), Certificates: certificates(), HostedZone: zone(scope),
			AllowedClients: clients(allowed("Checkout", "203.0.113.7/32"), allowed("Partner-1", "198.51.100.0/24")),
		},
		Provider: &privateapi.PrivateApiProviderProps{
			Vpc: vpc, DomainNames: jsii.Strings(domain), Certificates: certificates(), AllowedAccounts: jsii.Strings(cdktest.OtherAccount),
		},
	}
}

// newMigration defines a phase of the migration, and edits.
func newMigration(stack awscdk.Stack, phase publicapi.Phase, edit ...func(*M)) publicapi.Migration {
	p := migrationProps(stack)
	p.Phase = phase
	for _, e := range edit {
		if e != nil {
			e(p)
		}
	}
	return publicapi.NewMigration(stack, jsii.String("Migration"), p)
}

// quotes is the route that each ALB of a migration has.
func quotes() *privateapi.RouteOptions {
	return &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Targets: addresses("10.1.2.5")}
}

func addresses(list ...string) *[]elbv2.IApplicationLoadBalancerTarget {
	targets := []elbv2.IApplicationLoadBalancerTarget{}
	for _, address := range list {
		targets = append(targets, awselasticloadbalancingv2targets.NewIpTarget(jsii.String(address), nil, nil))
	}
	return &targets
}

// phaseTemplate is the template of a phase with a route.
func phaseTemplate(t *testing.T, phase publicapi.Phase, edit ...func(*M)) cdktest.Template {
	t.Helper()
	stack := cdktest.Stack(t)
	newMigration(stack, phase, edit...).AddRoute(jsii.String("Quotes"), quotes())
	return cdktest.SynthTemplate(t, stack)
}

// withListener migrates an ALB that something else in the app defines.
func withListener(p *M) {
	stack := p.PublicApi.Vpc.Stack()
	loadBalancer := elbv2.NewApplicationLoadBalancer(stack, jsii.String("Existing"), &elbv2.ApplicationLoadBalancerProps{Vpc: p.PublicApi.Vpc, InternetFacing: jsii.Bool(true)})
	withListenerOf(p, loadBalancer)
}

func withListenerOf(p *M, loadBalancer elbv2.ApplicationLoadBalancer) {
	p.PublicApi = nil
	p.Listener = loadBalancer.AddListener(jsii.String("Https"), &elbv2.BaseApplicationListenerProps{
		Port: jsii.Number(443), Certificates: certificates(), Open: jsii.Bool(false), DefaultAction: elbv2.ListenerAction_FixedResponse(jsii.Number(404), nil),
	})
	p.Provider.HealthCheck = &elbv2.HealthCheck{Path: jsii.String("/up")}
}
