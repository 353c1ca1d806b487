package privateapi_test

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const (
	domain         = "api.pricing.internal.company.com"
	serviceName    = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
	certificateArn = "arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"

	typeEndpoint    = "AWS::EC2::VPCEndpoint"
	typeService     = "AWS::EC2::VPCEndpointService"
	typePermissions = "AWS::EC2::VPCEndpointServicePermissions"
	typeGroup       = "AWS::EC2::SecurityGroup"
	typeIngress     = "AWS::EC2::SecurityGroupIngress"
	typeEgress      = "AWS::EC2::SecurityGroupEgress"
	typeBalancer    = "AWS::ElasticLoadBalancingV2::LoadBalancer"
	typeListener    = "AWS::ElasticLoadBalancingV2::Listener"
	typeRule        = "AWS::ElasticLoadBalancingV2::ListenerRule"
	typeTargets     = "AWS::ElasticLoadBalancingV2::TargetGroup"
	typeZone        = "AWS::Route53::HostedZone"
	typeRecord      = "AWS::Route53::RecordSet"
)

type props map[string]any

// vpcOf imports a VPC with one private subnet in each zone, so that templates show what is ours.
func vpcOf(scope constructs.Construct, id string, zones ...string) awsec2.IVpc {
	var subnets, tables []string
	for _, zone := range zones {
		subnets = append(subnets, "subnet-"+id+zone)
		tables = append(tables, "rtb-"+id+zone)
	}
	return awsec2.Vpc_FromVpcAttributes(scope, jsii.String(id), &awsec2.VpcAttributes{
		VpcId:                      jsii.String("vpc-" + id),
		VpcCidrBlock:               jsii.String("10.0.0.0/16"),
		AvailabilityZones:          jsii.Strings(zones...),
		PrivateSubnetIds:           jsii.Strings(subnets...),
		PrivateSubnetRouteTableIds: jsii.Strings(tables...),
	})
}

func newVpc(scope constructs.Construct) awsec2.IVpc {
	return vpcOf(scope, "Vpc", "eu-west-1a", "eu-west-1b")
}

func certificates() *[]elbv2.IListenerCertificate {
	return &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String(certificateArn))}
}

func account(id string) awsiam.ArnPrincipal { return awsiam.NewAccountPrincipal(jsii.String(id)) }

func arn(arn string) awsiam.ArnPrincipal { return awsiam.NewArnPrincipal(jsii.String(arn)) }

// providerProps are the least that a provider takes.
func providerProps(scope constructs.Construct) *privateapi.PrivateApiProviderProps {
	return &privateapi.PrivateApiProviderProps{
		Vpc:               newVpc(scope),
		DomainNames:       jsii.Strings(domain),
		Certificates:      certificates(),
		AllowedPrincipals: &[]awsiam.ArnPrincipal{account(cdktest.OtherAccount)},
	}
}

func newProvider(stack awscdk.Stack, edit ...func(*privateapi.PrivateApiProviderProps)) privateapi.PrivateApiProvider {
	props := providerProps(stack)
	for _, e := range edit {
		e(props)
	}
	return privateapi.NewPrivateApiProvider(stack, jsii.String("Pricing"), props)
}

// importedService is a service of another account.
func importedService(scope constructs.Construct) privateapi.IPrivateApiService {
	return privateapi.PrivateApiService_FromAttributes(scope, jsii.String("PricingService"), &privateapi.PrivateApiServiceAttributes{
		ServiceName: jsii.String(serviceName),
		DomainNames: jsii.Strings(domain),
	})
}

// consumerProps are the least that a consumer takes.
func consumerProps(scope constructs.Construct) *privateapi.PrivateApiConsumerProps {
	return &privateapi.PrivateApiConsumerProps{
		Vpc:     vpcOf(scope, "ConsumerVpc", "eu-west-1a", "eu-west-1b"),
		Service: importedService(scope),
	}
}

func newConsumer(stack awscdk.Stack, edit ...func(*privateapi.PrivateApiConsumerProps)) privateapi.PrivateApiConsumer {
	props := consumerProps(stack)
	for _, e := range edit {
		e(props)
	}
	return privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), props)
}

// newClient returns a security group of a client that may call nobody yet.
func newClient(scope constructs.Construct, vpc awsec2.IVpc) awsec2.SecurityGroup {
	return awsec2.NewSecurityGroup(scope, jsii.String("Client"), &awsec2.SecurityGroupProps{
		Vpc: vpc, AllowAllOutbound: jsii.Bool(false),
	})
}
