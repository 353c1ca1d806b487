package lattice_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const (
	domain         = "api.pricing.internal.company.com"
	certificateArn = "arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"
	otherArn       = "arn:aws:acm:eu-west-1:222222222222:certificate/11111111-89ab-cdef-0123-456789abcdef"
	organization   = "arn:aws:organizations::222222222222:organization/o-abcdefghij"
	prefixListID   = "pl-0721453c7ac4ec009"
	functionArn    = "arn:aws:lambda:eu-west-1:222222222222:function:pricing"
	vpcID          = "vpc-0123456789abcdef0"

	typeService     = "AWS::VpcLattice::Service"
	typeListener    = "AWS::VpcLattice::Listener"
	typeRule        = "AWS::VpcLattice::Rule"
	typeTargets     = "AWS::VpcLattice::TargetGroup"
	typePolicy      = "AWS::VpcLattice::AuthPolicy"
	typeLogs        = "AWS::VpcLattice::AccessLogSubscription"
	typeAssociation = "AWS::VpcLattice::ServiceNetworkServiceAssociation"
	typeShare       = "AWS::RAM::ResourceShare"
	typeGroup       = "AWS::EC2::SecurityGroup"
	typePermission  = "AWS::Lambda::Permission"
	typeIamPolicy   = "AWS::IAM::Policy"
)

type (
	props = map[string]any
	P     = lattice.ApiProps
	R     = lattice.RouteOptions
)

// newVpc imports a VPC, so that templates have only our resources.
func newVpc(scope constructs.Construct, id string) awsec2.IVpc {
	return awsec2.Vpc_FromVpcAttributes(scope, jsii.String(id), &awsec2.VpcAttributes{
		VpcId: jsii.String(vpcID), VpcCidrBlock: jsii.String("10.0.0.0/16"),
		AvailabilityZones:          jsii.Strings("eu-west-1a", "eu-west-1b"),
		PrivateSubnetIds:           jsii.Strings("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
		PrivateSubnetRouteTableIds: jsii.Strings("rtb-0123456789abcdef0", "rtb-0123456789abcdef1"),
	})
}

func prefixList(scope constructs.Construct) awsec2.IPrefixList {
	return awsec2.PrefixList_FromPrefixListId(scope, jsii.String("Lattice"), jsii.String(prefixListID))
}

func certificate(arn string) elbv2.IListenerCertificate {
	return elbv2.ListenerCertificate_FromArn(jsii.String(arn))
}

// newGroup returns a security group with no rules yet.
func newGroup(scope constructs.Construct, id string, vpc awsec2.IVpc) awsec2.SecurityGroup {
	return awsec2.NewSecurityGroup(scope, jsii.String(id), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})
}

// addresses is a target of one address, with its security group.
func addresses(scope constructs.Construct, id string, edit ...func(*lattice.IpTargetOptions)) lattice.ITarget {
	vpc := newVpc(scope, id+"Vpc")
	options := &lattice.IpTargetOptions{Vpc: vpc, Port: jsii.Number(8080), Peers: &[]awsec2.IConnectable{newGroup(scope, id+"Group", vpc)}}
	for _, e := range edit {
		e(options)
	}
	return lattice.Target_FromIpAddresses(jsii.Strings("10.0.0.5"), options)
}

func account(id string) awsiam.IPrincipal { return awsiam.NewAccountPrincipal(jsii.String(id)) }

func role(arn string) awsiam.IPrincipal { return awsiam.NewArnPrincipal(jsii.String(arn)) }

// apiProps are the minimal props of an API.
func apiProps(scope constructs.Construct) *P {
	return &P{
		DomainName: jsii.String(domain), Certificate: certificate(certificateArn), PrefixList: prefixList(scope), Target: addresses(scope, "Target"),
		ShareWith: jsii.Strings(cdktest.OtherAccount), AllowedPrincipals: &[]awsiam.IPrincipal{account(cdktest.OtherAccount)},
	}
}

func newApi(stack awscdk.Stack, edit ...func(*P)) lattice.Api {
	props := apiProps(stack)
	for _, e := range edit {
		if e != nil {
			e(props)
		}
	}
	return lattice.NewApi(stack, jsii.String("Pricing"), props)
}

// consume defines a consumer of an API in a stack.
func consume(api lattice.Api, stack awscdk.Stack) {
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Consumer"), &privateapi.PrivateApiConsumerProps{Vpc: newVpc(stack, "ConsumerVpc"), Service: api})
}

// newListener defines an internal ALB with a listener.
func newListener(scope constructs.Construct, edit ...func(*elbv2.ApplicationLoadBalancerProps, *elbv2.BaseApplicationListenerProps)) elbv2.IApplicationListener {
	balancer := &elbv2.ApplicationLoadBalancerProps{Vpc: newVpc(scope, "AlbVpc"), XffHeaderProcessingMode: elbv2.XffHeaderProcessingMode_PRESERVE}
	listener := &elbv2.BaseApplicationListenerProps{
		Port: jsii.Number(8443), Protocol: elbv2.ApplicationProtocol_HTTPS, Certificates: &[]elbv2.IListenerCertificate{certificate(certificateArn)},
		Open: jsii.Bool(false), DefaultAction: elbv2.ListenerAction_FixedResponse(jsii.Number(404), nil),
	}
	for _, e := range edit {
		e(balancer, listener)
	}
	return elbv2.NewApplicationLoadBalancer(scope, jsii.String("Alb"), balancer).AddListener(jsii.String("Listener"), listener)
}

