package publicapi

import (
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// MigrationProps are the properties of a [Migration]. Required are the phase, and the ALB that exists: PublicApi or Listener. From
// Phase_ATTACH on, Provider is required too.
//
// Only Phase and Begin change from deployment to deployment, so both are best read from context.
type MigrationProps struct {
	// Phase

	// The phase to deploy: the one that is deployed, the next or the one before.
	//
	// Required.
	Phase Phase

	// Whether this is the first deployment of the migration, in Phase_STATUS_QUO. No phase is recorded yet, so the template does not compare
	// Phase with it.
	//
	// Default: false.
	Begin *bool

	// The phase that is deployed, if whoever synthesises knows it: then a phase that is skipped fails at synthesis. Without it, the
	// deployment fails, before it changes anything.
	//
	// Default: - unknown.
	DeployedPhase Phase

	// The name of the SSM parameter that records the phase. It must not change during the migration.
	//
	// Default: - /privateapi/<name of the stack>/<path of the migration in it>/phase.
	PhaseParameterName *string

	// Application Load Balancer that exists

	// The API that is migrated, as [NewApi] takes it. The migration defines it under PublicApiId, beside itself, so that an API that
	// NewApi defined under that ID keeps its resources. It is not defined in Phase_INTERNAL.
	//
	// Default: - none; required unless Listener is set.
	PublicApi *ApiProps

	// The construct ID of the API.
	//
	// Default: PublicApi.
	PublicApiId *string

	// The listener of an internet-facing ALB that something else defines, in this app or not, instead of PublicApi. Its owner adds the
	// routes, opens its web ACL to the NLB before Phase_ATTACH, and closes its allow-list and its public records in Phase_CLOSE. It may be
	// left out in Phase_INTERNAL, once the ALB is gone.
	//
	// Default: - the ALB is that of PublicApi.
	Listener elbv2.IApplicationListener

	// The ALB of an imported Listener.
	//
	// Default: - known if Listener is defined in this app.
	ListenerLoadBalancer elbv2.IApplicationLoadBalancer

	// The port of an imported Listener.
	//
	// Default: - known if Listener is defined in this app.
	ListenerPort *float64

	// The protocol of an imported Listener.
	//
	// Default: ApplicationProtocol_HTTPS, or the protocol of a Listener that is defined in this app.
	ListenerProtocol elbv2.ApplicationProtocol

	// Provider

	// The provider with which the migration ends, as [privateapi.NewPrivateApiProvider] takes it, with the certificates of its internal ALB. It
	// is in the VPC of the ALB that exists, and has the names of PublicApi. The migration defines it under ProviderId, beside itself: after
	// Phase_INTERNAL, NewPrivateApiProvider with these properties replaces the migration, and only the record of the phase goes.
	//
	// Default: - none; required from Phase_ATTACH on.
	Provider *privateapi.PrivateApiProviderProps

	// The construct ID of the provider.
	//
	// Default: Provider.
	ProviderId *string

	// The port of the NLB for the ALB that stands by, in Phase_WATCH and Phase_CLOSE. It is no port of the API.
	//
	// Default: 8443.
	StandbyPort *float64
}
