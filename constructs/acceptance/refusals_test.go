package acceptance_test

import (
	"fmt"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/acceptance"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// bad is an acceptor that is edited, and refused by these rules in this order.
func bad(name string, edit func(awscdk.Stack, *P), broken ...rules.Rule) cdktest.Refusal {
	return cdktest.Refusal{Name: name, Broken: broken, Prepare: func(t *testing.T) func() {
		stack := cdktest.Stack(t)
		provider := newProvider(stack)
		return func() { newAcceptor(stack, provider, func(p *P) { edit(stack, p) }) }
	}}
}

// list is an acceptor with other consumers.
func list(name string, consumers *[]*acceptance.Consumer, broken ...rules.Rule) cdktest.Refusal {
	return bad(name, func(_ awscdk.Stack, p *P) { p.Consumers = consumers }, broken...)
}

// elsewhere is an acceptor in another stack than its provider.
func elsewhere(name string, stackOf func(awscdk.App) awscdk.Stack, broken ...rules.Rule) cdktest.Refusal {
	return cdktest.Refusal{Name: name, Broken: broken, Prepare: func(t *testing.T) func() {
		app := cdktest.App(t, nil)
		provider, stack := newProvider(cdktest.StackIn(app, "Provider", cdktest.Account)), stackOf(app)
		return func() { newAcceptor(stack, provider) }
	}}
}

func TestRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	account, other := cdktest.OtherAccount, "333333333333"
	cdktest.Refusals(t, []cdktest.Refusal{
		bad("nothing", func(_ awscdk.Stack, p *P) { *p = P{} }, rules.Required),
		bad("a service that embeds nil", func(_ awscdk.Stack, p *P) {
			p.Service = &struct {
				privateapi.IPrivateLinkProvider
			}{}
		}, rules.Required),
		bad("a service without acceptance", func(stack awscdk.Stack, p *P) {
			p.Service = newProvider(awscdk.NewNestedStack(stack, jsii.String("Nested"), nil), func(p *privateapi.PrivateNlbProviderProps) {
				p.AcceptanceRequired, p.AllowedPrincipals = nil, &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(account)}
			})
		}, rules.AcceptorAcceptance),
		bad("a second acceptor", func(stack awscdk.Stack, p *P) {
			acceptance.NewAcceptor(stack, jsii.String("First"), &P{Service: p.Service})
		}, rules.AcceptorTwice),
		list("a consumer that is nil", consumers(nil), rules.Required),
		list("a consumer of nothing", consumers(&acceptance.Consumer{}), rules.Required, rules.Required),
		list("a label that is empty", consumers(consumer("", account)), rules.Required),
		list("a label of a space", consumers(consumer(" ", account)), rules.Required),
		list("a name of an account", consumers(consumer("checkout", "checkout")), rules.PrincipalForm),
		list("an ARN of an account", consumers(consumer("checkout", "arn:aws:iam::111111111111:root")), rules.PrincipalForm),
		list("an account twice", consumers(consumer("checkout", account), consumer("orders", account)), rules.AcceptorConsumerTwice),
		list("a label twice", consumers(consumer("checkout", account), consumer("checkout", other)), rules.AcceptorConsumerTwice),
		list("an expiry in words", consumers(until(consumer("checkout", account), "next year")), rules.AcceptorExpiry),
		list("an expiry that does not exist", consumers(until(consumer("checkout", account), "2999-02-29")), rules.AcceptorExpiry),
		list("a time without a zone", consumers(until(consumer("checkout", account), "2999-12-31T18:00:00")), rules.AcceptorExpiry),
		bad("nobody, and everybody else is cut", func(_ awscdk.Stack, p *P) { p.Consumers, p.CutRemoved = nil, jsii.Bool(true) }, rules.AcceptorCutsEveryone),
		bad("an empty list, and everybody is cut", func(_ awscdk.Stack, p *P) { p.Consumers, p.CutRemoved = consumers(), jsii.Bool(true) }, rules.AcceptorCutsEveryone),
		bad("an interval of seconds", func(_ awscdk.Stack, p *P) { p.Interval = awscdk.Duration_Seconds(jsii.Number(30)) }, rules.AcceptorInterval),
		bad("an interval of a minute and a half", func(_ awscdk.Stack, p *P) { p.Interval = awscdk.Duration_Seconds(jsii.Number(90)) }, rules.AcceptorInterval),
		bad("an interval of a day", func(_ awscdk.Stack, p *P) { p.Interval = awscdk.Duration_Days(jsii.Number(1)) }, rules.AcceptorInterval),
		bad("an interval that is not known", func(_ awscdk.Stack, p *P) {
			p.Interval = awscdk.Duration_Minutes(awscdk.Token_AsNumber(map[string]any{"Fn::ImportValue": "Minutes"}))
		}, rules.AcceptorInterval),
		bad("a retention as CloudWatch has it", func(_ awscdk.Stack, p *P) { p.LogRetention = "400" }, rules.KnownValue),
		bad("a key for a topic that is not encrypted", func(stack awscdk.Stack, p *P) {
			p.Encryption, p.EncryptionKey = jsii.Bool(false), awskms.NewKey(stack, jsii.String("Key"), nil)
		}, rules.Contradiction),
		bad("a topic that is nil", func(_ awscdk.Stack, p *P) { p.AlarmTopics = &[]awssns.ITopic{nil} }, rules.Required),
		bad("six topics, of which one is in another Region", func(stack awscdk.Stack, p *P) {
			p.AlarmTopics = &[]awssns.ITopic{}
			for i, region := range []string{"eu-west-1", "eu-west-1", "eu-west-1", "eu-west-1", "eu-west-1", "us-east-1"} {
				arn := fmt.Sprintf("arn:aws:sns:%s:222222222222:topic-%d", region, i)
				*p.AlarmTopics = append(*p.AlarmTopics, awssns.Topic_FromTopicArn(stack, jsii.String(fmt.Sprint("Topic", i)), &arn))
			}
		}, rules.AlarmActions, rules.AlarmActions),
		bad("an alarm that there is not", func(_ awscdk.Stack, p *P) { p.Alarms = &settings{"UnknownAccounts": {Enabled: jsii.Bool(true)}} }, rules.AlarmName),
		bad("a threshold that is a token", func(_ awscdk.Stack, p *P) {
			p.Alarms = &settings{"Waiting": {Threshold: awscdk.Token_AsNumber(map[string]any{"Fn::ImportValue": "Seconds"})}}
		}, rules.AlarmThreshold),
		bad("everything at once", func(_ awscdk.Stack, p *P) {
			p.Consumers = consumers(consumer("checkout", account), until(consumer("checkout", account), "soon"))
			p.Interval, p.LogRetention = awscdk.Duration_Hours(jsii.Number(2)), "forever"
		}, rules.AcceptorConsumerTwice, rules.AcceptorConsumerTwice, rules.AcceptorExpiry, rules.AcceptorInterval, rules.KnownValue),
		elsewhere("an acceptor in the account of a consumer", func(app awscdk.App) awscdk.Stack { return cdktest.StackIn(app, "Consumer", account) }, rules.AcceptorPlace),
		elsewhere("an acceptor in another Region", func(app awscdk.App) awscdk.Stack {
			return awscdk.NewStack(app, jsii.String("Far"), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(cdktest.Account), Region: jsii.String("eu-central-1")}})
		}, rules.AcceptorPlace),
		elsewhere("an acceptor in another stage", func(app awscdk.App) awscdk.Stack {
			stage := awscdk.NewStage(app, jsii.String("Stage"), nil)
			return awscdk.NewStack(stage, jsii.String("Stack"), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(cdktest.Account), Region: jsii.String(cdktest.Region)}})
		}, rules.AcceptorPlace),
	}, rules.Acceptance())
}

// What is refused leaves nothing behind: the service has no acceptor yet, and allows nobody more.
func TestRefusedLeavesNothing(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newProvider(stack)
	cdktest.WantPanic(t, "is nil", func() {
		newAcceptor(stack, provider, func(p *P) { p.Consumers = consumers(consumer("reports", "333333333333"), nil) })
	})
	cdktest.Check(t, func() { newAcceptor(stack, provider) })
	_, permissions := cdktest.SynthTemplate(t, stack).Only(t, typePermissions)
	if n := len(permissions.Properties["AllowedPrincipals"].([]any)); n != 1 {
		t.Errorf("%d principals are allowed, want 1", n)
	}
}
