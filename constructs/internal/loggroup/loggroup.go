// Package loggroup defines log groups of CloudWatch Logs by the retention that people choose.
package loggroup

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// Props describe a log group.
type Props struct {
	// Name is the name of the group; empty for one that CloudFormation makes. It must be unique to the stack, because the group outlives it.
	Name string
	// Retention is how long events are kept; empty for [DefaultRetention].
	Retention awslogs.RetentionDays
	// Deletes is true if the group is deleted with its stack.
	Deletes bool
	// ResourcePolicy lets a service of AWS write to the group; nil for none.
	ResourcePolicy any
}

// Add adds a log group. Its class is STANDARD: metric filters need it, and a class cannot be changed.
func Add(b *onecall.Batch, id string, props *Props) *onecall.Item[awslogs.CfnLogGroup] {
	l1 := &awslogs.CfnLogGroupProps{
		LogGroupClass:          jsii.String("STANDARD"),
		RetentionInDays:        days(props.Retention),
		ResourcePolicyDocument: props.ResourcePolicy,
	}
	if props.Name != "" {
		l1.LogGroupName = props.Name
	}
	group := onecall.Add(b, awslogs.NewCfnLogGroup, id, l1)
	if !props.Deletes {
		onecall.Call2(group, awslogs.CfnLogGroup.ApplyRemovalPolicy, awscdk.RemovalPolicy_RETAIN, nil)
	}
	return group
}
