package acceptance

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// AcceptorProps are the properties of an [Acceptor].
type AcceptorProps struct {
	// The provider whose connections are accepted. It requires acceptance, and is in the account and Region of the acceptor.
	//
	// Required.
	Service privateapi.IPrivateLinkProvider

	// The consumers whose connections are accepted. Their accounts are also allowed to connect: see AllowedPrincipals of the provider.
	//
	// Default: - none: all connections wait for a person.
	Consumers *[]*Consumer

	// Whether connections are rejected, and so cut, once their account is no longer listed or has expired. Those that a person accepted are cut too.
	//
	// Default: false.
	CutRemoved *bool

	// How often connections are compared with the list, in whole minutes from 1 to 60. Notifications of EC2 start further runs; the schedule makes up
	// for those that are lost.
	//
	// Default: 5 minutes.
	Interval awscdk.Duration

	// Whether the topic is encrypted. It needs a key whose policy names EC2, which a key of AWS does not: a new one costs $1 a month.
	//
	// Default: true.
	Encryption *bool

	// The key of the topic. The acceptor adds EC2 to the policy of a key of this app; that of an imported key must let vpce.amazonaws.com call
	// kms:GenerateDataKey* and kms:Decrypt.
	//
	// Default: - a new key.
	EncryptionKey awskms.IKey

	// How long decisions are kept in the log.
	//
	// Default: awslogs.RetentionDays_THIRTEEN_MONTHS, which is 400 days.
	LogRetention awslogs.RetentionDays

	// The topics that all alarms notify, when they go off and when they are over: up to five, in the Region of the acceptor.
	//
	// Default: - none: the alarms only have a state.
	AlarmTopics *[]awssns.ITopic

	// What is changed of alarms, by their names: Waiting, Failed, Errors and Silence; and Rejected and UnknownAccount, which are off unless their
	// Enabled is true. Rejected goes off when the acceptor rejects a connection, and UnknownAccount as soon as one waits whose account is not
	// listed, or has expired. Each alarm costs $0.10 a month.
	//
	// Default: - the alarms are as their accessors say, and Rejected and UnknownAccount are off.
	Alarms *map[string]*AlarmSettings
}

// AlarmSettings change an alarm of an [Acceptor], or switch it off.
type AlarmSettings struct {
	// Whether there is the alarm.
	//
	// Default: true; false for Rejected and UnknownAccount.
	Enabled *bool

	// The value with which that of the metric is compared. Not a token.
	//
	// Default: - 0 for those that go off above it, 1 for Silence, and for Waiting three intervals in seconds, 900 at least.
	Threshold *float64

	// How long the metric is added up for one value, in whole minutes.
	//
	// Default: - 5 minutes, or the interval if that is longer; for Silence six intervals, 30 minutes at least.
	Period awscdk.Duration

	// How many periods the alarm looks at.
	//
	// Default: 1.
	EvaluationPeriods *float64

	// In how many of these periods the value must breach the threshold.
	//
	// Default: 1.
	DatapointsToAlarm *float64

	// What a period without a value counts as.
	//
	// Default: - breaching for Silence, ignored for Waiting and UnknownAccount, else not breaching.
	TreatMissingData awscloudwatch.TreatMissingData
}

// Consumer is an account whose connections are accepted.
type Consumer struct {
	// The name of the consumer in the log, such as that of the team.
	//
	// Required.
	Label *string

	// The ID of the account that owns the endpoints.
	//
	// Required.
	Account *string

	// When the account stops being accepted: a date, which counts to its end in UTC, or a time of RFC 3339. What is connected by then stays, unless
	// CutRemoved is true.
	//
	// Default: - never.
	Expires *string
}
