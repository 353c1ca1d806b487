package reachability

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// record is a resource record set, alone or in a group.
type record struct {
	resource *assembly.Resource
	path     []any // to the record within a group
}

func (r record) at(path ...any) []any { return append(append([]any{}, r.path...), path...) }

func (r record) property(path ...any) assembly.Value { return r.resource.Property(r.at(path...)...) }

func (r record) kind() string { return text(r.resource, r.at("Type")...) }

// inGroup is a property of the record, or of the group that it is in.
func (r record) inGroup(name string) assembly.Value {
	if v := r.property(name); v.Kind() != assembly.Absent {
		return v
	}
	return r.resource.Property(name)
}

// records returns all resource record sets.
func (m *Model) records() []record {
	var list []record
	for _, r := range m.ofType("AWS::Route53::RecordSet") {
		list = append(list, record{resource: r})
	}
	for _, r := range m.ofType("AWS::Route53::RecordSetGroup") {
		for i := range r.Property("RecordSets").Len() {
			list = append(list, record{r, []any{"RecordSets", i}})
		}
	}
	return list
}

// zoneOfRecord is the key of the zone that a record is in, by its ID or by its name; the zero key if that is not known.
func (m *Model) zoneOfRecord(r record) key {
	v := r.inGroup("HostedZoneId")
	if v.Kind() != assembly.Absent {
		return valueKey(v)
	}
	name := domainOf(r.inGroup("HostedZoneName"))
	if name == "" {
		return key{}
	}
	for _, z := range m.zonesByName[name] {
		if z.resource.Stack == r.resource.Stack {
			return resourceKey(z.resource)
		}
	}
	return key{text: "zone " + name}
}

// mayHave finds whether a zone may have a record of a name: one whose name or zone is not known.
func (m *Model) mayHave(z *zone, name string) (step, bool) {
	if list := z.records[""]; len(list) > 0 {
		return undecided(list[0].resource, list[0].at("Name")...), true
	}
	if z.name == "" && z.resource != nil {
		return undecided(z.resource, "Name"), true
	}
	elsewhere := m.zoneByKey[key{}]
	if elsewhere == nil {
		return step{}, false
	}
	for _, own := range []string{name, ""} {
		if list := elsewhere.records[own]; len(list) > 0 {
			r := list[0]
			zone := r.inGroup("HostedZoneId")
			return awaits(fmt.Sprintf("the zone of record %s is not known: %s", displayName(r.resource), why(zone)), zone).at(r.resource), true
		}
	}
	return step{}, false
}

// isApex reports whether a record is at the apex of its zone.
func (m *Model) isApex(r record, name string) bool {
	z := m.zoneByKey[m.zoneOfRecord(r)]
	return z != nil && z.name == name
}

// maxAliases ends chains of aliases that lead in a circle.
const maxAliases = 8

// nameInZone is a name that is looked up in a zone.
type nameInZone struct {
	zone *zone
	name string
}

// led is where the records of a name lead.
type led struct {
	step
	endpoint *assembly.Resource
}

// record finds the endpoint to which a zone's record for a name leads. Each name is looked up once: several records of
// one name that lead to several of another, and so on, are as many ways as there are products.
func (t *trail) record(z *zone, name string, depth int) (step, *assembly.Resource) {
	if t.leads == nil {
		t.leads = map[nameInZone]led{}
	}
	at := nameInZone{z, name}
	if before, again := t.leads[at]; again {
		return before.step, before.endpoint
	}
	t.leads[at] = led{step: doubts(name+" leads in a circle", "let it be an alias to the endpoint")}
	s, endpoint := t.lookUp(z, name, depth)
	t.leads[at] = led{s, endpoint}
	return s, endpoint
}

// lookUp is record for a name that was not looked up before.
func (t *trail) lookUp(z *zone, name string, depth int) (step, *assembly.Resource) {
	list := weighted(z.answering(name))
	if len(list) == 0 {
		if s, maybe := t.m.mayHave(z, name); maybe {
			return s, nil
		}
		s := blocks(fmt.Sprintf("zone %s answers in the client's VPC, and has no A record for %s", z.name, name), fmt.Sprintf("add an alias for %s to the endpoint", name))
		if z.resource != nil {
			s = s.at(z.resource, "Name")
		}
		for _, r := range z.records[name] {
			s = s.near(evidence(r.resource, r.at("Type")...))
		}
		return s, nil
	}
	if len(list) == 1 {
		return t.follow(list[0], name, depth)
	}
	var worst step
	var endpoint *assembly.Resource
	for i, r := range list {
		s, e := t.follow(r, name, depth)
		if i == 0 || s.verdict.WorseThan(worst.verdict) {
			worst, endpoint = s, e
		}
	}
	return worst, endpoint
}

