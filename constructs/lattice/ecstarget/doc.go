// Package ecstarget forwards an API over VPC Lattice to an ECS service, without a load balancer: ECS registers the tasks itself. It is a
// package of its own because it imports awsecs, which is 56 packages of CDK.
//
//	api := lattice.NewApi(stack, jsii.String("Pricing"), &lattice.ApiProps{
//		DomainName: domain, Certificate: certificate, PrefixList: prefixList,
//		Target: ecstarget.New(service, &ecstarget.Options{PortName: jsii.String("http")}),
//	})
package ecstarget
