// Command postgres is a CDK app of a database behind a PrivateNlbProvider, as examples/postgres has it, in VPCs without NAT: its consumer
// in another account may use all ports, the one in its own account one.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

const databasePort = 5432

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	database := newDatabase(app)
	for _, consumer := range []struct {
		stack, account string
		ports          []*float64
	}{
		{"Callers", env.Context(app, "consumerAccount"), nil},
		{"Readers", env.Context(app, "providerAccount"), []*float64{jsii.Number(databasePort)}},
	} {
		stack := env.NewStack(app, consumer.stack, consumer.account, env.Region, env.ZonesOf(app, consumer.account))
		vpc := env.NewVpc(stack, "Vpc", env.ZonesOf(stack, *stack.Account()))
		client := newService(stack, vpc)
		privateapi.NewPrivateApiConsumer(stack, jsii.String("Orders"), &privateapi.PrivateApiConsumerProps{Vpc: vpc, Service: database}).
			AllowClient(client, consumer.ports...)
	}
	app.Synth(nil)
}

// newDatabase defines the provider, which both accounts are allowed to call.
func newDatabase(app awscdk.App) privateapi.PrivateNlbProvider {
	account := env.Context(app, "providerAccount")
	stack := env.NewStack(app, "Database", account, env.Region, env.ZonesOf(app, account))
	vpc := env.NewVpc(stack, "Vpc", env.ZonesOf(stack, *stack.Account()))
	tasks := newService(stack, vpc, 5433, 5434, 8080, 8443)
	database := privateapi.NewPrivateNlbProvider(stack, jsii.String("Orders"), &privateapi.PrivateNlbProviderProps{
		Vpc:                vpc,
		DomainNames:        jsii.Strings(env.Context(app, "domain")),
		AllowedAccounts:    jsii.Strings(env.Context(app, "consumerAccount"), account),
		DeletionProtection: jsii.Bool(false), // the tests delete the stack
	})
	database.AddListener(jsii.String("Postgres"), &privateapi.NlbListenerOptions{
		Port: jsii.Number(databasePort), Targets: container(tasks, 5433), TargetPort: jsii.Number(5433), ProxyProtocolV2: jsii.Bool(true),
		HealthCheck: &elbv2.HealthCheck{Protocol: elbv2.Protocol_TCP, Port: jsii.String("5434")},
	})
	database.AddListener(jsii.String("Reports"), &privateapi.NlbListenerOptions{
		Port: jsii.Number(443), Targets: container(tasks, 8080), TargetPort: jsii.Number(8080), AlpnPolicy: elbv2.AlpnPolicy_HTTP2_OPTIONAL,
		Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String(env.Context(app, "certificateArn")))},
	})
	database.AddListener(jsii.String("Replication"), &privateapi.NlbListenerOptions{Port: jsii.Number(8443), Targets: container(tasks, 8443)})
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: database.ServiceName()})
	return database
}

func container(service awsecs.FargateService, port float64) *[]elbv2.INetworkLoadBalancerTarget {
	return &[]elbv2.INetworkLoadBalancerTarget{service.LoadBalancerTarget(&awsecs.LoadBalancerTargetOptions{
		ContainerName: jsii.String("orders"), ContainerPort: jsii.Number(port),
	})}
}

// newService defines tasks that listen on ports.
func newService(stack awscdk.Stack, vpc awsec2.IVpc, ports ...float64) awsecs.FargateService {
	task := awsecs.NewFargateTaskDefinition(stack, jsii.String("Task"), nil)
	var mappings []*awsecs.PortMapping
	for _, port := range ports {
		mappings = append(mappings, &awsecs.PortMapping{ContainerPort: jsii.Number(port)})
	}
	task.AddContainer(jsii.String("orders"), &awsecs.ContainerDefinitionOptions{
		Image: awsecs.ContainerImage_FromRegistry(jsii.String("public.ecr.aws/orders"), nil), PortMappings: &mappings,
	})
	return awsecs.NewFargateService(stack, jsii.String("Tasks"), &awsecs.FargateServiceProps{
		Cluster:        awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc}),
		TaskDefinition: task, DesiredCount: jsii.Number(2), MinHealthyPercent: jsii.Number(100),
		VpcSubnets: &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED},
	})
}
