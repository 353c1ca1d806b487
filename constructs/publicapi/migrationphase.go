package publicapi

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

// definePhase defines the record of the phase, and unless there is none yet, the rule that compares the phase with it. CloudFormation reads
// the record and checks the rule before it changes anything, as with CDK's own rule of the version of its bootstrap stack.
func (m *migration) definePhase() {
	plan := m.plan
	// A generic resource: the L1 would import all of awsssm for a few strings.
	awscdk.NewCfnResource(m, jsii.String("Phase"), &awscdk.CfnResourceProps{
		Type: jsii.String("AWS::SSM::Parameter"),
		Properties: &map[string]any{
			"Name": plan.parameterName, "Type": "String", "Value": string(plan.phase), "Description": "Phase of the migration of a public API",
		},
	})
	if plan.begins {
		return
	}
	recorded := awscdk.NewCfnParameter(m, jsii.String("RecordedPhase"), &awscdk.CfnParameterProps{
		Type: jsii.String("AWS::SSM::Parameter::Value<String>"), Default: plan.parameterName,
		// The CDK CLI deploys a stack with a parameter of this type even if nothing changes, unless the description says so.
		Description: jsii.String("Phase of the migration that is deployed. Do not change. [cdk:skip]"),
	})
	names := namesOf(plan.phase.beside())
	awscdk.NewCfnRule(m, jsii.String("PhaseIsBeside"), &awscdk.CfnRuleProps{Assertions: &[]*awscdk.CfnRuleAssertion{{
		Assert: awscdk.Fn_ConditionContains(jsii.Strings(names...), recorded.ValueAsString()),
		AssertDescription: jsii.String(fmt.Sprintf("Phase %s of the migration is deployed from %s; %s has the phase that is deployed. Deploy the phases in between, one at a time.",
			plan.phase, oneOf(names), plan.parameterName)),
	}}})
}

func namesOf(list []Phase) []string {
	var names []string
	for _, phase := range list {
		names = append(names, string(phase))
	}
	return names
}

// oneOf lists names, with or before the last one.
func oneOf(names []string) string {
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
