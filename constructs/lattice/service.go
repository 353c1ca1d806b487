package lattice

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// IApi is an API over VPC Lattice, defined here or imported. It is the Service of a [privateapi.PrivateApiConsumer].
//
// The consumer joins the service network of its VPC, of which there is one: see [NewServiceNetwork]. It associates the API's service with it,
// and its records lead to that association. Clients are let out to PrefixList, and in by the security group of the network's connection,
// which all consumers of the VPC share: on the network level, a client that one of them names reaches every API of the service network
// on the same port. Who may call which API is decided by its auth policy.
type IApi interface {
	privateapi.IContractedService
	ServiceMetrics

	// ServiceArn returns the ARN of the service: arn:<partition>:vpc-lattice:<region>:<account>:service/svc-<id>.
	ServiceArn() *string

	// PrefixList returns the prefix list of VPC Lattice in the Region of the API: com.amazonaws.<region>.vpc-lattice.
	PrefixList() awsec2.IPrefixList

	// GrantInvoke allows a caller to call the API with signed requests. Both the caller's policy and the auth policy of the API must allow
	// it: of an API that is imported, only the caller's policy is written, and the owner of the API must allow the caller.
	//
	// See https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
	GrantInvoke(grantee awsiam.IGrantable) awsiam.Grant
}
