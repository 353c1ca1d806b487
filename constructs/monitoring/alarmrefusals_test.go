package monitoring_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// badAlarms refuses alarms of an API. All cases watch the same.
func badAlarms(name string, edit func(stack awscdk.Stack, p *providerAlarms), broken ...rules.Rule) cdktest.Refusal {
	return cdktest.Refusal{Name: name, Broken: broken, Prepare: func(t *testing.T) func() {
		stack := cdktest.Stack(t)
		p := &providerAlarms{Service: alarmedAPI(stack, "Quote")}
		edit(stack, p)
		return func() { monitoring.NewProviderAlarms(stack, jsii.String("Alarms"), p) }
	}}
}

func badSettings(name string, s settings, broken ...rules.Rule) cdktest.Refusal {
	return badAlarms(name, func(_ awscdk.Stack, p *providerAlarms) { p.Alarms = &s }, broken...)
}

func badConsumer(name string, edit func(stack awscdk.Stack, p *consumerAlarms), broken ...rules.Rule) cdktest.Refusal {
	return cdktest.Refusal{Name: name, Broken: broken, Prepare: func(t *testing.T) func() {
		stack := cdktest.Stack(t)
		p := &consumerAlarms{Consumer: alarmedConsumer(stack)}
		edit(stack, p)
		return func() { monitoring.NewConsumerAlarms(stack, jsii.String("Alarms"), p) }
	}}
}

// alarmsIn refuses alarms that are somewhere else than the API.
func alarmsIn(name string, stackIn func(app awscdk.App) awscdk.Stack) cdktest.Refusal {
	return cdktest.Refusal{Name: name, Broken: []rules.Rule{rules.AlarmPlace}, Prepare: func(t *testing.T) func() {
		app := cdktest.App(t, nil)
		api := alarmedNLB(stackOf(app, "Watched"))
		stack := stackIn(app)
		return func() { newProviderAlarms(stack, api) }
	}}
}

func environment(account, region string) *awscdk.StackProps {
	return &awscdk.StackProps{Env: &awscdk.Environment{Account: &account, Region: &region}}
}

func TestAlarmRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	token := awscdk.Token_AsNumber(map[string]any{"Fn::ImportValue": "Number"})
	cdktest.RefusalsIn(t, "alarmrefusals.txt", []cdktest.Refusal{
		badAlarms("nothing", func(_ awscdk.Stack, p *providerAlarms) { *p = providerAlarms{} }, rules.Required),
		badAlarms("an API that embeds nil", func(_ awscdk.Stack, p *providerAlarms) {
			p.Service = &struct {
				privateapi.IPrivateApiService
			}{}
		}, rules.Required),
		badAlarms("an import", func(stack awscdk.Stack, p *providerAlarms) { p.Service = alarmedImport(stack) }, rules.AlarmSubject),
		badAlarms("a name with another case", func(_ awscdk.Stack, p *providerAlarms) { p.Alarms = &settings{"rstPacketsSent": off()} }, rules.AlarmName),
		badAlarms("actions that are none", func(_ awscdk.Stack, p *providerAlarms) {
			p.Topics, p.ActionArns = &[]awssns.ITopic{nil}, &[]*string{jsii.String("OnCall"), nil}
		}, rules.Required, rules.Required, rules.AlarmActions),
		badAlarms("six actions", func(stack awscdk.Stack, p *providerAlarms) {
			p.Topics, p.ActionArns = onCall(stack), jsii.Strings(incidentArn, incidentArn, incidentArn, incidentArn, incidentArn)
		}, rules.AlarmActions),
		badAlarms("actions in another Region", func(stack awscdk.Stack, p *providerAlarms) {
			far := "arn:aws:sns:us-east-1:222222222222:OnCall"
			elsewhere := awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Elsewhere"), environment(cdktest.Account, "us-east-1"))
			p.Topics = &[]awssns.ITopic{awssns.Topic_FromTopicArn(stack, jsii.String("Far"), &far), awssns.NewTopic(elsewhere, jsii.String("Farther"), nil)}
			p.ActionArns = jsii.Strings(incidentArn, far)
		}, rules.AlarmActions, rules.AlarmActions, rules.AlarmActions),
		badAlarms("more parts than a composite takes", func(stack awscdk.Stack, p *providerAlarms) {
			api := alarmedAPI(stackOf(awscdk.App_Of(stack), "Many"))
			for i := range 40 {
				route := alarmedRoute(fmt.Sprint("/", i))
				route.Priority = jsii.Number(float64(10 + i))
				api.AddRoute(jsii.String(fmt.Sprint(strings.Repeat("Quote", 40), i)), route)
			}
			p.Service = api
		}, rules.AlarmParts),
		badAlarms("a list of actions that is a token", func(_ awscdk.Stack, p *providerAlarms) {
			p.ActionArns = awscdk.Token_AsList(map[string]any{"Fn::ImportValue": "List"}, nil)
		}, rules.AlarmActions),
		badAlarms("a certificate that is nil", func(_ awscdk.Stack, p *providerAlarms) { p.Certificates = &[]elbv2.IListenerCertificate{nil} }, rules.Required),
		badAlarms("certificates without a metric, and twice", func(_ awscdk.Stack, p *providerAlarms) {
			certificate := elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:iam::222222222222:server-certificate/pricing"))
			p.Certificates = &[]elbv2.IListenerCertificate{certificate, certificate}
		}, rules.AlarmSubject, rules.Contradiction, rules.AlarmSubject),
		badAlarms("no requests at least", func(_ awscdk.Stack, p *providerAlarms) { p.MinimumRequests = jsii.Number(0) }, rules.AlarmThreshold),
		badAlarms("requests that are a token", func(_ awscdk.Stack, p *providerAlarms) { p.MinimumRequests = token }, rules.AlarmThreshold),
		badSettings("an alarm of consumers", settings{"PacketsDropped": off()}, rules.AlarmName),
		badSettings("settings that are nil", settings{"TargetErrors": nil}, rules.Required),
		badSettings("a threshold that is a token", settings{"TargetErrors": {Threshold: token}}, rules.AlarmThreshold),
		badSettings("periods that are a token", settings{"TargetErrors": {EvaluationPeriods: token}}, rules.AlarmEvaluation),
		badSettings("a period that is a token", settings{"TargetErrors": {Period: awscdk.Duration_Seconds(token)}}, rules.AlarmPeriod),
		badSettings("a period of seconds", settings{"TargetErrors": {Period: awscdk.Duration_Seconds(jsii.Number(10))}}, rules.AlarmPeriod),
		badSettings("a period shorter than the metric's", settings{"NoEndpoints": {Period: awscdk.Duration_Minutes(jsii.Number(1))}}, rules.AlarmPeriod),
		badSettings("two days of minutes", settings{"TargetErrors": {EvaluationPeriods: jsii.Number(2880)}}, rules.AlarmEvaluation),
		badSettings("more than all", settings{"TargetErrors": {DatapointsToAlarm: jsii.Number(6)}}, rules.AlarmEvaluation),
		badSettings("missing data as CloudFormation has it", settings{"TargetErrors": {TreatMissingData: "notBreaching"}}, rules.KnownValue),
		badSettings("a composite with a threshold", settings{"ApiUnavailable": {Threshold: jsii.Number(1)}}, rules.Contradiction),
		badSettings("a composite of one", settings{"ApiUnavailable": on(), "NoHealthyZone": off(), "NoHealthyTarget": off()}, rules.Contradiction),
		badSettings("everything at once", settings{
			"A": off(), "TargetErrors": {Threshold: token, DatapointsToAlarm: jsii.Number(0)},
		}, rules.AlarmName, rules.AlarmThreshold, rules.AlarmEvaluation),
		badConsumer("no consumer", func(_ awscdk.Stack, p *consumerAlarms) { *p = consumerAlarms{} }, rules.Required),
		badConsumer("a subnet that is nil", func(_ awscdk.Stack, p *consumerAlarms) { p.Subnets = &[]awsec2.ISubnet{nil} }, rules.Required),
		badConsumer("a subnet of another VPC, and one twice", func(stack awscdk.Stack, p *consumerAlarms) {
			own := *alarmedVpc(stack, "Alarmed").PrivateSubnets()
			other := awsec2.Subnet_FromSubnetId(stack, jsii.String("Other"), jsii.String("subnet-0fedcba9876543210"))
			p.Subnets = &[]awsec2.ISubnet{own[0], other, own[0]}
		}, rules.AlarmSubject, rules.Contradiction),
		badConsumer("subnets of a consumer by route", func(stack awscdk.Stack, p *consumerAlarms) {
			p.Consumer, p.Spoke, p.Subnets = alarmedRoutedConsumer(stack), alarmedSpoke(stack), alarmedVpc(stack, "Alarmed").PrivateSubnets()
		}, rules.Contradiction),
		badConsumer("a composite of a consumer", func(_ awscdk.Stack, p *consumerAlarms) { p.Alarms = &settings{"ApiUnavailable": off()} }, rules.AlarmName),
		badConsumer("a consumer by route", func(stack awscdk.Stack, p *consumerAlarms) { p.Consumer = alarmedRoutedConsumer(stack) }, rules.AlarmSubject),
		badConsumer("an import that says little", func(stack awscdk.Stack, p *consumerAlarms) {
			p.Consumer = privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Import"), &privateapi.PrivateApiConsumerAttributes{
				VpcEndpointId:  jsii.String("vpce-0123456789abcdef0"),
				SecurityGroups: p.Consumer.Connections().SecurityGroups(),
			})
		}, rules.AlarmSubject),
		badConsumer("a spoke that is a VPC", func(stack awscdk.Stack, p *consumerAlarms) { p.Spoke = alarmedVpc(stack, "Spoke") }, rules.AlarmSubject),
		badConsumer("a spoke that is a consumer", func(_ awscdk.Stack, p *consumerAlarms) { p.Spoke = p.Consumer }, rules.AlarmSubject),
		badConsumer("an action that is a name", func(_ awscdk.Stack, p *consumerAlarms) { p.ActionArns = jsii.Strings("OnCall") }, rules.AlarmActions),
		alarmsIn("alarms in the account of a consumer", func(app awscdk.App) awscdk.Stack { return cdktest.StackIn(app, "Consumer", cdktest.OtherAccount) }),
		alarmsIn("alarms in another Region", func(app awscdk.App) awscdk.Stack {
			return awscdk.NewStack(app, jsii.String("Far"), environment(cdktest.Account, "eu-central-1"))
		}),
		alarmsIn("alarms in another stage", func(app awscdk.App) awscdk.Stack {
			return awscdk.NewStack(awscdk.NewStage(app, jsii.String("Stage"), nil), jsii.String("Stack"), environment(cdktest.Account, cdktest.Region))
		}),
	}, rules.Alarms())
}

// What is refused leaves nothing behind.
func TestRefusedAlarmsLeaveNothing(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	api := alarmedNLB(stack)
	cdktest.WantPanic(t, "is no alarm of this construct", func() {
		newProviderAlarms(stack, api, func(p *providerAlarms) { p.Alarms = &settings{"X": off()} })
	})
	cdktest.Check(t, func() { newProviderAlarms(stack, api) })
}
