// Package l1 helps to define CloudFormation resources as L1 constructs, which take few calls to CDK (ADR 10).
package l1

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

// References returns a list of constructs for a property of an L1 that takes IDs, or constructs that have one.
func References[T any](list *[]T) *[]any {
	converted := make([]any, 0, len(*list))
	for _, element := range *list {
		converted = append(converted, element)
	}
	return &converted
}

// ResourceOf returns the CloudFormation resource of a construct; nil if the construct is an import.
func ResourceOf(c constructs.IConstruct) awscdk.CfnResource {
	child := c.Node().DefaultChild()
	if child == nil {
		return nil
	}
	var resource awscdk.CfnResource
	jsii.UnsafeCast(child, &resource)
	return resource
}

// Property reads a property of a resource whose type is in a package of CDK that the constructs do not import, by its name in
// JavaScript: an import costs each user compile time and memory. It returns false if the construct has no such property, such
// as a generic [awscdk.CfnResource].
func Property[T any](resource awscdk.CfnResource, name string, value *T) (ok bool) {
	defer func() { ok = recover() == nil }()
	_jsii_.Get(resource, name, value)
	return true
}

// View is an L2 view of an L1 resource, for callers that need CDK's interface to it.
type View[T constructs.IConstruct] struct {
	construct T
	defined   bool
}

// Of returns the view, and defines it the first time by importing the resource into its own app. The resource becomes
// the default child of the view, where CDK looks for it.
func (v *View[T]) Of(resource awscdk.CfnResource, define func(scope constructs.Construct, id *string) T) T {
	if !v.defined {
		v.construct, v.defined = define(resource, jsii.String("Handle")), true
		v.construct.Node().SetDefaultChild(resource)
	}
	return v.construct
}
