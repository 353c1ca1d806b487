package placement

import (
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// CheckSameStage checks that a consumer and what it refers to by a property are in one stage of one app: CDK allows no dependencies
// between stages.
func CheckSameStage(r *rules.Report, property, fix string, consumer, other *answers.Stack) {
	if consumer == other {
		return
	}
	from, to := consumer.Stage(), other.Stage()
	if from == nil || to == nil || from == to {
		return
	}
	if from, to := *from.Node().Path(), *to.Node().Path(); from != to {
		r.AddWithFix(rules.CrossStage, property, fix, "is in stage %q, and the consumer in stage %q", to, from)
		return
	}
	r.AddWithFix(rules.CrossStage, property, fix, "is a provider of another app")
}
