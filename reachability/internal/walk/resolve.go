package walk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// resolve takes the hops from the name to a destination: the zone that answers in the client's VPC, and its record. If one
// of them is blocked, it returns the destination that the client is meant to call. It returns nil if none is known.
func (t *trace) resolve() destination {
	if t.domain == "" {
		return t.resolveOwnName()
	}
	self := t.selfNamed()
	own := ""
	if self != nil {
		own = strings.TrimPrefix(self.ownName(), "*.")
	}
	z, r := t.zone(own)
	noZoneAnswers := false
	if r, stop := t.vpcDNS(t.isPublicName(z)); stop {
		noZoneAnswers = !t.take(proof.HopHostedZone, r)
	}
	switch {
	case z == nil && self != nil:
		return self.resolveSelf(t)
	case z == nil || t.mayBeElsewhere(z):
		return t.resolveElsewhere(r)
	}
	if !noZoneAnswers || r.verdict != proof.Reachable {
		t.take(proof.HopHostedZone, r)
	}
	return t.takeRecord(t.record(z, t.domain, 0))
}

// resolveOwnName takes the hops of the name that AWS gives the destination, which resolves from anywhere to its private
// addresses.
func (t *trace) resolveOwnName() destination {
	if vpc := t.n.VPC(t.client.VPC); vpc != nil && !t.vpcResolver(vpc) {
		return t.expected
	}
	t.take(proof.HopHostedZone, passes("no name of the API leads to the %s, and its own name is in public DNS", t.meant()).atResource(t.expected.resource()))
	if r, wrong := t.expected.withoutIPv4(); wrong {
		t.take(proof.HopRecord, r)
		return t.expected
	}
	kind := "private"
	if transportOf(t.expected) == "the internet" {
		kind = "public"
	}
	t.take(proof.HopRecord, passes("AWS answers the %s's own name with its %s addresses", t.meant(), kind).atResource(t.expected.resource()))
	return t.expected
}

// meant is the kind of the destination that the client is meant to call.
func (t *trace) meant() string {
	if t.expected == nil {
		return "endpoint"
	}
	return t.expected.kind()
}

// vpcResolver reports whether the resolver of a VPC can answer; if it cannot, no name resolves.
func (t *trace) vpcResolver(vpc *network.VPC) bool {
	p := vpc.EnableDnsSupport()
	switch on, known := p.Bool(); {
	case p.IsAbsent() || on:
		return true
	case !known:
		return t.take(proof.HopHostedZone, undecided(p))
	}
	return t.take(proof.HopHostedZone, blocks(
		fmt.Sprintf("EnableDnsSupport of %s is off, so it has no resolver", network.DisplayName(vpc.Resource)), "set EnableDnsSupport to true",
	).breaks(rules.VpcDns).at(p))
}

// answeredByAWS finds a name that AWS answers itself: one that an endpoint to an AWS service has in the client's VPC, or the
// own name of an endpoint.
func (t *trace) answeredByAWS() (r result, found bool) {
	if e := t.n.AwsEndpointFor(t.client.VPC, t.domain); e != nil {
		return unknown(
			fmt.Sprintf("%s answers %s by private DNS, and the AWS service behind it is not followed", network.DisplayName(e.Resource), t.domain),
			"ask about a name that leads to an endpoint service",
		).at(e.PrivateDnsEnabled(), e.ServiceName()), true
	}
	if strings.HasPrefix(t.domain, "vpce-") && (strings.HasSuffix(t.domain, ".vpce.amazonaws.com") || strings.HasSuffix(t.domain, ".vpce.amazonaws.com.cn")) {
		return unknown(
			t.domain+" is the own name of an endpoint, which public DNS answers; the deployment decides of which one",
			"leave out the domain to ask about the own names of the endpoints in the templates",
		), true
	}
	return result{}, false
}

// takeRecord takes the hop from a record to a destination. If the record blocks the path, the walk goes on to the
// destination that the client is meant to call.
func (t *trace) takeRecord(found recordResult) destination {
	found = t.isExpected(found)
	if !t.take(proof.HopRecord, found.result) {
		return t.expected
	}
	t.choice = found.choice
	return found.to
}

// isPublicName reports whether public DNS answers a name for which a zone was found, or none: private zones then need not answer.
func (t *trace) isPublicName(z *network.HostedZone) bool {
	if z != nil {
		return z.IsPublic && z.Resource != nil
	}
	return slices.ContainsFunc(t.n.RecordsElsewhere(t.domain), t.leadsToInternet)
}

// leadsToInternet reports whether a record leads to an internet-facing ALB.
func (t *trace) leadsToInternet(r network.Record) bool {
	target, _ := r.Target()
	d, isName := destinationOf(t.n, t.facts, target.Value)
	return d != nil && isName && transportOf(d) == "the internet"
}

