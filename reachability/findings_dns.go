package reachability

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// vpcKey is the same for all ways to name a VPC; the zero value is a VPC that is not known.
type vpcKey struct {
	r  *assembly.Resource
	id string
}

// zoneKey is a private hosted zone's name in one VPC.
type zoneKey struct {
	name string
	vpc  vpcKey
}

// vpcIn follows the VpcId of another resource to what that says.
func vpcIn(v assembly.Value) assembly.Value {
	for range 3 { // a subnet or a security group, and one that it takes it from
		r, attribute, ok := v.Reference()
		if !ok || r.Type == cfnVpc || attribute != "VpcId" {
			break
		}
		v = r.Property("VpcId")
	}
	return v
}

func keyOfVpc(v assembly.Value) vpcKey {
	v = vpcIn(v)
	if r := refersTo(v, cfnVpc); r != nil {
		return vpcKey{r: r}
	}
	id, _ := v.Text()
	return vpcKey{id: id}
}

// zoneName is a domain name as DNS compares it; empty if it is not known.
func zoneName(v assembly.Value) string {
	return strings.TrimSuffix(strings.ToLower(textOf(v)), ".")
}

// hostedZones reviews private hosted zones: their names and VPCs.
func (v *review) hostedZones() {
	for _, zone := range v.sure(cfnHostedZone) {
		seen := map[vpcKey]bool{}
		for i, entry := range items(zone, "VPCs") {
			id := vpcIn(entry.Field("VPCId"))
			key := keyOfVpc(id)
			if key == (vpcKey{}) {
				continue
			}
			at := []Evidence{evidence(zone, "VPCs", i, "VPCId")}
			name := zoneName(zone.Property("Name"))
			switch first := v.zoneIn[zoneKey{name, key}]; {
			case seen[key]:
				v.addWithFix(rules.HostedZoneVpc, "name the VPC once", at, "the VPC %s is associated with the zone twice", nameOf(id))
			case first != nil && first != zone:
				v.add(rules.HostedZoneTwice, append(at, evidence(first, "Name")), "the VPC has two private hosted zones of the name %s", name)
			}
			seen[key] = true
			if key.r != nil && isOther(key.r.Stack.Account, zone.Stack.Account) {
				v.add(rules.HostedZoneVpc, append(at, evidence(key.r)), "the VPC is of account %s, and the zone of %s",
					key.r.Stack.Account, zone.Stack.Account)
			}
		}
	}
}

// isOther reports whether two values that may not be known are known and different.
func isOther(a, b string) bool { return a != "" && b != "" && a != b }

// records reviews records: where a CNAME stands, and what their zones hide.
func (v *review) records() {
	warned := map[*assembly.Resource]bool{}
	for _, r := range v.sure("AWS::Route53::RecordSet") {
		v.record(dnsRecord{r: r, zone: r.Property("HostedZoneId"), zoneName: r.Property("HostedZoneName")}, warned)
	}
	for _, r := range v.sure("AWS::Route53::RecordSetGroup") {
		for i := range items(r, "RecordSets") {
			zone, name := r.Property("HostedZoneId"), r.Property("HostedZoneName")
			v.record(dnsRecord{r: r, path: []any{"RecordSets", i}, zone: zone, zoneName: name}, warned)
		}
	}
}

// dnsRecord is a record set: a resource, or an item of a group.
type dnsRecord struct {
	r              *assembly.Resource
	path           []any
	zone, zoneName assembly.Value
}

func (d dnsRecord) at(path ...any) []any { return append(slices.Clone(d.path), path...) }

func (d dnsRecord) get(path ...any) assembly.Value { return d.r.Property(d.at(path...)...) }

func (v *review) record(d dnsRecord, warned map[*assembly.Resource]bool) {
	name := zoneName(d.get("Name"))
	zone := refersTo(d.zone, cfnHostedZone)
	apex := zoneName(d.zoneName)
	at := []Evidence{evidence(d.r, d.at("Name")...)}
	if zone != nil {
		apex = zoneName(zone.Property("Name"))
		at = append(at, evidence(zone, "Name"))
	}
	if name == "" || apex == "" {
		return
	}
	if textOf(d.get("Type")) == "CNAME" && name == apex {
		v.add(rules.CnameAtApex, at, "a CNAME record has the name of its zone, %s", name)
	}
	leads := v.leadsToApi(d)
	isParent := strings.HasSuffix(name, "."+apex) || rules.IsParentZone(apex)
	if leads && isParent && v.isSure(zone) && hasItem(zone.Property("VPCs")) && !warned[zone] {
		warned[zone] = true
		v.add(rules.ParentZone, []Evidence{evidence(zone, "Name"), evidence(d.r, d.at("Name")...)},
			"the private hosted zone %s hides every name below it, and not only %s", apex, name)
	}
}

// leadsToApi reports whether a record leads to an endpoint that is not of one of AWS's own services.
func (v *review) leadsToApi(d dnsRecord) bool {
	targets := []assembly.Value{d.get("AliasTarget", "DNSName")}
	if list, ok := d.get("ResourceRecords").Items(); ok {
		targets = append(targets, list...)
	}
	return slices.ContainsFunc(targets, func(target assembly.Value) bool { return v.isApiEndpoint(partOf(target, cfnEndpoint)) })
}

// isApiEndpoint reports whether an endpoint is, or can be, one to an endpoint service.
func (v *review) isApiEndpoint(endpoint *assembly.Resource) bool {
	if !v.isSure(endpoint) || text(endpoint, "VpcEndpointType") != "Interface" {
		return false
	}
	return !isAwsService(endpoint.Property("ServiceName"))
}

// vpcs reviews the DNS attributes of VPCs in which a private name is to be answered.
func (v *review) vpcs() {
	needs := map[*assembly.Resource]Evidence{}
	need := func(vpc assembly.Value, r *assembly.Resource, path ...any) {
		owner := refersTo(vpcIn(vpc), cfnVpc)
		if _, found := needs[owner]; !found && v.isSure(owner) {
			needs[owner] = evidence(r, path...)
		}
	}
	for _, zone := range v.sure(cfnHostedZone) {
		for i, entry := range items(zone, "VPCs") {
			need(entry.Field("VPCId"), zone, "VPCs", i, "VPCId")
		}
	}
	for _, endpoint := range v.sure(cfnEndpoint) {
		if isBool(endpoint.Property("PrivateDnsEnabled"), true) {
			need(endpoint.Property("VpcId"), endpoint, "PrivateDnsEnabled")
		}
	}
	for _, vpc := range v.sure(cfnVpc) {
		why, needed := needs[vpc]
		if !needed {
			continue
		}
		if isBool(vpc.Property("EnableDnsSupport"), false) {
			v.add(rules.VpcDns, []Evidence{evidence(vpc, "EnableDnsSupport"), why}, "EnableDnsSupport of the VPC is false")
		}
		switch hostnames := vpc.Property("EnableDnsHostnames"); {
		case isBool(hostnames, false):
			v.add(rules.VpcDns, []Evidence{evidence(vpc, "EnableDnsHostnames"), why}, "EnableDnsHostnames of the VPC is false")
		case hostnames.Kind() == assembly.Absent:
			v.add(rules.VpcDns, []Evidence{evidence(vpc, "EnableDnsHostnames"), why}, "EnableDnsHostnames of the VPC is not given, so false")
		}
	}
}
