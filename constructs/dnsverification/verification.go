package dnsverification

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/inlinefunction"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// VerificationProps are the properties of a [Verification].
type VerificationProps struct {
	// The provider whose PrivateDnsName is verified. The verification is defined in a stack of the provider's account and Region.
	//
	// Required.
	Service privateapi.IPrivateLinkProvider

	// The public hosted zone of the domain, in which the TXT record is defined: that of PrivateDnsName or of a parent, in the account of the
	// stack. It may be imported.
	//
	// Default: - none: outputs of the stack have the record, for whoever publishes it.
	HostedZone awsroute53.IHostedZone

	// States that the TXT record is in public DNS, where no HostedZone of the account can have it: in a zone of another account or
	// another DNS provider. So it takes two deployments: one whose outputs have the record, and one with RecordPublished, which
	// starts the verification and waits.
	//
	// Default: false.
	RecordPublished *bool

	// For how long a deployment waits until the name is verified, from 30 seconds to 14 minutes. After that it fails, with the record that
	// AWS looks for as the reason; the next deployment starts the verification afresh.
	//
	// Default: 10 minutes.
	VerificationTimeout awscdk.Duration
}

// Verification verifies the private DNS name of a provider: it has the TXT record, and a custom resource that starts the verification and
// waits until AWS has found the record. Endpoints of the same app that enable the name depend on it.
//
// It costs next to nothing: a record, and a Lambda function that runs only while a deployment changes the name.
type Verification interface {
	constructs.Construct

	// TxtName returns the full name of the TXT record: _<token>.<domain>.
	TxtName() *string

	// TxtValue returns the value of the TXT record, without quotes: vpce:<token>.
	TxtValue() *string

	// Record returns the TXT record; nil without a HostedZone.
	Record() awsroute53.CfnRecordSet

	// Function returns the Lambda function that verifies; nil with neither HostedZone nor RecordPublished, as for LogGroup and Resource.
	Function() awslambda.CfnFunction

	// LogGroup returns the log group of the function, which keeps its logs for 30 days.
	LogGroup() awslogs.CfnLogGroup

	// Resource returns the custom resource, which is deployed once the name is verified.
	Resource() awscdk.CustomResource
}

type verification struct {
	constructs.Construct
	plan    *verificationPlan
	batch   *onecall.Batch
	service *onecall.Item[awsec2.CfnVPCEndpointService]

	record   *onecall.Item[awsroute53.CfnRecordSet] // nil without a zone
	function *inlinefunction.Function               // nil while nothing verifies, as what follows
	resource *onecall.Item[awscdk.CustomResource]
}

var _ Verification = (*verification)(nil)

// NewVerification defines a [Verification].
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewVerification(scope constructs.Construct, id *string, props *VerificationProps) Verification {
	refusal.RequireScope("NewVerification", scope, id)
	v := &verification{plan: planVerification(scope, id, props)}
	v.batch = onecall.Begin(v, &v.Construct, scope, id)
	v.service = onecall.Use(v.batch, v.plan.endpointService)
	if !v.plan.verifies {
		v.defineOutputs()
		v.batch.Flush()
		return v
	}
	v.defineRecord()
	v.defineFunction()
	v.defineResource()
	v.batch.Flush(v.resource)
	v.plan.service.VerifyPrivateDnsBy(v.Resource())
	return v
}

func (v *verification) Record() awsroute53.CfnRecordSet { return objectOf(v.record) }
func (v *verification) Resource() awscdk.CustomResource { return objectOf(v.resource) }

func (v *verification) Function() awslambda.CfnFunction {
	if v.function == nil {
		return nil
	}
	return v.function.Function.Object()
}

func (v *verification) LogGroup() awslogs.CfnLogGroup {
	if v.function == nil {
		return nil
	}
	return v.function.LogGroup.Object()
}

func (v *verification) TxtName() *string {
	return v.plan.fullName(v.plan.endpointService.AttrPrivateDnsNameConfigurationName())
}

func (v *verification) TxtValue() *string {
	return v.plan.endpointService.AttrPrivateDnsNameConfigurationValue()
}

// objectOf returns an item as CDK has it; nil if there is none.
func objectOf[R any](item *onecall.Item[R]) (none R) {
	if item == nil {
		return none
	}
	return item.Object()
}

// txtName and txtValue stand for the attributes of the service in the batch.
func (v *verification) txtName() *string {
	return onecall.Get(v.service, awsec2.CfnVPCEndpointService.AttrPrivateDnsNameConfigurationName).Placeholder()
}

func (v *verification) txtValue() *string {
	return onecall.Get(v.service, awsec2.CfnVPCEndpointService.AttrPrivateDnsNameConfigurationValue).Placeholder()
}

// defineOutputs says which record to publish.
func (v *verification) defineOutputs() {
	onecall.Add(v.batch, awscdk.NewCfnOutput, "TxtName", &awscdk.CfnOutputProps{
		Value: v.plan.fullName(v.txtName()), Description: jsii.String("The name of the TXT record that proves who owns the private DNS name"),
	})
	onecall.Add(v.batch, awscdk.NewCfnOutput, "TxtValue", &awscdk.CfnOutputProps{
		Value: v.txtValue(), Description: jsii.String("The value of that record"),
	})
}

// defineRecord publishes the record in the zone. AWS has no use for a long time to live, and a new token would wait for it.
func (v *verification) defineRecord() {
	if v.plan.zone == nil {
		return
	}
	v.record = onecall.Add(v.batch, awsroute53.NewCfnRecordSet, "Record", &awsroute53.CfnRecordSetProps{
		HostedZoneId:    onecall.Get(onecall.Use(v.batch, v.plan.zone), awsroute53.IHostedZone.HostedZoneId).Placeholder(),
		Name:            jsii.String(*v.plan.fullName(v.txtName()) + "."),
		Type:            jsii.String("TXT"),
		Ttl:             jsii.String("60"),
		ResourceRecords: jsii.Strings(`"` + *v.txtValue() + `"`), // in quotes, as Route 53 takes it
	})
}
