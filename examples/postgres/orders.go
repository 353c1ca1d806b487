package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecr"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

const (
	gatewayPort = 5433 // of the gateway, which logs who connects and hands the connection on to Postgres beside it
	reportsPort = 8080
)

// NewOrdersStack defines the database and its ports, in the account that owns it.
func NewOrdersStack(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("Orders"), &awscdk.StackProps{Env: ordersEnv})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	tasks := newTasks(stack, vpc)

	orders := privateapi.NewPrivateNlbProvider(stack, jsii.String("Database"), &privateapi.PrivateNlbProviderProps{
		Vpc:             vpc,
		DomainNames:     jsii.Strings(domain),
		AllowedAccounts: &[]*string{billingEnv.Account, reportingEnv.Account},
	})
	orders.AddListener(jsii.String("Postgres"), &privateapi.NlbListenerOptions{
		Port:            jsii.Number(databasePort),
		Targets:         container(tasks, "gateway", gatewayPort),
		TargetPort:      jsii.Number(gatewayPort),
		ProxyProtocolV2: jsii.Bool(true),
	})
	certificateArn := awscdk.NewCfnParameter(stack, jsii.String("CertificateArn"), nil)
	orders.AddListener(jsii.String("Reports"), &privateapi.NlbListenerOptions{
		Port:         jsii.Number(reportPort),
		Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(certificateArn.ValueAsString())},
		Targets:      container(tasks, "reports", reportsPort),
		TargetPort:   jsii.Number(reportsPort),
		HealthCheck:  &elbv2.HealthCheck{Protocol: elbv2.Protocol_HTTP, Path: jsii.String("/health"), Port: jsii.String("8081")},
	})
	orders.AddListener(jsii.String("Replication"), &privateapi.NlbListenerOptions{
		Port:    jsii.Number(replicationPort),
		Targets: container(tasks, "replication", replicationPort),
	})
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: orders.ServiceName()})
}

// container is one container of a service as a target.
func container(service awsecs.FargateService, name string, port float64) *[]elbv2.INetworkLoadBalancerTarget {
	return &[]elbv2.INetworkLoadBalancerTarget{service.LoadBalancerTarget(&awsecs.LoadBalancerTargetOptions{
		ContainerName: jsii.String(name), ContainerPort: jsii.Number(port),
	})}
}

// newTasks defines Postgres and what stands in front of it, in each task.
func newTasks(stack awscdk.Stack, vpc awsec2.IVpc) awsecs.FargateService {
	task := awsecs.NewFargateTaskDefinition(stack, jsii.String("Task"), &awsecs.FargateTaskDefinitionProps{
		Cpu:            jsii.Number(1024),
		MemoryLimitMiB: jsii.Number(2048),
	})
	for _, c := range []struct {
		name  string
		ports []float64
	}{
		{"gateway", []float64{gatewayPort}},
		{"postgres", nil}, // the gateway reaches it on localhost
		{"reports", []float64{reportsPort, 8081}},
		{"replication", []float64{replicationPort}},
	} {
		var mappings []*awsecs.PortMapping
		for _, port := range c.ports {
			mappings = append(mappings, &awsecs.PortMapping{ContainerPort: jsii.Number(port)})
		}
		task.AddContainer(jsii.String(c.name), &awsecs.ContainerDefinitionOptions{
			Image:        awsecs.ContainerImage_FromEcrRepository(awsecr.Repository_FromRepositoryName(stack, jsii.String(c.name+"Repository"), jsii.String("orders/"+c.name)), jsii.String("v1")),
			PortMappings: &mappings,
			Logging:      awsecs.LogDrivers_AwsLogs(&awsecs.AwsLogDriverProps{StreamPrefix: jsii.String(c.name)}),
		})
	}
	return awsecs.NewFargateService(stack, jsii.String("Tasks"), &awsecs.FargateServiceProps{
		Cluster:           awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc}),
		TaskDefinition:    task,
		DesiredCount:      jsii.Number(len(*vpc.AvailabilityZones())), // the NLB sends to the tasks of a connection's own zone
		MinHealthyPercent: jsii.Number(100),
		CircuitBreaker:    &awsecs.DeploymentCircuitBreaker{Rollback: jsii.Bool(true)},
	})
}
