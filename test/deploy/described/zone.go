package described

import (
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	route53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
)

// zones makes the hosted zones of a state and their records. Route 53 has no Regions: what two states of one account
// both have is made once.
func (w *writer) zones(t *template, s *State) {
	for _, zone := range s.Zones {
		id := idOf(aws.ToString(zone.Id))
		if _, again := w.things[id]; again {
			continue
		}
		if zone.Config != nil && zone.Config.PrivateZone && len(zone.VPCs) == 0 {
			w.isUnread("the VPCs of private zone %s", id)
			continue // a template says by VPCs that a zone is private
		}
		w.add(t, id, "AWS::Route53::HostedZone", object{"Name": aws.ToString(zone.Name), "VPCs": vpcsOf(zone.VPCs)}, id)
		for i, r := range zone.Records {
			if r.Type == route53.RRTypeNs || r.Type == route53.RRTypeSoa {
				continue // made by Route 53, and no way to an API
			}
			w.record(t, id, i, r)
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

func (w *writer) record(t *template, zone string, i int, r route53.ResourceRecordSet) {
	name := strings.ReplaceAll(aws.ToString(r.Name), `\052`, "*") // as Route 53 writes stars
	properties, _ := plain(r).(object)
	delete(properties, "ResourceRecords")
	properties["Name"], properties["HostedZoneId"] = name, zone
	var lines []any
	for _, line := range r.ResourceRecords {
		value := aws.ToString(line.Value)
		if found, ok := w.entries[dnsName(value)]; ok {
			lines = append(lines, w.entryPart(t, found, 1))
			continue
		}
		lines = append(lines, value)
	}
	properties["ResourceRecords"] = lines
	w.add(t, zone+" "+name+" "+string(r.Type)+" "+strconv.Itoa(i), "AWS::Route53::RecordSet", properties)
}

// zonesElsewhere makes the zones of other accounts that answer in VPCs of a state, where their accounts are not
// described: what records they have is not known. Those of AWS's own services answer for names of AWS.
func (w *writer) zonesElsewhere(t *template, s *State) {
	vpcs := map[string][]any{}
	for _, zone := range s.ZonesElsewhere {
		id := idOf(aws.ToString(zone.HostedZoneId))
		if other, ok := w.things[id]; ok && other.in != t || zone.Owner != nil && zone.Owner.OwningService != nil {
			continue
		}
		vpcs[id] = append(vpcs[id], object{"VPCId": zone.VpcId, "VPCRegion": s.Region})
		w.add(t, id, "AWS::Route53::HostedZone", object{"Name": aws.ToString(zone.Name), "VPCs": slices.Clone(vpcs[id])}, id)
		w.add(t, id+" records", "AWS::Route53::RecordSet", object{"HostedZoneId": id, "Type": "A", "Name": t.unknown("records of " + id)})
		if len(vpcs[id]) == 1 {
			w.isUnread("zone %s (%s), which is of an account that is not described", id, aws.ToString(zone.Name))
		}
	}
}