// answering returns the records that answer for a name: its own, else those of the closest wildcard.
func (z *zone) answering(name string) []record {
	names := []string{name}
	for _, parent, ok := strings.Cut(name, "."); ok; _, parent, ok = strings.Cut(parent, ".") {
		names = append(names, "*."+parent, `\052.`+parent)
	}
	var list []record
	for _, own := range names {
		for _, r := range z.records[own] {
			if kind := r.kind(); kind == "A" || kind == "CNAME" || isUndecided(r.property("Type")) {
				list = append(list, r)
			}
		}
		if len(z.records[own]) > 0 {
			break // a name that has records hides wildcards
		}
	}
	return list
}

// weighted leaves out records of weight 0 where another has a weight: Route 53 answers with those alone.
func weighted(list []record) []record {
	isZero := func(r record) bool {
		n, ok := r.property("Weight").Number()
		return ok && n == 0
	}
	hasWeight := func(r record) bool {
		n, ok := r.property("Weight").Number()
		return ok && n > 0 && r.resource.Exists == assembly.Yes
	}
	if !slices.ContainsFunc(list, hasWeight) {
		return list
	}
	return slices.DeleteFunc(list, isZero)
}

// follow finds the endpoint to which one record leads.
func (t *trail) follow(r record, name string, depth int) (step, *assembly.Resource) {
	path := r.at("AliasTarget", "DNSName")
	if r.property("AliasTarget", "DNSName").Kind() == assembly.Absent {
		path = r.at("ResourceRecords", 0)
	}
	target := r.resource.Property(path...)
	kind := r.kind()
	switch {
	case isUndecided(r.property("Type")):
		return undecided(r.resource, r.at("Type")...), nil
	case kind == "CNAME" && t.m.isApex(r, name):
		return blocks(
			fmt.Sprintf("%s is a CNAME at the apex of its zone, which Route 53 refuses", name), rules.CnameAtApex.Fix,
		).breaks(rules.CnameAtApex.ID).at(r.resource, r.at("Type")...), nil
	}
	if endpoint, isName := entriesOf(target); endpoint != nil {
		return t.leadsTo(r, name, path, endpoint, isName)
	}
	next := domainOf(target)
	ok := next != ""
	if z := t.m.zoneByKey[t.m.zoneOfRecord(r)]; ok && z != nil && z.records[next] != nil && depth < maxAliases {
		return t.record(z, next, depth+1)
	}
	switch {
	case ok && kind == "CNAME" && depth < maxAliases:
		deeper := *t
		deeper.domain = next
		if z, s := deeper.zone(""); z != nil && s.verdict == Reachable {
			return deeper.record(z, next, depth+1)
		}
	case target.Kind() == assembly.Reference:
		other, attribute, _ := target.Reference()
		return blocks(fmt.Sprintf("%s leads to %s of %s, which is no endpoint to an API", name, attribute, displayName(other)), "let it be an alias to the endpoint").at(r.resource, path...), nil
	}
	return doubts(
		fmt.Sprintf("%s leads to %s, which is no endpoint of these templates", name, target),
		"let it be an alias to the endpoint, by its DnsEntries", settle(target),
	).at(r.resource, path...), nil
}

