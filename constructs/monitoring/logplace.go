package monitoring

import (
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// checkLogsPlace checks that logs are where what they record is: the services that write them find nothing of another account or Region, and CDK
// refers to nothing of another stage or app.
func checkLogsPlace(r *rules.Report, property string, logs, recorded *answers.Stack) {
	if logs == recorded {
		return
	}
	if here, there := placement.EnvironmentOfStack(logs), placement.EnvironmentOfStack(recorded); here.DiffersFrom(there) {
		r.Add(rules.LogsPlace, property, "is in %s, and the construct in %s", there, here)
		return
	}
	if logs.Stage() != recorded.Stage() {
		r.AddWithFix(rules.LogsPlace, property, "define the construct in the same stage", "is in another stage or app")
	}
}

// homed is a construct of this package, which knows its stack.
type homed interface{ home() *answers.Stack }

// homeOf returns the stack of a construct. It asks for the parent, because jsii does not know a struct that embeds the construct.
func homeOf(c constructs.IConstruct) *answers.Stack {
	if own, isOurs := c.(homed); isOurs {
		return own.home()
	}
	return answers.StackOf(c.Node().Scope())
}
