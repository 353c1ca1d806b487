package reachability

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// zone is a hosted zone and its records.
type zone struct {
	resource *assembly.Resource // nil for a zone that is defined elsewhere
	name     string             // without a dot at its end; "" if it is not known
	public   bool
	records  map[string][]record // by name
}

// indexZones collects the hosted zones and their records.
func (m *Model) indexZones() {
	m.zoneByKey = map[key]*zone{}
	m.zonesByName, m.zonesIn = map[string][]*zone{}, map[nameIn]*zone{}
	m.recordsElsewhere = map[string][]record{}
	for _, r := range m.ofType("AWS::Route53::HostedZone") {
		m.addZone(r)
	}
	for _, r := range m.records() {
		id := m.zoneOfRecord(r)
		z := m.zoneByKey[id]
		if z == nil {
			z = &zone{records: map[string][]record{}}
			m.zoneByKey[id] = z
		}
		name := domainOf(r.property("Name"))
		z.records[name] = append(z.records[name], r)
		if z.resource == nil {
			m.recordsElsewhere[name] = append(m.recordsElsewhere[name], r)
		}
	}
}

func (m *Model) addZone(r *assembly.Resource) {
	z := &zone{
		resource: r, name: domainOf(r.Property("Name")),
		public: r.Property("VPCs").Kind() == assembly.Absent, records: map[string][]record{},
	}
	m.zoneByKey[resourceKey(r)] = z
	m.zonesByName[z.name] = append(m.zonesByName[z.name], z)
	for i := range r.Property("VPCs").Len() {
		if vpc := valueKey(r.Property("VPCs", i, "VPCId")); vpc != (key{}) && z.inRegion(i) {
			m.zonesIn[nameIn{vpc, z.name}] = z
		}
	}
}

// nameIn is a name as it is asked for in a VPC.
type nameIn struct {
	vpc  key
	name string
}

// longestName is how long a domain name can be.
const longestName = rules.MaxDomainNameLength

// domainOf is a domain name in lower case without the dot at its end; "" if it is not known, or none.
func domainOf(v assembly.Value) string {
	name, _ := v.Text()
	if len(name) > longestName {
		return ""
	}
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
		if !z.inRegion(i) {
			continue
		}
		switch assembly.Equal(id, vpc) {
		case assembly.Yes:
			return assembly.Yes, id
		case assembly.Maybe:
			result, unknown = assembly.Maybe, id
		}
	}
	return result, unknown
}

// inRegion reports whether a VPC of a zone can be in the Region that the zone says it is in.
func (z *zone) inRegion(i int) bool {
	named := text(z.resource, "VPCs", i, "VPCRegion")
	vpc, _, ok := z.resource.Property("VPCs", i, "VPCId").Reference()
	return !ok || named == "" || vpc.Stack.Region == "" || named == vpc.Stack.Region
}

// wrongRegion finds whether a zone names a VPC, and another Region than the VPC's.
func (z *zone) wrongRegion(vpc assembly.Value) (step, bool) {
	for i := range z.resource.Property("VPCs").Len() {
		if id := z.resource.Property("VPCs", i, "VPCId"); assembly.Equal(id, vpc) == assembly.Yes && !z.inRegion(i) {
			return blocks(
				fmt.Sprintf("zone %s says that %s is in %s", z.name, nameOf(id), text(z.resource, "VPCs", i, "VPCRegion")), "name the Region that the VPC is in",
			).at(z.resource, "VPCs", i, "VPCRegion"), true
		}
	}
	return step{}, false
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
			return undecided(vpc, attribute.name), true
		case !on:
			return blocks(
				fmt.Sprintf("%s of %s is off, so private zones do not answer in it", attribute.name, displayName(vpc)),
				"set "+attribute.name+" to true",
			).breaks(rules.VpcDns.ID).at(vpc, attribute.name), true
		}
	}
	if r := t.m.resolverOf(vpc, t.domain); r != nil {
		return assumable(fmt.Sprintf("%s can answer for, or hold back, names that %s asks for", displayName(r), displayName(vpc)), proof.AssumeDNS, "see that it lets "+t.domain+" resolve").at(r), true
	}
	return step{}, false
}

