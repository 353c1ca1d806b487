package oracletest

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// namedZone is one more private hosted zone, without a record of the name. It is associated with the client's VPC ("vpc"), with the
// profile, or with neither ("other").
type namedZone struct{ name, at string }

// hasProfile reports whether there is a Route 53 Profile.
func (n *network) hasProfile() bool {
	for _, z := range n.zones {
		if z.at == "profile" {
			return true
		}
	}
	return n.zoneOf == "profile"
}

// answering is the zone that answers in the client's VPC: of those that are associated with it or with its profile, the one with the
// longest name that the domain has or is below, and of two such the one that is associated with the VPC. The zone with the record is -1;
// ok is false if there is none.
func (n *network) answering() (i int, ok bool) {
	all := []namedZone{{n.zone(), map[string]string{"consumer": "vpc"}[n.zoneOf]}}
	if n.zoneOf == "profile" {
		all[0].at = "profile"
	}
	all = append(all, n.zones...)
	best, length, local := 0, 0, false
	for i, z := range all {
		in := z.at == "vpc" || z.at == "profile" && n.profileOf == "consumer"
		if !in || n.domain != z.name && !strings.HasSuffix(n.domain, "."+z.name) {
			continue
		}
		if len(z.name) > length || len(z.name) == length && z.at == "vpc" && !local {
			best, length, local = i, len(z.name), z.at == "vpc"
		}
	}
	return best - 1, length > 0
}

// zone is the name of the zone that has the record.
func (n *network) zone() string {
	if n.zoneName != "" {
		return n.zoneName
	}
	return n.domain
}

// walkName walks from the name to the endpoint.
func (n *network) walkName(h *hops) {
	i, ok := n.answering()
	h.must(reachability.HopHostedZone, ok)
	h.must(reachability.HopRecord, i < 0 && n.record == "endpoint")
}

// drawNames draws where the zone with the record is, and zones that may hide it.
func (n *network) drawNames(t *rapid.T) {
	n.zoneOf, n.profileOf = pick(t, "zone", "profile", "profile", "consumer", "consumer", "other"), pick(t, "profile", "consumer", "consumer", "other")
	n.zoneName = pick(t, "zone name", "", "", "pricing.example.com")
	n.zones = nil
	taken := map[namedZone]bool{{n.zone(), map[string]string{"consumer": "vpc", "profile": "profile"}[n.zoneOf]}: true}
	for range pick(t, "further zones", 1, 0, 2, 2) {
		z := namedZone{
			pick(t, "name", n.domain, n.domain, n.domain, "pricing.example.com", "example.com", "orders.example.com", "v1."+n.domain),
			pick(t, "at", "profile", "profile", "vpc", "vpc", "other"),
		}
		if !taken[z] { // a VPC, or a profile, with two zones of one name is refused
			taken[z] = true
			n.zones = append(n.zones, z)
		}
	}
}

// writeZones writes the zones, and the profile.
func (w *writer) writeZones() {
	n := w.n
	if n.hasProfile() {
		w.writeProfile()
	}
	at := map[string]string{"consumer": "vpc", "profile": "profile"}[n.zoneOf]
	w.writeZone("Zone", n.zone()+".", at)
	for i := range n.zones {
		z := &n.zones[i]
		w.writeZone(fmt.Sprintf("Zone%d", i), literal(w, &z.name, z.name), z.at)
	}
}

func (w *writer) writeProfile() {
	w.add("Profile", "AWS::Route53Profiles::Profile", object{"Name": "company"})
	vpc := w.vpc(w.n.profileOf == "consumer")
	w.add("ProfileVpc", "AWS::Route53Profiles::ProfileAssociation", object{"Name": "vpc", "ProfileId": w.ref("Profile"), "ResourceId": w.ref(vpc)})
}

func (w *writer) writeZone(id string, name any, at string) {
	vpc := w.vpc(at == "vpc")
	w.add(id, "AWS::Route53::HostedZone", object{"Name": name, "VPCs": set{object{"VPCId": w.ref(vpc), "VPCRegion": "eu-west-1"}}})
	if at == "profile" {
		arn := object{"Fn::Join": []any{"", []any{"arn:", object{"Ref": "AWS::Partition"}, ":route53:::hostedzone/", w.ref(id)}}}
		w.add(id+"OfProfile", "AWS::Route53Profiles::ProfileResourceAssociation", object{"Name": id, "ProfileId": w.ref("Profile"), "ResourceArn": arn})
	}
}

// vpc is the VPC of the client, or another one of its account.
func (w *writer) vpc(isClients bool) string {
	const other = "OtherVpc"
	switch {
	case isClients:
		return "ConsumerVpc"
	case w.home[other] == "":
		w.add(other, "AWS::EC2::VPC", object{"CidrBlock": "10.8.0.0/16", "EnableDnsSupport": true, "EnableDnsHostnames": true})
	}
	return other
}
