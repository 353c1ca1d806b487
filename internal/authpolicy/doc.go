// Package authpolicy evaluates the policies that decide a call over VPC Lattice: the identity policies of the caller, the
// auth policy of the service network and that of the service.
//
// Values may be undecided until the deployment, so an answer is Allowed, Denied or Unknown. An explicit Deny wins; a Deny
// that may apply makes Allowed Unknown. A condition key, an operator or an element that is not modelled may or may not
// match: it never makes a call Allowed.
//
// What it does not read: service control policies, resource control policies and session policies, which no template of
// an API has.
//
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
package authpolicy

import "github.com/cdk-private-api/cdk-private-api-go/internal/assembly"

// Tristate is No, Maybe or Yes.
type Tristate = assembly.Tristate

// The answers of a [Tristate].
const (
	No    = assembly.No
	Maybe = assembly.Maybe
	Yes   = assembly.Yes
)
