package mesh

import (
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
)

// valuesOf returns a declaration in Go values.
func valuesOf(d *mesh.Declaration) *Declaration {
	tiers, providers, services, consumers := []*Tier{}, []*Provider{}, []*Service{}, []*Consumer{}
	for _, tier := range d.Tiers {
		tiers = append(tiers, &Tier{Name: jsii.String(tier.Name), Transport: Transport(tier.Transport), Capacity: given(tier.Capacity)})
	}
	for _, provider := range d.Providers {
		providers = append(providers, valueOfProvider(provider))
	}
	for _, service := range d.Services {
		services = append(services, &Service{
			Name: jsii.String(service.Name), DomainName: jsii.String(service.DomainName), Provider: jsii.String(service.Provider), Tier: jsii.String(service.Tier),
			Door: given(service.Door), Priority: given(service.Priority),
		})
	}
	for _, consumer := range d.Consumers {
		consumers = append(consumers, &Consumer{Name: jsii.String(consumer.Name), Account: jsii.String(consumer.Account), Calls: jsii.Strings(consumer.Calls...)})
	}
	return &Declaration{Region: jsii.String(d.Region), Tiers: &tiers, Providers: &providers, Services: &services, Consumers: &consumers}
}

func valueOfProvider(provider *mesh.Provider) *Provider {
	return &Provider{Name: jsii.String(provider.Name), Account: jsii.String(provider.Account)}
}

// given returns a number; nil for the default.
func given(number int) *float64 {
	if number == 0 {
		return nil
	}
	return jsii.Number(number)
}
