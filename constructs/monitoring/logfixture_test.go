package monitoring_test

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const (
	typeFlowLog  = "AWS::EC2::FlowLog"
	typeLogGroup = "AWS::Logs::LogGroup"
	typeQuery    = "AWS::Logs::QueryDefinition"
	typeSource   = "AWS::Logs::DeliverySource"
)

// loggedVpc imports a VPC, so that templates have only our resources.
func loggedVpc(scope constructs.Construct) awsec2.IVpc {
	return awsec2.Vpc_FromVpcAttributes(scope, jsii.String("LoggedVpc"), &awsec2.VpcAttributes{
		VpcId: jsii.String("vpc-0123456789abcdef0"), VpcCidrBlock: jsii.String("10.1.0.0/16"),
		AvailabilityZones:          jsii.Strings("eu-west-1a", "eu-west-1b"),
		PrivateSubnetIds:           jsii.Strings("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
		PrivateSubnetRouteTableIds: jsii.Strings("rtb-0123456789abcdef0", "rtb-0123456789abcdef1"),
	})
}

// loggedConsumer defines a consumer of an imported service over PrivateLink.
func loggedConsumer(scope constructs.Construct, id, name string, vpc awsec2.IVpc) privateapi.PrivateApiConsumer {
	return privateapi.NewPrivateApiConsumer(scope, &id, &privateapi.PrivateApiConsumerProps{
		Vpc: vpc,
		Service: privateapi.PrivateApiService_FromAttributes(scope, jsii.String("Service of "+id), &privateapi.PrivateApiServiceAttributes{
			ServiceName: jsii.String("com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"), DomainNames: &[]*string{&name},
		}),
	})
}

// loggedBalancer imports an ALB of a name, such as app/Pricing/50dc6c495c0c9188.
func loggedBalancer(scope constructs.Construct, name string) elbv2.IApplicationLoadBalancer {
	return elbv2.ApplicationLoadBalancer_FromApplicationLoadBalancerAttributes(scope, jsii.String("ALB "+strings.ReplaceAll(name, "/", "-")), &elbv2.ApplicationLoadBalancerAttributes{
		LoadBalancerArn: jsii.String("arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/" + name), SecurityGroupId: jsii.String("sg-0123456789abcdef0"),
	})
}

// allLogs are all logs of one API and its consumer, and the queries over them. It returns their VPC.
func allLogs(stack awscdk.Stack) awsec2.IVpc {
	vpc := loggedVpc(stack)
	monitoring.NewSavedQueries(stack, jsii.String("Queries"), &monitoring.SavedQueriesProps{
		EndpointLogs: monitoring.NewConsumerFlowLogs(stack, jsii.String("EndpointLogs"), &monitoring.ConsumerFlowLogsProps{Consumer: loggedConsumer(stack, "Logged", "api.internal.company.com", vpc)}),
		ClientLogs:   monitoring.NewSubnetFlowLogs(stack, jsii.String("ClientLogs"), &monitoring.SubnetFlowLogsProps{Vpc: vpc, EcsFields: jsii.Bool(true)}),
		ProviderLogs: monitoring.NewSubnetFlowLogs(stack, jsii.String("ProviderLogs"), &monitoring.SubnetFlowLogsProps{
			Vpc: vpc, Subnets: &awsec2.SubnetSelection{AvailabilityZones: jsii.Strings("eu-west-1b")},
		}),
		LoadBalancerLogs: monitoring.NewLoadBalancerLogDelivery(stack, jsii.String("BalancerLogs"), &monitoring.LoadBalancerLogDeliveryProps{
			LoadBalancer: loggedBalancer(stack, "app/Pricing/50dc6c495c0c9188"),
			LogTypes: &[]monitoring.LoadBalancerLogType{
				monitoring.LoadBalancerLogType_ALB_HEALTH_CHECK_LOGS, monitoring.LoadBalancerLogType_ALB_ACCESS_LOGS, monitoring.LoadBalancerLogType_ALB_CONNECTION_LOGS,
			},
		}),
	})
	return vpc
}

// logStacks are a stack of a consumer or an ALB, and one of the logs.
func logStacks(app awscdk.App, account string) (recorded, logs awscdk.Stack) {
	return cdktest.StackIn(app, "Recorded", cdktest.Account), cdktest.StackIn(app, "Logs", account)
}
