// Package privateapi offers constructs for private APIs between VPCs and accounts over AWS PrivateLink: the team that
// owns an API defines a [PrivateApiProvider], and each team that calls it a [PrivateApiConsumer]. A [PrivateNlbProvider] provides a service
// over TCP or TLS, such as a database.
//
//	client ─▶ endpoint ═ PrivateLink ═▶ endpoint service ─▶ NLB (TCP) ─▶ ALB (HTTPS) ─▶ service
//
// A provider in one account:
//
//	pricing := privateapi.NewPrivateApiProvider(stack, jsii.String("Pricing"), &privateapi.PrivateApiProviderProps{
//		Vpc:               vpc,
//		DomainNames:       jsii.Strings("api.pricing.internal.company.com"),
//		Certificates:      &[]awselasticloadbalancingv2.IListenerCertificate{certificate},
//		AllowedPrincipals: &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(jsii.String("111111111111"))},
//	})
//	pricing.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{
//		PathPatterns: jsii.Strings("/v1/*"),
//		Targets:      &[]awselasticloadbalancingv2.IApplicationLoadBalancerTarget{service},
//	})
//
// A consumer in another account, of a service that is imported by name:
//
//	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
//		Vpc: vpc,
//		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("PricingService"), &privateapi.PrivateApiServiceAttributes{
//			ServiceName: parameter.ValueAsString(),
//			DomainNames: jsii.Strings("api.pricing.internal.company.com"),
//		}),
//		Clients: &[]awsec2.IConnectable{checkout},
//	})
//
// # Transports
//
// A service decides how its consumers reach it: [IPrivateApiService] is the contract, PrivateLink is in this package
// ([IPrivateLinkService]), and VPC Lattice in package lattice. A consumer keeps its names, zones, records and clients over every transport:
// Previous of [PrivateApiConsumerProps] moves it from one to another.
//
// # Refusals
//
// Before it defines anything, a constructor checks what we know that AWS refuses, and what would open the API further than it
// seems; docs/rules.md lists it. It panics with all problems at once: the path of the construct, the property and its
// value, what AWS would do, and the fix. Tokens pass, because their values are known only at deploy time.
//
// # Metrics
//
// Providers, services and consumers have the metrics that AWS publishes of them: [EndpointServiceMetrics], [EndpointMetrics]. CloudWatch accepts
// what nobody publishes, and stays silent; the methods refuse it. Package monitoring has alarms and dashboards.
//
// # Security
//
// Every hop is closed until it is opened by name: the endpoint to its clients, the service to its principals, the NLB to
// PrivateLink, the ALB to the NLB, the targets to the ALB. The service's principals decide who may create an endpoint, and
// the endpoint's security group who may call through it. The client's IP address and IAM identity do not reach the API:
// PrivateLink carries neither, and AWS accepts no endpoint policy but full access here. To know callers, use mutual TLS on
// the ALB, or tokens, which the ALB can validate: JwtIssuer of [RouteOptions].
//
// # Cross-account
//
// Between two accounts, the service name is all that the consumer needs. Pass it as a string: an output of one stack, a
// parameter of the other. Availability Zones must match by ID, such as euw1-az1; AvailabilityZoneIds publishes them.
package privateapi
