// Package route53profile shares hosted zones with VPCs of several accounts, by Route 53 Profiles.
//
//	dns := route53profile.NewProfile(network, jsii.String("Dns"), &route53profile.ProfileProps{
//		ShareWith: jsii.Strings("111111111111"),
//	})
//	privateapi.NewPrivateApiConsumer(network, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
//		Vpc: networkVpc, Service: pricing, Profile: dns,
//	})
//	route53profile.Profile_FromAttributes(checkout, jsii.String("Dns"), &route53profile.ProfileAttributes{
//		ProfileId: dns.ProfileId(), Vpcs: &[]awsec2.IVpc{checkoutVpc},
//	})
//
// The consumer keeps a zone of its own for each name, associated with its VPC. The profile has the zone too, so every VPC of the profile
// resolves the name to the endpoint of the consumer. A name is no route: clients of these VPCs need one to the endpoint, by peering or a
// transit gateway.
//
// # Accounts
//
// A VPC is associated by its own account, and a zone by the account of the zone. An account with which a profile is shared may associate VPCs
// only, unless the owner supplies a PermissionArn that lets it associate zones: they answer in all VPCs of the profile.
//
// # Limits
//
// A profile has one Region, and a VPC one profile: AWS takes more by a priority of each, which CDK's resource does not have. A zone that is
// associated with a VPC wins over one of the same name of its profile, and the more specific zone over both.
package route53profile