// fullApi has what an API can have, but for what excludes something else.
func fullApi(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "Full", cdktest.Account)
	api := lattice.NewApi(stack, jsii.String("Pricing"), &P{
		DomainName: jsii.String(domain), Certificate: certificate(certificateArn), PrefixList: prefixList(stack),
		Port: jsii.Number(8443), Target: lattice.Target_FromListener(newListener(stack), nil), IdleTimeout: awscdk.Duration_Minutes(jsii.Number(5)),
		ShareWith: jsii.Strings("333333333333", organization, cdktest.OtherAccount), AllowExternalPrincipals: jsii.Bool(true),
		AllowedPrincipals: &[]awsiam.IPrincipal{
			account(cdktest.OtherAccount), role("arn:aws:iam::333333333333:role/team/checkout"), awsiam.NewOrganizationPrincipal(jsii.String("o-abcdefghij")),
			awsiam.NewPrincipalWithConditions(account("333333333333"), &map[string]any{"StringEquals": map[string]any{"aws:PrincipalTag/team": "checkout"}}),
		},
		AllowedVpcs: &[]awsec2.IVpc{newVpc(stack, "Client")}, AllowedVpcAccounts: jsii.Strings("444444444444"),
		LogDestinations: jsii.Strings("arn:aws:logs:eu-west-1:222222222222:log-group:pricing", "arn:aws:s3:::pricing-logs"),
	})
	api.AddRoute(jsii.String("Quotes"), &R{PathPrefix: jsii.String("/v1/quotes"), CaseSensitive: jsii.Bool(true), Method: jsii.String("GET"), Target: addresses(stack, "Quotes", fullHealthCheck)})
	api.AddRoute(jsii.String("Canary"), &R{
		Path: jsii.String("/v2"), Priority: jsii.Number(10),
		Headers: &[]*lattice.HeaderMatch{{Name: jsii.String("X-Tenant"), Exact: jsii.String("gold")}, {Name: jsii.String("X-Stage"), Prefix: jsii.String("b"), CaseSensitive: jsii.Bool(true)}},
		Targets: &[]*lattice.WeightedTarget{
			{Id: jsii.String("Blue"), Target: addresses(stack, "Blue"), Weight: jsii.Number(90)},
			{Id: jsii.String("Green"), Target: lattice.Target_FromFunctionArn(jsii.String(functionArn)), Weight: jsii.Number(10)},
		},
	})
	api.AddRoute(jsii.String("Gone"), &R{PathPrefix: jsii.String("/v0"), FixedResponse: jsii.Number(404)})
	api.GrantInvoke(awsiam.NewRole(stack, jsii.String("Caller"), &awsiam.RoleProps{AssumedBy: awsiam.NewServicePrincipal(jsii.String("ecs-tasks.amazonaws.com"), nil)}))
	return stack
}

// fullHealthCheck sets all of a health check.
func fullHealthCheck(o *lattice.IpTargetOptions) {
	o.Protocol, o.ProtocolVersion = lattice.TargetProtocol_HTTPS, lattice.ProtocolVersion_GRPC
	o.HealthCheck = &lattice.HealthCheck{
		Enabled: jsii.Bool(true), Protocol: lattice.TargetProtocol_HTTP, ProtocolVersion: lattice.ProtocolVersion_HTTP1, Path: jsii.String("/up"), Port: jsii.Number(8081),
		HealthyHttpCodes: jsii.String("200-299"), Interval: awscdk.Duration_Seconds(jsii.Number(10)), Timeout: awscdk.Duration_Seconds(jsii.Number(4)),
		HealthyThresholdCount: jsii.Number(2), UnhealthyThresholdCount: jsii.Number(3),
	}
}

// passthrough leaves TLS to the targets.
func passthrough(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "Passthrough", cdktest.Account)
	newApi(stack, toPassthrough)
	return stack
}

func toPassthrough(p *P) {
	p.Protocol, p.Certificate, p.AllowedPrincipals = lattice.ListenerProtocol_TLS_PASSTHROUGH, nil, nil
	p.AllowedVpcAccounts = jsii.Strings(cdktest.OtherAccount)
}

// newInstance defines an instance in a VPC.
func newInstance(stack awscdk.Stack, vpc awsec2.IVpc) awsec2.Instance {
	return awsec2.NewInstance(stack, jsii.String("Instance"), &awsec2.InstanceProps{
		Vpc: vpc, InstanceType: awsec2.NewInstanceType(jsii.String("t4g.nano")), VpcSubnets: &awsec2.SubnetSelection{Subnets: vpc.PrivateSubnets()},
		MachineImage: awsec2.MachineImage_GenericLinux(&map[string]*string{"eu-west-1": jsii.String("ami-0123456789abcdef0")}, nil),
	})
}

// describe returns a part of a template as one line, with the parts of Fn::Join joined.
func describe(value any) string {
	switch value := value.(type) {
	case []any:
		var text strings.Builder
		for _, element := range value {
			text.WriteString(describe(element))
		}
		return text.String()
	case props:
		var text strings.Builder
		for _, key := range slices.Sorted(maps.Keys(value)) {
			text.WriteString(describe(value[key]))
		}
		return text.String()
	}
	return fmt.Sprint(value)
}
