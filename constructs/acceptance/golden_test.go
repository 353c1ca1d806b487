package acceptance_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// shapes are acceptors in a stack of their own, so that their goldens have nothing else.
var shapes = map[string]func(stack awscdk.Stack, p *P){
	"minimal": func(awscdk.Stack, *P) {},
	"full": func(stack awscdk.Stack, p *P) {
		p.Consumers = consumers(consumer("reports", "333333333333"), until(consumer("checkout", cdktest.OtherAccount), "2999-12-31"))
		p.CutRemoved, p.Interval = jsii.Bool(true), awscdk.Duration_Minutes(jsii.Number(10))
		p.EncryptionKey = awskms.NewKey(stack, jsii.String("TopicKey"), nil)
		p.LogRetention = awslogs.RetentionDays_TEN_YEARS
		p.AlarmTopics = &[]awssns.ITopic{awssns.Topic_FromTopicArn(stack, jsii.String("Alarms"), jsii.String("arn:aws:sns:eu-west-1:222222222222:alarms"))}
	},
	"unencrypted": func(_ awscdk.Stack, p *P) { p.Encryption = jsii.Bool(false) },
}

func TestGoldens(t *testing.T) {
	defer cdktest.Recover(t)
	for name, edit := range shapes {
		cdktest.Run(t, name, func(t *testing.T) {
			provider, stack := twoStacks(cdktest.App(t, nil))
			newAcceptor(stack, newProvider(provider), func(p *P) { edit(stack, p) })
			cdktest.Golden(t, name, cdktest.SynthTemplate(t, stack))
		})
	}
}

// CDK's validation and cfn-lint find nothing in what the construct can emit.
func TestValidation(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Validate(t, nil, func(app awscdk.App) {
		for _, name := range []string{"minimal", "full"} { // which have all resources and properties
			provider, stack := cdktest.StackIn(app, "Provider-"+name, cdktest.Account), cdktest.StackIn(app, name, cdktest.Account)
			newAcceptor(stack, newProvider(provider), func(p *P) { shapes[name](stack, p) })
		}
	})
}
