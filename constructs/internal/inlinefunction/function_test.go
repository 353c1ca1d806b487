package inlinefunction_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/inlinefunction"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/loggroup"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestMain(m *testing.M) { cdktest.Main(m) }

type props = map[string]any

// group is a construct with a function in it.
type group struct{ constructs.Construct }

func define(stack awscdk.Stack, p *inlinefunction.Props) {
	g := &group{}
	batch := onecall.Begin(g, &g.Construct, stack, jsii.String("Group"))
	inlinefunction.Define(batch, p)
	batch.Flush()
}

// The source begins with CONFIG, in which a token is replaced at deployment, and a text can break out of nothing.
func TestSource(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		config any
		want   any
	}{
		"a list":            {props{"list": []string{"a", "b"}}, "const CONFIG = {\"list\":[\"a\",\"b\"]};\nexports.handler = 1;\n"},
		"quotes":            {props{"label": `"};process.exit()//`}, "const CONFIG = {\"label\":\"\\\"};process.exit()//\"};\nexports.handler = 1;\n"},
		"the end of a line": {props{"label": "a\n\u2028b"}, "const CONFIG = {\"label\":\"a\\n\\u2028b\"};\nexports.handler = 1;\n"},
		"a token": {props{"account": *awscdk.Fn_ImportValue(jsii.String("Account"))}, props{"Fn::Join": []any{"", []any{
			"const CONFIG = {\"account\":\"", props{"Fn::ImportValue": "Account"}, "\"};\nexports.handler = 1;\n",
		}}}},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			define(stack, &inlinefunction.Props{Source: "exports.handler = 1;\n", Config: tc.config, Timeout: 60})
			cdktest.SynthTemplate(t, stack).Has(t, "AWS::Lambda::Function", props{"Code": props{"ZipFile": tc.want}, "Runtime": "nodejs24.x", "Timeout": 60})
		})
	}
}

// The days of each constant are those that CDK has, which Go does not know.
func TestRetention(t *testing.T) {
	defer cdktest.Recover(t)
	for _, retention := range []awslogs.RetentionDays{
		awslogs.RetentionDays_ONE_DAY, awslogs.RetentionDays_THREE_DAYS, awslogs.RetentionDays_FIVE_DAYS, awslogs.RetentionDays_ONE_WEEK,
		awslogs.RetentionDays_TWO_WEEKS, awslogs.RetentionDays_ONE_MONTH, awslogs.RetentionDays_TWO_MONTHS, awslogs.RetentionDays_THREE_MONTHS,
		awslogs.RetentionDays_FOUR_MONTHS, awslogs.RetentionDays_FIVE_MONTHS, awslogs.RetentionDays_SIX_MONTHS, awslogs.RetentionDays_ONE_YEAR,
		awslogs.RetentionDays_THIRTEEN_MONTHS, awslogs.RetentionDays_EIGHTEEN_MONTHS, awslogs.RetentionDays_TWO_YEARS, awslogs.RetentionDays_THREE_YEARS,
		awslogs.RetentionDays_FIVE_YEARS, awslogs.RetentionDays_SIX_YEARS, awslogs.RetentionDays_SEVEN_YEARS, awslogs.RetentionDays_EIGHT_YEARS,
		awslogs.RetentionDays_NINE_YEARS, awslogs.RetentionDays_TEN_YEARS, awslogs.RetentionDays_INFINITE,
	} {
		stack := cdktest.Stack(t)
		awslogs.NewLogGroup(stack, jsii.String("Own"), &awslogs.LogGroupProps{Retention: retention})
		define(stack, &inlinefunction.Props{LogRetention: retention, Timeout: 1})
		template, days := cdktest.SynthTemplate(t, stack), map[any]int{}
		for _, id := range template.OfType("AWS::Logs::LogGroup") {
			days[template.Resources[id].Properties["RetentionInDays"]]++
		}
		if len(days) != 1 {
			t.Errorf("%s: the days are %v, want one number", retention, days)
		}
		r := &rules.Report{}
		if loggroup.CheckRetention(r, retention); r.HasErrors() {
			t.Errorf("%s is refused", retention)
		}
	}
}

// The default is 400 days, and the log stays when the stack is deleted.
func TestLogStays(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	define(stack, &inlinefunction.Props{Timeout: 1})
	cdktest.SynthTemplate(t, stack).Has(t, "AWS::Logs::LogGroup", props{"RetentionInDays": 400, "LogGroupClass": "STANDARD"})
}