// zone returns the zone that answers for the domain in the client's VPC: the private one with the most specific name,
// else a public one. Zones with names less specific than the one of private DNS are hidden by it.
func (t *trail) zone(privateDns string) (*zone, step) {
	var elsewhere []Evidence
	for _, z := range t.m.zonesByName[""] {
		if answers, _ := z.answersIn(t.client.vpc); answers != assembly.No && !z.public {
			return z, undecided(z.resource, "Name")
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
			answers, id := z.answersIn(t.client.vpc)
			switch answers {
			case assembly.Yes:
				return z, passes(fmt.Sprintf("zone %s answers in %s", z.name, nameOf(t.client.vpc))).at(z.resource, "Name")
			case assembly.Maybe:
				return z, awaits(fmt.Sprintf("whether zone %s, which is associated with %s, answers in the VPC of %s is not known", z.name, nameOf(id), t.client.name), id).at(z.resource, "VPCs")
			}
			if s, wrong := z.wrongRegion(t.client.vpc); wrong {
				return z, s
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
				return z, assumable(fmt.Sprintf("zone %s is public; whether the internet delegates to it is not in the templates", z.name), proof.AssumePublicDNS, "see that "+z.name+" is delegated to it").at(z.resource, "Name")
			}
		}
	}
	return nil, blocks(
		fmt.Sprintf("no private hosted zone for %s answers in %s", t.domain, nameOf(t.client.vpc)),
		fmt.Sprintf("associate a zone named %s with %s", t.domain, nameOf(t.client.vpc)),
	).near(elsewhere...).near(evidenceOf(t.client.vpc)...)
}

// byPrivateDns resolves by the private DNS name of an endpoint's service.
func (t *trail) byPrivateDns(endpoint, service *assembly.Resource) *assembly.Resource {
	name := text(service, "PrivateDnsName")
	found := assumable(fmt.Sprintf("%s is the private DNS name of the service; public DNS decides whether it is verified", name), proof.AssumeVerified, "publish the TXT record and start the verification").at(service, "PrivateDnsName")
	if !t.take(HopHostedZone, t.verified(service, found)) {
		return nil
	}
	if s, wrong := addressless(endpoint); wrong {
		t.take(HopRecord, s)
		return endpoint
	}
	t.take(HopRecord, passes("AWS answers it with the endpoint").at(endpoint, "PrivateDnsEnabled"))
	return endpoint
}

// byRecordElsewhere resolves by a record in a zone that is defined elsewhere.
func (t *trail) byRecordElsewhere(s step) *assembly.Resource {
	if list := t.m.recordsElsewhere[t.domain]; len(list) > 0 {
		r := list[0]
		zone := r.inGroup("HostedZoneId")
		if zone.Kind() == assembly.Absent {
			zone = r.inGroup("HostedZoneName")
		}
		t.take(HopHostedZone, assumable(fmt.Sprintf("zone %s is defined elsewhere; whether it answers in the client's VPC is not in the templates", zone), proof.AssumeHostedZone, "associate it with the client's VPC").at(r.resource))
		s, endpoint := t.isExpected(t.follow(r, t.domain, 0))
		if !t.take(HopRecord, s) {
			return nil
		}
		return endpoint
	}
	if endpoint := t.mayHavePrivateDns(); endpoint != nil {
		s = doubts(s.message+", unless it is the private DNS name of "+displayName(endpoint), "write the endpoint's ServiceName, VpcId and PrivateDnsEnabled, and the service's PrivateDnsName, into the templates").at(endpoint)
	}
	t.take(HopHostedZone, s)
	return nil
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

// mayHavePrivateDns returns an endpoint of which it is not known whether it brings the domain as a private DNS name.
func (t *trail) mayHavePrivateDns() *assembly.Resource {
	vpc := valueKey(t.client.vpc)
	list := slices.Concat(t.m.endpointsInVpc[vpc], t.m.endpointsInVpc[key{}])
	if vpc == (key{}) {
		list = t.m.endpoints
	}
	for _, endpoint := range list {
		v := endpoint.Property("PrivateDnsEnabled")
		enabled, known := v.Bool()
		if !enabled && (known || v.Kind() == assembly.Absent) {
			continue
		}
		service, found := t.m.serviceOf(endpoint, t.facts)
		if service == nil && found.verdict == Unknown {
			return endpoint
		}
		if service == nil || service.Property("PrivateDnsName").Kind() == assembly.Absent {
			continue
		}
		name := domainOf(service.Property("PrivateDnsName"))
		if name == "" || name == t.domain || strings.HasPrefix(name, "*.") && strings.HasSuffix(t.domain, name[1:]) {
			return endpoint
		}
	}
	return nil
}
