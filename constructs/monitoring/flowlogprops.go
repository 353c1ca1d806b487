package monitoring

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// ConsumerFlowLogsProps are the properties of [NewConsumerFlowLogs].
type ConsumerFlowLogsProps struct {
	// The consumer whose endpoint is recorded. It is refused if it has no endpoint, or if it is imported: then the interfaces are not known, and
	// NewSubnetFlowLogs records the subnets of its clients instead.
	//
	// Required.
	Consumer privateapi.IPrivateApiConsumer

	// The log group. Queries that read it see whatever else is in it. To encrypt the log with a key of your own, supply a group that has one.
	//
	// Default: - a new log group, which stays when the stack is deleted.
	LogGroup awslogs.ILogGroup

	// How long a new log group keeps records.
	//
	// Default: awslogs.RetentionDays_THIRTEEN_MONTHS, which is 400 days.
	LogRetention awslogs.RetentionDays
}

// SubnetFlowLogsProps are the properties of [NewSubnetFlowLogs].
type SubnetFlowLogsProps struct {
	// The VPC of the subnets.
	//
	// Required.
	Vpc awsec2.IVpc

	// The subnets that are recorded, however many of a zone.
	//
	// Default: - all private and isolated subnets.
	Subnets *awsec2.SubnetSelection

	// Whether records tell the ECS service and the task whose interface it is. Set it where clients are ECS tasks, and let the flow logs depend on the
	// cluster (Node().AddDependency): reports say that EC2 takes these fields only where there is an ECS cluster. The role of CloudFormation needs
	// ecs:ListClusters, ecs:ListServices and ecs:ListTasks. A change replaces the flow logs, which EC2 refuses: give the construct another ID instead.
	//
	// Default: false.
	EcsFields *bool

	// The log group. Queries that read it see whatever else is in it. To encrypt the log with a key of your own, supply a group that has one.
	//
	// Default: - a new log group, which stays when the stack is deleted.
	LogGroup awslogs.ILogGroup

	// How long a new log group keeps records.
	//
	// Default: awslogs.RetentionDays_THIRTEEN_MONTHS, which is 400 days.
	LogRetention awslogs.RetentionDays
}
