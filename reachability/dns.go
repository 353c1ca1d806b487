package reachability

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// zone is a hosted zone and its records.
type zone struct {
	resource *assembly.Resource // nil for a zone that is defined elsewhere
	name     string             // without a dot at its end; "" if it is not known
	public   bool
	records  map[string][]*assembly.Resource // by name
}

// indexZones collects the hosted zones and their records.
func (m *Model) indexZones() {
	m.zoneByKey = map[key]*zone{}
	m.zonesByName, m.zonesIn = map[string][]*zone{}, map[nameIn]*zone{}
	m.recordsElsewhere = map[string][]*assembly.Resource{}
	for _, r := range m.ofType("AWS::Route53::HostedZone") {
		m.addZone(r)
	}
	for _, r := range m.ofType("AWS::Route53::RecordSet") {
		id := m.zoneOfRecord(r)
		z := m.zoneByKey[id]
		if z == nil {
			z = &zone{records: map[string][]*assembly.Resource{}}
			m.zoneByKey[id] = z
		}
		name := domainOf(r.Property("Name"))
		z.records[name] = append(z.records[name], r)
		if z.resource == nil {
			m.recordsElsewhere[name] = append(m.recordsElsewhere[name], r)
		}
	}
}

func (m *Model) addZone(r *assembly.Resource) {
	z := &zone{
		resource: r, name: domainOf(r.Property("Name")),
		public: r.Property("VPCs").Kind() == assembly.Absent, records: map[string][]*assembly.Resource{},
	}
	m.zoneByKey[resourceKey(r)] = z
	m.zonesByName[z.name] = append(m.zonesByName[z.name], z)
	for i := range r.Property("VPCs").Len() {
		if vpc := valueKey(r.Property("VPCs", i, "VPCId")); vpc != (key{}) {
			m.zonesIn[nameIn{vpc, z.name}] = z
		}
	}
}

// nameIn is a name as it is asked for in a VPC.
type nameIn struct {
	vpc  key
	name string
}

// zoneOfRecord is the key of the zone that a record is in, by its ID or by its name.
func (m *Model) zoneOfRecord(r *assembly.Resource) key {
	if id := valueKey(r.Property("HostedZoneId")); id != (key{}) {
		return id
	}
	name := domainOf(r.Property("HostedZoneName"))
	if name == "" {
		return key{resource: r} // a zone that is not known
	}
	for _, z := range m.zonesByName[name] {
		if z.resource.Stack == r.Stack {
			return resourceKey(z.resource)
		}
	}
	return key{text: "zone " + name}
}

// domainOf is a domain name in lower case without the dot at its end; "" if it is not known.
func domainOf(v assembly.Value) string {
	name, _ := v.Text()
	return strings.ToLower(strings.TrimSuffix(name, "."))
}

// answersIn finds whether a private zone answers in a VPC.
func (z *zone) answersIn(vpc assembly.Value) (assembly.Tristate, assembly.Value) {
	list := z.resource.Property("VPCs")
	if list.Kind() != assembly.List {
		return assembly.Maybe, list
	}
	result, unknown := assembly.No, assembly.Value{}
	for i := range list.Len() {
		id := z.resource.Property("VPCs", i, "VPCId")
		switch assembly.Equal(id, vpc) {
		case assembly.Yes:
			return assembly.Yes, id
		case assembly.Maybe:
			result, unknown = assembly.Maybe, id
		}
	}
	return result, unknown
}

// resolve walks from the name to the endpoint: the zone that answers in the client's VPC, and its record.
func (t *trail) resolve() *assembly.Resource {
	if t.domain == "" {
		t.take(HopHostedZone, doubts("no name leads to the endpoint but its own, which is public DNS of AWS", "add an alias record for the name of the API"))
		return t.expected
	}
	if s, stop := t.dnsOfVpc(); stop && !t.take(HopHostedZone, s) {
		return nil
	}
	endpoint, service := t.privateDns()
	own := ""
	if endpoint != nil {
		own = strings.TrimPrefix(domainOf(service.Property("PrivateDnsName")), "*.")
	}
	z, s := t.zone(own)
	switch {
	case z == nil && endpoint != nil:
		return t.byPrivateDns(endpoint, service)
	case z == nil:
		return t.byRecordElsewhere(s)
	}
	if !t.take(HopHostedZone, s) {
		return nil
	}
	s, endpoint = t.record(z, t.domain, 0)
	s, endpoint = t.isExpected(s, endpoint)
	if !t.take(HopRecord, s) {
		return nil
	}
	return endpoint
}

