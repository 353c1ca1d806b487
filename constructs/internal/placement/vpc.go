// Package placement tells in which VPC and in which stack something stands, as far as an app knows.
package placement

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
)

// VPC is a VPC by its ID, which may be a token.
type VPC struct {
	id    string
	stack *answers.Stack // that asks
}

// VPCOf returns the VPC of a construct in a stack; the zero VPC for nil.
func VPCOf(stack *answers.Stack, vpc awsec2.IVpc) VPC {
	if vpc == nil {
		return VPC{}
	}
	return VPC{*answers.Of(stack, vpc, "ID", vpc.VpcId), stack}
}

// VPCOfID returns the VPC with an ID.
func VPCOfID(stack *answers.Stack, id *string) VPC {
	if id == nil {
		return VPC{}
	}
	return VPC{*id, stack}
}

// IsOther reports whether two VPCs are known to differ: by their IDs if these are literals, by their constructs if both are
// defined in this app. Equal IDs take no call to CDK.
func (v VPC) IsOther(w VPC) bool {
	if v.id == "" || w.id == "" || v.id == w.id {
		return false
	}
	_, isLiteral := token.Literal(&v.id)
	_, isOtherLiteral := token.Literal(&w.id)
	if isLiteral || isOtherLiteral {
		return isLiteral && isOtherLiteral
	}
	path, other := v.path(), w.path()
	return path != "" && other != "" && path != other
}

// IsLookedUp is false for a placeholder of a lookup that has no answer yet.
func (v VPC) IsLookedUp() bool { return !token.IsPlaceholder(v.id) }

// String returns the ID if it is a literal, else the path of the construct.
func (v VPC) String() string {
	if id, ok := token.Literal(&v.id); ok {
		return id
	}
	return strings.TrimSuffix(v.path(), "/Resource")
}

// path returns the path of the VPC's resource; "" if this app does not define the VPC.
func (v VPC) path() string {
	return answers.OfApp(v.stack, "VPC "+v.id, func() string {
		value := awscdk.Tokenization_ReverseCompleteString(&v.id)
		if value == nil || !*awscdk.Reference_IsReference(value) {
			return ""
		}
		var reference awscdk.Reference
		jsii.UnsafeCast(value, &reference)
		target := reference.Target()
		if !*awscdk.CfnResource_IsCfnResource(target) {
			return ""
		}
		var resource awscdk.CfnResource
		jsii.UnsafeCast(target, &resource)
		if *resource.CfnResourceType() != "AWS::EC2::VPC" {
			return ""
		}
		return *resource.Node().Path()
	})
}
