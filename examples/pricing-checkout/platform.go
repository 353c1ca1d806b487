package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// platform is what a team runs its services on: a VPC without internet access, with endpoints for the AWS services that
// Fargate needs, a cluster and a log group.
type platform struct {
	stack       awscdk.Stack
	vpc         awsec2.Vpc
	cluster     awsecs.Cluster
	logs        awslogs.LogGroup
	awsServices awsec2.SecurityGroup // of the endpoints of ECR and CloudWatch Logs
	endpoints   constructs.DependencyGroup
}

// newPlatform defines a platform. Both teams have the same CIDR block on purpose: with PrivateLink, addresses may overlap.
func newPlatform(stack awscdk.Stack, zones *[]*string) *platform {
	p := &platform{stack: stack, endpoints: constructs.NewDependencyGroup()}
	// CDK checks the zones of a VPC against those of the account, and would ask AWS for them at synthesis.
	stack.Node().SetContext(jsii.String("availability-zones:account="+*stack.Account()+":region="+*stack.Region()), zones)
	p.vpc = awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{
		IpAddresses:       awsec2.IpAddresses_Cidr(jsii.String("10.0.0.0/16")),
		AvailabilityZones: zones,
		NatGateways:       jsii.Number(0),
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{
			Name:       jsii.String("Private"),
			SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED,
			CidrMask:   jsii.Number(24),
		}},
	})
	p.newInterfaceEndpoints()
	p.newS3Endpoint()
	p.cluster = awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: p.vpc})
	p.logs = awslogs.NewLogGroup(stack, jsii.String("Logs"), &awslogs.LogGroupProps{
		Retention:     awslogs.RetentionDays_ONE_MONTH,
		RemovalPolicy: awscdk.RemovalPolicy_DESTROY,
	})
	return p
}

// newInterfaceEndpoints defines the endpoints through which Fargate pulls images and writes logs. Their security group
// is closed until a service is allowed.
func (p *platform) newInterfaceEndpoints() {
	p.awsServices = awsec2.NewSecurityGroup(p.stack, jsii.String("AwsServices"), &awsec2.SecurityGroupProps{
		Vpc:              p.vpc,
		Description:      jsii.String("Endpoints of ECR and CloudWatch Logs: tasks in, nothing out"),
		AllowAllOutbound: jsii.Bool(false),
	})
	for _, endpoint := range []struct {
		id      string
		service awsec2.IInterfaceVpcEndpointService
	}{
		{"EcrApi", awsec2.InterfaceVpcEndpointAwsService_ECR()},
		{"EcrDocker", awsec2.InterfaceVpcEndpointAwsService_ECR_DOCKER()},
		{"CloudWatchLogs", awsec2.InterfaceVpcEndpointAwsService_CLOUDWATCH_LOGS()},
	} {
		p.endpoints.Add(p.vpc.AddInterfaceEndpoint(jsii.String(endpoint.id), &awsec2.InterfaceVpcEndpointOptions{
			Service:        endpoint.service,
			SecurityGroups: &[]awsec2.ISecurityGroup{p.awsServices},
			Open:           jsii.Bool(false),
		}))
	}
}

// newS3Endpoint defines a gateway endpoint for image layers only: ECR keeps them in a bucket of its own in each Region.
func (p *platform) newS3Endpoint() {
	layers := p.stack.FormatArn(&awscdk.ArnComponents{
		Service:      jsii.String("s3"),
		Region:       jsii.String(""),
		Account:      jsii.String(""),
		Resource:     jsii.String("prod-" + *p.stack.Region() + "-starport-layer-bucket"),
		ResourceName: jsii.String("*"),
	})
	gateway := p.vpc.AddGatewayEndpoint(jsii.String("S3"), &awsec2.GatewayVpcEndpointOptions{
		Service: awsec2.GatewayVpcEndpointAwsService_S3(),
	})
	gateway.AddToPolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Principals: &[]awsiam.IPrincipal{awsiam.NewAnyPrincipal()},
		Actions:    jsii.Strings("s3:GetObject"),
		Resources:  &[]*string{layers},
	}))
	p.endpoints.Add(gateway)
}
