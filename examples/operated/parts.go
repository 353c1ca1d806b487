package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"
)

// retention is how long CloudWatch Logs keeps what people ask: incidents are younger.
const retention = awslogs.RetentionDays_ONE_MONTH

// newVpc defines a VPC of two zones. Its private subnets reach the internet through a NAT gateway.
func newVpc(stack awscdk.Stack) awsec2.Vpc {
	return awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{MaxAzs: jsii.Number(2), NatGateways: jsii.Number(1)})
}

// newService defines a Fargate service that runs an image, in a cluster of its own. ECS publishes metrics of one that is watched, each of which costs what a
// custom metric does.
func newService(vpc awsec2.IVpc, id, image string, isWatched bool, environment *map[string]*string) awsecs.FargateService {
	stack, insights := awscdk.Stack_Of(vpc), awsecs.ContainerInsights_DISABLED
	if isWatched {
		insights = awsecs.ContainerInsights_ENABLED
	}
	task := awsecs.NewFargateTaskDefinition(stack, jsii.String(id+"Task"), nil)
	task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image:        awsecs.ContainerImage_FromRegistry(jsii.String("public.ecr.aws/company/"+image), nil),
		PortMappings: &[]*awsecs.PortMapping{{ContainerPort: jsii.Number(8080)}},
		Environment:  environment,
		Logging:      awsecs.LogDrivers_AwsLogs(&awsecs.AwsLogDriverProps{StreamPrefix: jsii.String(id), LogRetention: retention}),
	})
	return awsecs.NewFargateService(stack, jsii.String(id), &awsecs.FargateServiceProps{
		Cluster:           awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc, ContainerInsightsV2: insights}),
		TaskDefinition:    task,
		DesiredCount:      jsii.Number(2),
		MinHealthyPercent: jsii.Number(100),
		CircuitBreaker:    &awsecs.DeploymentCircuitBreaker{Rollback: jsii.Bool(true)},
	})
}

// onCall is the topic that tells the people on call of a team. It is there already.
func onCall(stack awscdk.Stack) *[]awssns.ITopic {
	arn := stack.FormatArn(&awscdk.ArnComponents{Service: jsii.String("sns"), Resource: jsii.String("on-call")})
	return &[]awssns.ITopic{awssns.Topic_FromTopicArn(stack, jsii.String("OnCall"), arn)}
}

// logRejected records what security groups and network ACLs of a VPC reject, wherever in it: an audit asks for a log of the VPC itself. That is little; what
// is accepted is in the logs of the subnets and the endpoint that people ask.
func logRejected(vpc awsec2.Vpc) {
	vpc.AddFlowLog(jsii.String("Rejected"), &awsec2.FlowLogOptions{
		TrafficType: awsec2.FlowLogTrafficType_REJECT,
		Destination: awsec2.FlowLogDestination_ToCloudWatchLogs(awslogs.NewLogGroup(awscdk.Stack_Of(vpc), jsii.String("VpcRejected"), &awslogs.LogGroupProps{Retention: retention}), nil),
	})
}
