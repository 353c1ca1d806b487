// Package publicapi offers APIs behind an internet-facing Application Load Balancer, where many people start, and the way to a private one.
// The owner defines the API, with its clients by name and by the addresses of their NAT gateways:
//
//	api := publicapi.NewApi(stack, jsii.String("Pricing"), &publicapi.ApiProps{
//		Vpc:            vpc,
//		DomainNames:    jsii.Strings("api.pricing.company.com"),
//		HostedZone:     zone,
//		Certificates:   &[]elbv2.IListenerCertificate{certificate},
//		AllowedClients: &[]*publicapi.AllowedClient{{Name: jsii.String("Checkout"), CidrBlocks: jsii.Strings("203.0.113.7/32")}},
//	})
//	api.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Targets: targets})
//
// # Security
//
// Nobody is let in whom the allow-list does not name, unless AllowEveryone says so: the security group of the ALB has a rule for each block of
// each client, and the web ACL an IP set for each client, beside the managed rule groups of AWS. It opens once the web ACL is in front.
//
// An address tells networks apart and not workloads: whoever shares the NAT gateway of a client may call, and so may whoever has the address
// after it. MutualAuthentication asks clients for a certificate besides; a private API needs neither.
//
// # Clients
//
// A client on the internet needs nothing but the name, which the records in HostedZone lead to the ALB. As the Service of a
// [privateapi.PrivateApiConsumer], an API has its name in a private hosted zone of the client's VPC, and clients are let out to every IPv4
// address on its port, because those of an ALB change. As the Previous of one, it keeps that way open while the consumer moves to PrivateLink,
// to VPC Lattice or to a route.
//
// # Migration
//
// A [Migration] moves the API to PrivateLink in phases, each of them a deployment that has a way back. It defines the API and a
// [privateapi.PrivateApiProvider] beside itself, with what the phase has of both:
//
//	migration := publicapi.NewMigration(stack, jsii.String("Migration"), &publicapi.MigrationProps{
//		Phase: publicapi.Phase(phase), Begin: jsii.Bool(begins), PublicApi: apiProps, Provider: providerProps,
//	})
//	migration.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Targets: targets})
//
// The phases are Phase_STATUS_QUO, Phase_ATTACH, Phase_DUAL_RUN, Phase_WATCH, Phase_CLOSE and Phase_INTERNAL. A phase that is skipped does not
// deploy: the template compares the phase with the one that the stack recorded.
//
// # Scheme
//
// The scheme of an ALB is never changed in place: CloudFormation would replace the ALB, and fail. Synthesis refuses an override. A
// migration adds a second, internal ALB instead.
package publicapi