// vpcDNS finds what keeps private zones from answering in the client's VPC, or a public name from resolving. stop says that it found
// something.
func (t *trace) vpcDNS(isPublic bool) (r result, stop bool) {
	vpc := t.n.VPC(t.client.VPC)
	if vpc == nil {
		return result{}, false
	}
	for _, attribute := range []struct {
		property network.Property
		byRule   bool // what EC2 takes if the property is absent
	}{{vpc.EnableDnsSupport(), true}, {vpc.EnableDnsHostnames(), false}} {
		p := attribute.property
		if isPublic && !attribute.byRule {
			continue
		}
		on, known := p.Bool()
		if p.IsAbsent() {
			on, known = attribute.byRule, true
		}
		switch {
		case !known:
			return undecided(p), true
		case !on:
			return blocks(
				fmt.Sprintf("%s of %s is off, so %s", p.Path(), network.DisplayName(vpc.Resource), notAnswered(isPublic)),
				"set "+p.Path()+" to true",
			).breaks(rules.VpcDns).at(p), true
		}
	}
	if resolver := t.n.ResolverOf(vpc, t.domain); resolver != nil {
		return assumable(
			fmt.Sprintf("%s can answer or block DNS queries from %s", network.DisplayName(resolver), network.DisplayName(vpc.Resource)),
			proof.AssumeDNS, "make sure that it lets "+t.domain+" resolve",
		).atResource(resolver), true
	}
	return result{}, false
}

// notAnswered says what does not answer in a VPC without DNS.
func notAnswered(isPublic bool) string {
	if isPublic {
		return "it has no resolver"
	}
	return "private hosted zones do not answer in it"
}

// zone is the hosted zone that answers for the domain in the client's VPC: the private one with the most specific name,
// else a public one. The name that a destination answers itself hides zones with less specific names.
func (t *trace) zone(ownName string) (*network.HostedZone, result) {
	for _, z := range t.n.HostedZonesNamed("") {
		if answers, _ := z.AnswersIn(t.client.VPC); answers != network.No && !z.IsPublic {
			return z, undecided(z.NameProperty())
		}
	}
	if z, r, ok := t.profileZone(""); ok && z.Resource != nil {
		return z, undecided(z.NameProperty()).related(r.evidence...)
	}
	var elsewhere []proof.Evidence
	for name := t.domain; name != ""; _, name, _ = strings.Cut(name, ".") {
		if z, r, ok := t.privateZone(name, &elsewhere); ok {
			return z, r
		}
		if name == ownName {
			return nil, result{}
		}
	}
	for name := t.domain; name != ""; _, name, _ = strings.Cut(name, ".") {
		for _, z := range t.n.HostedZonesNamed(name) {
			if z.IsPublic {
				return z, assumable(
					fmt.Sprintf("zone %s is public; whether public DNS delegates to it is not in the templates", z.Name),
					proof.AssumePublicDNS, "delegate "+z.Name+" to it",
				).at(z.NameProperty())
			}
		}
	}
	for _, z := range t.n.HostedZonesNamed("") {
		if z.IsPublic {
			return z, undecided(z.NameProperty())
		}
	}
	vpc := network.NameOf(t.client.VPC)
	return nil, t.unlessProfile(blocks(
		fmt.Sprintf("no private hosted zone for %s answers in %s", t.domain, vpc), fmt.Sprintf("associate a hosted zone named %s with %s", t.domain, vpc),
	).related(elsewhere...).related(cite.Referred(t.client.VPC)...))
}

// privateZone is the private zone of a name in the client's VPC. Zones of that name in other VPCs are added to elsewhere,
// a few of them.
func (t *trace) privateZone(name string, elsewhere *[]proof.Evidence) (*network.HostedZone, result, bool) {
	vpc := t.client.VPC
	answers := func(z *network.HostedZone) (*network.HostedZone, result, bool) {
		return z, passes("zone %s answers in %s", z.Name, network.NameOf(vpc)).at(z.NameProperty()), true
	}
	if list := t.n.PrivateZonesIn(vpc, name); len(list) > 0 {
		return answers(list[len(list)-1])
	}
	for _, z := range t.n.HostedZonesNamed(name) {
		if z.IsPublic {
			continue
		}
		switch is, id := z.AnswersIn(vpc); is {
		case network.Yes:
			return answers(z)
		case network.Maybe:
			return z, unknownUntil(open(id.Value, vpc), "whether zone %s, associated with %s, answers in the VPC of %s is unknown",
				z.Name, network.NameOf(id.Value), t.client.Name).at(z.VPCs()), true
		}
		for _, a := range z.Associations() {
			if a.HasWrongRegion() && network.Equal(a.Id.Value, vpc) == network.Yes {
				return z, blocks(
					fmt.Sprintf("zone %s gives %s as the Region of %s", z.Name, a.Region.Literal(), network.NameOf(vpc)), "set VPCRegion to the Region of the VPC",
				).at(a.Region), true
			}
		}
		if len(*elsewhere) < 3 {
			*elsewhere = append(*elsewhere, cite.Property(z.VPCs().At(0).Field("VPCId")))
		}
	}
	return t.profileZone(name)
}

