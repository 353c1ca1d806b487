package check

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// zonedRecord is a record set with a known name in a zone with a known name.
type zonedRecord struct {
	network.Record
	// name is the name of the record set, apex that of its zone.
	name, apex string
	// zone is nil if the templates do not define it.
	zone *network.HostedZone
}

// zonedRecords are the record sets that are deployed for certain and whose names are known.
func (f *facts) zonedRecords() []zonedRecord {
	var list []zonedRecord
	for _, r := range f.Records() {
		zoned := zonedRecord{Record: r, name: r.DomainName(), zone: f.HostedZone(r.HostedZoneId().Value)}
		if zoned.zone != nil {
			zoned.apex = zoned.zone.Name
		} else {
			zoned.apex = network.DomainName(r.HostedZoneName().Value)
		}
		if zoned.name != "" && zoned.apex != "" && network.IsCertain(r.Resource) {
			list = append(list, zoned)
		}
	}
	return list
}

// cnameAtApex finds a CNAME record with the name of its hosted zone.
func cnameAtApex(p *pass) {
	for _, r := range p.zonedRecords() {
		if r.Type().Literal() != "CNAME" || r.name != r.apex {
			continue
		}
		where := at{r.Name()}
		if r.zone != nil {
			where = append(where, r.zone.NameProperty())
		}
		p.report(where, "a CNAME record has the name of its hosted zone, %s", r.name)
	}
}

// parentZone warns once of a private hosted zone that has the record of an API, and hides other names.
func parentZone(p *pass) {
	shared := map[*network.HostedZone]bool{}
	warned := map[*network.HostedZone]bool{}
	for _, r := range p.zonedRecords() {
		isParent := strings.HasSuffix(r.name, "."+r.apex) || rules.IsParentZone(r.apex)
		if r.zone == nil || warned[r.zone] || !isParent || !network.IsCertain(r.zone.Resource) || !r.zone.VPCs().HasItem() || !p.leadsToAPI(r.Record) {
			continue
		}
		if _, known := shared[r.zone]; !known {
			shared[r.zone] = p.isShared(r.zone)
		}
		if shared[r.zone] {
			continue
		}
		warned[r.zone] = true
		p.report(at{r.zone.NameProperty(), r.Name()}, "the private hosted zone %s hides every name below it, not only %s", r.apex, r.name)
	}
}

// isShared reports whether a zone is meant for more than the names of APIs, such as that of a company: other stacks have records in it,
// or some of its records lead elsewhere.
func (f *facts) isShared(zone *network.HostedZone) bool {
	for _, records := range zone.Records {
		for _, r := range records {
			if r.Resource.Stack != zone.Stack || !f.leadsToAPI(r) {
				return true
			}
		}
	}
	return false
}

// leadsToAPI reports whether a record set leads to an endpoint of an API.
func (f *facts) leadsToAPI(r network.Record) bool {
	targets := []network.Property{r.AliasTarget().Field("DNSName")}
	if records := r.ResourceRecords(); records.IsList() {
		targets = append(targets, records.Items()...)
	}
	return slices.ContainsFunc(targets, func(target network.Property) bool { return isAPIEndpoint(f.Endpoint(target.Value)) })
}
