package publicapi_test

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
)

const (
	domain         = "api.pricing.company.com"
	certificateArn = "arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"
	webACLArn      = "arn:aws:wafv2:eu-west-1:222222222222:regional/webacl/pricing/01234567-89ab-cdef-0123-456789abcdef"
	albDnsName     = "pricing-0123456789.eu-west-1.elb.amazonaws.com"
	albZoneID      = "Z32O12XQLNTSW2"

	typeAlb         = "AWS::ElasticLoadBalancingV2::LoadBalancer"
	typeListener    = "AWS::ElasticLoadBalancingV2::Listener"
	typeIngress     = "AWS::EC2::SecurityGroupIngress"
	typeEgress      = "AWS::EC2::SecurityGroupEgress"
	typeRecord      = "AWS::Route53::RecordSet"
	typeIPSet       = "AWS::WAFv2::IPSet"
	typeWebACL      = "AWS::WAFv2::WebACL"
	typeAssociation = "AWS::WAFv2::WebACLAssociation"
)

type (
	props = map[string]any
	P     = publicapi.ApiProps
	A     = publicapi.ApiAttributes
	C     = privateapi.PrivateApiConsumerProps
)

// apiVpc imports a VPC with public and private subnets, so that templates have only our resources.
func apiVpc(scope constructs.Construct) awsec2.IVpc {
	return awsec2.Vpc_FromVpcAttributes(scope, jsii.String("ApiVpc"), &awsec2.VpcAttributes{
		VpcId: jsii.String("vpc-0123456789abcdef0"), VpcCidrBlock: jsii.String("10.1.0.0/16"),
		AvailabilityZones:          jsii.Strings("eu-west-1a", "eu-west-1b"),
		PublicSubnetIds:            jsii.Strings("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
		PublicSubnetRouteTableIds:  jsii.Strings("rtb-0123456789abcdef0", "rtb-0123456789abcdef1"),
		PrivateSubnetIds:           jsii.Strings("subnet-0123456789abcdef2", "subnet-0123456789abcdef3"),
		PrivateSubnetRouteTableIds: jsii.Strings("rtb-0123456789abcdef2", "rtb-0123456789abcdef3"),
	})
}

func clientVpc(scope constructs.Construct) awsec2.IVpc {
	return awsec2.Vpc_FromVpcAttributes(scope, jsii.String("ClientVpc"), &awsec2.VpcAttributes{
		VpcId: jsii.String("vpc-0fedcba9876543210"), VpcCidrBlock: jsii.String("10.2.0.0/16"),
		AvailabilityZones:          jsii.Strings("eu-west-1a", "eu-west-1b"),
		PrivateSubnetIds:           jsii.Strings("subnet-0fedcba9876543210", "subnet-0fedcba9876543211"),
		PrivateSubnetRouteTableIds: jsii.Strings("rtb-0fedcba9876543210", "rtb-0fedcba9876543211"),
	})
}

func certificates() *[]elbv2.IListenerCertificate {
	return &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String(certificateArn))}
}

func allowed(name string, blocks ...string) *publicapi.AllowedClient {
	return &publicapi.AllowedClient{Name: jsii.String(name), CidrBlocks: jsii.Strings(blocks...)}
}

func clients(list ...*publicapi.AllowedClient) *[]*publicapi.AllowedClient { return &list }

// zone imports a public hosted zone.
func zone(scope constructs.Construct) awsroute53.IHostedZone {
	return awsroute53.HostedZone_FromHostedZoneAttributes(scope, jsii.String("Zone"), &awsroute53.HostedZoneAttributes{
		HostedZoneId: jsii.String("Z0123456789ABCDEFGHIJ"), ZoneName: jsii.String("company.com"),
	})
}

func minimalProps(scope constructs.Construct) *P {
	return &P{Vpc: apiVpc(scope), DomainNames: jsii.Strings(domain), Certificates: certificates(), AllowedClients: clients(allowed("Checkout", "203.0.113.7/32"))}
}

// newApi defines an API with its minimal props, and edits.
func newApi(stack awscdk.Stack, edit ...func(*P)) publicapi.Api {
	p := minimalProps(stack)
	for _, e := range edit {
		if e != nil {
			e(p)
		}
	}
	return publicapi.NewApi(stack, jsii.String("Pricing"), p)
}

// importApi imports an API with all that is known of it, and edits.
func importApi(stack awscdk.Stack, edit ...func(*A)) publicapi.IApi {
	a := &A{LoadBalancerDnsName: jsii.String(albDnsName), LoadBalancerCanonicalHostedZoneId: jsii.String(albZoneID), DomainNames: jsii.Strings(domain)}
	for _, e := range edit {
		if e != nil {
			e(a)
		}
	}
	return publicapi.Api_FromAttributes(stack, jsii.String("PricingApi"), a)
}

// consume defines a consumer of a service, with a client, and edits.
func consume(stack awscdk.Stack, service privateapi.IPrivateApiService, edit ...func(*C)) {
	vpc := clientVpc(stack)
	client := awsec2.NewSecurityGroup(stack, jsii.String("Checkout"), &awsec2.SecurityGroupProps{Vpc: vpc, Description: jsii.String("Client"), AllowAllOutbound: jsii.Bool(false)})
	p := &C{Vpc: vpc, Service: service, Clients: &[]awsec2.IConnectable{client}}
	for _, e := range edit {
		if e != nil {
			e(p)
		}
	}
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Consumer"), p)
}
