package token_test

import (
	"math"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func TestMain(m *testing.M) { cdktest.Main(m) }

// The forms of tokens are CDK's: its own answer decides whether ours is right.
func TestTokens(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	text := awscdk.NewCfnParameter(stack, jsii.String("Text"), nil)
	number := awscdk.NewCfnParameter(stack, jsii.String("Number"), &awscdk.CfnParameterProps{Type: jsii.String("Number")})
	list := awscdk.NewCfnParameter(stack, jsii.String("List"), &awscdk.CfnParameterProps{Type: jsii.String("CommaDelimitedList")})

	for name, value := range map[string]string{
		"parameter": *text.ValueAsString(), "within text": "https://" + *text.ValueAsString() + "/v1", "Region": *awscdk.Aws_REGION(),
		"literal": "api.company.com", "empty": "", "CloudFormation's own form": "${AWS::Region}", "half a token": "${Token[TOKEN.1}",
	} {
		if got, want := token.IsString(value), *awscdk.Token_IsUnresolved(value); got != want {
			t.Errorf("%s: IsString(%q) = %v, CDK says %v", name, value, got, want)
		}
	}
	for name, value := range map[string]float64{
		"parameter": *number.ValueAsNumber(), "port": 443, "zero": 0, "negative": -1, "largest": math.MaxFloat64, "smallest": -math.MaxFloat64,
	} {
		if got, want := token.IsNumber(value), *awscdk.Token_IsUnresolved(value); got != want {
			t.Errorf("%s: IsNumber(%v) = %v, CDK says %v", name, value, got, want)
		}
	}
	for name, value := range map[string]*[]*string{
		"parameter": list.ValueAsList(), "literal": jsii.Strings("a", "b"), "one": jsii.Strings("a"), "none": jsii.Strings(), "string token in a list": {text.ValueAsString()},
	} {
		// A list with a string token in it is resolved by its elements; only a list that is one token has no elements.
		want := *awscdk.Token_IsUnresolved(value) && name != "string token in a list"
		if got := token.IsList(*value); got != want {
			t.Errorf("%s: IsList = %v, want %v", name, got, want)
		}
	}
}
