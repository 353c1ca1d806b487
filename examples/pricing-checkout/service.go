package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecr"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// container is what a service runs.
type container struct {
	repository  string // a private ECR repository in the account and Region of the stack
	tag         string
	ports       *[]*awsecs.PortMapping
	environment *map[string]*string
}

// newService defines a Fargate service of two tasks, which reach ECR, CloudWatch Logs and S3. The caller opens everything
// else.
func (p *platform) newService(id string, c container) awsecs.FargateService {
	scope := constructs.NewConstruct(p.stack, jsii.String(id))
	repository := awsecr.Repository_FromRepositoryName(scope, jsii.String("Repository"), jsii.String(c.repository))
	task := awsecs.NewFargateTaskDefinition(scope, jsii.String("Task"), &awsecs.FargateTaskDefinitionProps{
		Cpu:            jsii.Number(256),
		MemoryLimitMiB: jsii.Number(512),
	})
	task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image:        awsecs.ContainerImage_FromEcrRepository(repository, jsii.String(c.tag)),
		PortMappings: c.ports,
		Environment:  c.environment,
		Logging:      awsecs.LogDrivers_AwsLogs(&awsecs.AwsLogDriverProps{LogGroup: p.logs, StreamPrefix: jsii.String(id)}),
	})
	group := p.newTaskSecurityGroup(scope)
	service := awsecs.NewFargateService(scope, jsii.String("Service"), &awsecs.FargateServiceProps{
		Cluster:           p.cluster,
		TaskDefinition:    task,
		DesiredCount:      jsii.Number(2),
		AssignPublicIp:    jsii.Bool(false),
		SecurityGroups:    &[]awsec2.ISecurityGroup{group},
		MinHealthyPercent: jsii.Number(100),
		MaxHealthyPercent: jsii.Number(200),
		CircuitBreaker:    &awsecs.DeploymentCircuitBreaker{Rollback: jsii.Bool(true)},
	})
	// Tasks that start before they can pull their image fail, and three failures trip the circuit breaker.
	service.Node().AddDependency(task, group, p.awsServices, p.endpoints)
	return service
}

// newTaskSecurityGroup defines the security group of tasks. S3 has no security group; its prefix list has its addresses in
// the Region.
func (p *platform) newTaskSecurityGroup(scope constructs.Construct) awsec2.SecurityGroup {
	group := awsec2.NewSecurityGroup(scope, jsii.String("SecurityGroup"), &awsec2.SecurityGroupProps{
		Vpc:              p.vpc,
		Description:      jsii.String("Tasks of a service"),
		AllowAllOutbound: jsii.Bool(false),
	})
	https := awsec2.Port_Tcp(jsii.Number(443))
	s3 := awsec2.Peer_PrefixList(setting(scope, "s3PrefixListId"))
	group.Connections().AllowTo(p.awsServices, https, jsii.String("Images and logs"))
	group.Connections().AllowTo(s3, https, jsii.String("Image layers"))
	return group
}

// output defines an output of a stack.
func output(stack awscdk.Stack, id, description string, value *string) {
	awscdk.NewCfnOutput(stack, jsii.String(id), &awscdk.CfnOutputProps{
		Description: jsii.String(description),
		Value:       value,
	})
}
