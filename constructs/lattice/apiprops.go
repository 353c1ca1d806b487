package lattice

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
)

// ApiProps are the properties of an [Api]. Required is the prefix list of VPC Lattice.
//
// # Names
//
// DomainName and Certificate are what clients call.
//
// # Listener
//
// Protocol and Port are what the API listens on; Target and DefaultResponse are for requests that match no route; IdleTimeout ends idle
// connections.
//
// # Consent
//
// ShareWith and AllowExternalPrincipals control which accounts can connect their VPCs. AllowedPrincipals, AllowedVpcs and AllowedVpcAccounts,
// or AllowAnyCaller or AllowNoCallers, control who may call.
//
// # Logs
//
// LogDestinations receive a line for each request.
type ApiProps struct {
	// Names

	// The name under which clients call the API, such as api.pricing.internal.company.com. It is fixed when the service is created: another
	// name replaces the service. Consumers resolve it in a private hosted zone.
	//
	// Default: - the name that VPC Lattice generates, which DnsName returns.
	DomainName *string

	// The certificate for DomainName: one of ACM with a 2048-bit RSA key, in the account and Region of the stack.
	//
	// Default: - none; required for DomainName and ListenerProtocol_HTTPS.
	Certificate elbv2.IListenerCertificate

	// Listener

	// What the API speaks to clients. ListenerProtocol_TLS_PASSTHROUGH leaves TLS to the targets: it has no routes, and no callers that sign.
	//
	// Default: ListenerProtocol_HTTPS.
	Protocol ListenerProtocol

	// The TCP port that clients connect to.
	//
	// Default: - 80 for ListenerProtocol_HTTP, else 443.
	Port *float64

	// Where requests go that match no route.
	//
	// Default: - none: they get DefaultResponse.
	Target ITarget

	// The status with which requests end that match no route, if there is no Target: 404 or 500.
	//
	// Default: 404.
	DefaultResponse *float64

	// How long connections may be idle, 60 to 600 seconds. No connection lasts longer than 10 minutes, idle or not.
	//
	// Default: - 60 seconds, which is VPC Lattice's own.
	IdleTimeout awscdk.Duration

	// The prefix list of VPC Lattice in the Region of the stack, com.amazonaws.<region>.vpc-lattice: targets allow traffic from it.
	// awsec2.PrefixList_FromLookup finds it by its name; awsec2.PrefixList_FromPrefixListId needs no lookup.
	//
	// Required.
	PrefixList awsec2.IPrefixList

	// Consent

	// The accounts, organizational units and organizations that may associate the service with their service networks: account IDs of 12
	// digits, or the ARNs of units and organizations. A share does not let anybody call: see AllowedPrincipals.
	//
	// AWS RAM shares within an organization at once if sharing is on for it. An account outside must accept an invitation, by hand.
	// Removing an account here leaves its associations in place.
	//
	// Default: - the account of the stack alone.
	ShareWith *[]*string

	// Whether ShareWith may have accounts outside of the organization.
	//
	// Default: false.
	AllowExternalPrincipals *bool

	// Who may call with signed requests: roles, users, accounts, organizations. GrantInvoke allows more, and gives the caller its own side.
	//
	// A caller signs with Signature Version 4 for the service vpc-lattice-svcs, with the header x-amz-content-sha256: UNSIGNED-PAYLOAD, and
	// needs vpc-lattice-svcs:Invoke on the ARN of the service followed by /* in its own policies.
	//
	// Default: - none.
	AllowedPrincipals *[]awsiam.IPrincipal

	// The VPCs from which everybody may call, signed or not. Those who sign need vpc-lattice-svcs:Invoke in their own policies.
	//
	// Default: - none.
	AllowedVpcs *[]awsec2.IVpc

	// The accounts from whose VPCs everybody may call, by their IDs of 12 digits, as from AllowedVpcs.
	//
	// Default: - none.
	AllowedVpcAccounts *[]*string

	// Lets everybody call who can reach the service: AuthType NONE. Each VPC in each service network that the service is associated with can.
	//
	// Default: false: AuthType AWS_IAM, with an auth policy for the callers above.
	AllowAnyCaller *bool

	// Lets the API synthesise with nobody allowed to call, as before its first consumer: then its auth policy denies every request. AllowPrincipal
	// and the like still allow callers.
	//
	// Default: false: synthesis fails if nobody is allowed.
	AllowNoCallers *bool

	// Logs

	// Where access logs go: the ARNs of a CloudWatch log group, an S3 bucket or a Firehose stream, at most one of each.
	//
	// Default: - none.
	LogDestinations *[]*string
}
