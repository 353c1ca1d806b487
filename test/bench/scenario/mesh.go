package scenario

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
)

// What the declarations of the benchmark and its app share.
const (
	PrivateLinkTier = "internal"
	LatticeTier     = "payments"
	MeshCertificate = "01234567-89ab-cdef-0123-456789abcdef"
	MeshPrefixList  = "pl-0123456789abcdef0"
)

const (
	meshRegion    = "eu-west-1"
	meshProviders = 10
	// Every tenth service is over VPC Lattice.
	latticeEvery = 10
	// A consumer calls every fourth service, others than its neighbours call.
	callsEvery = 4
)

// Mesh is a declaration of services of ten providers, and of consumers that call a quarter of them each. Every team has an account of its own.
func Mesh(services, consumers int) *mesh.Declaration {
	d := &mesh.Declaration{Version: mesh.Version, Region: meshRegion, Tiers: []*mesh.Tier{
		{Name: PrivateLinkTier, Transport: mesh.PrivateLink, Capacity: 20}, {Name: LatticeTier, Transport: mesh.Lattice, Capacity: 5},
	}}
	for i := range meshProviders {
		d.Providers = append(d.Providers, &mesh.Provider{Name: fmt.Sprintf("provider%02d", i), Account: fmt.Sprintf("2%011d", i)})
	}
	for i := range services {
		tier := PrivateLinkTier
		if i%latticeEvery == latticeEvery-1 {
			tier = LatticeTier
		}
		name := fmt.Sprintf("service%03d", i)
		d.Services = append(d.Services, &mesh.Service{
			Name: name, DomainName: name + ".internal.company.com", Provider: d.Providers[i*meshProviders/services].Name, Tier: tier,
		})
	}
	for i := range consumers {
		consumer := &mesh.Consumer{Name: fmt.Sprintf("consumer%02d", i), Account: fmt.Sprintf("1%011d", i)}
		for j := i % callsEvery; j < services; j += callsEvery {
			consumer.Calls = append(consumer.Calls, d.Services[j].Name)
		}
		d.Consumers = append(d.Consumers, consumer)
	}
	return d
}

// WriteMesh writes a declaration, and the facts of a proof that no template of its app has.
func WriteMesh(d *mesh.Declaration, declaration, facts string) error {
	if err := writeJSON(declaration, d); err != nil {
		return err
	}
	zones, certificates := map[string]map[string]string{}, map[string][]string{}
	for _, provider := range d.Providers {
		zones[provider.Account] = zoneIDs()
		certificates["arn:aws:acm:"+d.Region+":"+provider.Account+":certificate/"+MeshCertificate] = []string{"*.internal.company.com"}
	}
	for _, consumer := range d.Consumers {
		zones[consumer.Account] = zoneIDs()
	}
	return writeJSON(facts, map[string]any{
		"zoneIds": zones, "certificates": certificates, "latticePrefixLists": map[string]string{d.Region: MeshPrefixList},
		"assumptions": []map[string]string{{"id": "share-accepted", "reason": "one organization", "date": "2026-11-29"}},
	})
}

func zoneIDs() map[string]string {
	return map[string]string{meshRegion + "a": "euw1-az1", meshRegion + "b": "euw1-az2"}
}

func writeJSON(file string, v any) error {
	content, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o600)
}
