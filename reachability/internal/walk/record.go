package walk

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// maxAliases ends chains of aliases that lead in a circle.
const maxAliases = 8

// nameInZone is a name that is looked up in a zone.
type nameInZone struct {
	zone *network.HostedZone
	name string
}

// recordResult is where the records of a name lead: to a destination, or nowhere.
type recordResult struct {
	result
	to destination
	choice
}

// choice is what Route 53 chooses from, beside the first destination of a name.
type choice struct {
	others []destination
	// why is why one that does not work need not be chosen: "" if each of them is.
	why string
	// decidedBy is what would tell which are chosen; nothing for what run time decides.
	decidedBy []proof.Settlement
}

// choiceOf says how Route 53 chooses among records.
func (t *trace) choiceOf(list []network.Record) choice {
	if isChosenAtRunTime(list) {
		return choice{why: "Route 53 chooses among the records by health or latency"}
	}
	var c choice
	for _, r := range list {
		p := r.Weight()
		if p.IsLiteral() || p.IsAbsent() {
			p = network.Whole(r.Resource)
		}
		if len(list) > 1 && (!p.IsWhole() || r.Resource.Exists == network.Maybe) {
			c.why = "which of the records Route 53 chooses is decided at deployment"
			c.decidedBy = append(c.decidedBy, cite.Settle(p.Value))
		}
	}
	return c
}

func leadsNowhere(r result) recordResult { return recordResult{result: r} }

// all are the destinations, each once.
func (r recordResult) all() []destination {
	if r.to == nil {
		return nil
	}
	return append([]destination{r.to}, r.others...)
}

// beside adds the destinations of another record of the name.
func (r recordResult) beside(other recordResult) recordResult {
	r.why, r.decidedBy = cmp.Or(r.why, other.why), append(slices.Clip(r.decidedBy), other.decidedBy...)
	for _, d := range other.all() {
		if r.to != nil && !slices.ContainsFunc(r.all(), func(own destination) bool { return own.resource() == d.resource() }) {
			r.others = append(slices.Clip(r.others), d)
		}
	}
	return r
}

// record finds where the records of a name in a zone lead. It looks each name up once: records of one name that lead to
// several names, which lead to several more, would be as many ways as their product.
func (t *trace) record(z *network.HostedZone, name string, depth int) recordResult {
	if t.resolved == nil {
		t.resolved = map[nameInZone]recordResult{}
	}
	at := nameInZone{z, name}
	if before, again := t.resolved[at]; again {
		return before
	}
	t.resolved[at] = leadsNowhere(unknown(name+" leads in a circle", "make it an alias to the endpoint"))
	found := t.lookUp(z, name, depth)
	t.resolved[at] = found
	return found
}

// lookUp is record for a name that was not looked up before.
func (t *trace) lookUp(z *network.HostedZone, name string, depth int) recordResult {
	list := z.Answering(name)
	t.run.left.Steps(len(list))
	if len(list) == 0 {
		return leadsNowhere(t.noRecord(z, name))
	}
	found := t.choose(list, name, depth)
	for _, r := range t.perhapsBeside(z, name, list[0]) {
		other, doubt := t.followRecord(r, name, depth), r.Zone()
		if !r.Name().IsLiteral() {
			doubt = r.Name()
		}
		other.choice = choice{why: "whether " + network.DisplayName(r.Resource) + " is a record of the name in that zone is decided at deployment", decidedBy: []proof.Settlement{cite.Settle(doubt.Value)}}
		found = found.beside(other)
	}
	return found
}

// perhapsBeside are the records that may be in a zone beside one of a name, as one of several among which Route 53 chooses: their names or
// their zones are undecided.
func (t *trace) perhapsBeside(z *network.HostedZone, name string, beside network.Record) []network.Record {
	policy := beside.RoutingPolicy()
	if policy == network.SimplePolicy {
		return nil // Route 53 refuses another one
	}
	var list []network.Record
	for _, r := range slices.Concat(z.Records[""], t.n.UnplacedRecords(name), t.n.UnplacedRecords("")) {
		if r.AnswersA() && r.RoutingPolicy() == policy {
			list = append(list, r)
		}
	}
	return list
}

// choose finds where the records of one name in one zone lead, among which Route 53 chooses.
func (t *trace) choose(list []network.Record, name string, depth int) recordResult {
	list, none := t.routed(list)
	if none != nil {
		return leadsNowhere(*none)
	}
	worst := t.followRecord(list[0], name, depth)
	allBlocked := worst.verdict == proof.Blocked
	for _, r := range list[1:] {
		found := t.followRecord(r, name, depth)
		allBlocked = allBlocked && found.verdict == proof.Blocked
		if found.verdict.WorseThan(worst.verdict) {
			worst, found = found, worst
		}
		worst = worst.beside(found)
	}
	worst = worst.beside(recordResult{choice: t.choiceOf(list)})
	if worst.verdict == proof.Blocked && !allBlocked && worst.why != "" {
		worst.verdict, worst.settle = proof.Unknown, worst.decidedBy
		worst.message = worst.why + "; of one, " + worst.message
	}
	all := make([]*network.Resource, len(list))
	for i, r := range list {
		all[i] = r.Resource
	}
	worst.result = worst.concerning(all...)
	return worst
}

