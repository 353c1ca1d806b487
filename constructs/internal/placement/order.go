package placement

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// WaitFor makes a stack wait for others by the next call of a batch. Between accounts and Regions nothing else orders stacks: a reference from
// one to the other does not.
func WaitFor(batch *onecall.Batch, stack *answers.Stack, before []*answers.Stack, why string) {
	for _, other := range before {
		if other != stack {
			onecall.Call2(onecall.Use(batch, stack.Construct()), awscdk.Stack.AddStackDependency, other.Construct(), jsii.String(why))
		}
	}
}

// Taken returns the IDs of our constructs that constructs in a stack have defined below a scope in another one, for that to come after theirs.
func Taken(stack *answers.Stack, scope constructs.Construct) map[string]bool {
	return answers.Of(stack, scope, "IDs of parts", func() map[string]bool { return map[string]bool{} })
}
