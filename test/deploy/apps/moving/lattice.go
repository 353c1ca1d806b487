package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// overLattice is the API over VPC Lattice. It needs nothing but the consumer itself.
type overLattice struct{ api lattice.Api }

func newLattice(p *provider) offer {
	return &overLattice{lattice.NewApi(p.stack, jsii.String("OrdersOverLattice"), &lattice.ApiProps{
		DomainName:         jsii.String(p.domain),
		Certificate:        p.certificate,
		PrefixList:         awsec2.PrefixList_FromPrefixListId(p.stack, jsii.String("PrefixList"), jsii.String(env.Context(p.stack, "prefixList"))),
		Target:             lattice.Target_FromListener(p.privateLink.Listener(), nil),
		ShareWith:          jsii.Strings(p.consumer),
		AllowedVpcAccounts: jsii.Strings(p.consumer),
	})}
}

func (o *overLattice) connect(*provider, *consumer) privateapi.IPrivateApiService { return o.api }

func (o *overLattice) values() map[string]*string {
	return map[string]*string{"ServiceArn": o.api.ServiceArn()}
}
