package check

import (
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Verification reports a provider whose private DNS name cannot be verified, or is verified already.
func Verification(r *rules.Report, property string, provider interface {
	PrivateDnsName() *string
	PrivateDnsVerification() constructs.IConstruct
},
) {
	if provider.PrivateDnsName() == nil {
		r.Add(rules.VerificationName, property, "has no PrivateDnsName")
	}
	if other := provider.PrivateDnsVerification(); other != nil {
		r.Add(rules.VerificationTwice, property, "is verified by %s already", *other.Node().Path())
	}
}
