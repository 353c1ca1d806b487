package privateapi_test

import (
	"fmt"
	"hash/fnv"

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

type props = map[string]any

// resourceID makes an ID in the form of EC2's IDs.
func resourceID(kind, name string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // never fails
	return fmt.Sprintf("%s-%017x", kind, h.Sum64())
}

func vpcID(name string) string { return resourceID("vpc", name) }

func subnetID(vpc, zone string) string { return resourceID("subnet", vpc+zone) }

// vpcOf imports a VPC with one private subnet in each zone, so that templates have only our resources.
func vpcOf(scope constructs.Construct, id string, zones ...string) awsec2.IVpc {
	var subnets, tables []string
	for _, zone := range zones {
		subnets = append(subnets, subnetID(id, zone))
		tables = append(tables, resourceID("rtb", id+zone))
	}
	return awsec2.Vpc_FromVpcAttributes(scope, jsii.String(id), &awsec2.VpcAttributes{
		VpcId:                      jsii.String(vpcID(id)),
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

// providerProps are the minimal props of a provider.
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
		if e != nil {
			e(props)
		}
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

// newPreviousService is the same API over another transport.
func newPreviousService(scope constructs.Construct) privateapi.IPrivateApiService {
	service := newRoutedService(scope)
	service.ports = numbers(443)
	return service
}

// consumerProps are the minimal props of a consumer.
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

// newClient returns the security group of a client, with no rules yet.
func newClient(scope constructs.Construct, vpc awsec2.IVpc) awsec2.SecurityGroup {
	return newGroup(scope, "Client", vpc)
}

// newGroup returns a security group with no rules yet.
func newGroup(scope constructs.Construct, id string, vpc awsec2.IVpc) awsec2.SecurityGroup {
	return awsec2.NewSecurityGroup(scope, jsii.String(id), &awsec2.SecurityGroupProps{
		Vpc: vpc, AllowAllOutbound: jsii.Bool(false),
	})
}

// sameZone selects two subnets of one zone.
func sameZone(scope constructs.Construct) *awsec2.SubnetSelection {
	subnet := func(id string) awsec2.ISubnet {
		return awsec2.Subnet_FromSubnetAttributes(scope, jsii.String(id), &awsec2.SubnetAttributes{
			SubnetId: jsii.String("subnet-" + id), AvailabilityZone: jsii.String("eu-west-1a"),
		})
	}
	return &awsec2.SubnetSelection{Subnets: &[]awsec2.ISubnet{subnet("one"), subnet("two"), awsec2.Subnet_FromSubnetAttributes(scope, jsii.String("three"), &awsec2.SubnetAttributes{
		SubnetId: jsii.String("subnet-three"), AvailabilityZone: jsii.String("eu-west-1b"),
	})}}
}

// publicVpc is a VPC without private subnets.
func publicVpc(scope constructs.Construct) awsec2.IVpc {
	return awsec2.Vpc_FromVpcAttributes(scope, jsii.String("Public"), &awsec2.VpcAttributes{
		VpcId:                     jsii.String("vpc-public"),
		AvailabilityZones:         jsii.Strings("eu-west-1a", "eu-west-1b"),
		PublicSubnetIds:           jsii.Strings("subnet-a", "subnet-b"),
		PublicSubnetRouteTableIds: jsii.Strings("rtb-a", "rtb-b"),
	})
}

func awsService(scope constructs.Construct) privateapi.IPrivateApiService {
	return privateapi.PrivateApiService_FromAwsService(scope, jsii.String("ApiGateway"), awsec2.InterfaceVpcEndpointAwsService_APIGATEWAY(), nil)
}

// pendingService is a service whose owner accepts each connection by hand.
func pendingService(scope constructs.Construct) privateapi.IPrivateApiService {
	return privateapi.PrivateApiService_FromAttributes(scope, jsii.String("Pending"), &privateapi.PrivateApiServiceAttributes{
		ServiceName: jsii.String(serviceName), DomainNames: jsii.Strings(domain), AcceptanceRequired: jsii.Bool(true), ProvidesPrivateDns: jsii.Bool(true),
	})
}

const loadBalancerArn = "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/pricing/0123456789abcdef"

func importedLoadBalancer(scope constructs.Construct, vpc awsec2.IVpc) elbv2.IApplicationLoadBalancer {
	return elbv2.ApplicationLoadBalancer_FromApplicationLoadBalancerAttributes(scope, jsii.String("ExistingLoadBalancer"), &elbv2.ApplicationLoadBalancerAttributes{
		LoadBalancerArn: jsii.String(loadBalancerArn), SecurityGroupId: jsii.String("sg-0123456789abcdef0"), Vpc: vpc,
	})
}

func importedListener(scope constructs.Construct) elbv2.IApplicationListener {
	return elbv2.ApplicationListener_FromApplicationListenerAttributes(scope, jsii.String("ExistingListener"), &elbv2.ApplicationListenerAttributes{
		ListenerArn:   jsii.String("arn:aws:elasticloadbalancing:eu-west-1:222222222222:listener/app/pricing/0123456789abcdef/0123456789abcdef"),
		SecurityGroup: awsec2.SecurityGroup_FromSecurityGroupId(scope, jsii.String("ExistingGroup"), jsii.String("sg-0123456789abcdef0"), nil),
	})
}

// existing puts a provider in front of an ALB of the same app.
func existing(p *privateapi.PrivateApiProviderProps) {
	existingIn(p, &elbv2.ApplicationLoadBalancerProps{Vpc: p.Vpc})
}

// existingIn is [existing] with an ALB of these props.
func existingIn(p *privateapi.PrivateApiProviderProps, props *elbv2.ApplicationLoadBalancerProps) {
	alb := elbv2.NewApplicationLoadBalancer(p.Vpc.Stack(), jsii.String("Existing"), props)
	p.Certificates = nil
	p.Listener = alb.AddListener(jsii.String("Https"), &elbv2.BaseApplicationListenerProps{
		Port: jsii.Number(443), Certificates: certificates(), Open: jsii.Bool(false),
		DefaultAction: elbv2.ListenerAction_FixedResponse(jsii.Number(404), nil),
	})
	p.HealthCheck = &elbv2.HealthCheck{Path: jsii.String("/up")}
}

// newOwnVpc defines a VPC, about which more is known than about an imported one.
func newOwnVpc(scope constructs.Construct, id string) awsec2.IVpc {
	return awsec2.NewVpc(scope, jsii.String(id), &awsec2.VpcProps{NatGateways: jsii.Number(0), SubnetConfiguration: &[]*awsec2.SubnetConfiguration{
		{Name: jsii.String("Private"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED},
	}})
}