// noRecord is the result for a zone without a record of a name.
func (t *trace) noRecord(z *network.HostedZone, name string) result {
	if r, maybe := t.mayHave(z, name); maybe {
		return r
	}
	r := blocks(
		fmt.Sprintf("zone %s answers in the client's VPC and has no A record for %s", z.Name, name), fmt.Sprintf("add an alias record for %s to the %s", name, t.meant()),
	)
	if z.Resource != nil {
		r = r.at(z.NameProperty())
	}
	for _, record := range z.Records[name] {
		r = r.related(cite.Property(record.Type()))
	}
	return r
}

// mayHave finds whether a zone may have a record of a name: one whose name or zone is undecided.
func (t *trace) mayHave(z *network.HostedZone, name string) (r result, maybe bool) {
	if list := z.Records[""]; len(list) > 0 {
		return undecided(list[0].Name()), true
	}
	if z.Name == "" && z.Resource != nil {
		return undecided(z.NameProperty()), true
	}
	for _, own := range []string{name, ""} {
		if list := t.n.UnplacedRecords(own); len(list) > 0 {
			zone := list[0].HostedZoneId()
			return unknownUntil(zone.Value, "the hosted zone of record %s is unknown: %s", network.DisplayName(list[0].Resource), cite.Why(zone.Value)).
				atResource(list[0].Resource), true
		}
	}
	return result{}, false
}

// withWeight leaves out records of weight 0 if another has a weight: Route 53 answers with those alone.
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html
func withWeight(list []network.Record) []network.Record {
	hasWeight := func(r network.Record) bool {
		n, ok := r.Weight().Number()
		return ok && n > 0 && r.Resource.Exists == network.Yes
	}
	if !slices.ContainsFunc(list, hasWeight) {
		return list
	}
	return slices.DeleteFunc(list, func(r network.Record) bool {
		n, ok := r.Weight().Number()
		return ok && n == 0
	})
}

// followRecord finds where one record leads.
func (t *trace) followRecord(r network.Record, name string, depth int) recordResult {
	target, _ := r.Target()
	z := t.n.ZoneOfRecord(r)
	isCNAME := r.Type().Literal() == "CNAME"
	switch {
	case r.Type().IsUndecided():
		return leadsNowhere(undecided(r.Type()))
	case isCNAME && z != nil && z.Name == name:
		return leadsNowhere(blocks(
			fmt.Sprintf("%s is a CNAME at the apex of its zone, which Route 53 refuses", name), rules.CnameAtApex.Fix,
		).breaks(rules.CnameAtApex).at(r.Type()))
	}
	if r, refused := refusedPolicy(r, z); refused {
		return leadsNowhere(r)
	}
	if e, _ := t.n.EndpointOfEntry(target.Value); e != nil && e.ConnectsTo() == network.ToResource {
		return leadsNowhere(unknown(
			fmt.Sprintf("%s leads to %s, which connects to a resource of VPC Lattice, and paths to resources are not followed", name, network.DisplayName(e.Resource)),
			"ask about a name that leads to an API",
		).at(target, e.ResourceConfigurationArn()))
	}
	if to, isName := destinationOf(t.n, t.facts, target.Value); to != nil {
		return t.leadsTo(r, name, to, isName)
	}
	if c := t.n.ContractOf(target.Value); c != nil {
		return leadsNowhere(t.routedContract(r, name, c))
	}
	next := network.DomainName(target.Value)
	if next != "" && z != nil && z.Records[next] != nil && depth < maxAliases {
		return t.record(z, next, depth+1)
	}
	if other, attribute, ok := target.Reference(); ok {
		return leadsNowhere(blocks(
			fmt.Sprintf("%s leads to %s of %s, which is not an endpoint to an API", name, attribute, network.DisplayName(other)), "make it an alias to the endpoint",
		).at(target))
	}
	if next != "" && isCNAME && depth < maxAliases {
		deeper := *t
		deeper.domain = next
		if z, r := deeper.zone(""); z != nil && r.verdict == proof.Reachable {
			return deeper.record(z, next, depth+1)
		}
	}
	return leadsNowhere(unknown(
		fmt.Sprintf("%s leads to %s, which is not an endpoint of these templates", name, target), "make it an alias to the endpoint, with a name of its DnsEntries", cite.Settle(target.Value),
	).at(target))
}

// entryFix says where the hosted zone ID of an alias to an endpoint comes from.
const entryFix = "take it from the entry of DnsEntries that has the name: Fn::Select 0 of Fn::Split \":\""

