package vpcpeering_test

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/vpcpeering"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

type (
	props = map[string]any
	// P is short, for tables of edits.
	P = vpcpeering.VpcPeeringProps
)

const (
	clientBlock = "10.0.0.0/16"
	apiBlock    = "10.1.0.0/16"
	otherRegion = "eu-central-1"

	typeConnection = "AWS::EC2::VPCPeeringConnection"
	typeRoute      = "AWS::EC2::Route"
)

// newVpc defines a VPC of two zones with private subnets alone.
func newVpc(stack awscdk.Stack, id, block string) awsec2.Vpc {
	return awsec2.NewVpc(stack, jsii.String(id), &awsec2.VpcProps{
		IpAddresses:                  awsec2.IpAddresses_Cidr(jsii.String(block)),
		NatGateways:                  jsii.Number(0),
		AvailabilityZones:            jsii.Strings(*stack.Region()+"a", *stack.Region()+"b"),
		SubnetConfiguration:          &[]*awsec2.SubnetConfiguration{{Name: jsii.String("Private"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED}},
		RestrictDefaultSecurityGroup: jsii.Bool(false),
	})
}

// farStack is a stack in another Region.
func farStack(app awscdk.App, id, account string) awscdk.Stack {
	return awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String(otherRegion)}})
}

func side(vpc awsec2.IVpc) *vpcpeering.Side { return &vpcpeering.Side{Vpc: vpc} }

// shapes are the ways in which the two sides of a connection lie in stacks, by the names of goldens.
var shapes = map[string]func(awscdk.App) vpcpeering.VpcPeering{
	"one-stack": func(app awscdk.App) vpcpeering.VpcPeering {
		stack := cdktest.StackIn(app, "OneBoth", cdktest.Account)
		return newPeering(stack, newVpc(stack, "ClientVpc", clientBlock), newVpc(stack, "ApiVpc", apiBlock))
	},
	"two-stacks": func(app awscdk.App) vpcpeering.VpcPeering {
		clients, api := cdktest.StackIn(app, "TwoClients", cdktest.Account), cdktest.StackIn(app, "TwoApi", cdktest.Account)
		return newPeering(clients, newVpc(clients, "Vpc", clientBlock), newVpc(api, "Vpc", apiBlock))
	},
	"two-accounts": func(app awscdk.App) vpcpeering.VpcPeering {
		clients, api := cdktest.StackIn(app, "AccountsClients", cdktest.Account), cdktest.StackIn(app, "AccountsApi", cdktest.OtherAccount)
		vpc := newVpc(api, "Vpc", apiBlock)
		return newPeering(clients, newVpc(clients, "Vpc", clientBlock), vpc, func(p *P) {
			p.AccepterRole = newRole(api, vpc)
			p.AccepterScope = cdktest.StackIn(app, "AccountsRoutesBack", cdktest.OtherAccount)
		})
	},
	"two-regions": func(app awscdk.App) vpcpeering.VpcPeering {
		clients, api := cdktest.StackIn(app, "RegionsClients", cdktest.Account), farStack(app, "RegionsApi", cdktest.Account)
		return newPeering(clients, newVpc(clients, "Vpc", clientBlock), newVpc(api, "Vpc", apiBlock), func(p *P) {
			p.AccepterScope = farStack(app, "RegionsRoutesBack", cdktest.Account)
		})
	},
}

func newRole(stack awscdk.Stack, vpc awsec2.IVpc) awsiam.Role {
	return vpcpeering.NewAccepterRole(stack, jsii.String("Accepter"), &vpcpeering.AccepterRoleProps{Vpc: vpc, RequesterAccounts: jsii.Strings(cdktest.Account)})
}

// newPeering connects two VPCs.
func newPeering(stack awscdk.Stack, requester, accepter awsec2.IVpc, edits ...func(*P)) vpcpeering.VpcPeering {
	p := &P{Requester: side(requester), Accepter: side(accepter)}
	for _, edit := range edits {
		edit(p)
	}
	return vpcpeering.NewVpcPeering(stack, jsii.String("Peering"), p)
}