// leadsTo checks a record whose value is made of the DNS entries of an endpoint.
func (t *trail) leadsTo(r record, name string, path []any, endpoint *assembly.Resource, isName bool) (step, *assembly.Resource) {
	if !isName {
		return blocks(
			fmt.Sprintf("%s is not the DNS name in an entry of %s: entries are hostedZoneId:dnsName", name, displayName(endpoint)),
			"use the part behind the colon: Fn::Select 1 of Fn::Split \":\"",
		).at(r.resource, path...), nil
	}
	if r.kind() == "A" && path[len(path)-1] != "DNSName" {
		return blocks(fmt.Sprintf("%s is an A record with a name for a value, which Route 53 refuses", name), "let it be an alias: AliasTarget instead of ResourceRecords").at(r.resource, path...), nil
	}
	if s, wrong := addressless(endpoint); wrong {
		return s, endpoint
	}
	if path[len(path)-1] != "DNSName" {
		return passes(fmt.Sprintf("%s leads to %s", name, displayName(endpoint))).at(r.resource, path...), endpoint
	}
	if r.kind() == "CNAME" {
		return blocks(fmt.Sprintf("%s is an alias of type CNAME, and the name of an endpoint has records of type A", name), "set Type to A").at(r.resource, r.at("Type")...), nil
	}
	zone := r.property("AliasTarget", "HostedZoneId")
	switch owner, isName := entriesOf(zone); {
	case zone.Kind() == assembly.Absent:
		return blocks("the alias has no HostedZoneId", "take it from the entry of DnsEntries that has the name: Fn::Select 0 of Fn::Split \":\"").at(r.resource, r.at("AliasTarget")...), nil
	case owner == nil && zone.Kind() == assembly.Reference, owner != nil && isName:
		return blocks(
			fmt.Sprintf("the hosted zone of the alias is %s, and not that of the endpoint's name: Route 53 refuses it", zone), "take it from the entry of DnsEntries that has the name: Fn::Select 0 of Fn::Split \":\"",
		).at(r.resource, r.at("AliasTarget", "HostedZoneId")...), nil
	case owner == nil && zone.Kind() == assembly.Literal:
		return doubts(
			fmt.Sprintf("whether %s is the hosted zone of the endpoint's name is not in the templates", zone), "take it from the entry of DnsEntries that has the name: Fn::Select 0 of Fn::Split \":\"",
		).at(r.resource, r.at("AliasTarget", "HostedZoneId")...), endpoint
	case owner != nil && owner != endpoint:
		return blocks(
			fmt.Sprintf("the alias has the name of %s and the zone of %s", displayName(endpoint), displayName(owner)), "take both from one endpoint",
		).at(r.resource, r.at("AliasTarget", "HostedZoneId")...), nil
	case owner == nil && zone.Kind() == assembly.Unknown:
		return undecided(r.resource, r.at("AliasTarget", "HostedZoneId")...), nil
	}
	return passes(fmt.Sprintf("%s leads to %s", name, displayName(endpoint))).at(r.resource, path...), endpoint
}

// addressless finds an endpoint whose names have no addresses of IPv4, which alone is walked.
func addressless(endpoint *assembly.Resource) (step, bool) {
	for _, path := range [][]any{{"IpAddressType"}, {"DnsOptions", "DnsRecordIpType"}} {
		switch v := endpoint.Property(path...); {
		case isUndecided(v) && path[0] == "IpAddressType":
			return undecided(endpoint, path...), true
		case text(endpoint, path...) == "ipv6":
			return doubts(
				fmt.Sprintf("%s of %s is ipv6, so its name has no A record, and ways over IPv6 are not walked", pathText(path), displayName(endpoint)), "set it to ipv4 or dualstack",
			).at(endpoint, path...), true
		}
	}
	return step{}, false
}

// isExpected blocks a record that leads to an endpoint of another API than the one that was asked for.
func (t *trail) isExpected(s step, endpoint *assembly.Resource) (step, *assembly.Resource) {
	if endpoint == nil || t.expected == nil || endpoint == t.expected {
		return s, endpoint
	}
	own, other := t.expected.Property("ServiceName"), endpoint.Property("ServiceName")
	if assembly.Same(own, other) == assembly.Yes {
		return s, endpoint
	}
	wrong := blocks(
		fmt.Sprintf("%s leads to %s, which is an endpoint to %s and not to %s", t.domain, displayName(endpoint), other, own),
		"let the record lead to "+displayName(t.expected),
	)
	wrong.evidence, wrong.uses = s.evidence, s.uses
	if assembly.Equal(own, other) == assembly.Maybe {
		wrong.verdict = Unknown
	}
	return wrong, endpoint
}

// entriesOf returns the endpoint of whose DNS entries a value is made, and whether it is the name in one of them: what
// is behind the colon.
func entriesOf(v assembly.Value) (endpoint *assembly.Resource, isName bool) {
	op, index, split, ok := v.Part()
	if !ok || op != "Select" {
		return nil, false
	}
	op, _, entry, ok := split.Part()
	if !ok || op != "Split" || split.Separator() != ":" {
		return nil, false
	}
	op, _, list, ok := entry.Part()
	if !ok || op != "Select" {
		return nil, false
	}
	r, attribute, ok := list.Reference()
	if !ok || r.Type != "AWS::EC2::VPCEndpoint" || attribute != "DnsEntries" {
		return nil, false
	}
	return r, index == 1
}
