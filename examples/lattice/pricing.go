package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice/ecstarget"
)

// NewPricingStack defines two APIs in front of one Fargate service, in the account that owns them.
func NewPricingStack(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("LatticePricing"), &awscdk.StackProps{Env: pricingEnv})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	cluster := awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc})
	pricing := newService(cluster, "Pricing", "pricing:2.4", nil, nil)
	http := ecstarget.New(pricing, &ecstarget.Options{
		PortName:    jsii.String(portName),
		HealthCheck: &lattice.HealthCheck{Path: jsii.String("/health")},
	})
	certificateArn := awscdk.NewCfnParameter(stack, jsii.String("CertificateArn"), nil) // *.lattice.internal.company.com
	certificate := elbv2.ListenerCertificate_FromArn(certificateArn.ValueAsString())
	list := prefixList(stack)

	quotes := lattice.NewApi(stack, jsii.String("Quotes"), &lattice.ApiProps{
		DomainName:  jsii.String(quotesDomain),
		Certificate: certificate,
		PrefixList:  list,
		ShareWith:   &[]*string{checkoutEnv.Account},
		AllowedPrincipals: &[]awsiam.IPrincipal{
			awsiam.NewArnPrincipal(jsii.String("arn:aws:iam::" + *checkoutEnv.Account + ":role/" + roleName)),
		},
	})
	quotes.AddRoute(jsii.String("Quote"), &lattice.RouteOptions{PathPrefix: jsii.String("/v1"), Target: http})

	catalog := lattice.NewApi(stack, jsii.String("Catalog"), &lattice.ApiProps{
		DomainName:         jsii.String(catalogDomain),
		Certificate:        certificate,
		PrefixList:         list,
		ShareWith:          &[]*string{checkoutEnv.Account},
		AllowedVpcAccounts: &[]*string{checkoutEnv.Account},
	})
	catalog.AddRoute(jsii.String("Products"), &lattice.RouteOptions{
		PathPrefix: jsii.String("/v1/products"),
		Method:     jsii.String("GET"),
		Target:     http,
	})

	awscdk.NewCfnOutput(stack, jsii.String("QuotesArn"), &awscdk.CfnOutputProps{Value: quotes.ServiceArn()})
	awscdk.NewCfnOutput(stack, jsii.String("CatalogArn"), &awscdk.CfnOutputProps{Value: catalog.ServiceArn()})
}
