package subnets

import (
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/placeholder"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Zones are the Availability Zones of selected subnets, by name.
type Zones struct {
	Names   []string // one for each subnet
	Unknown bool     // the list is a token, or a placeholder until a lookup is done
	Pending bool     // a lookup is not done
}

func zonesOf(selected *awsec2.SelectedSubnets) Zones {
	z := Zones{}
	z.Pending = prop.IsTrue(selected.IsPendingLookup)
	if selected.AvailabilityZones == nil || z.Pending {
		z.Unknown = true
		return z
	}
	for _, name := range *selected.AvailabilityZones {
		z.Names = append(z.Names, *name)
		// A lookup must not fail on its placeholders: it would never be done.
		z.Pending = z.Pending || placeholder.IsZone(*name)
		z.Unknown = z.Unknown || z.Pending || token.IsListElement(*name)
	}
	return z
}

// Count returns how many zones there are.
func (z Zones) Count() int {
	seen := map[string]bool{}
	for _, name := range z.Names {
		seen[name] = true
	}
	return len(seen)
}

func (z Zones) checkOnePerZone(r *rules.Report, property string) {
	if z.Unknown {
		return
	}
	seen := map[string]bool{}
	for _, name := range z.Names {
		if seen[name] {
			r.Add(rules.SubnetPerZone, property, "has two subnets in %s", display(name))
		}
		seen[name] = true
	}
}

// display is the name of a zone in a message.
func display(name string) string {
	if token.IsString(name) {
		return "one Availability Zone"
	}
	return name
}

// CheckLoadBalancer reports fewer zones than an ALB needs; kind is that of its subnets, private or public.
func (z Zones) CheckLoadBalancer(r *rules.Report, property, kind string) {
	n := z.Count()
	if z.Unknown || n >= rules.MinLoadBalancerZones {
		return
	}
	plural := "s"
	if n == 1 {
		plural = ""
	}
	r.AddWithFix(rules.TwoZones, property, "select "+kind+" subnets in at least two Availability Zones", "has subnets in %d Availability Zone%s", n, plural)
}

// WithIDs returns the subnets of a VPC that have some IDs; none unless all are known.
func WithIDs(vpc awsec2.IVpc, ids *[]*string) []awsec2.ISubnet {
	byID := byIDs(vpc)
	var found []awsec2.ISubnet
	for _, id := range *ids {
		subnet, isKnown := byID[*id]
		if !isKnown {
			return nil
		}
		found = append(found, subnet)
	}
	return found
}

func byIDs(vpc awsec2.IVpc) map[string]awsec2.ISubnet {
	byID := map[string]awsec2.ISubnet{}
	for _, list := range []*[]awsec2.ISubnet{vpc.PrivateSubnets(), vpc.IsolatedSubnets(), vpc.PublicSubnets()} {
		for _, subnet := range *list {
			byID[*subnet.SubnetId()] = subnet
		}
	}
	return byID
}

// ZonesOfIDs returns the zones of subnets that are given by their IDs, which must be those of subnets of the VPC.
func ZonesOfIDs(vpc awsec2.IVpc, ids *[]*string) Zones {
	zones := Zones{Unknown: ids == nil}
	if ids == nil {
		return zones
	}
	byID := map[string]string{}
	for id, subnet := range byIDs(vpc) {
		if zone := zoneOf(subnet); zone != nil {
			byID[id] = *zone
		}
	}
	for _, id := range *ids {
		name, isKnown := byID[*id]
		zones.Names = append(zones.Names, name)
		zones.Unknown = zones.Unknown || !isKnown || placeholder.IsZone(name)
	}
	return zones
}

// CheckTargets warns of zones of an NLB that its target, an ALB, is not in. Names that are tokens compare within one VPC.
func (z Zones) CheckTargets(r *rules.Report, property string, target Zones) {
	if z.Unknown || target.Unknown {
		return
	}
	for _, name := range z.Names {
		if !slices.Contains(target.Names, name) {
			r.Add(rules.LoadBalancerZones, property, "has a subnet in %s, where the ALB of the Listener has none", display(name))
		}
	}
}

// CheckWithin reports zones that are not among those of a service. Names that are tokens cannot be compared.
func (z Zones) CheckWithin(r *rules.Report, property string, service Zones) {
	if z.Unknown || service.Unknown || slices.ContainsFunc(service.Names, token.IsString) {
		return
	}
	for _, name := range z.Names {
		if !token.IsString(name) && !slices.Contains(service.Names, name) {
			r.Add(rules.ZoneOfService, property, "has a subnet in %s, but the service is in %s", name, strings.Join(service.Names, ", "))
		}
	}
}