// dnsOfVpc finds what keeps a VPC from asking private zones at all.
func (t *trail) dnsOfVpc() (step, bool) {
	vpc, _, ok := t.client.vpc.Reference()
	if !ok {
		return step{}, false
	}
	for _, attribute := range []struct {
		name    string
		without bool
	}{{"EnableDnsSupport", true}, {"EnableDnsHostnames", false}} {
		v := vpc.Property(attribute.name)
		on, known := v.Bool()
		if v.Kind() == assembly.Absent {
			on, known = attribute.without, true
		}
		switch {
		case !known:
			return doubts(fmt.Sprintf("%s of %s is not known: %s", attribute.name, displayName(vpc), v), settle(v)).at(vpc, attribute.name), true
		case !on:
			return blocks(
				fmt.Sprintf("%s of %s is off, so private zones do not answer in it", attribute.name, displayName(vpc)),
				"set "+attribute.name+" to true",
			).breaks(rules.VpcDns.ID).at(vpc, attribute.name), true
		}
	}
	if r := t.m.resolverOf(vpc, t.domain); r != nil {
		return assumable(fmt.Sprintf("%s can answer for, or hold back, names that %s asks for", displayName(r), displayName(vpc)), "dns", "see that it lets "+t.domain+" resolve").at(r), true
	}
	return step{}, false
}

// zone returns the zone that answers for the domain in the client's VPC: the private one with the most specific name,
// else a public one. Zones with names less specific than the one of private DNS are hidden by it.
func (t *trail) zone(privateDns string) (*zone, step) {
	var elsewhere []Evidence
	for _, z := range t.m.zonesByName[""] {
		if answers, _ := z.answersIn(t.client.vpc); answers != assembly.No && !z.public {
			v := z.resource.Property("Name")
			return z, doubts(fmt.Sprintf("the name of zone %s, which can answer in the client's VPC, is not known: %s", displayName(z.resource), v), settle(v)).at(z.resource, "Name")
		}
	}
	for name := t.domain; name != ""; _, name, _ = strings.Cut(name, ".") {
		if z := t.m.zonesIn[nameIn{valueKey(t.client.vpc), name}]; z != nil {
			return z, passes(fmt.Sprintf("zone %s answers in %s", z.name, nameOf(t.client.vpc))).at(z.resource, "Name")
		}
		for _, z := range t.m.zonesByName[name] {
			if z.public {
				continue
			}
			answers, v := z.answersIn(t.client.vpc)
			switch answers {
			case assembly.Yes:
				return z, passes(fmt.Sprintf("zone %s answers in %s", z.name, nameOf(t.client.vpc))).at(z.resource, "Name")
			case assembly.Maybe:
				return z, doubts(fmt.Sprintf("whether zone %s answers in the client's VPC is not known: %s", z.name, v), settle(v)).at(z.resource, "VPCs")
			}
			if len(elsewhere) < 3 {
				elsewhere = append(elsewhere, evidence(z.resource, "VPCs", 0, "VPCId"))
			}
		}
		if name == privateDns {
			return nil, step{}
		}
	}
	for name := t.domain; name != ""; _, name, _ = strings.Cut(name, ".") {
		for _, z := range t.m.zonesByName[name] {
			if z.public {
				return z, assumable(fmt.Sprintf("zone %s is public; whether the internet delegates to it is not in the templates", z.name), "public-dns", "see that "+z.name+" is delegated to it").at(z.resource, "Name")
			}
		}
	}
	return nil, blocks(
		fmt.Sprintf("no private hosted zone for %s answers in %s", t.domain, nameOf(t.client.vpc)),
		fmt.Sprintf("associate a zone named %s with %s", t.domain, nameOf(t.client.vpc)),
	).near(elsewhere...)
}

// byPrivateDns resolves by the private DNS name of an endpoint's service.
func (t *trail) byPrivateDns(endpoint, service *assembly.Resource) *assembly.Resource {
	name := text(service, "PrivateDnsName")
	found := assumable(fmt.Sprintf("%s is the private DNS name of the service; public DNS decides whether it is verified", name), "verified", "publish the TXT record and start the verification").at(service, "PrivateDnsName")
	t.take(HopHostedZone, found)
	t.take(HopRecord, passes("AWS answers it with the endpoint").at(endpoint, "PrivateDnsEnabled"))
	return endpoint
}

// byRecordElsewhere resolves by a record in a zone that is defined elsewhere.
func (t *trail) byRecordElsewhere(s step) *assembly.Resource {
	if list := t.m.recordsElsewhere[t.domain]; len(list) > 0 {
		r := list[0]
		zone := firstKnown(r, "HostedZoneId", "HostedZoneName")
		t.take(HopHostedZone, assumable(fmt.Sprintf("zone %s is defined elsewhere; whether it answers in the client's VPC is not in the templates", zone), "hosted-zone", "associate it with the client's VPC").at(r))
		s, endpoint := t.isExpected(t.follow(r, t.domain, 0))
		if !t.take(HopRecord, s) {
			return nil
		}
		return endpoint
	}
	t.take(HopHostedZone, s)
	return nil
}

func firstKnown(r *assembly.Resource, names ...string) assembly.Value {
	for _, name := range names {
		if v := r.Property(name); v.Kind() != assembly.Absent {
			return v
		}
	}
	return assembly.Value{}
}

// maxAliases ends chains of aliases that lead in a circle.
const maxAliases = 8

