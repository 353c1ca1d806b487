// Package lattice offers private APIs over Amazon VPC Lattice. An API is a service that its owner shares by AWS RAM; the consumers of a VPC
// join it to the one service network of the VPC, under names, zones and records that stay the same over every transport. The owner defines it:
//
//	api := lattice.NewApi(stack, jsii.String("Pricing"), &lattice.ApiProps{
//		DomainName:  jsii.String("api.pricing.internal.company.com"),
//		Certificate: certificate,
//		PrefixList: awsec2.PrefixList_FromLookup(stack, jsii.String("PrefixList"), &awsec2.PrefixListLookupOptions{
//			PrefixListName: jsii.String("com.amazonaws.eu-west-1.vpc-lattice"),
//		}),
//		Target:             lattice.Target_FromListener(listener, nil),
//		ShareWith:          jsii.Strings("111111111111"),
//		AllowedVpcAccounts: jsii.Strings("111111111111"),
//	})
//	api.AddRoute(jsii.String("Quotes"), &lattice.RouteOptions{PathPrefix: jsii.String("/v2"), Target: fleet})
//
// A consumer, in this app with the API itself or elsewhere with an import, connects its VPC:
//
//	api := lattice.Api_FromAttributes(stack, jsii.String("PricingApi"), &lattice.ApiAttributes{
//		ServiceArn: jsii.String("arn:aws:vpc-lattice:eu-west-1:222222222222:service/svc-0123456789abcdef0"),
//		DomainName: jsii.String("api.pricing.internal.company.com"),
//		PrefixList: awsec2.PrefixList_FromLookup(stack, jsii.String("PrefixList"), &awsec2.PrefixListLookupOptions{
//			PrefixListName: jsii.String("com.amazonaws.eu-west-1.vpc-lattice"),
//		}),
//	})
//	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
//		Vpc: vpc, Service: api, Clients: &[]awsec2.IConnectable{checkout},
//	})
//
// # Security
//
// The association of the VPC has a security group that is closed until clients are named. It is one for all consumers of the VPC: on the
// network level, a client that one of them names reaches every API of the service network on the same port. The auth policy of each API
// decides who may call it.
//
// # Consent
//
// Two decisions are apart. ShareWith says whose accounts may associate the service with their service networks; it lets nobody call. The auth
// policy says who may call: roles that sign their requests, by AllowedPrincipals and GrantInvoke, or everybody in VPCs, by AllowedVpcs and
// AllowedVpcAccounts. An API without callers does not synthesise.
//
// # Callers that sign
//
// A caller signs each request with Signature Version 4: the service is vpc-lattice-svcs, the Region is that of the API, and the header
// x-amz-content-sha256 is UNSIGNED-PAYLOAD, because VPC Lattice does not support signed payloads. Its role needs vpc-lattice-svcs:Invoke on the
// ARN of the service followed by /*, and the auth policy must allow the role: GrantInvoke does both. A request whose signature is wrong is
// refused, even if the policy allows unsigned ones.
//
// A role in another stack needs a RoleName: its stack depends on that of the API, so the auth policy must have its ARN as a literal. Whether VPC
// Lattice accepts a role that does not exist yet is not documented; if it does not, deploy the role first.
//
// # Connections
//
// Connections end after ten minutes, and after one minute without traffic by default: no WebSockets. Peered networks, transit gateways and
// VPNs reach services through a service-network endpoint alone.
package lattice
