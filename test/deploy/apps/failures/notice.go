package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// newNotice defines a topic that is notified of connections, which users put beside the construct. EC2 publishes to it, so
// its policy must exist first. https://docs.aws.amazon.com/vpc/latest/privatelink/create-notification-endpoint-service.html
func newNotice(scope constructs.Construct, id string) {
	stack := env.NewStack(scope, id, env.Context(scope, "providerAccount"), env.Region, &[]*string{})
	service := awscdk.NewCfnParameter(stack, jsii.String("ServiceId"), nil)
	events := awscdk.NewCfnParameter(stack, jsii.String("Events"), &awscdk.CfnParameterProps{Type: jsii.String("CommaDelimitedList")})
	topic := awssns.NewCfnTopic(stack, jsii.String("Topic"), nil)
	policy := awssns.NewCfnTopicPolicy(stack, jsii.String("Policy"), &awssns.CfnTopicPolicyProps{
		Topics: &[]*string{topic.Ref()},
		PolicyDocument: map[string]any{
			"Version": "2012-10-17",
			"Statement": []any{map[string]any{
				"Effect":    "Allow",
				"Principal": map[string]any{"Service": "vpce.amazonaws.com"},
				"Action":    "sns:Publish",
				"Resource":  topic.Ref(),
			}},
		},
	})
	notification := awsec2.NewCfnVPCEndpointConnectionNotification(stack, jsii.String("Notification"),
		&awsec2.CfnVPCEndpointConnectionNotificationProps{
			ServiceId:                 service.ValueAsString(),
			ConnectionEvents:          events.ValueAsList(),
			ConnectionNotificationArn: topic.Ref(),
		})
	notification.AddDependency(policy)
	awscdk.NewCfnOutput(stack, jsii.String("TopicArn"), &awscdk.CfnOutputProps{Value: topic.Ref()})
}
