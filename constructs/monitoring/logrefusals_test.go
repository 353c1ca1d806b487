package monitoring_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// badLogs is a construct in a stack of its own, which is refused by these rules in this order.
func badLogs(name string, prepare func(awscdk.Stack) (refused func()), broken ...rules.Rule) cdktest.Refusal {
	return cdktest.Refusal{Name: name, Broken: broken, Prepare: func(t *testing.T) func() { return prepare(cdktest.Stack(t)) }}
}

// badDelivery is a delivery of these types of an ALB.
func badDelivery(name string, types []monitoring.LoadBalancerLogType, broken ...rules.Rule) cdktest.Refusal {
	return badLogs(name, func(stack awscdk.Stack) func() {
		return func() {
			monitoring.NewLoadBalancerLogDelivery(stack, jsii.String("Logs"), &monitoring.LoadBalancerLogDeliveryProps{
				LoadBalancer: loggedBalancer(stack, "app/Pricing/1"), LogTypes: &types,
			})
		}
	}, broken...)
}

// elsewhere are logs in another stack than what they record.
func elsewhere(name string, logs func(awscdk.App) awscdk.Stack, refused func(recorded, logs awscdk.Stack) func(), broken ...rules.Rule) cdktest.Refusal {
	return cdktest.Refusal{Name: name, Broken: broken, Prepare: func(t *testing.T) func() {
		app := cdktest.App(t, nil)
		return refused(cdktest.StackIn(app, "Recorded", cdktest.Account), logs(app))
	}}
}

func inOtherAccount(app awscdk.App) awscdk.Stack {
	return cdktest.StackIn(app, "Logs", cdktest.OtherAccount)
}

func inOtherStage(app awscdk.App) awscdk.Stack {
	return awscdk.NewStack(awscdk.NewStage(app, jsii.String("Prod"), nil), jsii.String("Logs"), nil)
}

func TestLogRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	access := monitoring.LoadBalancerLogType_ALB_ACCESS_LOGS
	flowLogsOf := func(recorded, logs awscdk.Stack) func() {
		consumer := loggedConsumer(recorded, "Logged", "api.internal.company.com", loggedVpc(recorded))
		return func() {
			monitoring.NewConsumerFlowLogs(logs, jsii.String("Logs"), &monitoring.ConsumerFlowLogsProps{Consumer: consumer})
		}
	}
	cdktest.RefusalsIn(t, "log-refusals.txt", []cdktest.Refusal{
		badLogs("flow logs of no consumer", func(stack awscdk.Stack) func() {
			return func() { monitoring.NewConsumerFlowLogs(stack, jsii.String("Logs"), nil) }
		}, rules.Required),
		badLogs("flow logs of a consumer that embeds nil", func(stack awscdk.Stack) func() {
			return func() {
				monitoring.NewConsumerFlowLogs(stack, jsii.String("Logs"), &monitoring.ConsumerFlowLogsProps{Consumer: &struct{ privateapi.IPrivateApiConsumer }{}})
			}
		}, rules.Required),
		badLogs("flow logs of an imported consumer", func(stack awscdk.Stack) func() {
			vpc := loggedVpc(stack)
			imported := privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Imported"), &privateapi.PrivateApiConsumerAttributes{
				VpcEndpointId:  jsii.String("vpce-0123456789abcdef0"),
				SecurityGroups: &[]awsec2.ISecurityGroup{awsec2.NewSecurityGroup(stack, jsii.String("Group"), &awsec2.SecurityGroupProps{Vpc: vpc})},
			})
			return func() {
				monitoring.NewConsumerFlowLogs(stack, jsii.String("Logs"), &monitoring.ConsumerFlowLogsProps{Consumer: imported})
			}
		}, rules.FlowLogEndpoint),
		badLogs("flow logs of a consumer without an endpoint", func(stack awscdk.Stack) func() {
			consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Logged"), &privateapi.PrivateApiConsumerProps{
				Vpc: loggedVpc(stack),
				Service: lattice.Api_FromAttributes(stack, jsii.String("Api"), &lattice.ApiAttributes{
					ServiceArn: jsii.String("arn:aws:vpc-lattice:eu-west-1:222222222222:service/svc-0123456789abcdef0"), DomainName: jsii.String("api.internal.company.com"),
					PrefixList: awsec2.PrefixList_FromPrefixListId(stack, jsii.String("List"), jsii.String("pl-0123456789abcdef0")),
				}),
			})
			return func() {
				monitoring.NewConsumerFlowLogs(stack, jsii.String("Logs"), &monitoring.ConsumerFlowLogsProps{Consumer: consumer})
			}
		}, rules.FlowLogEndpoint),
		elsewhere("flow logs in another account", inOtherAccount, flowLogsOf, rules.LogsPlace),
		elsewhere("flow logs in another stage", inOtherStage, flowLogsOf, rules.LogsPlace),
		badLogs("flow logs of no VPC, for a time that is unknown", func(stack awscdk.Stack) func() {
			return func() {
				monitoring.NewSubnetFlowLogs(stack, jsii.String("Logs"), &monitoring.SubnetFlowLogsProps{LogRetention: "400"})
			}
		}, rules.KnownValue, rules.Required),
		badLogs("flow logs of a subnet that is listed twice", func(stack awscdk.Stack) func() {
			subnets := *loggedVpc(stack).PrivateSubnets()
			return func() {
				monitoring.NewSubnetFlowLogs(stack, jsii.String("Logs"), &monitoring.SubnetFlowLogsProps{
					Vpc: loggedVpc(awscdk.NewStack(stack, jsii.String("Other"), nil)), Subnets: &awsec2.SubnetSelection{Subnets: &[]awsec2.ISubnet{subnets[0], subnets[1], subnets[0]}},
				})
			}
		}, rules.KnownValue),
		badLogs("flow logs of subnets that the VPC does not have", func(stack awscdk.Stack) func() {
			return func() {
				monitoring.NewSubnetFlowLogs(stack, jsii.String("Logs"), &monitoring.SubnetFlowLogsProps{
					Vpc: loggedVpc(stack), Subnets: &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PUBLIC},
				})
			}
		}, rules.SubnetSelection),
		badLogs("a log group, and how long another one keeps records", func(stack awscdk.Stack) func() {
			return func() {
				monitoring.NewSubnetFlowLogs(stack, jsii.String("Logs"), &monitoring.SubnetFlowLogsProps{
					Vpc: loggedVpc(stack), LogRetention: awslogs.RetentionDays_ONE_YEAR,
					LogGroup: awslogs.LogGroup_FromLogGroupName(stack, jsii.String("Group"), jsii.String("flows")),
				})
			}
		}, rules.Contradiction),
		badLogs("no ALB and no types", func(stack awscdk.Stack) func() {
			return func() { monitoring.NewLoadBalancerLogDelivery(stack, jsii.String("Logs"), nil) }
		}, rules.Required, rules.Required),
		badDelivery("access logs of an NLB", []monitoring.LoadBalancerLogType{"NLB_ACCESS_LOGS"}, rules.LogTypeOfNetworkLoadBalancer),
		badDelivery("types that do not exist, and one twice", []monitoring.LoadBalancerLogType{"ACCESS", access, access}, rules.KnownValue, rules.KnownValue),
		badLogs("logs that are delivered already", func(stack awscdk.Stack) func() {
			balancer := loggedBalancer(stack, "app/Pricing/1")
			deliver := func(id string) {
				monitoring.NewLoadBalancerLogDelivery(stack, &id, &monitoring.LoadBalancerLogDeliveryProps{LoadBalancer: balancer, LogTypes: &[]monitoring.LoadBalancerLogType{access}})
			}
			deliver("First")
			return func() { deliver("Logs") }
		}, rules.LogDeliveryTwice),
		elsewhere("logs of an ALB of another account", inOtherAccount, func(recorded, logs awscdk.Stack) func() {
			balancer := loggedBalancer(recorded, "app/Pricing/1")
			return func() {
				monitoring.NewLoadBalancerLogDelivery(logs, jsii.String("Logs"), &monitoring.LoadBalancerLogDeliveryProps{LoadBalancer: balancer, LogTypes: &[]monitoring.LoadBalancerLogType{access}})
			}
		}, rules.LogsPlace),
		badLogs("queries over nothing", func(stack awscdk.Stack) func() {
			return func() { monitoring.NewSavedQueries(stack, jsii.String("Queries"), nil) }
		}, rules.QueryWithoutLogs),
		badLogs("queries without a folder", func(stack awscdk.Stack) func() { return savedIn(stack, "") }, rules.Required),
		badLogs("queries in a folder of a long name", func(stack awscdk.Stack) func() { return savedIn(stack, strings.Repeat("team/", 50)) }, rules.QueryFolder),
		elsewhere("queries in another account", inOtherAccount, func(recorded, logs awscdk.Stack) func() {
			clients := monitoring.NewSubnetFlowLogs(recorded, jsii.String("Clients"), &monitoring.SubnetFlowLogsProps{Vpc: loggedVpc(recorded)})
			return func() {
				monitoring.NewSavedQueries(logs, jsii.String("Queries"), &monitoring.SavedQueriesProps{ClientLogs: clients})
			}
		}, rules.LogsPlace),
	}, rules.Logs())
}

func savedIn(stack awscdk.Stack, folder string) func() {
	clients := monitoring.NewSubnetFlowLogs(stack, jsii.String("Clients"), &monitoring.SubnetFlowLogsProps{Vpc: loggedVpc(stack)})
	return func() {
		monitoring.NewSavedQueries(stack, jsii.String("Queries"), &monitoring.SavedQueriesProps{ClientLogs: clients, Folder: &folder})
	}
}
