package placement

import (
	"reflect"
	"strings"

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

// IsPrivateZone reports whether a hosted zone is known to be private: one of this app by its VPCs, an import by the type that CDK returns.
func IsPrivateZone(zone awsroute53.IHostedZone) bool {
	if own, isOwn := zone.(awsroute53.HostedZone); isOwn {
		return len(*own.Vpcs()) > 0
	}
	return strings.Contains(reflect.TypeOf(zone).String(), "PrivateHostedZone")
}

// AccountOfOtherZone returns the account of a hosted zone of this app, if that is known to be another than that of a stack. Nobody knows the
// account of an import.
func AccountOfOtherZone(stack *answers.Stack, zone awsroute53.IHostedZone) (account string, isOther bool) {
	own, isOwn := zone.(awsroute53.HostedZone)
	if !isOwn {
		return "", false
	}
	account = *answers.Of(stack, zone, "account", func() *string { return own.Env().Account })
	return account, Differ(account, *stack.Account())
}
