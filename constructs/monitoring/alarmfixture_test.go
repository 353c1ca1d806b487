package monitoring_test

import (
	"fmt"
	"hash/fnv"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	elbtargets "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

type (
	providerAlarms = monitoring.ProviderAlarmsProps
	consumerAlarms = monitoring.ConsumerAlarmsProps
	settings       = map[string]*monitoring.AlarmSettings
)

const (
	typeAlarm     = "AWS::CloudWatch::Alarm"
	typeComposite = "AWS::CloudWatch::CompositeAlarm"

	onCallArn   = "arn:aws:sns:eu-west-1:222222222222:OnCall"
	incidentArn = "arn:aws:ssm-incidents::222222222222:response-plan/Api"
)

// alarmedVpc imports a VPC, so that templates have only our resources.
func alarmedVpc(scope constructs.Construct, id string) awsec2.IVpc {
	h := fnv.New64a()
	_, _ = h.Write([]byte(*scope.Node().Path() + id)) // never fails
	return awsec2.Vpc_FromVpcAttributes(scope, &id, &awsec2.VpcAttributes{
		VpcId: jsii.String(fmt.Sprintf("vpc-%017x", h.Sum64())), VpcCidrBlock: jsii.String("10.1.0.0/16"),
		AvailabilityZones:          jsii.Strings("eu-west-1a", "eu-west-1b"),
		PrivateSubnetIds:           jsii.Strings("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
		PrivateSubnetRouteTableIds: jsii.Strings("rtb-0123456789abcdef0", "rtb-0123456789abcdef1"),
	})
}

func alarmedCertificates() *[]elbv2.IListenerCertificate {
	return &[]elbv2.IListenerCertificate{
		elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef")),
	}
}

// alarmedAPI defines a provider with routes by their IDs.
func alarmedAPI(scope constructs.Construct, routes ...string) privateapi.PrivateApiProvider {
	provider := privateapi.NewPrivateApiProvider(scope, jsii.String("Pricing"), &privateapi.PrivateApiProviderProps{
		Vpc: alarmedVpc(scope, "Vpc"), DomainNames: jsii.Strings("api.pricing.internal.company.com"), Certificates: alarmedCertificates(),
		AllowNoPrincipals: jsii.Bool(true), AcceptanceRequired: jsii.Bool(true),
	})
	for _, id := range routes {
		provider.AddRoute(jsii.String(id), alarmedRoute("/"+id))
	}
	return provider
}

func alarmedRoute(path string) *privateapi.RouteOptions {
	return &privateapi.RouteOptions{
		PathPatterns: jsii.Strings(path), Port: jsii.Number(8080),
		Targets: &[]elbv2.IApplicationLoadBalancerTarget{elbtargets.NewIpTarget(jsii.String("10.1.0.10"), nil, nil)},
	}
}

// alarmedNLB defines a provider with one listener.
func alarmedNLB(scope constructs.Construct) privateapi.PrivateNlbProvider {
	provider := privateapi.NewPrivateNlbProvider(scope, jsii.String("Orders"), &privateapi.PrivateNlbProviderProps{
		Vpc: alarmedVpc(scope, "Vpc"), AllowNoPrincipals: jsii.Bool(true), AcceptanceRequired: jsii.Bool(true),
	})
	provider.AddListener(jsii.String("Postgres"), &privateapi.NlbListenerOptions{
		Port: jsii.Number(5432), Targets: &[]elbv2.INetworkLoadBalancerTarget{elbtargets.NewIpTarget(jsii.String("10.1.0.10"), nil, nil)},
	})
	return provider
}

// alarmedConsumer defines a consumer of a service of another account.
func alarmedConsumer(scope constructs.Construct) privateapi.PrivateApiConsumer {
	return privateapi.NewPrivateApiConsumer(scope, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc: alarmedVpc(scope, "Vpc"), Service: alarmedImport(scope),
	})
}

// alarmedRoutedAPI defines an API behind an ALB that is reached by route.
func alarmedRoutedAPI(scope constructs.Construct, vpc awsec2.IVpc) routedapi.Api {
	api := routedapi.NewApi(scope, jsii.String("Routed"), &routedapi.ApiProps{
		Vpc: vpc, DomainNames: jsii.Strings("api.stock.internal.company.com"), Certificates: alarmedCertificates(),
	})
	api.AddRoute(jsii.String("Quote"), alarmedRoute("/Quote"))
	return api
}

func alarmedRoutedConsumer(scope constructs.Construct) privateapi.PrivateApiConsumer {
	vpc := alarmedVpc(scope, "Routed-Vpc")
	return privateapi.NewPrivateApiConsumer(scope, jsii.String("RoutedConsumer"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc, Service: alarmedRoutedAPI(scope, vpc),
	})
}

// alarmedLatticeAPI defines an API over VPC Lattice with a target group of a function, and one of a route.
func alarmedLatticeAPI(scope constructs.Construct) lattice.Api {
	function := func(name string) lattice.ITarget {
		return lattice.Target_FromFunctionArn(jsii.String("arn:aws:lambda:eu-west-1:222222222222:function:" + name))
	}
	api := lattice.NewApi(scope, jsii.String("Stock"), &lattice.ApiProps{
		AllowNoCallers: jsii.Bool(true), Target: function("stock"),
		PrefixList: awsec2.PrefixList_FromPrefixListId(scope, jsii.String("Lattice"), jsii.String("pl-0123456789abcdef0")),
	})
	api.AddRoute(jsii.String("V2"), &lattice.RouteOptions{PathPrefix: jsii.String("/v2"), Target: function("stock-v2")})
	return api
}

// alarmedSpoke attaches a VPC to a new hub.
func alarmedSpoke(stack awscdk.Stack) transitgateway.Spoke {
	hub := transitgateway.NewHub(stack, jsii.String("Hub"), &transitgateway.HubProps{Segments: &[]*transitgateway.Segment{{Name: jsii.String("shops")}}})
	vpc := awsec2.NewVpc(stack, jsii.String("SpokeVpc"), &awsec2.VpcProps{NatGateways: jsii.Number(0), AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b")})
	return transitgateway.NewSpoke(stack, jsii.String("Spoke"), &transitgateway.SpokeProps{
		Hub: hub, Vpc: vpc, Segment: jsii.String("shops"), Destinations: jsii.Strings("10.0.0.0/8"),
	})
}

func alarmedImport(scope constructs.Construct) privateapi.IPrivateLinkService {
	return privateapi.PrivateApiService_FromAttributes(scope, jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
		ServiceName: jsii.String("com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"), DomainNames: jsii.Strings("api.pricing.internal.company.com"),
	})
}

// onCall imports a topic.
func onCall(scope constructs.Construct) *[]awssns.ITopic {
	return &[]awssns.ITopic{awssns.Topic_FromTopicArn(scope, jsii.String("OnCall"), jsii.String(onCallArn))}
}

func newProviderAlarms(stack awscdk.Stack, service privateapi.IPrivateApiService, edits ...func(*providerAlarms)) monitoring.ProviderAlarms {
	p := &providerAlarms{Service: service}
	for _, edit := range edits {
		edit(p)
	}
	return monitoring.NewProviderAlarms(stack, jsii.String("Alarms"), p)
}

func newConsumerAlarms(stack awscdk.Stack, consumer privateapi.IPrivateApiConsumer, edits ...func(*consumerAlarms)) monitoring.ConsumerAlarms {
	p := &consumerAlarms{Consumer: consumer}
	for _, edit := range edits {
		edit(p)
	}
	return monitoring.NewConsumerAlarms(stack, jsii.String("Alarms"), p)
}

func stackOf(app awscdk.App, id string) awscdk.Stack {
	return cdktest.StackIn(app, id, cdktest.Account)
}

func on() *monitoring.AlarmSettings  { return &monitoring.AlarmSettings{Enabled: jsii.Bool(true)} }
func off() *monitoring.AlarmSettings { return &monitoring.AlarmSettings{Enabled: jsii.Bool(false)} }
