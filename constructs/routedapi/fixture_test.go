package routedapi_test

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const (
	domain         = "api.pricing.internal.company.com"
	certificateArn = "arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"
	albDnsName     = "internal-pricing-0123456789.eu-west-1.elb.amazonaws.com"
	albZoneID      = "Z32O12XQLNTSW2"
	groupID        = "sg-0123456789abcdef0"
	apiVpcID       = "vpc-0123456789abcdef0"
	clientVpcID    = "vpc-0fedcba9876543210"

	typeAlb     = "AWS::ElasticLoadBalancingV2::LoadBalancer"
	typeRule    = "AWS::ElasticLoadBalancingV2::ListenerRule"
	typeGroup   = "AWS::EC2::SecurityGroup"
	typeIngress = "AWS::EC2::SecurityGroupIngress"
	typeEgress  = "AWS::EC2::SecurityGroupEgress"
	typeRecord  = "AWS::Route53::RecordSet"
	typeZone    = "AWS::Route53::HostedZone"
	typeRoute   = "AWS::EC2::Route"
)

type (
	props = map[string]any
	P     = routedapi.ApiProps
	A     = routedapi.ApiAttributes
	C     = privateapi.PrivateApiConsumerProps
)

// vpcWith imports a VPC, so that templates have only our resources.
func vpcWith(scope constructs.Construct, id, vpcID, prefix string) awsec2.IVpc {
	return awsec2.Vpc_FromVpcAttributes(scope, jsii.String(id), &awsec2.VpcAttributes{
		VpcId: jsii.String(vpcID), VpcCidrBlock: jsii.String(prefix + ".0.0/16"),
		AvailabilityZones:           jsii.Strings("eu-west-1a", "eu-west-1b"),
		PrivateSubnetIds:            jsii.Strings("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
		PrivateSubnetRouteTableIds:  jsii.Strings("rtb-0123456789abcdef0", "rtb-0123456789abcdef1"),
		PrivateSubnetIpv4CidrBlocks: jsii.Strings(prefix+".1.0/24", prefix+".2.0/24"),
	})
}

func apiVpc(scope constructs.Construct) awsec2.IVpc {
	return vpcWith(scope, "ApiVpc", apiVpcID, "10.1")
}

func clientVpc(scope constructs.Construct) awsec2.IVpc {
	return vpcWith(scope, "ClientVpc", clientVpcID, "10.2")
}

func certificates() *[]elbv2.IListenerCertificate {
	return &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String(certificateArn))}
}

// newApi defines an API with its minimal props, and edits.
func newApi(stack awscdk.Stack, edit ...func(*P)) routedapi.Api {
	p := &P{Vpc: apiVpc(stack), DomainNames: jsii.Strings(domain), Certificates: certificates()}
	for _, e := range edit {
		if e != nil {
			e(p)
		}
	}
	return routedapi.NewApi(stack, jsii.String("Pricing"), p)
}

// importApi imports an API with all that is known of it, and edits.
func importApi(stack awscdk.Stack, edit ...func(*A)) routedapi.IApi {
	a := &A{
		LoadBalancerDnsName: jsii.String(albDnsName), LoadBalancerCanonicalHostedZoneId: jsii.String(albZoneID), DomainNames: jsii.Strings(domain),
		CidrBlocks: jsii.Strings("10.1.1.0/24", "10.1.2.0/24"), SecurityGroupId: jsii.String(groupID), VpcId: jsii.String(apiVpcID),
	}
	for _, e := range edit {
		if e != nil {
			e(a)
		}
	}
	return routedapi.Api_FromAttributes(stack, jsii.String("PricingApi"), a)
}

// network is a network with a route, as a peering connection has one.
type network struct {
	constructs.Construct
	transport  string
	references routedapi.SecurityGroupReferences
	route      constructs.IDependable
	options    *routedapi.RoutingOptions
}

var _ routedapi.INetwork = (*network)(nil)

func newNetwork(scope constructs.Construct, references routedapi.SecurityGroupReferences) *network {
	n := &network{transport: "a test network", references: references}
	constructs.NewConstruct_Override(n, scope, jsii.String("Network"))
	n.route = awsec2.NewCfnRoute(n, jsii.String("Route"), &awsec2.CfnRouteProps{
		RouteTableId: "rtb-0123456789abcdef0", DestinationCidrBlock: jsii.String("10.1.0.0/16"), VpcPeeringConnectionId: jsii.String("pcx-0123456789abcdef0"),
	})
	return n
}

