package acceptance

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/servicerole"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// notifier is the service that notifies topics of connections.
const notifier = "vpce.amazonaws.com"

var useOfKey = jsii.Strings("kms:Decrypt", "kms:GenerateDataKey*")

// notify makes EC2 notify a topic of connections, which runs the function.
func (a *acceptor) notify(plan *plan) {
	a.topic = onecall.Add(a.batch, awssns.NewCfnTopic, "Topic", &awssns.CfnTopicProps{KmsMasterKeyId: a.key(plan)})
	topic := onecall.Get(a.topic, awssns.CfnTopic.Ref).Placeholder()
	function := onecall.Get(a.function.Function, awslambda.CfnFunction.AttrArn).Placeholder()
	policy := onecall.Add(a.batch, awssns.NewCfnTopicPolicy, "TopicPolicy", &awssns.CfnTopicPolicyProps{
		Topics: &[]*string{topic}, PolicyDocument: plan.topicPolicy(*topic),
	})
	permission := onecall.Add(a.batch, awslambda.NewCfnPermission, "Permission", &awslambda.CfnPermissionProps{
		FunctionName: function, Action: jsii.String("lambda:InvokeFunction"), Principal: jsii.String("sns.amazonaws.com"), SourceArn: topic,
	})
	subscription := onecall.Add(a.batch, awssns.NewCfnSubscription, "Subscription", &awssns.CfnSubscriptionProps{
		TopicArn: topic, Protocol: jsii.String("lambda"), Endpoint: function,
	})
	onecall.WaitFor(a.batch, subscription, permission)
	notification := onecall.Add(a.batch, awsec2.NewCfnVPCEndpointConnectionNotification, "Notification", &awsec2.CfnVPCEndpointConnectionNotificationProps{
		ServiceId: &plan.serviceID, ConnectionNotificationArn: topic, ConnectionEvents: jsii.Strings("Accept", "Connect", "Delete", "Reject"),
	})
	onecall.WaitFor(a.batch, notification, policy) // EC2 checks that it may publish
	onecall.WaitFor(a.batch, notification, subscription)
}

// topicPolicy lets EC2 publish for this service, and nobody without TLS.
func (p *plan) topicPolicy(topic string) map[string]any {
	return servicerole.Policy(
		map[string]any{
			"Effect": "Allow", "Principal": map[string]any{"Service": notifier}, "Action": "sns:Publish", "Resource": topic,
			"Condition": map[string]any{
				"ArnEquals":    map[string]any{"aws:SourceArn": p.serviceARN()},
				"StringEquals": map[string]any{"aws:SourceAccount": *p.stack.Account()},
			},
		},
		map[string]any{
			"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": topic,
			"Condition": map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}},
		},
	)
}

// key is the key of the topic; nil for none.
func (a *acceptor) key(plan *plan) any {
	if !plan.encrypts() {
		return nil
	}
	if given := plan.props.EncryptionKey; given != nil {
		plan.allowUse(given)
		return onecall.Get(onecall.Use(a.batch, given), awskms.IKey.KeyArn).Placeholder()
	}
	key := onecall.Add(a.batch, awskms.NewCfnKey, "Key", &awskms.CfnKeyProps{
		Description:       jsii.String("Encrypts notifications of connections to an endpoint service"),
		EnableKeyRotation: jsii.Bool(true),
		KeyPolicy: servicerole.Policy(
			map[string]any{
				"Effect": "Allow", "Principal": map[string]any{"AWS": "arn:" + *plan.stack.Partition() + ":iam::" + *plan.stack.Account() + ":root"},
				"Action": "kms:*", "Resource": "*",
			},
			map[string]any{
				"Effect": "Allow", "Principal": map[string]any{"Service": notifier}, "Action": useOfKey, "Resource": "*",
				"Condition": plan.ofAccount(),
			},
		),
	})
	return onecall.Get(key, awskms.CfnKey.AttrArn).Placeholder()
}

// allowUse adds EC2 to the policy of a key, or warns that the policy is not of this app. The policy does not name the service: the stack of the
// key must not wait for it.
func (p *plan) allowUse(key awskms.IKey) {
	conditions := p.ofAccount()
	added := key.AddToResourcePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Principals: &[]awsiam.IPrincipal{awsiam.NewServicePrincipal(jsii.String(notifier), nil)},
		Actions:    useOfKey, Resources: jsii.Strings("*"), Conditions: &conditions,
	}), jsii.Bool(true))
	if !*added.StatementAdded {
		p.report.Add(rules.AcceptorKeyPolicy, "EncryptionKey", "is imported, so its policy is not of this app")
	}
}

// ofAccount is the condition that a service acts for this account.
func (p *plan) ofAccount() map[string]any {
	return map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": *p.stack.Account()}}
}
