package network

import "strings"

// Record is a resource record set: a resource of its own, or an item of a group.
type Record struct {
	Resource *Resource
	at       Property // within a group; the whole resource else
}

func (r Record) field(name string) Property {
	if r.at.IsWhole() {
		return property(r.Resource, name)
	}
	return r.at.Field(name)
}

// inherited is a property of the record set, or of the group that it is in.
func (r Record) inherited(name string) Property {
	if p := r.field(name); !p.IsAbsent() {
		return p
	}
	return property(r.Resource, name)
}

// Name is the name of the record set.
func (r Record) Name() Property { return r.field("Name") }

// DomainName is the name as DNS compares it; "" if it is undecided.
func (r Record) DomainName() string { return DomainName(r.Name().Value) }

// Type is the type, such as A or CNAME.
func (r Record) Type() Property { return r.field("Type") }

// Weight is the weight among the record sets of one name.
func (r Record) Weight() Property { return r.field("Weight") }

// Region is the Region of the target, for latency routing.
func (r Record) Region() Property { return r.field("Region") }

// GeoLocation is from where queries must come, for geolocation routing.
func (r Record) GeoLocation() Property { return r.field("GeoLocation") }

// GeoProximityLocation is where the target is, for geoproximity routing.
func (r Record) GeoProximityLocation() Property { return r.field("GeoProximityLocation") }

// Failover is PRIMARY or SECONDARY, for failover routing.
func (r Record) Failover() Property { return r.field("Failover") }

// HealthCheckId is the health check of the record set.
func (r Record) HealthCheckId() Property { return r.field("HealthCheckId") }

// MultiValueAnswer says whether the record set has multivalue answers.
func (r Record) MultiValueAnswer() Property { return r.field("MultiValueAnswer") }

// CidrRoutingConfig is from which addresses queries must come, for CIDR routing.
func (r Record) CidrRoutingConfig() Property { return r.field("CidrRoutingConfig") }

// RoutingPolicy is how Route 53 chooses among records of one name: it accepts records of one policy only.
type RoutingPolicy string

// The routing policies.
const (
	SimplePolicy       RoutingPolicy = "simple"
	WeightedPolicy     RoutingPolicy = "weighted"
	LatencyPolicy      RoutingPolicy = "latency"
	GeolocationPolicy  RoutingPolicy = "geolocation"
	GeoproximityPolicy RoutingPolicy = "geoproximity"
	FailoverPolicy     RoutingPolicy = "failover"
	MultivaluePolicy   RoutingPolicy = "multivalue answer"
	CidrPolicy         RoutingPolicy = "IP-based"
)

// RoutingPolicy is the policy that the record's properties ask for.
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html
func (r Record) RoutingPolicy() RoutingPolicy {
	for _, policy := range []struct {
		property Property
		is       RoutingPolicy
	}{
		{r.Weight(), WeightedPolicy},
		{r.Region(), LatencyPolicy},
		{r.GeoLocation(), GeolocationPolicy},
		{r.GeoProximityLocation(), GeoproximityPolicy},
		{r.Failover(), FailoverPolicy},
		{r.MultiValueAnswer(), MultivaluePolicy},
		{r.CidrRoutingConfig(), CidrPolicy},
	} {
		if !policy.property.IsAbsent() {
			return policy.is
		}
	}
	return SimplePolicy
}

// HostedZoneId is the zone by its ID.
func (r Record) HostedZoneId() Property { return r.inherited("HostedZoneId") }

// HostedZoneName is the zone by its name.
func (r Record) HostedZoneName() Property { return r.inherited("HostedZoneName") }

// Zone is the property that names the zone.
func (r Record) Zone() Property {
	if id := r.HostedZoneId(); !id.IsAbsent() {
		return id
	}
	return r.HostedZoneName()
}

// AliasTarget is the target of an alias.
func (r Record) AliasTarget() Property { return r.field("AliasTarget") }

// ResourceRecords are the values of the record set.
func (r Record) ResourceRecords() Property { return r.field("ResourceRecords") }

// Target is where the name leads: the name of an alias, else the first value.
func (r Record) Target() (target Property, isAlias bool) {
	if alias := r.AliasTarget().Field("DNSName"); !alias.IsAbsent() {
		return alias, true
	}
	return r.ResourceRecords().At(0), false
}

// AnswersA reports whether the record set can answer a query for an IPv4 address.
func (r Record) AnswersA() bool {
	kind := r.Type().Literal()
	return kind == "A" || kind == "CNAME" || r.Type().IsUndecided()
}

// Answering are the record sets of a zone that answer a query for the IPv4 address of a name: its own, else those of the
// closest wildcard. A name that has record sets of other types hides the wildcards.
func (z *HostedZone) Answering(name string) []Record {
	for _, own := range answeringNames(name) {
		if len(z.Records[own]) == 0 {
			continue
		}
		var list []Record
		for _, r := range z.Records[own] {
			if r.AnswersA() {
				list = append(list, r)
			}
		}
		return list
	}
	return nil
}

// answeringNames are the names of record sets that answer a query for a name: its own, and the wildcards from the closest on.
func answeringNames(name string) []string {
	names := []string{name}
	for _, parent, ok := strings.Cut(name, "."); ok; _, parent, ok = strings.Cut(parent, ".") {
		names = append(names, "*."+parent, `\052.`+parent)
	}
	return names
}

// Records are the record sets of the templates.
func (n *Network) Records() []Record { return n.records }

// indexRecords collects the record sets, and those that lead to an endpoint, to a load balancer or to VPC Lattice.
func (n *Network) indexRecords() {
	for _, r := range n.OfType("AWS::Route53::RecordSet") {
		n.records = append(n.records, Record{Resource: r})
	}
	for _, r := range n.OfType("AWS::Route53::RecordSetGroup") {
		for _, at := range property(r, "RecordSets").listed() {
			n.records = append(n.records, Record{Resource: r, at: at})
		}
	}
	n.recordsTo = map[*Resource][]Record{}
	for _, r := range n.records {
		for _, target := range []Property{r.AliasTarget().Field("DNSName"), r.ResourceRecords().At(0)} {
			if endpoint, isName := n.EndpointOfEntry(target.Value); endpoint != nil && isName {
				n.recordsTo[endpoint.Resource] = append(n.recordsTo[endpoint.Resource], r)
			}
			if lb, isName := n.LoadBalancerEntry(target.Value); lb != nil && isName {
				n.recordsTo[lb.Resource] = append(n.recordsTo[lb.Resource], r)
			}
			if entry, isName := n.LatticeEntry(target.Value); entry != nil && isName {
				n.recordsTo[entry] = append(n.recordsTo[entry], r)
			}
		}
	}
}

// RecordsTo are the record sets that lead to an endpoint.
func (n *Network) RecordsTo(endpoint *Endpoint) []Record { return n.recordsTo[endpoint.Resource] }

// EndpointOfEntry is the endpoint of whose DNS entries a value is made, and whether the value is the name in an entry:
// the part behind the colon.
func (n *Network) EndpointOfEntry(v Value) (endpoint *Endpoint, isName bool) {
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
	if !ok || r.Type != endpointType || attribute != "DnsEntries" {
		return nil, false
	}
	return n.endpoints.by[r], index == 1
}
