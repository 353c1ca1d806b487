package deployed

import (
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	route53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
)

// zones writes the hosted zones of a state with their records. Route 53 has no Regions: a zone that two states of an account
// have is written once.
func (w *writer) zones(t *template, s *State) {
	for _, zone := range s.Zones {
		id := idOf(aws.ToString(zone.Id))
		if _, again := w.locations[id]; again {
			continue
		}
		if zone.Config != nil && zone.Config.PrivateZone && len(zone.VPCs) == 0 {
			w.addUnread("the VPCs of private zone %s", id)
			continue // without VPCs it would be a public zone in the template
		}
		w.add(t, id, "AWS::Route53::HostedZone", object{"Name": aws.ToString(zone.Name), "VPCs": vpcsOf(zone.VPCs)}, id)
		for i, r := range zone.Records {
			if r.Type == route53.RRTypeNs || r.Type == route53.RRTypeSoa {
				continue // Route 53 creates them, and no path uses them
			}
			w.record(t, zone, i, r)
		}
	}
}

func vpcsOf(vpcs []route53.VPC) []any {
	var list []any
	for _, vpc := range vpcs {
		list = append(list, object{"VPCId": aws.ToString(vpc.VPCId), "VPCRegion": string(vpc.VPCRegion)})
	}
	return list
}

func (w *writer) record(t *template, of Zone, i int, r route53.ResourceRecordSet) {
	zone := idOf(aws.ToString(of.Id))
	name := strings.ReplaceAll(aws.ToString(r.Name), `\052`, "*") // as Route 53 escapes it
	properties, _ := fromSDK(r).(object)
	delete(properties, "ResourceRecords")
	properties["Name"], properties["HostedZoneId"] = name, zone
	var lines []any
	for _, line := range r.ResourceRecords {
		value := aws.ToString(line.Value)
		if found, ok := w.dnsEntries[dnsName(value)]; ok {
			lines = append(lines, w.dnsEntryPart(t, found, 1))
			continue
		}
		if found, ok := w.balancerOf(value); ok {
			lines = append(lines, w.reference(t, found.of))
			continue
		}
		if entry, ok := w.latticeEntryOf(of, value); ok {
			lines = append(lines, w.reference(t, location{entry.in, entry.id, latticeName}))
			continue
		}
		lines = append(lines, value)
	}
	properties["ResourceRecords"] = lines
	if alias := r.AliasTarget; alias != nil {
		if entry, ok := w.latticeEntryOf(of, aws.ToString(alias.DNSName)); ok {
			properties["AliasTarget"] = w.latticeAlias(t, entry, aws.ToString(alias.HostedZoneId))
		}
	}
	w.add(t, zone+" "+name+" "+string(r.Type)+" "+strconv.Itoa(i), "AWS::Route53::RecordSet", properties)
}

// foreignZones writes the hosted zones of other accounts that are associated with VPCs of a state, if these accounts were not
// read: their records are unknown. Zones of AWS services are left out, because they have names of AWS only.
func (w *writer) foreignZones(t *template, s *State) {
	vpcs := map[string][]any{}
	for _, zone := range s.ForeignZones {
		id := idOf(aws.ToString(zone.HostedZoneId))
		if other, ok := w.locations[id]; ok && other.in != t || zone.Owner != nil && zone.Owner.OwningService != nil {
			continue
		}
		vpcs[id] = append(vpcs[id], object{"VPCId": zone.VpcId, "VPCRegion": s.Region})
		w.add(t, id, "AWS::Route53::HostedZone", object{"Name": aws.ToString(zone.Name), "VPCs": slices.Clone(vpcs[id])}, id)
		w.add(t, id+" records", "AWS::Route53::RecordSet", object{"HostedZoneId": id, "Type": "A", "Name": t.unknown("records of " + id)})
		if len(vpcs[id]) == 1 {
			w.addUnread("zone %s (%s), which belongs to an account that was not read", id, aws.ToString(zone.Name))
		}
	}
}
