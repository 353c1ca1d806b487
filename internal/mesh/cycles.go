package mesh

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// checkCycles reports services whose names hide each other. Each name that a consumer calls has a zone of exactly that name, and that of a
// wildcard is the zone of what follows the star. So the zone of *.shop.company.com hides shop.company.com and all below it in the VPCs that call
// the wildcard alone, and a zone of api.shop.company.com hides that name of the wildcard wherever both are called. Two names without a
// wildcard never hide each other from a VPC that calls both: Route 53 takes the zone that matches most of the name.
func (c *checker) checkCycles() {
	wildcards := map[string]int{} // the zones of wildcards
	for i, service := range c.d.Services {
		if service == nil {
			continue
		}
		if zone, ok := strings.CutPrefix(service.DomainName, "*."); ok {
			wildcards[zone] = i
		}
	}
	for i, service := range c.d.Services {
		if service == nil {
			continue
		}
		for zone := strings.TrimPrefix(service.DomainName, "*."); zone != ""; _, zone, _ = strings.Cut(zone, ".") {
			if other, ok := wildcards[zone]; ok && other != i && c.d.Services[other].DomainName != service.DomainName {
				c.r.Add(rules.MeshNameCycle, jsondoc.At("services", i)+".domainName", "%q and %q of services[%d] hide each other", service.DomainName, c.d.Services[other].DomainName, other)
				break
			}
		}
	}
}
