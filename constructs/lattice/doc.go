// Package lattice offers private APIs over Amazon VPC Lattice. An API is a service that its owner shares by AWS RAM; the consumers of a VPC
// join it to the one service network of the VPC, under names, zones and records that stay the same over every transport:
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
// # Connections
//
// Connections end after ten minutes, and after one minute without traffic by default: no WebSockets. Peered networks, transit gateways and
// VPNs reach services through a service-network endpoint alone.
package lattice
