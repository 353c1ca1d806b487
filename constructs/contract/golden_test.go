package contract_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// apps have a contract of each transport.
var apps = map[string]func(app awscdk.App) awscdk.Stack{
	"privatelink": func(app awscdk.App) awscdk.Stack {
		stack := cdktest.StackIn(app, "PrivateLink", cdktest.Account)
		publish(stack, newProvider(stack, everyTerm), func(p *P) {
			p.ShareWith, p.AllowExternalPrincipals = jsii.Strings(organization, cdktest.OtherAccount), jsii.Bool(true)
		})
		return stack
	},
	"tcp": func(app awscdk.App) awscdk.Stack {
		stack := cdktest.StackIn(app, "Tcp", cdktest.Account)
		publish(stack, newDatabase(stack, 5432, 5433))
		return stack
	},
	"lattice": func(app awscdk.App) awscdk.Stack {
		stack := cdktest.StackIn(app, "Lattice", cdktest.Account)
		publish(stack, newLattice(stack), shared)
		return stack
	},
	"routed": func(app awscdk.App) awscdk.Stack {
		stack := cdktest.StackIn(app, "Routed", cdktest.Account)
		publish(stack, newRouted(stack), shared)
		return stack
	},
}

// everyTerm is a provider of which a contract says all that it can.
func everyTerm(p *privateapi.PrivateApiProviderProps) {
	p.Vpc, p.AcceptanceRequired, p.PrivateDnsName = ownVpc(p.Vpc.Stack(), "OwnVpc"), jsii.Bool(true), jsii.String(privateDnsName)
	p.SupportedRegions, p.SupportedIpAddressTypes = jsii.Strings("eu-west-1", "eu-central-1"), &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4}
}

func TestGoldens(t *testing.T) {
	defer cdktest.Recover(t)
	for name, build := range apps {
		cdktest.Run(t, name, func(t *testing.T) {
			cdktest.Golden(t, name, cdktest.SynthTemplate(t, build(cdktest.App(t, nil))))
		})
	}
}

// CDK's validation and cfn-lint find nothing in what the construct emits.
func TestValidation(t *testing.T) {
	defer cdktest.Recover(t)
	for name, build := range apps {
		cdktest.Run(t, name, func(t *testing.T) {
			cdktest.Validate(t, nil, func(app awscdk.App) { build(app) })
		})
	}
}