// leadsTo checks a record whose target is made of a destination.
func (t *trace) leadsTo(r network.Record, name string, to destination, isName bool) recordResult {
	target, isAlias := r.Target()
	arrives := recordResult{result: passes("%s leads to %s", name, network.DisplayName(to.resource())).at(target), to: to}
	switch {
	case !isName && isALB(to):
		return leadsNowhere(blocks(fmt.Sprintf("%s leads to the hosted zone ID of %s, not to its name", name, network.DisplayName(to.resource())), "use DNSName").at(target))
	case !isName && isLattice(to):
		return leadsNowhere(blocks(fmt.Sprintf("%s leads to the hosted zone ID of %s, not to its name", name, network.DisplayName(to.resource())), "use DnsEntry.DomainName").at(target))
	case !isName:
		return leadsNowhere(blocks(
			fmt.Sprintf("%s is not the DNS name in an entry of %s: entries are hostedZoneId:dnsName", name, network.DisplayName(to.resource())),
			"use the part behind the colon: Fn::Select 1 of Fn::Split \":\"",
		).at(target))
	case r.Type().Literal() == "A" && !isAlias:
		return leadsNowhere(blocks(
			fmt.Sprintf("%s is an A record whose value is a name, which Route 53 refuses", name), "make it an alias: AliasTarget instead of ResourceRecords",
		).at(target))
	}
	if r, wrong := to.withoutIPv4(); wrong {
		return recordResult{result: r, to: to}
	}
	switch {
	case !isAlias:
		return arrives
	case r.Type().Literal() == "CNAME":
		return leadsNowhere(blocks(fmt.Sprintf("%s is an alias of type CNAME, and the name of the %s has A records", name, to.kind()), "set Type to A").at(r.Type()))
	}
	return t.aliasZone(r, to, arrives)
}

// aliasZone checks the hosted zone ID of an alias.
func (t *trace) aliasZone(r network.Record, to destination, arrives recordResult) recordResult {
	zone := r.AliasTarget().Field("HostedZoneId")
	entryFix := entryFix
	switch transportOf(to) {
	case "VPC Lattice":
		entryFix = "take it from the same resource: DnsEntry.HostedZoneId"
	case "routes", "the internet":
		entryFix = "take it from the same ALB: CanonicalHostedZoneID"
	}
	owner, isName := destinationOf(t.n, t.facts, zone.Value)
	_, _, isReference := zone.Reference()
	switch {
	case zone.IsAbsent():
		return leadsNowhere(blocks("the alias has no HostedZoneId", entryFix).at(r.AliasTarget()))
	case owner == nil && isReference, owner != nil && isName:
		return leadsNowhere(blocks(
			fmt.Sprintf("HostedZoneId of the alias is %s, not the zone of the %s's name: Route 53 refuses it", zone, to.kind()), entryFix,
		).at(zone))
	case owner == nil && zone.IsLiteral():
		return recordResult{result: unknown(fmt.Sprintf("whether %s is the hosted zone of the %s's name is not in the templates", zone, to.kind()), entryFix).at(zone), to: to}
	case owner != nil && owner.resource() != to.resource() && transportOf(owner) == transportOf(to) && transportOf(to) != "PrivateLink":
		return recordResult{result: unknown(
			fmt.Sprintf("the alias has the name of %s and the zone of %s, and whether they have one zone is not in the templates", network.DisplayName(to.resource()), network.DisplayName(owner.resource())), entryFix,
		).at(zone), to: to}
	case owner != nil && owner.resource() != to.resource():
		return leadsNowhere(blocks(
			fmt.Sprintf("the alias has the name of %s and the zone of %s", network.DisplayName(to.resource()), network.DisplayName(owner.resource())),
			"take both from one "+to.kind(),
		).at(zone))
	case owner == nil && zone.IsUnknown():
		return leadsNowhere(undecided(zone))
	}
	return arrives
}

// isExpected blocks a record that leads to another API than the one that was asked for.
func (t *trace) isExpected(found recordResult) recordResult {
	if t.expected == nil {
		return found
	}
	isThere := false
	for _, d := range found.all() {
		if d.resource() == t.expected.resource() {
			isThere = true
		} else if r := t.isAsExpected(found.result, d); r.verdict.WorseThan(found.verdict) {
			found.result = r
		}
	}
	if isThere {
		t.movedTo = nil
	}
	return found
}

// isAsExpected is the result of a record that leads to another destination than the one that was asked for.
func (t *trace) isAsExpected(found result, to destination) result {
	if isOverAnother(t.expected, to) {
		return t.moved(found, to)
	}
	same := t.expected.sameAPI(to)
	if same == network.Yes {
		return found
	}
	wrong := t.leadsToAnother(found, to)
	if same == network.Maybe {
		wrong.verdict = proof.Unknown
	}
	return wrong
}

func (t *trace) leadsToAnother(found result, to destination) result {
	return blocks(
		fmt.Sprintf("%s leads to %s, which connects to %s and not to %s", t.domain, network.DisplayName(to.resource()), to.api(), t.expected.api()),
		"point the record to "+network.DisplayName(t.expected.resource()),
	).like(found)
}
