package monitoring

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// DashboardProps are the properties of a [Dashboard]. Provider alone makes the dashboard of a provider, Consumers alone that of a consumer, and both
// that of both ends.
type DashboardProps struct {
	// The side of the provider.
	//
	// Default: - none: the dashboard is that of Consumers.
	Provider *DashboardProvider

	// The consumers. Each has a line of its own in the graphs of endpoints, and in those of the endpoint service by which AWS tells consumers
	// apart.
	//
	// Default: - none: the graphs of the endpoint service have a line for each endpoint, by its ID.
	Consumers *[]*DashboardConsumer

	// The ARNs of alarms whose status is shown above the graphs, such as AttrArn of an alarm of this package. They are in the account of the
	// dashboard, or in an account that shares with it.
	//
	// Default: - no status of alarms.
	AlarmArns *[]*string

	// The name of the dashboard: letters, digits, hyphens and underscores. Names are unique in an account, whatever the Region. Changing it
	// replaces the dashboard.
	//
	// Default: - CloudFormation generates a name.
	DashboardName *string

	// The beginning of the time range that the dashboard shows when it is opened: relative, such as -PT6H or -P7D, or a time together with End.
	//
	// Default: - CloudWatch's own.
	Start *string

	// The end of that time range: a time such as 2027-01-31T00:00:00.000Z, with a Start of the same form.
	//
	// Default: - now.
	End *string

	// Whether the periods of the graphs follow the time range. Each line has a period of its own: 60 seconds, as AWS publishes the metrics, but 300 seconds
	// for the number of endpoints and for acceptance, and a day for certificates.
	//
	// Default: - CloudWatch's own, which is AUTO.
	PeriodOverride awscloudwatch.PeriodOverride
}

// DashboardProvider is the side of a provider: an API of this app, or what identifies one of another app.
type DashboardProvider struct {
	// The API, in the stage, the account and the Region of the dashboard: a [privateapi.PrivateApiProvider] or [privateapi.PrivateNlbProvider], or an
	// API of package lattice, routedapi or publicapi that this app defines. Of an import, the dashboard shows what it knows.
	//
	// Default: - none: the API is described by the properties below.
	Service privateapi.IPrivateApiService

	// The ID of the endpoint service: vpce-svc-<id>. Not together with Service.
	//
	// Default: - that of Service.
	ServiceId *string

	// The full name of the NLB, which is the end of its ARN: net/<name>/<id>. Not together with Service.
	//
	// Default: - that of Service.
	NetworkLoadBalancerFullName *string

	// The full name of the ALB, which is the end of its ARN: app/<name>/<id>. Not together with Service.
	//
	// Default: - that of Service.
	LoadBalancerFullName *string

	// The ID of the service of VPC Lattice: svc-<id>. Not together with Service.
	//
	// Default: - that of Service.
	LatticeServiceId *string

	// The names under which clients call the API, for the heading. Not together with Service.
	//
	// Default: - those of Service.
	DomainNames *[]*string

	// The ARNs of certificates of ACM of which the dashboard shows the days to expiry.
	//
	// Default: - none.
	CertificateArns *[]*string

	// Whether the dashboard shows the metrics that an acceptor of package acceptance writes: connections that wait, for how long, and its
	// decisions.
	//
	// Default: - true if Service requires acceptance; else false.
	Acceptance *bool

	// The account of the provider, for an API of another app and for an import. If it is not that of the dashboard, it must share its metrics with that: see
	// [NewDashboard].
	//
	// Default: - that of the dashboard.
	Account *string

	// The Region of the provider, for an API of another app and for an import.
	//
	// Default: - that of the dashboard.
	Region *string
}

// DashboardConsumer is a consumer: one of this app, or what is known of one elsewhere.
type DashboardConsumer struct {
	// The name of the consumer in the graphs, which no other consumer of the dashboard has. It is known at synthesis. CloudWatch replaces its dynamic
	// labels in it, such as ${LAST}.
	//
	// Required.
	Label *string

	// The consumer, in the stage, the account and the Region of the dashboard. It has an interface endpoint, or a Spoke: of other consumers AWS
	// publishes nothing.
	//
	// Default: - none: the consumer is described by the properties below.
	Consumer privateapi.IPrivateApiConsumer

	// The spoke of package transitgateway over which the consumer calls an API by route, with or without Consumer. It is where Consumer is.
	//
	// Default: - none.
	Spoke constructs.IConstruct

	// The ID of the endpoint: vpce-<id>. Not together with Consumer. Without it, the graphs of endpoints have a line for each endpoint to the service
	// in Account, which CloudWatch searches for, and those of the endpoint service have none for the consumer.
	//
	// Default: - that of Consumer; without it, all endpoints to the service in Account.
	VpcEndpointId *string

	// The ID of the VPC of the endpoint. Not together with Consumer. Without it, CloudWatch searches for the metrics, of which it finds those with
	// data in the last two weeks.
	//
	// Default: - that of Consumer.
	VpcId *string

	// The ID of the attachment by which the VPC of the consumer reaches the API over a transit gateway: tgw-attach-<id>. Not together with Spoke or
	// Consumer.
	//
	// Default: - none.
	TransitGatewayAttachmentId *string

	// The name of the service: com.amazonaws.vpce.<region>.vpce-svc-<id>. Not together with Consumer.
	//
	// Default: - that of Consumer, or of Provider.
	ServiceName *string

	// The account of the consumer. If it is not that of the dashboard, it must share its metrics with that: see [NewDashboard]. Not together with
	// Consumer.
	//
	// Default: - that of the dashboard.
	Account *string

	// The Region of the consumer. AWS publishes no metrics of endpoints in another Region than the service. Not together with Consumer.
	//
	// Default: - that of Provider, or of the dashboard.
	Region *string
}
