package privateapi

import "github.com/aws/constructs-go/constructs/v10"

// IPrivateApiService is the contract between the team that owns an API and the teams that call it: what a consumer must
// know about the API, and how the API connects a consumer.
//
// The service decides the transport; the consumer keeps everything else: names, zones, records and clients. Each
// provider is a service, and so is each import. A struct that embeds one is a service too.
type IPrivateApiService interface {
	constructs.IConstruct

	// DomainNames returns the names under which clients call the API; there may be none.
	DomainNames() *[]*string

	// Ports returns the TCP ports that clients connect to: at least one, and each once. An API over HTTP has one; a
	// database may have several.
	Ports() *[]*float64

	// PlanConnection plans how a consumer reaches the API. It reports what AWS would refuse and defines nothing; the plan
	// that it returns defines the connection. [PrivateApiConsumer] calls it.
	PlanConnection(options *ConnectionOptions) *ConnectionPlan
}
