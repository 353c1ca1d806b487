// Package dnsverification verifies the private DNS name of an endpoint service, so that consumers can enable it.
//
// AWS lets consumers use a private DNS name once its owner has proven to own the domain, by a TXT record in public DNS. AWS looks for the
// record when it is asked to, and CloudFormation neither asks nor waits. A [Verification] has the record, and a custom resource of its own
// that asks, waits, and says on failure which record AWS looks for:
//
//	pricing := privateapi.NewPrivateApiProvider(stack, jsii.String("Pricing"), &privateapi.PrivateApiProviderProps{
//		PrivateDnsName: jsii.String("api.pricing.company.com"),
//		// …
//	})
//	dnsverification.NewVerification(stack, jsii.String("Verification"), &dnsverification.VerificationProps{
//		Service:    pricing,
//		HostedZone: awsroute53.HostedZone_FromLookup(stack, jsii.String("Zone"), &awsroute53.HostedZoneProviderProps{DomainName: jsii.String("company.com")}),
//	})
//
// Consumers of the same app with DnsMode_PRIVATE_DNS are deployed after it.
package dnsverification
