package check

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// subnetPerZone finds an endpoint or a load balancer with two subnets in one Availability Zone.
func subnetPerZone(p *pass) {
	for _, e := range p.endpoints {
		p.sameZone(e.SubnetIds().Items())
	}
	for _, lb := range p.loadBalancers {
		p.sameZone(lb.Subnets())
	}
}

// sameZone reports subnets whose zone is that of a subnet before them. Zones are the same if they have one name, or are the
// same item of Fn::GetAZs.
func (p *pass) sameZone(subnets []network.Property) {
	first := map[string]*network.Subnet{}
	for _, property := range subnets {
		subnet := p.Subnet(property.Value)
		if subnet == nil || !network.IsCertain(subnet.Resource) || subnet.Zone().IsAbsent() {
			continue
		}
		zone := subnet.Zone()
		other := first[zone.String()]
		if other == nil {
			first[zone.String()] = subnet
			continue
		}
		if other != subnet && network.Equal(other.Zone().Value, zone.Value) == network.Yes {
			p.report(at{property, zone, other.Zone()}, "subnets %s and %s are in the same Availability Zone, %s",
				network.DisplayName(other.Resource), network.DisplayName(subnet.Resource), zoneName(zone.Value))
		}
	}
}

// subnetIPv6 finds a subnet without IPv6 of a load balancer or an endpoint that has it.
func subnetIPv6(p *pass) {
	for _, lb := range p.loadBalancers {
		if strings.HasPrefix(lb.IpAddressType().Literal(), "dualstack") {
			p.needIPv6(lb.IpAddressType(), lb.Subnets())
		}
	}
	for _, e := range p.endpoints {
		if of := e.IpAddressType(); of.Literal() == "dualstack" || of.Literal() == "ipv6" {
			p.needIPv6(of, e.SubnetIds().Items())
		}
	}
}

func (p *pass) needIPv6(of network.Property, subnets []network.Property) {
	for _, property := range subnets {
		subnet := p.Subnet(property.Value)
		if subnet != nil && network.IsCertain(subnet.Resource) && p.IPv6(subnet).IsAbsent() {
			p.report(at{of, property, network.Whole(subnet.Resource)}, "IpAddressType is %s, but subnet %s has no IPv6 CIDR block", of, network.DisplayName(subnet.Resource))
			return
		}
	}
}

// zoneName is an Availability Zone as people read it.
func zoneName(zone network.Value) string {
	if i, ok := network.ZoneListItem(zone); ok {
		return "item " + strconv.Itoa(i) + " of Fn::GetAZs"
	}
	return zone.String()
}

// ordinaryZone is the name or the ID of an Availability Zone, not of a Local Zone: there, an ALB needs one subnet only.
var ordinaryZone = regexp.MustCompile(`^[a-z]{2,}(-[a-z]+)+-\d+[a-z]$|^[a-z]+\d+-az\d+$`)

// twoZones finds an ALB with a single subnet in an ordinary Availability Zone.
func twoZones(p *pass) {
	for _, lb := range p.loadBalancers {
		subnets := lb.Subnets()
		if lb.Kind() != network.Application || len(subnets) != 1 {
			continue
		}
		if subnet := p.Subnet(subnets[0].Value); subnet != nil && subnet.OutpostArn().IsAbsent() && isOrdinary(subnet.Zone()) {
			p.report(at{lb.SubnetsProperty(), network.Whole(subnet.Resource)}, "the ALB has only one subnet, %s", network.DisplayName(subnet.Resource))
		}
	}
}

// isOrdinary reports whether a zone is certain to be an ordinary Availability Zone: AWS chooses one where none is set.
func isOrdinary(zone network.Property) bool {
	_, isItem := network.ZoneListItem(zone.Value)
	return zone.IsAbsent() || isItem || ordinaryZone.MatchString(zone.Literal())
}
