package check

import (
	"iter"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// hostedZoneTwice finds a VPC with two private hosted zones of one name.
func hostedZoneTwice(p *pass) {
	for _, zone := range p.zones {
		for _, a := range p.associations(zone) {
			first := p.zoneIn(a.Id.Value, zone.Name)
			if first != nil && first != zone && !a.again {
				p.report(at{a.Id, first.NameProperty()}, "VPC %s is associated with two private hosted zones named %s", network.NameOf(a.Id.Value), zone.Name)
			}
		}
	}
}

// hostedZoneVPC finds a zone that is associated with one VPC twice, or with a VPC of another account.
func hostedZoneVPC(p *pass) {
	for _, zone := range p.zones {
		for _, a := range p.associations(zone) {
			if a.again {
				p.reportWithFix("name the VPC once", at{a.Id}, "VPC %s is associated with the zone twice", network.NameOf(a.Id.Value))
			}
			vpc := p.VPC(a.Id.Value)
			if vpc != nil && differ(vpc.Stack.Account, zone.Stack.Account) {
				p.report(at{a.Id, network.Whole(vpc.Resource)}, "the VPC belongs to account %s, and the hosted zone to account %s",
					vpc.Stack.Account, zone.Stack.Account)
			}
		}
	}
}

// hostedZoneName finds a record that has neither the name of its zone nor one below it.
func hostedZoneName(p *pass) {
	for record, zone := range p.recordsInZones() {
		if name := record.DomainName(); name != "" && zone.Name != "" {
			p.values(record.Name(), func(report *rules.Report, property string) { rules.CheckNameInZone(report, property, name, zone.Name) })
		}
	}
}

// hostedZoneAccount finds a record in a zone of another account.
func hostedZoneAccount(p *pass) {
	for record, zone := range p.recordsInZones() {
		if differ(record.Resource.Stack.Account, zone.Stack.Account) {
			p.report(at{record.Zone(), zone.NameProperty()}, "the record is in account %s, and its hosted zone in %s", record.Resource.Stack.Account, zone.Stack.Account)
		}
	}
}

// recordsInZones are the records in zones of the templates, if both are certain.
func (f *facts) recordsInZones() iter.Seq2[network.Record, *network.HostedZone] {
	return func(yield func(network.Record, *network.HostedZone) bool) {
		for _, record := range f.Records() {
			zone := f.ZoneOfRecord(record)
			isKnown := zone != nil && zone.Resource != nil && network.IsCertain(zone.Resource) && network.IsCertain(record.Resource)
			if isKnown && !yield(record, zone) {
				return
			}
		}
	}
}

// association is the association of a hosted zone with a known VPC; again says that the zone has named the VPC before.
type association struct {
	network.ZoneVPC
	again bool
}

func (f *facts) associations(zone *network.HostedZone) []association {
	var list []association
	named := map[vpcKey]bool{}
	for _, a := range zone.Associations() {
		if key, ok := f.vpcKey(a.Id.Value); ok {
			list = append(list, association{a, named[key]})
			named[key] = true
		}
	}
	return list
}

// zoneIn is the first private hosted zone of a name in a VPC; nil if there is none for certain.
func (f *facts) zoneIn(vpc network.Value, name string) *network.HostedZone {
	if _, ok := f.vpcKey(vpc); !ok || name == "" {
		return nil
	}
	for _, zone := range f.PrivateZonesIn(vpc, name) {
		if network.IsCertain(zone.Resource) {
			return zone
		}
	}
	return nil
}

// differ reports whether two values are known and different; "" is an unknown one.
func differ(a, b string) bool { return a != "" && b != "" && a != b }

// vpcDNS finds a VPC whose DNS attributes keep private names from resolving.
func vpcDNS(p *pass) {
	needed := p.needsDNS()
	for _, vpc := range p.VPCs() {
		why, ok := needed[vpc]
		if !ok || !network.IsCertain(vpc.Resource) {
			continue
		}
		if support := vpc.EnableDnsSupport(); support.Is(false) {
			p.report(at{support, why}, "EnableDnsSupport of the VPC is false")
		}
		switch hostnames := vpc.EnableDnsHostnames(); {
		case hostnames.Is(false):
			p.report(at{hostnames, why}, "EnableDnsHostnames of the VPC is false")
		case hostnames.IsAbsent():
			p.report(at{hostnames, why}, "EnableDnsHostnames of the VPC is not set, and its default is false")
		}
	}
}

// needsDNS are the VPCs in which a private name must resolve, with the first property that asks for it.
func (f *facts) needsDNS() map[*network.VPC]network.Property {
	needed := map[*network.VPC]network.Property{}
	add := func(vpc network.Value, why network.Property) {
		if v := f.VPC(vpc); v != nil {
			if _, found := needed[v]; !found {
				needed[v] = why
			}
		}
	}
	for _, zone := range f.zones {
		for _, vpc := range f.VPCsOf(zone) {
			add(vpc.Value, vpc)
		}
	}
	for _, e := range f.endpoints {
		if e.PrivateDnsEnabled().Is(true) {
			add(e.VpcId().Value, e.PrivateDnsEnabled())
		}
	}
	return needed
}
