// Package refusal ends a constructor with everything that is wrong with its properties, before it defines anything.
package refusal

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	_jsii_ "github.com/aws/jsii-runtime-go/runtime"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Of panics with the errors of a report, if it has any, under the path that the construct would have. Call it before
// the construct exists: then a refused construct leaves nothing in the tree.
func Of(r *rules.Report, scope constructs.Construct, id *string) {
	if r.HasErrors() { // without errors, CDK need not be asked for the path
		panic(r.Err(ChildPath(scope, id)))
	}
}

// At is [Of] for a construct that exists.
func At(r *rules.Report, c constructs.Construct) {
	if r.HasErrors() {
		panic(r.Err(*c.Node().Path()))
	}
}

// Call is [Of] for a function that defines no construct.
func Call(r *rules.Report, function string) {
	if r.HasErrors() {
		panic(r.Err(function))
	}
}

// Warn turns the warnings of a report into annotations on a construct.
func Warn(r *rules.Report, c constructs.Construct) {
	for _, p := range r.Warnings() {
		// By its name in JavaScript: newer versions of CDK's Go package have a third parameter, so no Go call compiles with all.
		_jsii_.InvokeVoid(awscdk.Annotations_Of(c), "addWarningV2",
			[]any{p.Rule.ID, fmt.Sprintf("%s: %s. AWS: %s. Fix: %s", p.Property, p.What, p.Rule.AWS, p.Fix)})
	}
}

// Messages returns the problems of a report as a validation at synthesis returns them.
func Messages(r *rules.Report) *[]*string {
	var messages []string
	for _, p := range r.Problems() {
		messages = append(messages, p.String())
	}
	return jsii.Strings(messages...)
}

// RequireScope panics unless scope and id are set; function is the function that needs them.
func RequireScope(function string, scope constructs.Construct, id *string) {
	if scope == nil || id == nil || *id == "" {
		panic(fmt.Errorf("%s: supply scope and id", function))
	}
}

// ChildPath returns the path of a child of scope that need not exist.
func ChildPath(scope constructs.Construct, id *string) string {
	if path := *scope.Node().Path(); path != "" {
		return path + "/" + *id
	}
	return *id
}
