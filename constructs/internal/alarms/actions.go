package alarms

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Topics checks the topics that alarms in a stack notify, and returns their ARNs. CDK is asked once for each topic.
func Topics(r *rules.Report, stack *answers.Stack, property string, topics *[]awssns.ITopic) (arns []any) {
	check.NoNil(r, property, topics)
	for i, topic := range prop.Elements(topics) {
		if topic != nil {
			arn := answers.Of(stack, topic, "ARN of topic", topic.TopicArn)
			checkTopic(r, stack, fmt.Sprintf("%s[%d]", property, i), topic, arn)
			arns = append(arns, arn)
		}
	}
	return arns
}

func checkTopic(r *rules.Report, stack *answers.Stack, property string, topic awssns.ITopic, arn *string) {
	if !token.IsString(*arn) {
		CheckAction(r, stack, property, arn)
		return
	}
	region := answers.Of(stack, topic, "Region of topic", func() *string { return topic.Env().Region })
	if placement.Differ(*region, *stack.Region()) {
		r.Add(rules.AlarmActions, property, "is in %s, and the alarms are in %s", *region, *stack.Region())
	}
}

// CheckAction checks the ARN of what alarms in a stack do, unless it is a token.
func CheckAction(r *rules.Report, stack *answers.Stack, property string, arn *string) {
	region, _ := token.Literal(stack.Region())
	if literal, isLiteral := token.Literal(arn); isLiteral {
		rules.CheckAlarmAction(r, property, literal, region)
	}
}
