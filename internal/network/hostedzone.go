package network

import (
	"strings"
)

// HostedZone is a hosted zone and its records.
type HostedZone struct {
	// Resource is nil for a zone that is defined elsewhere.
	*Resource
	// Name is the domain name as DNS compares it; "" if it is undecided.
	Name string
	// IsPublic says that the zone names no VPC.
	IsPublic bool
	// Records are its record sets, by name.
	Records map[string][]Record
}

// NameProperty is the name of the zone.
func (z *HostedZone) NameProperty() Property { return property(z.Resource, "Name") }

// VPCs is the list of VPCs that the zone is associated with.
func (z *HostedZone) VPCs() Property { return property(z.Resource, "VPCs") }

// ZoneVPC is an association of a private hosted zone with a VPC.
type ZoneVPC struct {
	// Id is the VPC, Region its Region.
	Id, Region Property
}

// Associations are the VPCs that the zone names.
func (z *HostedZone) Associations() []ZoneVPC {
	var list []ZoneVPC
	for _, entry := range z.VPCs().listed() {
		list = append(list, ZoneVPC{Id: entry.Field("VPCId"), Region: entry.Field("VPCRegion")})
	}
	return list
}

// HasWrongRegion reports whether the association names another Region than that of its VPC.
func (a ZoneVPC) HasWrongRegion() bool {
	named := a.Region.Literal()
	vpc, _, ok := a.Id.Reference()
	return ok && named != "" && vpc.Stack.Region != "" && named != vpc.Stack.Region
}

// AnswersIn says whether a private zone answers queries of a VPC, with the association that decides it.
func (z *HostedZone) AnswersIn(vpc Value) (Tristate, Property) {
	if !z.VPCs().IsList() {
		return Maybe, z.VPCs()
	}
	result, undecided := No, Property{}
	for _, a := range z.Associations() {
		if a.HasWrongRegion() {
			continue
		}
		switch Equal(a.Id.Value, vpc) {
		case Yes:
			return Yes, a.Id
		case Maybe:
			result, undecided = Maybe, a.Id
		}
	}
	return result, undecided
}

// longestName is how long a domain name can be.
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
const longestName = 255

// DomainName is a domain name as DNS compares it: in lower case, without the dot at its end; "" if it is undecided, or too
// long.
func DomainName(v Value) string {
	name, _ := v.Text()
	if len(name) > longestName {
		return ""
	}
	return strings.ToLower(strings.TrimSuffix(name, "."))
}

// nameIn is a name as it is asked for in a VPC.
type nameIn struct {
	vpc  key
	name string
}

// HostedZones are the hosted zones that the templates define.
func (n *Network) HostedZones() []*HostedZone { return n.hostedZones.list }

// HostedZone is the hosted zone that a value refers to; nil if the templates do not define it.
func (n *Network) HostedZone(v Value) *HostedZone { return n.hostedZones.referred(v) }

// HostedZonesNamed are the hosted zones of a name; "" stands for an undecided one.
func (n *Network) HostedZonesNamed(name string) []*HostedZone { return n.zonesByName[name] }

// PrivateZonesIn are the hosted zones of a name that are certain to be associated with a VPC.
func (n *Network) PrivateZonesIn(vpc Value, name string) []*HostedZone {
	k := valueKey(vpc)
	if k == (key{}) {
		return nil
	}
	return n.zonesIn[nameIn{k, name}]
}

// ZoneOfRecord is the hosted zone of a record set; nil if nothing is known of it.
func (n *Network) ZoneOfRecord(r Record) *HostedZone { return n.zoneByKey[n.zoneKey(r)] }

// RecordsElsewhere are the record sets of a name in zones that the templates do not define; else those of the closest wildcard.
func (n *Network) RecordsElsewhere(name string) []Record {
	for _, own := range answeringNames(name) {
		if list := n.recordsElsewhere[own]; len(list) > 0 {
			return list
		}
	}
	return nil
}

// UnplacedRecords are the record sets of a name whose zone is undecided.
func (n *Network) UnplacedRecords(name string) []Record {
	if z := n.zoneByKey[key{}]; z != nil {
		return z.Records[name]
	}
	return nil
}

// zoneKey is the key of the zone of a record set, by its ID or by its name; the zero key if that is undecided.
func (n *Network) zoneKey(r Record) key {
	if id := r.HostedZoneId(); !id.IsAbsent() {
		return valueKey(id.Value)
	}
	name := DomainName(r.HostedZoneName().Value)
	if name == "" {
		return key{}
	}
	for _, z := range n.zonesByName[name] {
		if z.Stack == r.Resource.Stack {
			return resourceKey(z.Resource)
		}
	}
	return key{text: "zone " + name}
}

// indexZones collects the hosted zones and their records.
func (n *Network) indexZones() {
	n.zoneByKey = map[key]*HostedZone{}
	n.zonesByName, n.zonesIn = map[string][]*HostedZone{}, map[nameIn][]*HostedZone{}
	n.recordsElsewhere = map[string][]Record{}
	collect(n, &n.hostedZones, hostedZoneType, newHostedZone)
	for _, z := range n.hostedZones.list {
		n.addZone(z)
	}
	n.indexRecords()
	for _, r := range n.records {
		k := n.zoneKey(r)
		z := n.zoneByKey[k]
		if z == nil {
			z = &HostedZone{Records: map[string][]Record{}}
			n.zoneByKey[k] = z
		}
		name := r.DomainName()
		z.Records[name] = append(z.Records[name], r)
		if z.Resource == nil {
			n.recordsElsewhere[name] = append(n.recordsElsewhere[name], r)
		}
	}
}

func newHostedZone(r *Resource) *HostedZone {
	z := &HostedZone{Resource: r, Name: DomainName(r.Property("Name")), Records: map[string][]Record{}}
	z.IsPublic = z.VPCs().IsAbsent()
	return z
}

func (n *Network) addZone(z *HostedZone) {
	n.zoneByKey[resourceKey(z.Resource)] = z
	n.zonesByName[z.Name] = append(n.zonesByName[z.Name], z)
	for _, a := range z.Associations() {
		if vpc := valueKey(a.Id.Value); vpc != (key{}) && !a.HasWrongRegion() {
			at := nameIn{vpc, z.Name}
			n.zonesIn[at] = append(n.zonesIn[at], z)
		}
	}
}
