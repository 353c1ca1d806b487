package placement

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
)

// HostedZoneName returns the name of a hosted zone, if it is known. CDK throws for a zone that is imported by its ID alone.
func HostedZoneName(stack *answers.Stack, zone awsroute53.IHostedZone) (name string, ok bool) {
	asked := answers.Of(stack, zone, "name", func() (name *string) {
		defer func() {
			if recover() != nil {
				name = nil
			}
		}()
		return zone.ZoneName()
	})
	return token.Literal(asked)
}