// inAnotherVpc is the destination that the client is meant to call, or whose name it calls, if it is in another VPC than the
// client and nothing connects the two; nil if it is not.
func (t *trace) inAnotherVpc() destination {
	candidates := []destination{t.expected}
	if t.expected == nil {
		candidates = destinations(t.n, t.facts)
	}
	for _, to := range candidates {
		isNamed := t.expected != nil || slices.Contains(to.names(), t.domain)
		at := to.entry(t.client)
		if isNamed && !isALB(to) && isElsewhere(at, t.client) && !t.n.MayConnect(at.VPC, t.client.VPC) {
			return to
		}
	}
	return nil
}

// isElsewhere reports whether a node is in another VPC than a client.
func isElsewhere(node, client network.Node) bool {
	return node.Resource != nil && network.Equal(client.VPC, node.VPC) == network.No
}

// mayBeElsewhere reports whether a record of the domain is in a zone that the templates do not define, and which may have a more specific
// name than the one that answers and has no record.
func (t *trace) mayBeElsewhere(z *network.HostedZone) bool {
	if z.Resource == nil || z.Name == "" || z.Name == t.domain || len(z.Answering(t.domain)) > 0 {
		return false
	}
	list := t.n.RecordsElsewhere(t.domain)
	return len(list) > 0 && !list[0].Zone().IsUndecided()
}

// elsewhere is the result for zones that the templates do not define: each may be the one that answers.
func (t *trace) elsewhere(records []network.Record) result {
	if r, found := t.elsewhereByProfile(records); found {
		return r
	}
	record := records[0]
	fix, assumption, doubt := "associate it with the client's VPC", proof.AssumeHostedZone, "whether it answers in the client's VPC"
	if slices.ContainsFunc(records, t.leadsToInternet) && !t.assumes(proof.AssumeHostedZone) {
		fix, assumption = "delegate the name to it, or associate it with the client's VPC", proof.AssumePublicDNS
		doubt = "whether public DNS delegates to it, or it answers in the client's VPC,"
	}
	zone := record.Zone()
	if !zone.IsUndecided() {
		return assumable(fmt.Sprintf("zone %s is defined elsewhere; %s is not in the templates", zone, doubt), assumption, fix).atResource(record.Resource)
	}
	r := unknownUntil(zone.Value, "the hosted zone of record %s is unknown, and so is %s: %s",
		network.DisplayName(record.Resource), strings.TrimSuffix(doubt, ","), cite.Why(zone.Value)).assumedBy(assumption).atResource(record.Resource)
	if r.fix == "" {
		r.fix = fix
	}
	return r
}

// chooseElsewhere finds where the records of a name lead that are in zones which the templates do not define. All of these zones may answer.
func (t *trace) chooseElsewhere(records []network.Record) recordResult {
	var zones []*network.HostedZone
	byZone := map[*network.HostedZone][]network.Record{}
	for _, r := range records {
		z := t.n.ZoneOfRecord(r)
		if byZone[z] == nil {
			zones = append(zones, z)
		}
		byZone[z] = append(byZone[z], r)
	}
	worst := t.choose(byZone[zones[0]], t.domain, 0)
	for _, z := range zones[1:] {
		found := t.choose(byZone[z], t.domain, 0)
		if found.verdict.WorseThan(worst.verdict) {
			worst, found = found, worst
		}
		worst = worst.beside(found)
	}
	return worst
}

// resolveElsewhere resolves by a record in a zone that the templates do not define; r is why no other zone answers.
func (t *trace) resolveElsewhere(r result) destination {
	if list := t.n.RecordsElsewhere(t.domain); len(list) > 0 {
		t.take(proof.HopHostedZone, t.elsewhere(list))
		return t.takeRecord(t.chooseElsewhere(list))
	}
	if own, found := t.answeredByAWS(); found {
		t.take(proof.HopHostedZone, own)
		return nil
	}
	if d := t.maybeSelfNamed(); d != nil {
		r = assumable(
			r.message+", unless it is the private DNS name of "+network.DisplayName(d.resource()), proof.AssumeProvider,
			"set ServiceName, VpcId and PrivateDnsEnabled of the endpoint, and PrivateDnsName of the service, in the templates",
		).atResource(d.resource())
		if d.found.Service != nil || !d.PrivateDnsEnabled().Is(true) {
			r.assumption = "" // the templates leave something else open
		}
		if r.assumption != "" && t.assumes(r.assumption) {
			t.take(proof.HopHostedZone, r)
			return d
		}
	} else if to := t.inAnotherVpc(); to != nil {
		at := to.entry(t.client)
		r.message = fmt.Sprintf("the client is in %s, and %s, to which %s leads, is in %s; an endpoint serves its own VPC",
			network.NameOf(t.client.VPC), at.Name, t.domain, network.NameOf(at.VPC))
		r.fix = "create an endpoint and a hosted zone in the client's VPC"
		t.take(proof.HopHostedZone, r)
		return nil // the hops of the other VPC are not for this client
	}
	if !t.take(proof.HopHostedZone, r) {
		return t.expected
	}
	return nil
}
