package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/vpcpeering"
)

// overPeering is the API over a VPC peering connection that the consumer requests.
type overPeering struct {
	routed
	role awsiam.Role
}

func newPeering(p *provider) offer {
	return &overPeering{newRouted(p), vpcpeering.NewAccepterRole(p.stack, jsii.String("Accepter"), &vpcpeering.AccepterRoleProps{
		Vpc: p.vpc, RequesterAccounts: jsii.Strings(p.consumer),
	})}
}

func (o *overPeering) connect(p *provider, c *consumer) privateapi.IPrivateApiService {
	access := newAccessStack(p)
	peering := vpcpeering.NewVpcPeering(c.stack, jsii.String("Peering"), &vpcpeering.VpcPeeringProps{
		Requester:     &vpcpeering.Side{Vpc: c.vpc},
		Accepter:      &vpcpeering.Side{Vpc: p.vpc},
		AccepterRole:  o.role,
		AccepterScope: access,
	})
	return o.over(peering, access, c)
}

func (o *overPeering) values() map[string]*string {
	values := o.routed.values()
	values["ProviderVpc"], values["AccepterRole"] = o.vpc.VpcId(), o.role.RoleArn()
	return values
}
