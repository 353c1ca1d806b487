// Command mesh is a CDK app of twenty services and the VPCs that call them, from one declaration: mesh.json. By default it has the stacks of all
// teams. With the context value team it has those of one team alone, as in an app of its own: what it needs of other teams comes from their contracts.
package main

import (
	"os"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/mesh"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	newStacks(app)
	app.Synth(nil)
}

// newStacks defines the providers, and then the consumers, which connect to them.
func newStacks(app awscdk.App) {
	company := readCompany(contextOf(app, "mesh", "mesh.json"))
	team := contextOf(app, "team", "")
	isBuilt := func(name *string) bool { return team == "" || team == *name }

	var providers []mesh.MeshProvider
	for _, provider := range *company.Providers {
		if isBuilt(provider.Name) {
			providers = append(providers, NewProviderStack(app, company, provider))
		}
	}
	for _, consumer := range *company.Consumers {
		if isBuilt(consumer.Name) {
			NewConsumerStack(app, company, consumer, providers)
		}
	}
}

// company is the declaration that all teams share.
type company struct {
	*mesh.Declaration
	mesh mesh.Mesh // what it is read from
}

// readCompany reads the declaration from a file. It refuses one that is wrong.
func readCompany(file string) *company {
	content, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	m := mesh.Mesh_FromJson(jsii.String(string(content)))
	return &company{m.Declaration(), m}
}

// environment is where the stack of a team is deployed.
func (c *company) environment(account *string) *awscdk.Environment {
	return &awscdk.Environment{Account: account, Region: c.Region}
}

// transportOf returns how a service is reached.
func (c *company) transportOf(service *mesh.Service) mesh.Transport {
	for _, tier := range *c.Tiers {
		if *tier.Name == *service.Tier {
			return tier.Transport
		}
	}
	return ""
}

// contextOf returns a context value that is text.
func contextOf(app awscdk.App, key, otherwise string) string {
	if value, ok := app.Node().TryGetContext(jsii.String(key)).(string); ok {
		return value
	}
	return otherwise
}

// title makes the name of a team or a service the ID of a construct.
func title(name *string) string { return strings.ToUpper((*name)[:1]) + (*name)[1:] }
