// Package privateapi offers constructs for private APIs between VPCs and accounts over AWS PrivateLink: the team that
// owns an API defines a [PrivateApiProvider], and each team that calls it a [PrivateApiConsumer].
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
// A consumer in another, of a service that it knows by name:
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
// # Refusals
//
// A constructor checks everything that AWS is known to refuse, and whatever would open the API further than it looks,
// before it defines anything. It panics with all problems at once: the path of the construct, the property and its
// value, what AWS would do, and the fix. Values that are tokens pass: they are known only at deploy time.
//
// # Security
//
// Every hop is closed until somebody opens it by name: the endpoint to its clients, the service to its principals, the
// NLB to PrivateLink, the ALB to the NLB, the targets to the ALB. Who may create an endpoint is decided by the service's
// principals; who may call through it, by the endpoint's security group. The client's IP address and IAM identity do not
// reach the API: PrivateLink carries neither, and AWS takes no endpoint policy but full access here. Use mutual TLS on
// the ALB, or tokens of your own, to know callers.
//
// # Cross-account
//
// The service name is the whole contract between two accounts. Hand it over as a string: an output of the one stack, a
// parameter of the other. Availability Zones must match by ID, such as euw1-az1; AvailabilityZoneIds publishes them.
package privateapi