func (n *network) PlanRouting(options *routedapi.RoutingOptions) *routedapi.RoutingPlan {
	n.options = options
	return &routedapi.RoutingPlan{Transport: n.transport, References: n.references, Dependencies: &[]constructs.IDependable{n.route}}
}

// newClient returns a security group with no rules yet.
func newClient(scope constructs.Construct, id string, vpc awsec2.IVpc) awsec2.SecurityGroup {
	return awsec2.NewSecurityGroup(scope, jsii.String(id), &awsec2.SecurityGroupProps{Vpc: vpc, Description: jsii.String("Client " + id), AllowAllOutbound: jsii.Bool(false)})
}

// consume defines a consumer of a service, with a client, and edits.
func consume(stack awscdk.Stack, service privateapi.IPrivateApiService, edit ...func(*C)) privateapi.PrivateApiConsumer {
	vpc := clientVpc(stack)
	p := &C{Vpc: vpc, Service: service, Clients: &[]awsec2.IConnectable{newClient(stack, "Checkout", vpc)}}
	for _, e := range edit {
		if e != nil {
			e(p)
		}
	}
	return privateapi.NewPrivateApiConsumer(stack, jsii.String("Consumer"), p)
}

// consumerApp has an API and its consumer in two stacks, over a network.
type consumerApp struct {
	references routedapi.SecurityGroupReferences
	account    string // of the consumer, if it is not that of the API
	props      func(*P)
}

// consumerApps are the ways in which clients are let out and in, by name.
var consumerApps = map[string]consumerApp{
	"both":            {references: routedapi.SecurityGroupReferences_BOTH},
	"inbound":         {references: routedapi.SecurityGroupReferences_INBOUND},
	"none":            {references: routedapi.SecurityGroupReferences_NONE, props: allowClients},
	"another-account": {references: routedapi.SecurityGroupReferences_BOTH, account: cdktest.OtherAccount, props: allowClients},
}

func allowClients(p *P) { p.AllowedCidrs = jsii.Strings("10.2.0.0/16") }

// build adds both stacks to an app, and returns that of the consumer.
func (c consumerApp) build(app awscdk.App) awscdk.Stack {
	api := newApi(cdktest.StackIn(app, "Provider", cdktest.Account), c.props)
	account := cdktest.Account
	if c.account != "" {
		account = c.account
	}
	stack := cdktest.StackIn(app, "Consumer", account)
	consume(stack, api.Over(newNetwork(stack, c.references)))
	return stack
}

const (
	albArn      = "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/pricing/0123456789abcdef"
	listenerArn = "arn:aws:elasticloadbalancing:eu-west-1:222222222222:listener/app/pricing/0123456789abcdef/0123456789abcdef"
)

// newListener defines an ALB that exists, with a listener.
func newListener(scope constructs.Construct, vpc awsec2.IVpc, isPublic bool) elbv2.IApplicationListener {
	balancer := elbv2.NewApplicationLoadBalancer(scope, jsii.String("Alb"), &elbv2.ApplicationLoadBalancerProps{
		Vpc: vpc, InternetFacing: jsii.Bool(isPublic), VpcSubnets: &awsec2.SubnetSelection{Subnets: vpc.PrivateSubnets()},
	})
	return balancer.AddListener(jsii.String("Listener"), &elbv2.BaseApplicationListenerProps{
		Port: jsii.Number(443), Protocol: elbv2.ApplicationProtocol_HTTPS, Certificates: certificates(), Open: jsii.Bool(false),
		DefaultAction: elbv2.ListenerAction_FixedResponse(jsii.Number(404), nil),
	})
}

// importListener imports a listener, which knows neither its ALB nor its port.
func importListener(scope constructs.Construct) elbv2.IApplicationListener {
	return elbv2.ApplicationListener_FromApplicationListenerAttributes(scope, jsii.String("ImportedListener"), &elbv2.ApplicationListenerAttributes{
		ListenerArn: jsii.String(listenerArn), SecurityGroup: awsec2.SecurityGroup_FromSecurityGroupId(scope, jsii.String("ImportedGroup"), jsii.String(groupID), nil),
	})
}