// record finds the endpoint to which a zone's record for a name leads.
func (t *trail) record(z *zone, name string, depth int) (step, *assembly.Resource) {
	list := z.answering(name)
	if undecided := z.records[""]; len(list) == 0 && len(undecided) > 0 {
		v := undecided[0].Property("Name")
		return doubts(fmt.Sprintf("the name of record %s is not known: %s", displayName(undecided[0]), v), settle(v)).at(undecided[0], "Name"), nil
	}
	if len(list) == 0 {
		s := blocks(fmt.Sprintf("zone %s answers in the client's VPC, and has no A record for %s", z.name, name), fmt.Sprintf("add an alias for %s to the endpoint", name))
		if z.resource != nil {
			s = s.at(z.resource, "Name")
		}
		for _, r := range z.records[name] {
			s = s.near(evidence(r, "Type"))
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
		if i == 0 || worse(s.verdict, worst.verdict) {
			worst, endpoint = s, e
		}
	}
	return worst, endpoint
}

// answering returns the records that answer for a name: its own, else those of the closest wildcard.
func (z *zone) answering(name string) []*assembly.Resource {
	names := []string{name}
	for _, parent, ok := strings.Cut(name, "."); ok; _, parent, ok = strings.Cut(parent, ".") {
		names = append(names, "*."+parent, `\052.`+parent)
	}
	var list []*assembly.Resource
	for _, own := range names {
		for _, r := range z.records[own] {
			if kind := text(r, "Type"); kind == "A" || kind == "CNAME" || isUndecided(r.Property("Type")) {
				list = append(list, r)
			}
		}
		if len(z.records[own]) > 0 {
			break // a name that has records hides wildcards
		}
	}
	return list
}

// follow finds the endpoint to which one record leads.
func (t *trail) follow(r *assembly.Resource, name string, depth int) (step, *assembly.Resource) {
	target, path := r.Property("AliasTarget", "DNSName"), []any{"AliasTarget", "DNSName"}
	if target.Kind() == assembly.Absent {
		target, path = r.Property("ResourceRecords", 0), []any{"ResourceRecords", 0}
	}
	kind := text(r, "Type")
	if isUndecided(r.Property("Type")) {
		return doubts(fmt.Sprintf("the type of record %s is not known", displayName(r)), settle(r.Property("Type"))).at(r, "Type"), nil
	}
	if endpoint, isName := entriesOf(target); endpoint != nil {
		return t.leadsTo(r, name, path, endpoint, isName)
	}
	next, ok := target.Text()
	next = strings.ToLower(strings.TrimSuffix(next, "."))
	if z := t.m.zoneByKey[valueKey(r.Property("HostedZoneId"))]; ok && z != nil && z.records[next] != nil && depth < maxAliases {
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
		return blocks(fmt.Sprintf("%s leads to %s of %s, which is no endpoint to an API", name, attribute, displayName(other)), "let it be an alias to the endpoint").at(r, path...), nil
	}
	return doubts(fmt.Sprintf("%s leads to %s, which is no endpoint of these templates", name, target), "let it be an alias to the endpoint, by its DnsEntries; "+settle(target)).at(r, path...), nil
}

// leadsTo checks a record whose value is made of the DNS entries of an endpoint.
func (t *trail) leadsTo(r *assembly.Resource, name string, path []any, endpoint *assembly.Resource, isName bool) (step, *assembly.Resource) {
	if !isName {
		return blocks(
			fmt.Sprintf("%s is not the DNS name in an entry of %s: entries are hostedZoneId:dnsName", name, displayName(endpoint)),
			"use the part behind the colon: Fn::Select 1 of Fn::Split \":\"",
		).at(r, path...), nil
	}
	if r.Property("AliasTarget", "HostedZoneId").Kind() != assembly.Absent {
		owner, _ := entriesOf(r.Property("AliasTarget", "HostedZoneId"))
		if owner != nil && owner != endpoint {
			return blocks(
				fmt.Sprintf("the alias has the name of %s and the zone of %s", displayName(endpoint), displayName(owner)), "take both from one endpoint",
			).at(r, "AliasTarget", "HostedZoneId"), nil
		}
	}
	return passes(fmt.Sprintf("%s leads to %s", name, displayName(endpoint))).at(r, path...), endpoint
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

// privateDns returns an endpoint of the client's VPC that enables the domain as the private DNS name of its service.
func (t *trail) privateDns() (endpoint, service *assembly.Resource) {
	for _, endpoint := range t.m.endpointsInVpc[valueKey(t.client.vpc)] {
		if enabled, _ := endpoint.Property("PrivateDnsEnabled").Bool(); !enabled {
			continue
		}
		service, _ := t.m.serviceOf(endpoint, t.facts)
		if service == nil {
			continue
		}
		name := domainOf(service.Property("PrivateDnsName"))
		if name == t.domain || strings.HasPrefix(name, "*.") && strings.HasSuffix(t.domain, name[1:]) {
			return endpoint, service
		}
	}
	return nil, nil
}
