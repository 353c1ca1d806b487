package lattice

import (
	"regexp"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

type functionTarget struct{ arn *string }

// Target_FromFunctionArn returns a target that is a Lambda function, or a version or an alias of one, by its ARN: FunctionArn of what package
// awslambda defines. VPC Lattice gets the permission to invoke it for its target group. Requests and responses have at most 6 MB.
func Target_FromFunctionArn(arn *string) ITarget { return &functionTarget{arn} }

var functionARN = regexp.MustCompile(`^arn:[\w-]+:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$`)

// PlanTarget implements [ITarget].
func (t *functionTarget) PlanTarget(options *TargetOptions) *TargetPlan {
	r, property := options.Report, options.Property
	if t.arn == nil {
		r.AddWithFix(rules.Required, property, "supply the ARN of the function", "is nil")
		return nil
	}
	if arn, ok := token.Literal(t.arn); ok && !functionARN.MatchString(arn) {
		r.AddWithFix(rules.LatticeTarget, property, "use arn:aws:lambda:<region>:<account>:function:<name>", "%q is not the ARN of a function", arn)
	}
	return &TargetPlan{
		Type: TargetType_LAMBDA, Targets: &[]*awsvpclattice.CfnTargetGroup_TargetProperty{{Id: t.arn}}, Attach: t.allow,
	}
}

// allow lets VPC Lattice invoke the function. The permission is generic: package awslambda would add 36 packages to each user's build.
func (t *functionTarget) allow(_ constructs.Construct, targetGroup awsvpclattice.CfnTargetGroup) {
	awscdk.NewCfnResource(targetGroup, jsii.String("Permission"), &awscdk.CfnResourceProps{
		Type: jsii.String("AWS::Lambda::Permission"),
		Properties: &map[string]any{
			"Action":       jsii.String("lambda:InvokeFunction"),
			"FunctionName": t.arn,
			"Principal":    jsii.String("vpc-lattice.amazonaws.com"),
			"SourceArn":    targetGroup.AttrArn(),
		},
	})
}
